"""What a front door shows: plain values without behaviour."""

from __future__ import annotations

from typing import Literal

from alloy_assist.elicitation.events import DEFAULT_MAX_QUESTIONS
from alloy_assist.elicitation.values import Draft, Question, Split
from alloy_assist.elicitation.vocabulary import Mode, Slot, Value, Weakness
from store.interviews import AnswerKind


class Line(Value):
    """A line of the draft for showing: what it is in plain words, the text, and what is weak about it."""

    slot: Slot
    label: str
    text: str
    source: str = ""
    weakness: Weakness | None = None


class Summary(Value):
    """The record read aloud, before the person says yes. ``missing`` is what nobody has said; ``warnings`` what to look at."""

    sentence: str
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    suggests: Literal["accept", "reject", "defer"] = "accept"
    contract: str = ""


class Said(Value):
    """An earlier question with its answer, for going back."""

    question: str
    text: str
    answer: str
    kind: AnswerKind


class Turn(Value):
    """What a front door shows next. ``kind`` says which of ``question``, ``split``, ``summary`` is set; none when finished."""

    interview_id: str
    sequence: int
    mode: Mode
    kind: Literal["question", "split", "summary", "finished"]
    title: str = ""
    question: Question | None = None
    split: Split | None = None
    summary: Summary | None = None
    draft: Draft = Draft()
    lines: tuple[Line, ...] = ()
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asked: int = 0
    maximum: int = DEFAULT_MAX_QUESTIONS
    said: tuple[Said, ...] = ()
    paused: bool = False
    outcome: Literal["accepted", "rejected", "deferred"] | None = None
    record_id: str | None = None
