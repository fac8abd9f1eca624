"""The choices of a question: by number, by arrow keys, several where the question allows it; and among them one's own words.

The list has the keys whenever a question comes, so that a letter means the same under each; only who asks to write is in the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from alloy_assist.elicitation.model import Choice, Question, Turn
from alloy_assist.elicitation.page import labelled
from alloy_assist.tui.plain import Paragraph, flow, text
from alloy_assist.tui.present import interview as present

_BESIDE = 2
"""Cells of a line that no choice can use: the padding before it, and the scrollbar that may come."""
_UNWRAPPED = 10_000
"""Room before the list has a width: it wraps by itself until then."""


class ChoiceList(OptionList):
    """Shows the choices of a turn, or the pieces of a sentence that is to be filed."""

    DEFAULT_CSS = """
    ChoiceList { height: auto; max-height: 45%; background: $background; border: none; padding: 0 1; }
    ChoiceList:focus { border: none; background: $background; background-tint: $foreground 0%; }
    ChoiceList > .option-list--option { padding: 0 0 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="choices.down"),
        Binding("k", "cursor_up", "Up", show=False, id="choices.up"),
        Binding("space", "mark", "Mark", show=False, id="choices.mark"),
    ]

    @dataclass
    class Picked(Message):
        """The person settled on these keys."""

        keys: tuple[str, ...]

    @dataclass
    class WriteWanted(Message):
        """The person wants to answer in their own words; ``pasted`` are words that they brought along."""

        pasted: str = ""

    @dataclass
    class Mistyped(Message):
        """The person typed a letter that is no key here, as if this were the field."""

    @dataclass
    class PartWanted(Message):
        """The person wants to file this piece elsewhere."""

        position: int

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Offer nothing yet."""
        super().__init__(id=id, markup=False)
        self._turn: Turn | None = None
        self._marked: set[str] = set()
        self._room = _UNWRAPPED

    @property
    def marked(self) -> tuple[str, ...]:
        """The keys that are marked, in the order of the choices."""
        question = self._turn.question if self._turn else None
        return tuple(item.key for item in question.choices if item.key in self._marked) if question else ()

    def show_turn(self, turn: Turn) -> None:
        """Offer what the turn offers; the suggested choice is under the cursor."""
        self._turn, self._marked = turn, set()
        self._fill()
        question = turn.question
        if question is not None:
            keys = [item.key if item else "" for item in _rows(question)]
            if question.suggested in keys:
                self.highlighted = keys.index(question.suggested)
            elif keys[:1] == [""]:
                # Nothing is offered: Enter begins to write.
                self.highlighted = 0

    def pick_number(self, number: int) -> None:
        """Take what carries a number, from 1: an answer, or a piece of a sentence."""
        question = self._turn.question if self._turn else None
        if question is None or number <= sum(not item.letter for item in question.choices):
            self.pick(number - 1)

    def pick(self, position: int) -> None:
        """Take the choice at a position, from 0: send it, or mark it where several can be taken."""
        question = self._turn.question if self._turn else None
        if question is not None and 0 <= position < len(question.choices):
            if question.multiple:
                self._toggle(position)
            else:
                self.post_message(self.Picked((question.choices[position].key,)))
        elif self._turn is not None and self._turn.split is not None and 0 <= position < len(self._turn.split.parts):
            self.post_message(self.PartWanted(position))

    def action_mark(self) -> None:
        """Mark the choice under the cursor."""
        item = self._at_cursor
        if item is not None and self._turn is not None and self._turn.question is not None:
            self._toggle(self._turn.question.choices.index(item))

    def action_select(self) -> None:
        """Enter: begin to write where the cursor is on that, else take what is marked, or what is under the cursor."""
        question = self._turn.question if self._turn else None
        if question is None:
            self.post_message(self.Picked(()))
        elif self._on_own_words:
            self.post_message(self.WriteWanted())
        elif self.marked:
            self.post_message(self.Picked(self.marked))
        elif item := self._at_cursor:
            self.post_message(self.Picked((item.key,)))

    def on_key(self, event: events.Key) -> None:
        """A digit takes that choice, a letter one that ends the matter; any other letter that is no key is told so."""
        character = event.character or ""
        if character.isdecimal() and character != "0":
            event.stop()
            self.pick_number(int(character))
        elif character and (ending := self._ending(character)) is not None:
            event.stop()
            self.post_message(self.Picked((ending,)))
        elif character.isalpha() and event.key not in self.screen.active_bindings:
            event.stop()
            self.post_message(self.Mistyped())

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the choices anew."""
        room = max(1, event.size.width - _BESIDE)
        if room != self._room:
            self._room = room
            self._fill_again()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted are one's own words."""
        question = self._turn.question if self._turn else None
        if question is not None and question.allows_text:
            event.stop()
            self.post_message(self.WriteWanted(event.text))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A click takes it too."""
        message.stop()
        question = self._turn.question if self._turn else None
        if question is None:
            self.pick(message.option_index)
        elif item := _rows(question)[message.option_index]:
            self.pick(question.choices.index(item))
        else:
            self.post_message(self.WriteWanted())

    @property
    def _at_cursor(self) -> Choice | None:
        """The choice under the cursor; None on one's own words, and for none."""
        question = self._turn.question if self._turn else None
        return _rows(question)[self.highlighted] if question and self.highlighted is not None else None

    @property
    def _on_own_words(self) -> bool:
        question = self._turn.question if self._turn else None
        return bool(question) and self.highlighted is not None and self._at_cursor is None

    def _ending(self, character: str) -> str | None:
        """The key of the choice that a letter takes; None for other letters."""
        choices = self._turn.question.choices if self._turn and self._turn.question else ()
        return next((item.key for item in choices if item.letter == character), None)

    def _toggle(self, position: int) -> None:
        question = self._turn.question if self._turn else None
        if question is not None and question.multiple:
            self._marked ^= {question.choices[position].key}
            self._fill_again()

    def _fill_again(self) -> None:
        at = self.highlighted
        self._fill()
        self.highlighted = at

    def _fill(self) -> None:
        self.clear_options()
        self.add_options(Option(flow((row,), self._room)) for row in self._offered())

    def _offered(self) -> Iterator[Paragraph]:
        """What the turn offers, a row each."""
        turn = self._turn
        if turn is None:
            return
        if turn.question is not None:
            question = turn.question
            labels = {item.key: label for label, item in labelled(question.choices)}
            for item in _rows(question):
                if item is None:
                    yield present.own_words(question, self._write_key())
                    continue
                marked = item.key in self._marked if question.multiple else None
                yield present.choice(labels[item.key], item, suggested=item.key == question.suggested, marked=marked)
        elif turn.split is not None:
            for number, part in enumerate(turn.split.parts, start=1):
                yield present.split_part(number, present.slot_label(part.slot), part.text)
        elif turn.kind == "finished":
            yield text(("Enter goes on", "bold"))

    def _write_key(self) -> str:
        """The key that begins to write, as the settings have it."""
        return next(
            (key for key, active in self.screen.active_bindings.items() if active.binding.action == "write"), "t"
        )


def _rows(question: Question) -> tuple[Choice | None, ...]:
    """What the list shows for a question: the answers, one's own words (None) where they are welcome, and what ends the matter."""
    answers = tuple(item for item in question.choices if not item.letter)
    endings = tuple(item for item in question.choices if item.letter)
    return (*answers, *((None,) if question.allows_text else ()), *endings)
