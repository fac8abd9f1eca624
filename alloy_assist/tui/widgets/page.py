"""A page of paragraphs that is laid out anew whenever its width changes."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.content import Content
from textual.widgets import Static

from alloy_assist.tui.plain import Paragraph, flow


class Page(Static):
    """Shows paragraphs with hanging indents."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Show nothing yet."""
        super().__init__(Content(""), id=id)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._width = 0

    def show(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show other paragraphs."""
        self._paragraphs = tuple(paragraphs)
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the paragraphs out anew."""
        if event.size.width != self._width:
            self._width = event.size.width
            self._lay_out()

    def _lay_out(self) -> None:
        self.update(flow(self._paragraphs, self._width or self.content_size.width or 80))
