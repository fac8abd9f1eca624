"""What the plain front door shows for a turn, line by line: short enough for a small terminal, and good to listen to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.summary import LABELS
from archaeology.text import visible, visible_line

KEYS = "Or your own words. ? not known, l later, x rather not, b back, q stop, h help"
SPLIT_PLACES: dict[str, m.Slot] = {
    "keep": m.Slot.CAPABILITY,
    "risk": m.Slot.THREAT,
    "change": m.Slot.EXPECTATION,
    "how": m.Slot.STRATEGY,
    "proof": m.Slot.EVIDENCE,
    "cost": m.Slot.TRADEOFF,
    "except": m.Slot.EXCEPTION,
}
# What the sentence has said already is not listed a second time.
_NAMES = (m.Slot.TITLE, m.Slot.ID)
_IN_SENTENCE = frozenset(slot for slot in m.Slot if slot.facet) | {m.Slot.RESOLUTION, m.Slot.REASON, m.Slot.UNTIL}


def page_of(turn: m.Turn) -> tuple[str, ...]:
    """Return the lines that ask for something: a question, the filing of a sentence, or the record read aloud. None when it is over."""
    if turn.split is not None:
        return tuple(_split(turn.split))
    if turn.summary is not None and turn.kind == "summary":
        return tuple(_summary(turn.summary))
    if turn.question is not None:
        return tuple(_question(turn, turn.question))
    return ()


def labelled(choices: Iterable[m.Choice]) -> Iterator[tuple[str, m.Choice]]:
    """Yield each choice with what takes it: its number from 1, or the letter of one that ends the matter."""
    number = 0
    for choice in choices:
        number += not choice.letter
        yield choice.letter or str(number), choice


def told(turn: m.Turn) -> tuple[str, ...]:
    """Return what the last answer changed, and what else there is to tell. What was picked word for word is not echoed."""
    if turn.split is not None:
        # The pieces are about to be shown, each with its place.
        return tuple(f"Note: {visible_line(note)}" for note in turn.notes)
    picked = {answer for said in turn.said[-1:] for answer in (said.answer, *said.answer.split("; "))}
    changes: dict[str, list[str]] = {}
    for label, _, words in (change.partition(": ") for change in turn.changed):
        if words not in picked:
            changes.setdefault(label, []).append(visible_line(words))
    return (
        *(f"Noted. {label}: {', '.join(words)}" for label, words in changes.items()),
        *(f"Note: {visible_line(note)}" for note in turn.notes),
    )


def _question(turn: m.Turn, question: m.Question) -> Iterator[str]:
    yield ""
    yield f"{turn.asked + 1} of {turn.maximum}. {visible(question.text)}"
    if question.plain:
        yield f"   In plain words: {visible(question.plain)}"
    if question.hint:
        yield f"   {visible(question.hint)}"
    for line in question.why.splitlines():
        # Later questions name the place themselves; it is repeated only where they do not.
        if line.strip() and (not turn.said or ("`" not in question.text and question.places)):
            yield f"   Seen: {visible_line(line.strip().removeprefix('- '))}"
    if question.previous:
        yield f"   You said before: {visible_line(question.previous)}"
    for label, choice in labelled(question.choices):
        mark = " (Enter)" if choice.key == question.suggested else ""
        note = f" [{visible_line(choice.note)}]" if choice.note else ""
        yield f"  {label}. {visible_line(choice.label)}{note}{mark}"
    if question.multiple and question.choices:
        yield "  Several may be picked: 1,2"
    # The keys are said once; h says them again.
    yield KEYS if not turn.said else "Or your own words. h help"


def _split(split: m.Split) -> Iterator[str]:
    yield ""
    yield "That says several things. Noted like this?"
    for position, part in enumerate(split.parts, start=1):
        before = next((old.text for old in split.replaces if old.slot is part.slot), "")
        instead = f" (instead of: {visible_line(before)})" if before else ""
        yield f"  {position}. {LABELS[part.slot]}: {visible_line(part.text)}{instead}"
    yield f"Enter yes, w keep it whole, or a number and a place ({', '.join(SPLIT_PLACES)}, drop), such as: 2 cost"


def _summary(summary: m.Summary) -> Iterator[str]:
    yield ""
    yield "Read aloud:"
    yield f"  {visible(summary.sentence)}"
    called = {line.slot: visible_line(line.text) for line in summary.lines if line.slot in _NAMES}
    if called:
        yield f"  Called: {called[m.Slot.TITLE]} ({called[m.Slot.ID]})"
    said = dict.fromkeys(line.slot for line in summary.lines if line.slot not in _NAMES)
    for slot in said:
        lines = [line for line in summary.lines if line.slot is slot]
        if slot not in _IN_SENTENCE or any(gist(line.text) != line.text for line in lines):
            source = " (from the code)" if lines[0].source else ""
            yield f"  {LABELS[slot]}: {', '.join(visible_line(line.text) for line in lines)}{source}"
    found = dict.fromkeys(line.label for line in summary.lines if line.slot in _IN_SENTENCE and line.source)
    if found:
        yield f"  Found, not said by you: {', '.join(found)}"
    if summary.missing:
        yield f"  Not said: {', '.join(summary.missing)}"
    for warning in summary.warnings:
        yield f"  Look at this: {visible_line(warning)}"
    if summary.contract:
        yield "  For your import checker (c shows it): a ready-made contract"
    yield f"a accept, e edit, r reject, d later, b back, q stop. Suggested: {summary.suggests}"
