"""What may help, if it is there: a reader that files a sentence, a judge that says what is weak about it, a phraser that words a question.

The rules in ``splitting`` and ``weakness`` need none of them. Whatever they say goes through an event of the interview's log
(:class:`~alloy_assist.elicitation.events.Read`, :class:`~alloy_assist.elicitation.events.Judged`,
:class:`~alloy_assist.elicitation.events.Worded`): the engine stays pure, a replay
needs nobody to ask again, and the person sees and corrects how their sentence is filed before it counts.
"""

from __future__ import annotations

from typing import Protocol

from alloy_assist.elicitation.answers import SPLITS
from alloy_assist.elicitation.model import AnswerKind, Ask, Judgement, Part, Question, Slot, State


class Reader(Protocol):
    """Files a free answer: which of the person's words belong to which facet."""

    @property
    def name(self) -> str:
        """Who read it, for the log: a model's name."""
        ...

    def read(self, ask: Ask, text: str) -> tuple[Part, ...] | None:
        """Return the pieces of an answer to a question, in the person's own words; None where there is nothing to say.

        A piece whose words are not in the text, in their order, is not taken over. Never raises for an outage: that is None.
        """
        ...


class Judge(Protocol):
    """Says what is weak about a facet that the person put in their own words."""

    @property
    def name(self) -> str:
        """Who judged it, for the log: a model's name."""
        ...

    def judge(self, slot: Slot, text: str) -> Judgement | None:
        """Return the judgement of a text in a slot; None where there is none, and the rules' own stands. Never raises for an outage."""
        ...


class Phraser(Protocol):
    """Puts a question that is shown already into other words."""

    @property
    def name(self) -> str:
        """Who words it, for the log: a model's name."""
        ...

    def phrase(self, question: Question) -> str | None:
        """Return a question that asks the same in other words; None where there is none. Never raises for an outage."""
        ...


def to_read(state: State) -> tuple[Ask, str] | None:
    """Return the answer that a reader could file: the last one, where it was put in words and may carry several things."""
    last = state.steps[-1] if state.steps else None
    if last is None or last.kind is not AnswerKind.ANSWERED or not last.text or last.ask.topic not in SPLITS:
        return None
    return last.ask, last.text


def to_judge(state: State) -> tuple[tuple[Slot, str], ...]:
    """Return what a judge could say something about: facets in the person's own words that nobody has judged yet."""
    if state.stage == "splitting":
        return ()
    known = {(judgement.slot, judgement.text) for judgement in state.judgements}
    return tuple(
        (entry.slot, entry.text)
        for entry in state.draft.entries
        if entry.source in {"words", "edited"}
        and entry.slot.facet is not None
        and (entry.slot, entry.text) not in known
    )
