"""Answers from a file: the first item that matches a turn is used once, and what nothing matches is left for later. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field, ValidationError, field_validator

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.errors import ScriptError
from alloy_assist.elicitation.vocabulary import Value

_AT_QUESTIONS = frozenset({"later", "defer", "skip", "decline", "not_known", "back"})
_AT_SUMMARY = frozenset({"accept", "reject", "defer", "edit", "back"})
_EVERYWHERE = frozenset({"stop"})
_MOST_ITEMS = 10_000


class Match(Value):
    """What a turn must be for an item to be used: everything that is given must fit. ``facet`` may be ``summary`` or ``split`` too."""

    hypothesis: str | None = None
    record: str | None = None
    mode: str | None = None
    facet: str | None = None
    text: str | None = None


class ScriptedAnswer(Value):
    """One item of an answers file. ``choice`` is a key, a label or a number from 1, or a list of them."""

    match: Match = Match()
    answer: str | None = None
    choice: tuple[str, ...] = ()
    action: str | None = None
    reason: str = ""
    facet: str | None = Field(default=None, description="with action edit: what is rewritten")
    question: str | None = Field(default=None, description="with action back: the question to go back to")
    parts: tuple[m.Part, ...] = Field(default=(), description="at a split: how the sentence is filed")

    @field_validator("choice", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if value is None:
            return ()
        return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


class Script:
    """The items of an answers file that are not used up yet."""

    def __init__(self, items: Iterable[ScriptedAnswer]) -> None:
        """Begin with all items, in their order."""
        self._left = list(items)
        self.unmatched: list[str] = []

    @property
    def left(self) -> tuple[ScriptedAnswer, ...]:
        """The items that no turn has matched so far."""
        return tuple(self._left)

    def event_for(self, turn: m.Turn, subject: m.Subject) -> m.Event | None:
        """Return the next event, and use its item up. An unmatched question is deferred; None where the turn needs nothing.

        Raises ScriptError where the item that matches names a choice that the question does not have.
        """
        if turn.kind == "finished" or turn.paused:
            return None
        for index, item in enumerate(self._left):
            if _fits(item, turn, subject):
                del self._left[index]
                return _event(item, turn)
        if turn.kind == "split" and turn.split is not None:
            # Confirming how a sentence was filed accepts nothing; the summary, where that happens, must be matched.
            return m.SplitCorrected(question=turn.split.question, parts=turn.split.parts)
        self.unmatched.append(turn.question.text if turn.question else "the summary")
        return m.Deferred(question=turn.question.id if turn.question else None)


def read_script(items: Any) -> Script:
    """Return the script in a list as it was read from YAML or JSON. Raises ScriptError that says which item is wrong."""
    if not isinstance(items, list):
        raise ScriptError(
            "The answers are not a list.", hint="A list of {match: {...}, answer | choice | action: ...}."
        )
    if len(items) > _MOST_ITEMS:
        raise ScriptError(f"There are {len(items)} answers; at most {_MOST_ITEMS} are read.")
    parsed = []
    for number, item in enumerate(items, start=1):
        try:
            answer = ScriptedAnswer.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the item"
            raise ScriptError(f"Answer {number}: {where}: {first['msg']}.", hint="See docs/interview.md.") from error
        if not (answer.answer or answer.choice or answer.action or answer.parts):
            raise ScriptError(f"Answer {number} gives neither an answer nor a choice nor an action.")
        known = _AT_QUESTIONS | _AT_SUMMARY | _EVERYWHERE
        if answer.action and answer.action not in known:
            raise ScriptError(
                f"Answer {number}: there is no action {answer.action!r}.", hint=f"One of {', '.join(sorted(known))}."
            )
        parsed.append(answer)
    return Script(parsed)


def subjects_of(script: Script) -> tuple[tuple[m.SubjectKind, str], ...]:
    """Return the hypotheses and records that a script names, in their order: an interview about each can be begun from it."""
    found = dict.fromkeys(
        (kind, ref)
        for item in script.left
        for kind, ref in ((m.SubjectKind.HYPOTHESIS, item.match.hypothesis), (m.SubjectKind.RECORD, item.match.record))
        if ref
    )
    return tuple(found)


def pick(choices: Sequence[m.Choice], wanted: str) -> str:
    """Return the key of the choice that is meant by a key, a label or a number from 1. Raises ScriptError."""
    for choice in choices:
        if wanted in {choice.key, choice.label}:
            return choice.key
    numbered = [choice for choice in choices if not choice.letter]
    if wanted.isdigit() and 1 <= int(wanted) <= len(numbered):
        return numbered[int(wanted) - 1].key
    raise ScriptError(
        f"The question has no answer {wanted!r}.",
        hint=f"It has: {', '.join(choice.key for choice in choices) or 'none'}.",
    )


def _fits(item: ScriptedAnswer, turn: m.Turn, subject: m.Subject) -> bool:
    match = item.match
    hypothesis = turn.draft.hypothesis or (subject.ref if subject.kind is m.SubjectKind.HYPOTHESIS else "")
    record = subject.record.id if subject.record else ""
    if match.hypothesis and not hypothesis.startswith(match.hypothesis):
        return False
    if match.record and record != match.record:
        return False
    if match.mode and match.mode != turn.mode.value:
        return False
    if match.facet and match.facet not in _names(turn):
        return False
    if match.text and match.text.casefold() not in _text(turn).casefold():
        return False
    return _applies(item, turn)


def _applies(item: ScriptedAnswer, turn: m.Turn) -> bool:
    if item.action in _EVERYWHERE:
        return True
    if turn.kind == "split":
        return bool(item.parts)
    if turn.kind == "summary":
        return item.action in _AT_SUMMARY
    return bool(item.answer or item.choice) if item.action is None else item.action in _AT_QUESTIONS


def _names(turn: m.Turn) -> frozenset[str]:
    if turn.question is None:
        return frozenset({turn.kind})
    return frozenset({turn.question.topic.value, turn.question.id})


def _text(turn: m.Turn) -> str:
    if turn.question:
        return f"{turn.question.text}\n{turn.question.plain}"
    return turn.summary.sentence if turn.summary else turn.split.text if turn.split else ""


def _event(item: ScriptedAnswer, turn: m.Turn) -> m.Event:
    if item.action == "stop":
        return m.Stopped()
    if item.action == "back":
        return m.WentBack(question=item.question or (turn.said[-1].question if turn.said else ""))
    if turn.split is not None:
        return m.SplitCorrected(question=turn.split.question, parts=item.parts)
    if turn.question is None:
        return _at_summary(item)
    name = turn.question.id
    if item.action in {"later", "defer"}:
        return m.Deferred(question=name)
    if item.action in {"skip", "decline"}:
        return m.Declined(question=name)
    if item.action == "not_known":
        return m.NotKnown(question=name)
    keys = tuple(pick(turn.question.choices, wanted) for wanted in item.choice)
    return m.Answered(question=name, choices=keys, text=item.answer or "")


def _at_summary(item: ScriptedAnswer) -> m.Event:
    if item.action == "accept":
        return m.Accepted()
    if item.action == "reject":
        return m.Rejected(reason=item.reason or item.answer or "")
    if item.action == "edit":
        if item.facet not in set(m.Slot):
            raise ScriptError(f"There is no {item.facet!r} to edit.", hint=f"One of {', '.join(m.Slot)}.")
        return m.Edited(slot=m.Slot(item.facet), text=item.answer or "")
    return m.Deferred()
