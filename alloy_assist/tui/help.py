"""Help for the screen at hand: what it is for, and its keys as they are set."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.content import Content

from alloy_assist.tui.host import Area, Host
from alloy_assist.tui.modals import Reader
from alloy_assist.tui.plain import lines, text

_WIDTH = 14
_SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "semicolon": ";",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "comma": ",",
    "space": "Space",
    "enter": "Enter",
    "escape": "Escape",
}


class HelpDialog(Reader):
    """Explains a screen."""

    def __init__(self, screen: Area) -> None:
        """Explain ``screen``."""
        super().__init__(f"Help: {screen.NAME}", lines(_page(screen)))


def key_sign(key: str) -> str:
    """Return how a key is written for people."""
    return _SIGNS.get(key, key.replace("ctrl+", "^"))


def _page(screen: Area) -> Iterator[Content]:
    yield text(screen.ABOUT)
    yield Content("")
    yield text(("Keys here", "bold $text-primary"))
    yield from _keys(screen)
    yield Content("")
    yield text(("Everywhere", "bold $text-primary"))
    for key, meaning in (
        ("^p", "everything there is, by name"),
        ("g", "go to another screen (g and its letter)"),
        ("[ ]", "previous and next screen"),
        (";", "jump: puts a letter on each pane"),
        ("Tab", "next pane"),
        ("j k", "down and up, as the arrow keys"),
        ("^t", "light or dark"),
        ("?", "this help"),
        ("q", "quit; everything is kept"),
    ):
        yield text((f"  {key:<{_WIDTH}}", "$text-accent"), meaning)


def _keys(screen: Area) -> Iterator[Content]:
    for binding in type(screen).BINDINGS:
        if isinstance(binding, Binding) and screen.check_action(binding.action.partition("(")[0], ()) is not False:
            keys = screen.app.keymap_of(binding) if isinstance(screen.app, Host) else binding.key
            signs = " ".join(key_sign(key) for key in keys.split(","))
            yield text((f"  {signs:<{_WIDTH}}", "$text-accent"), binding.description)
