"""How an interview reads: the conversation at the left, the record taking shape at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from textual.content import Content

from alloy_assist.elicitation.model import Choice, Line, Mode, Question, Slot, Split, Summary, Turn
from alloy_assist.elicitation.page import SPLIT_PLACES
from alloy_assist.elicitation.summary import LABELS, weakness_text
from alloy_assist.tui.modals import Option
from alloy_assist.tui.plain import Hanging, Paragraph, block, prose, text
from store.interviews import AnswerKind

_ANSWER_STYLES = {
    AnswerKind.ANSWERED: ("→", "$text-success"),
    AnswerKind.DEFERRED: ("…", "$text-warning"),
    AnswerKind.DECLINED: ("–", "$text-muted"),
    AnswerKind.NOT_KNOWN: ("?", "$text-muted"),
}
_REASONS = 3
_STAGES = {"split": "where your words go", "summary": "the record, read aloud", "finished": "done"}
_MODES = {
    Mode.WHY: "Why is this here?",
    Mode.REJECT: "What would you reject?",
    Mode.SCAR: "Never again",
    Mode.TECHNOLOGY: "What is it hired for?",
    Mode.PRINCIPLE: "What does it mean here?",
    Mode.CONTRADICTION: "Does it still hold?",
}
_NOT_FILED = frozenset({Slot.RESOLUTION, Slot.REASON, Slot.UNTIL})
NOWHERE = "nowhere"

Call = Callable[[Any], Turn]
"""Something to do with a project that gives a turn."""


def earlier(turn: Turn) -> Iterator[Paragraph]:
    """Return what was said so far, the last at the end."""
    for said in turn.said:
        mark, style = _ANSWER_STYLES[said.kind]
        yield text((said.text, "$text-muted"))
        yield Hanging(text((f"  {mark} ", style)), prose(said.answer, style))


def asked(turn: Turn, *, roomy: bool) -> Iterator[Paragraph]:
    """Return what is asked now; ``roomy`` where there is height for more of its reasons."""
    for note in turn.notes:
        yield Hanging(text(("· ", "$text-accent")), prose(note, "$text-muted italic"))
    if turn.question is not None:
        yield from _question(turn.question, _REASONS if roomy else 1)
    elif turn.split is not None:
        yield from _split(turn.split)
    elif turn.kind == "summary" and turn.summary is not None:
        yield from _summary(turn.summary)
    else:
        yield from _finished(turn)


def choice(label: str, item: Choice, *, suggested: bool, marked: bool | None) -> Hanging:
    """Return a choice with what takes it, a number or a letter; ``marked`` is None where only one can be picked."""
    box = "" if marked is None else ("[x] " if marked else "[ ] ")
    hint = "  suggested" if suggested else ""
    note = f"  {item.note}" if item.note else ""
    return Hanging(
        text((f"{label} ", "bold $text-accent"), (box, "$text-success bold")),
        text(prose(item.label), (note, "$text-muted"), (hint, "$text-accent italic")),
    )


def own_words(question: Question, key: str) -> Hanging:
    """Return the line among the choices that stands for an answer in one's own words."""
    offers = any(not item.letter for item in question.choices)
    return Hanging(
        text((f"{key} ", "bold $text-accent")),
        text("In your own words" if offers else "Say it in your own words: Enter begins to write"),
    )


def split_part(position: int, label: str, words: str) -> Hanging:
    """Return one piece of a sentence with the place it would be filed under."""
    return Hanging(text((f"{position} ", "bold $text-accent")), text((f"{label}: ", "bold"), words))


def record(turn: Turn) -> Iterator[Paragraph]:
    """Return the record as it stands, what the last answer changed marked in the margin."""
    yield text((turn.title or "A new record", "bold $text-primary"))
    yield Content("")
    if not turn.lines:
        yield text(("Nothing has been said yet.", "$text-muted italic"))
    for entry in turn.lines:
        yield from _line(entry, new=any(item.startswith(f"{entry.label}: ") for item in turn.changed))
    labels = tuple(f"{entry.label}: " for entry in turn.lines)
    for item in turn.changed:
        if not item.startswith(labels):
            yield Hanging(text(("- ", "$text-warning bold")), text((item, "$text-warning")))


def progress(turn: Turn) -> Content:
    """Return how far the interview is, on one line."""
    said = len({line.slot for line in turn.lines if not line.source})
    found = len({line.slot for line in turn.lines}) - said
    return text(
        (_MODES[turn.mode], "$text-accent"),
        f"  {_STAGES.get(turn.kind) or f'question {min(turn.asked + 1, turn.maximum)} of at most {turn.maximum}'}",
        (
            f"  record: {said} lines said, {found} found" if said != 1 else f"  record: 1 line said, {found} found",
            "$text-muted",
        ),
        ("  paused" if turn.paused else "", "$text-warning"),
    )


def _question(question: Question, most: int) -> Iterator[Paragraph]:
    yield prose(question.text, "bold")
    if question.plain:
        yield Hanging(text(("  plainly: ", "$text-muted")), prose(question.plain, "$text-muted"))
    reasons = [item.strip().removeprefix("- ") for item in question.why.splitlines() if item.strip()]
    for reason in reasons[:most]:
        yield Hanging(text(("  · ", "$text-accent")), prose(reason, "$text-muted"))
    if question.places:
        left = f"{_count(len(reasons) - most, 'more reason')} and " if len(reasons) > most else ""
        yield text(
            (
                f"  w shows {left}{_places(len(question.places))}",
                "$text-primary",
            )
        )
    if question.previous:
        yield Hanging(text(("  you said before: ", "$text-muted")), prose(question.previous))


def _split(split: Split) -> Iterator[Paragraph]:
    yield text(("You said several things at once. Is this how to file them?", "bold"))
    yield Hanging(Content("  "), block((split.text, "$text-muted italic")))
    yield Content("  ") + text(("Enter keeps it; a number changes where that piece goes.", "$text-muted"))


def _summary(summary: Summary) -> Iterator[Paragraph]:
    yield text(("Read aloud:", "$text-accent bold"))
    yield prose(summary.sentence, "bold")
    yield Content("")
    for words in summary.warnings:
        yield Hanging(text(("! ", "$text-warning bold")), text((words, "$text-warning")))
    if summary.missing:
        yield text(("Nobody has said: ", "$text-muted"), ", ".join(summary.missing))
    keys = {"accept": "a accepts it", "reject": "x rejects it", "defer": "l puts it off"}
    yield text((keys[summary.suggests], "bold $text-accent"), ("; e edits a line, b goes back", "$text-muted"))


def _finished(turn: Turn) -> Iterator[Paragraph]:
    words = {
        "accepted": "Accepted.",
        "rejected": "Rejected; the reason is kept.",
        "deferred": "Put off; everything said is kept.",
    }
    yield text((words.get(turn.outcome or "", "This interview rests; it can be taken up again."), "bold $text-success"))
    if turn.record_id:
        yield text("The record is")
        yield Hanging(text("  "), text((turn.record_id, "bold")))


def _line(entry: Line, *, new: bool) -> Iterator[Paragraph]:
    mark = ("+ ", "$text-success bold") if new else ("  ", "")
    source = f"  {entry.source.split(',')[0]}" if entry.source else ""
    yield text(mark, (entry.label, "bold $text-success" if new else "bold"), (source, "$text-muted italic"))
    yield Hanging(Content("    "), prose(entry.text, "on $cited-line" if new else ""))
    if entry.weakness is not None:
        yield Hanging(Content("    "), text((f"! {weakness_text(entry.weakness)}", "$text-warning")))


def slot_label(slot: Slot | str) -> str:
    """Return what a place in the record is called."""
    return LABELS[Slot(slot)]


def slot_options() -> list[Option]:
    """Return every line of a record that can be rewritten."""
    return [Option(slot.value, LABELS[slot]) for slot in Slot if slot not in _NOT_FILED]


def filing_options() -> list[Option]:
    """Return the places that a piece of a sentence can be filed under, and that it need not be kept."""
    places = [Option(slot.value, LABELS[slot]) for slot in SPLIT_PLACES.values()]
    return [*places, Option(NOWHERE, "Nowhere: leave it out")]


def _places(number: int) -> str:
    return {1: "the place", 2: "both places"}.get(number, f"all {number} places")


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
