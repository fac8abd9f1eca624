"""The line that ``/`` opens above a list, to narrow it down while one types."""

from __future__ import annotations

from textual.widgets import Input


class SearchLine(Input):
    """Takes no room until it is opened; Escape on its screen closes it by :meth:`close`."""

    DEFAULT_CSS = """
    SearchLine { display: none; height: 3; }
    SearchLine.-on { display: block; }
    """

    def __init__(self, placeholder: str, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Be closed; ``placeholder`` says what is searched."""
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)

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
