"""How an interview ends, rests or goes on: with a yes to what was read aloud, with a no and its reason, or later."""

from __future__ import annotations

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.answers import kept_text
from alloy_assist.elicitation.model import AnswerKind, Slot, State
from alloy_assist.elicitation.naming import PREFIX, slug
from alloy_assist.elicitation.settling import Outcome, ignored, settled

_LONGEST_REASON = 600


def edited(state: State, event: m.Edited) -> Outcome:
    """Rewrite one thing of the draft."""
    edit = m.Part(slot=event.slot, text=kept_text(event.text, lines=True))
    if event.slot is Slot.SEVERITY and edit.text not in set(m.Severity):
        return ignored(state, "severity", f"The severity is one of {', '.join(m.Severity)}.")
    if event.slot is Slot.ID and edit.text and state.subject.record is not None:
        return ignored(state, "id", "A record keeps its id; others refer to it.")
    if event.slot is Slot.ID and edit.text and not slug(edit.text.removeprefix(PREFIX)):
        return ignored(state, "id", "An id is made of letters and digits, such as payments-boundary.")
    others = tuple(other for other in state.edits if other.slot is not event.slot)
    return settled(state.model_copy(update={"edits": (*others, edit)}))


def checked(state: State, event: m.Checked) -> Outcome:
    """Note what the check said."""
    return settled(state.model_copy(update={"checked": event}))


def resumed(state: State, event: m.Resumed) -> Outcome:
    """Take an interview up again: what was left for later is open once more, and stale places are known."""
    steps = tuple(step for step in state.steps if step.kind is not AnswerKind.DEFERRED)
    after = state.model_copy(
        update={
            "steps": steps,
            "resolutions": event.resolutions,
            "outcome": None,
            "paused": False,
            # What was checked then says nothing about now.
            "checked": None,
        },
    )
    notices = [
        m.Notice(code=f"place_{item.status}", text=item.note or f"A place that was quoted is {item.status}.")
        for item in event.resolutions
        if item.status != "same"
    ]
    return settled(after, *notices)


def accepted(state: State, _: m.Accepted) -> Outcome:
    """Accept what was read aloud; the only way to a record."""
    if state.stage != "summary":
        return ignored(state, "not_read", "The record has not been read aloud yet; it cannot be accepted before.")
    if state.draft.text(Slot.RESOLUTION) == "accident":
        return ignored(
            state, "accident", "You said that nobody meant it. Reject it, or go back and say what it is for."
        )
    if not any(
        state.draft.text(slot).strip() for slot in (Slot.CAPABILITY, Slot.STRATEGY, Slot.DEFINITION, Slot.THREAT)
    ):
        return ignored(
            state,
            "says_nothing",
            "The record says nothing yet: say at least what is to be kept, or leave it for later.",
        )
    return state.model_copy(update={"stage": "finished", "outcome": "accepted"}), (m.Finish(outcome="accepted"),)


def rejected(state: State, event: m.Rejected) -> Outcome:
    """Say that there is no such intent; a reason is what keeps it from being asked again."""
    reason = kept_text(event.reason)[:_LONGEST_REASON]
    if not reason:
        return ignored(state, "reason", "A rejection needs a reason: it is what keeps the question from coming back.")
    after = state.model_copy(
        update={"stage": "finished", "outcome": "rejected", "reason": reason, "pending": None, "split": None}
    )
    return after, (m.Finish(outcome="rejected", reason=reason),)


def stopped(state: State, _: m.Stopped) -> Outcome:
    """Rest; everything is kept."""
    return state.model_copy(update={"paused": True}), (m.Pause(),)
