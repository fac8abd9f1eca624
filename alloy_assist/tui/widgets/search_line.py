"""The line that ``/`` opens above a list, to narrow it down while one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class SearchLine(Input):
    """Takes no room until it is opened; the ``back`` action of its screen closes it by :meth:`close`."""

    DEFAULT_CSS = """
    SearchLine { display: none; height: 3; }
    SearchLine.-on { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "To the list"),
        Binding("escape", "screen.back", "Close"),
    ]

    def __init__(self, placeholder: str, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Be closed; ``placeholder`` says what is searched."""
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take what can be written; Textual does not know that the key named ``slash`` can be."""
        return key == "slash" or super().check_consume_key(key, character)

    def open(self) -> None:
        """Take the room and the keys."""
        self.add_class("-on")
        self.focus()

    def close(self) -> bool:
        """Give the room back and search for nothing; say whether it was open."""
        was_open = self.has_class("-on")
        self.value = ""
        self.remove_class("-on")
        return was_open
