"""Writes an interview down as the plain terminal showed it, line by line, with what the person typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.page import SPLIT_PLACES, page_of, told
from alloy_assist.elicitation.summary import LABELS
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.vocabulary import Value
from alloy_assist.elicitation.voice import TemplateVoice, Voice
from archaeology.text import visible_line

_LONGEST_ANSWER = 400


class Exchange(Value):
    """What was shown, all of it, and what was typed then; ``words`` are those of the person's own, beyond picking and keys."""

    shown: tuple[str, ...]
    typed: str = ""
    words: str = ""


def transcript(events: Iterable[m.Event], voice: Voice | None = None) -> str:
    """Return the transcript of an interview from its events, each question in the words in which it was shown."""
    lines: list[str] = []
    for exchange in exchanges(events, voice):
        lines += exchange.shown
        if exchange.typed:
            lines.append(f"> {exchange.typed}")
    return "\n".join(lines).strip() + "\n"


def exchanges(events: Iterable[m.Event], voice: Voice | None = None) -> tuple[Exchange, ...]:
    """Return an interview as what was shown and what was typed, in its order."""
    voice = voice or TemplateVoice()
    made: list[Exchange] = []
    state: m.State | None = None
    turn: m.Turn | None = None
    shown: list[str] = []
    for event in events:
        before = state
        if before is not None and turn is not None and (said := _typed(event, turn)):
            made.append(Exchange(shown=tuple(shown), typed=said, words=_own_words(event)))
            shown = []
        state, effects = advance(before, event)
        turn = turn_of("", 0, state, voice, before=before.draft if before else None, effects=effects)
        if isinstance(event, m.Worded):
            # The page is on the screen already; this joins it.
            shown += ["", f"{visible_line(event.by)} puts it so: {visible_line(event.text)}"]
        elif not _will_be_shown_again(effects):
            shown += [*told(turn), *page_of(turn)]
    return (*made, *((Exchange(shown=tuple(shown)),) if shown else ()))


def _typed(event: m.Event, turn: m.Turn) -> str:
    if isinstance(event, m.Answered | m.Revised):
        return _answer(event, turn)
    if isinstance(event, m.SplitCorrected):
        kept = turn.split is not None and event.parts == turn.split.parts
        return "(Enter)" if kept else "; ".join(_filed(part) for part in event.parts)
    if isinstance(event, m.WentBack):
        return f"b: {event.question}"
    if isinstance(event, m.Edited):
        return f"e {LABELS[event.slot]}: {visible_line(event.text)}"
    if isinstance(event, m.Rejected):
        return f"r: {visible_line(event.reason)}"
    return _KEYS.get(event.kind, "")


def _answer(event: m.Answered | m.Revised, turn: m.Turn) -> str:
    choices = turn.question.choices if turn.question else ()
    numbers = [str(number) for number, choice in enumerate(choices, start=1) if choice.key in event.choices]
    if event.text:
        return " ".join([*numbers, visible_line(event.text)[:_LONGEST_ANSWER]])
    if turn.question is not None and event.choices == (turn.question.suggested,):
        return "(Enter)"
    return ",".join(numbers) or ", ".join(event.choices)


def _filed(part: m.Part) -> str:
    place = next((place for place, slot in SPLIT_PLACES.items() if slot is part.slot), part.slot.value)
    return f"{place}: {visible_line(part.text)}"


def _own_words(event: m.Event) -> str:
    return str(getattr(event, "text", "") or getattr(event, "reason", ""))


_KEYS = {"deferred": "l", "declined": "x", "not_known": "?", "accepted": "a", "stopped": "q"}


def _will_be_shown_again(effects: Iterable[m.Effect]) -> bool:
    """Whether the check is evaluated before the question is really put."""
    return any(isinstance(effect, m.NeedsCheck) for effect in effects)
