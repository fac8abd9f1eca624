"""What is asked, what is picked, and the draft that comes of it."""

from __future__ import annotations

from typing import Any, Literal

from alloy_assist.elicitation.subject import Seen
from alloy_assist.elicitation.vocabulary import Mode, Slot, Value, Weakness
from archaeology.model import Citation
from store.interviews import AnswerKind
from store.records import EvidenceDefinition, FacetName


class Part(Value):
    """A text and the place in the draft that it belongs to. ``body`` carries evidence that a machine can check."""

    slot: Slot
    text: str
    body: EvidenceDefinition | None = None


class Choice(Value):
    """An answer that can be picked. ``fills`` is exactly what picking it puts into the draft; ``leads_to`` moves the interview.

    ``general`` marks one that names nothing of the code that is asked about. ``letter`` is the key of one that says nothing for the record but
    ends the matter: it has no number, so that nobody takes it for the first answer.
    """

    key: str
    label: str
    fills: tuple[Part, ...] = ()
    note: str = ""
    leads_to: Mode | None = None
    lead: str | None = None
    general: bool = False
    letter: str = ""


class Ask(Value):
    """What the engine has decided to ask, before a voice words it.

    ``topic`` is the slot that free text goes to; ``grounds`` are what raised the question; ``weakness`` and ``follows`` are set on a
    follow-up; ``quoted`` is the answer that it follows up; ``needs`` are the questions whose answers it rests on;
    ``examples`` are what an answer could look like, where none can be offered.
    """

    id: str
    mode: Mode
    topic: Slot
    choices: tuple[Choice, ...] = ()
    suggested: str | None = None
    multiple: bool = False
    allows_text: bool = True
    grounds: tuple[Seen, ...] = ()
    weakness: Weakness | None = None
    follows: str | None = None
    quoted: str = ""
    other: str = ""
    needs: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Question(Value):
    """An :class:`Ask` in words. ``why`` says what was seen that raised it; ``places`` are the citations behind that.

    ``plain`` is set where ``text`` is not the template's: it is what the template says.
    """

    id: str
    topic: Slot
    facet: FacetName | None = None
    text: str
    why: str
    choices: tuple[Choice, ...] = ()
    suggested: str | None = None
    multiple: bool = False
    allows_text: bool = True
    hint: str = ""
    places: tuple[Citation, ...] = ()
    previous: str = ""
    plain: str = ""


class Entry(Value):
    """One thing in the draft. ``source``: evidence (mined), choice, words (the person's own), earlier (another interview), record."""

    slot: Slot
    text: str
    source: Literal["evidence", "choice", "words", "earlier", "record", "edited"]
    question: str | None = None
    weakness: Weakness | None = None
    confirmed: bool = True
    body: EvidenceDefinition | None = None


class Draft(Value):
    """The record as it stands: entries in reading order. Nothing of it is a record before the person accepts it.

    ``title`` and ``id`` are what the record would be called; an id is made of the title where nobody chose one.
    """

    title: str = ""
    id: str = ""
    entries: tuple[Entry, ...] = ()
    hypothesis: str | None = None

    def get(self, slot: Slot) -> Entry | None:
        """Return the entry of a single slot, or the first of a plural one."""
        return next((entry for entry in self.entries if entry.slot is slot), None)

    def all(self, slot: Slot) -> tuple[Entry, ...]:
        """Return every entry of a slot."""
        return tuple(entry for entry in self.entries if entry.slot is slot)

    def text(self, slot: Slot) -> str:
        """Return the text of a slot, or an empty string."""
        entry = self.get(slot)
        return entry.text if entry else ""


class Step(Value):
    """A question that was put, and what the person did with it. ``parts`` is what it put into the draft."""

    ask: Ask
    kind: AnswerKind
    choices: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[Part, ...] = ()


class Split(Value):
    """How a sentence that carries several things would be filed; shown to the person, who confirms or corrects it.

    ``replaces`` is what was said before in a place that holds one text, and would no longer stand.
    """

    question: str
    text: str
    parts: tuple[Part, ...]
    replaces: tuple[Part, ...] = ()


class Judgement(Value):
    """What somebody else than the rules found weak about a text in a slot; ``weakness`` None says that nothing is."""

    slot: Slot
    text: str
    weakness: Weakness | None = None


class Resolution(Value):
    """What became of a citation when the interview was taken up again on a repository that has moved."""

    citation: dict[str, Any]
    status: Literal["same", "moved", "changed", "gone"]
    note: str = ""
