"""Jump by label: a letter on each pane that can have the focus, and pressing it goes there."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from alloy_assist.tui.host import Area

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class JumpDialog(ModalScreen[None]):
    """Lies over a screen until a key is pressed."""

    DEFAULT_CSS = """
    JumpDialog { background: $background 20%; layers: base labels; }
    JumpDialog > .jump { layer: labels; position: absolute; width: 3; height: 1; background: $text-accent; color: $background; text-style: bold; content-align: center middle; }
    """
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, over: Area) -> None:
        """Label the panes of ``over``."""
        super().__init__()
        panes = [widget for widget in over.focus_chain if widget.region.area]
        self._panes: dict[str, Widget] = dict(zip(_LETTERS, panes, strict=False))

    def compose(self) -> ComposeResult:
        """One label a pane."""
        for letter in self._panes:
            yield Static(Content(letter.upper()), classes="jump")

    def on_mount(self) -> None:
        """Put each label at the corner of its pane."""
        for label, pane in zip(self.query(".jump"), self._panes.values(), strict=True):
            label.styles.offset = (pane.region.x + 1, pane.region.y)

    def on_key(self, event: events.Key) -> None:
        """Go to the pane with that letter; any other key goes back."""
        event.stop()
        pane = self._panes.get((event.character or "").lower())
        self.dismiss(None)
        if pane is not None:
            pane.focus()
