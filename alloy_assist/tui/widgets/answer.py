"""Where a person writes: several lines, Enter sends, ``@`` cites, a digit in the empty field picks that choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea


class AnswerArea(TextArea):
    """A text area for answers."""

    DEFAULT_CSS = """
    AnswerArea { height: 5; background: $surface; border: round $border-blurred; padding: 0 1; }
    AnswerArea:focus { border: round $border; }
    """

    # The keys are taken in :meth:`_on_key`, before the text area can; here they are named for the foot of the screen, which
    # shows an action once.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "named_send", "Send"),
        Binding("escape", "screen.leave", "Choices"),
        Binding("ctrl+j", "named_line", "New line"),
        Binding("at", "named_cite", "Cite"),
    ]

    @dataclass
    class Sent(Message):
        """The person sent these words."""

        words: str

    @dataclass
    class CiteWanted(Message):
        """The person typed ``@``."""

    @dataclass
    class Picked(Message):
        """The person typed a digit into the empty field."""

        number: int

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Begin empty."""
        super().__init__(show_line_numbers=False, soft_wrap=True, placeholder="Your own words", id=id)
        self.choices = 0

    async def _on_key(self, event: events.Key) -> None:
        character = event.character or ""
        if event.key == "enter":
            self._take(event, self.Sent(self.text.strip()))
        elif event.key in {"ctrl+j", "shift+enter", "alt+enter"}:
            event.stop()
            event.prevent_default()
            self.insert("\n")
        elif character == "@":
            self._take(event, self.CiteWanted())
        elif not self.text and character.isdecimal() and 1 <= int(character) <= self.choices:
            self._take(event, self.Picked(int(character)))
        else:
            await super()._on_key(event)

    def _take(self, event: events.Key, message: Message) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(message)
