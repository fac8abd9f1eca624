"""The interview itself: a state and an event in, the next state and what to do about it out. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alloy_assist.elicitation import ending, saying
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.errors import ElicitationError
from alloy_assist.elicitation.model import State
from alloy_assist.elicitation.settling import Outcome, ignored, settled


def replay(events: Iterable[m.Event]) -> State:
    """Return the state after some events. Raises ElicitationError where they do not begin with ``Started``."""
    state: State | None = None
    for event in events:
        state, _ = advance(state, event)
    if state is None:
        raise ElicitationError("The interview has no events.", hint="It was never begun; begin it again.")
    return state


def advance(state: State | None, event: m.Event) -> Outcome:
    """Return the state after an event, and what the caller must now do.

    An event that makes no sense here changes nothing and says so in a ``Notice``: an interview cannot be broken by pressing the
    wrong key. Raises ElicitationError only where there is no interview yet and the event does not begin one.
    """
    if isinstance(event, m.Started):
        if state is not None:
            return ignored(state, "begun", "The interview has begun already.")
        return settled(
            State(mode=event.mode, subject=event.subject, max_questions=event.max_questions, modes=(event.mode,))
        )
    if state is None:
        raise ElicitationError(f"An interview cannot begin with {event.kind!r}.", hint="Its first event is 'started'.")
    if state.outcome in {"accepted", "rejected"}:
        return ignored(state, "finished", "This interview is over.")
    return _HANDLERS[type(event)](state, event)


_HANDLERS: dict[type, Callable[..., Outcome]] = {
    m.Answered: saying.answered,
    m.Deferred: saying.left,
    m.Declined: saying.left,
    m.NotKnown: saying.left,
    m.SplitCorrected: saying.split_corrected,
    m.Read: saying.read,
    m.Judged: saying.judged,
    m.Worded: saying.worded,
    m.WentBack: saying.went_back,
    m.Revised: saying.revised,
    m.Edited: ending.edited,
    m.Checked: ending.checked,
    m.Resumed: ending.resumed,
    m.Accepted: ending.accepted,
    m.Rejected: ending.rejected,
    m.Stopped: ending.stopped,
}
