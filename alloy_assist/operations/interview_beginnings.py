"""What an interview begins with: the side to ask from, and the snapshot of what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.plans import mode_for
from alloy_assist.operations.interview_lookups import Looker, contradicted, told_of_function, told_of_use
from alloy_assist.operations.subjects import subject_for
from store.interviews import InterviewStatus

if TYPE_CHECKING:
    from store.database import Store

_DAY = len("2026-01-01")
_MODE_OF_SUBJECT = {
    m.SubjectKind.TECHNOLOGY: m.Mode.TECHNOLOGY,
    m.SubjectKind.PRINCIPLE: m.Mode.PRINCIPLE,
    m.SubjectKind.NOTHING: m.Mode.REJECT,
}
_SUBJECT_OF_MODE = {
    m.Mode.TECHNOLOGY: m.SubjectKind.TECHNOLOGY,
    m.Mode.PRINCIPLE: m.SubjectKind.PRINCIPLE,
}

# What an interview that began from nothing is called in a list, until a record names it.
WITHOUT_SUBJECT = {
    m.Mode.WHY: "something that is worth keeping",
    m.Mode.REJECT: "what you would reject",
    m.Mode.SCAR: "something that went wrong once",
    m.Mode.TECHNOLOGY: "a technology",
    m.Mode.PRINCIPLE: "a principle",
    m.Mode.CONTRADICTION: "something that may not hold any more",
}


def begun(
    store: Store, looker: Looker, mode: m.Mode | str | None, ref: str, kind: m.SubjectKind | None
) -> tuple[m.Mode, m.SubjectKind, m.Subject]:
    """Return from which side to ask about something, what kind of thing it is, and what is known of it.

    ``kind`` None is guessed from the mode and from what the words name; ``mode`` None takes the best for the subject. Raises MissingError.
    """
    kind = kind or _kind_of(store, m.Mode(mode or m.Mode.WHY), ref)
    snapshot = subject_for(store, kind, ref)
    if kind is m.SubjectKind.TECHNOLOGY:
        snapshot = told_of_use(looker, snapshot)
    if kind is m.SubjectKind.HYPOTHESIS:
        snapshot = told_of_function(looker, snapshot)
    mode = m.Mode(mode) if mode else _MODE_OF_SUBJECT.get(kind) or _best_for(snapshot)
    if mode is m.Mode.CONTRADICTION:
        snapshot = contradicted(looker, snapshot)
    notes = (*snapshot.notes, *_others(store, snapshot.ref))
    return mode, kind, snapshot.model_copy(update={"notes": notes})


def _best_for(snapshot: m.Subject) -> m.Mode:
    """The side to ask from; where nothing was agreed and nothing speaks against it there are no two that could contradict each other."""
    best = mode_for(snapshot.family)
    agreed = snapshot.record or snapshot.possible.strategy or snapshot.against or snapshot.check
    return m.Mode.WHY if best is m.Mode.CONTRADICTION and not agreed else best


def _others(store: Store, ref: str) -> tuple[str, ...]:
    """What to say of interviews about the same thing that are not finished: one note, of the newest."""
    unfinished = {InterviewStatus.OPEN, InterviewStatus.PAUSED}
    left = [info for info in store.interviews.list() if ref and info.subject == ref and info.status in unfinished]
    if not left:
        return ()
    newest = left[0]
    more = {0: "", 1: ", and one before it"}.get(len(left) - 1, f", and {len(left) - 1} before it")
    note = (
        f"You left another interview about this unfinished on {newest.updated_at[:_DAY]}{more}: its answers are kept, and "
        f"`alloy interview --resume {newest.id}` goes on with it. Whichever is accepted first counts."
    )
    return (note,)


def _kind_of(store: Store, mode: m.Mode, subject: str) -> m.SubjectKind:
    if not subject:
        return m.SubjectKind.NOTHING
    if mode in _SUBJECT_OF_MODE and not subject.startswith(("hyp", "alloy.intent.")):
        return _SUBJECT_OF_MODE[mode]
    if store.records.find(subject) is not None or subject.startswith("alloy.intent."):
        return m.SubjectKind.RECORD
    if store.hypotheses.find(subject) is not None or subject.startswith("hyp"):
        return m.SubjectKind.HYPOTHESIS
    return m.SubjectKind.PATH
