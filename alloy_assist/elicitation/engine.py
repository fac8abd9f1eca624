"""The interview itself: a state and an event in, the next state and what to do about it out. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.answers import kept_text, parts_of, split_of
from alloy_assist.elicitation.drafting import build
from alloy_assist.elicitation.errors import ElicitationError
from alloy_assist.elicitation.model import AnswerKind, Slot, State, Step
from alloy_assist.elicitation.policy import next_ask
from alloy_assist.elicitation.scars import tells_of_a_failure

Outcome = tuple[State, tuple[m.Effect, ...]]
_LONGEST_REASON = 600


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
            return _ignored(state, "begun", "The interview has begun already.")
        return _settled(
            State(mode=event.mode, subject=event.subject, max_questions=event.max_questions, modes=(event.mode,))
        )
    if state is None:
        raise ElicitationError(f"An interview cannot begin with {event.kind!r}.", hint="Its first event is 'started'.")
    if state.outcome in {"accepted", "rejected"}:
        return _ignored(state, "finished", "This interview is over.")
    return _HANDLERS[type(event)](state, event)


def _answered(state: State, event: m.Answered) -> Outcome:
    ask = _asked(state, event.question, event.shown)
    if ask is None:
        return _not_open(state, event.question)
    known = {choice.key for choice in ask.choices}
    picked = tuple(key for key in dict.fromkeys(event.choices) if key in known)
    picked = picked if ask.multiple else picked[:1]
    text = kept_text(event.text) if ask.allows_text else ""
    if not picked and not text:
        return _ignored(state, "empty", "Nothing was said; pick an answer, write one, or leave it for later.")
    step = Step(ask=ask, kind=AnswerKind.ANSWERED, choices=picked, text=text, parts=parts_of(ask, picked, text))
    after = state.model_copy(update={"steps": (*state.steps, step), "wanted": None})
    split = split_of(ask, step)
    said = m.KeepAnswer(ask=ask, answer_kind=AnswerKind.ANSWERED, answer=_spoken(step))
    if split is None:
        return _settled(after, said)
    return _settled(after.model_copy(update={"split": split}), said)


def _left(kind: AnswerKind) -> Callable[[State, m.Declined | m.NotKnown], Outcome]:
    def handle(state: State, event: m.Declined | m.NotKnown | m.Deferred) -> Outcome:
        ask = _asked(state, event.question or "", event.shown)
        if ask is None:
            return _not_open(state, event.question or "")
        after = state.model_copy(update={"steps": (*state.steps, Step(ask=ask, kind=kind)), "wanted": None})
        return _settled(after, m.KeepAnswer(ask=ask, answer_kind=kind, answer=""))

    return handle


def _deferred(state: State, event: m.Deferred) -> Outcome:
    if event.question is not None:
        return _left(AnswerKind.DEFERRED)(state, event)  # type: ignore[arg-type]
    after = state.model_copy(update={"stage": "finished", "outcome": "deferred", "pending": None, "split": None})
    return after, (m.Finish(outcome="deferred"),)


def _split_corrected(state: State, event: m.SplitCorrected) -> Outcome:
    if state.split is None or state.split.question != event.question or not state.steps:
        return _ignored(state, "no_split", "There is nothing to file just now.")
    parts = tuple(part.model_copy(update={"text": text}) for part in event.parts if (text := kept_text(part.text)))
    last = state.steps[-1]
    kept = tuple(part for part in last.parts if part not in state.split.parts)
    corrected = last.model_copy(update={"parts": (*kept, *parts)})
    return _settled(state.model_copy(update={"steps": (*state.steps[:-1], corrected), "split": None}))


def _went_back(state: State, event: m.WentBack) -> Outcome:
    step = next((step for step in state.steps if step.ask.id == event.question), None)
    if step is None:
        return _not_open(state, event.question)
    return _settled(_reopened(state, step).model_copy(update={"wanted": step}))


def _revised(state: State, event: m.Revised) -> Outcome:
    step = next((step for step in state.steps if step.ask.id == event.question), None)
    if step is None:
        return _not_open(state, event.question)
    before = _reopened(state, step).model_copy(update={"wanted": step})
    settled, _ = _settled(before)
    after, effects = _answered(
        settled, m.Answered(question=event.question, choices=event.choices, text=event.text, shown=step.ask)
    )
    # A replacement that says nothing leaves the first answer standing.
    return (state, effects) if after is settled else (after, effects)


def _edited(state: State, event: m.Edited) -> Outcome:
    edit = m.Part(slot=event.slot, text=kept_text(event.text, lines=True))
    if event.slot is Slot.SEVERITY and edit.text not in set(m.Severity):
        return _ignored(state, "severity", f"The severity is one of {', '.join(m.Severity)}.")
    others = tuple(other for other in state.edits if other.slot is not event.slot)
    return _settled(state.model_copy(update={"edits": (*others, edit)}))


def _checked(state: State, event: m.Checked) -> Outcome:
    return _settled(state.model_copy(update={"checked": event}))


def _resumed(state: State, event: m.Resumed) -> Outcome:
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
    return _settled(after, *notices)


def _accepted(state: State, _: m.Accepted) -> Outcome:
    if state.stage != "summary":
        return _ignored(state, "not_read", "The record has not been read aloud yet; it cannot be accepted before.")
    if state.draft.text(Slot.RESOLUTION) == "accident":
        return _ignored(
            state, "accident", "You said that nobody meant it. Reject it, or go back and say what it is for."
        )
    if not any(
        state.draft.text(slot).strip() for slot in (Slot.CAPABILITY, Slot.STRATEGY, Slot.DEFINITION, Slot.THREAT)
    ):
        return _ignored(
            state,
            "says_nothing",
            "The record says nothing yet: say at least what is to be kept, or leave it for later.",
        )
    return state.model_copy(update={"stage": "finished", "outcome": "accepted"}), (m.Finish(outcome="accepted"),)


def _rejected(state: State, event: m.Rejected) -> Outcome:
    reason = kept_text(event.reason)[:_LONGEST_REASON]
    if not reason:
        return _ignored(state, "reason", "A rejection needs a reason: it is what keeps the question from coming back.")
    after = state.model_copy(
        update={"stage": "finished", "outcome": "rejected", "reason": reason, "pending": None, "split": None}
    )
    return after, (m.Finish(outcome="rejected", reason=reason),)


def _stopped(state: State, _: m.Stopped) -> Outcome:
    return state.model_copy(update={"paused": True}), (m.Pause(),)


def _settled(state: State, *effects: m.Effect) -> Outcome:
    """Work out everything that follows from what was said: mode, draft, and what to ask or show next."""
    modes = [state.modes[0]]
    for step in state.steps:
        led = [choice.leads_to for choice in step.ask.choices if choice.key in step.choices and choice.leads_to]
        if led:
            modes.append(led[0])
        elif modes[-1] in _LISTENS_FOR_SCARS and tells_of_a_failure(step.text):
            modes.append(m.Mode.SCAR)
    now = state.model_copy(
        update={
            "modes": tuple(modes),
            "mode": modes[-1],
            "draft": build(state.subject, state.steps, state.edits),
            "paused": False,
        },
    )
    if len(modes) > len(state.modes):
        effects = (*effects, m.Notice(code="mode", text=_MOVES[modes[-1]]))
    if now.split is not None:
        return now.model_copy(update={"stage": "splitting", "pending": None}), effects
    pending = now.wanted.ask if now.wanted else next_ask(now)
    after = now.model_copy(update={"pending": pending, "stage": "asking" if pending else "summary"})
    if after.subject.check and after.checked is None and (pending is None or pending.topic is Slot.EVIDENCE):
        effects = (*effects, m.NeedsCheck(check=after.subject.check))
    return after, effects


def _reopened(state: State, step: Step) -> State:
    """The state without a step, everything that rests on it, and edits of what they filled."""
    gone = {step.ask.id}
    while True:
        more = {
            other.ask.id
            for other in state.steps
            if other.ask.id not in gone and (gone & {*other.ask.needs, other.ask.follows})
        }
        if not more:
            break
        gone |= more
    slots = {part.slot for other in state.steps if other.ask.id in gone for part in other.parts}
    return state.model_copy(
        update={
            "steps": tuple(other for other in state.steps if other.ask.id not in gone),
            "edits": tuple(edit for edit in state.edits if edit.slot not in slots),
            "split": None,
            "outcome": None,
        },
    )


def _asked(state: State, question: str, shown: m.Ask | None) -> m.Ask | None:
    """The question that an answer belongs to: as it was put, which a later version of this program may word otherwise."""
    if state.stage != "asking" and shown is None:
        return None
    if any(step.ask.id == question for step in state.steps) or state.split is not None:
        return None
    if shown is not None and shown.id == question:
        return shown
    return state.pending if state.pending and state.pending.id == question else None


def _spoken(step: Step) -> str:
    labels = [choice.label for choice in step.ask.choices if choice.key in step.choices]
    return "; ".join([*labels, *([step.text] if step.text else [])])


def _not_open(state: State, question: str) -> Outcome:
    if any(step.ask.id == question for step in state.steps):
        return _ignored(state, "not_open", f"The question {question!r} has an answer already; this one was not kept.")
    return _ignored(state, "not_open", f"The question {question!r} is not the one that is asked.")


def _ignored(state: State, code: str, text: str) -> Outcome:
    return state, (m.Notice(code=code, text=text),)


_LISTENS_FOR_SCARS = frozenset({m.Mode.WHY, m.Mode.REJECT, m.Mode.PRINCIPLE, m.Mode.TECHNOLOGY})
_MOVES = {
    m.Mode.SCAR: "That sounds like something that went wrong once; the rest is asked from that side.",
    m.Mode.CONTRADICTION: "So what was meant and what is there differ; let us settle which of them gives way.",
}
_HANDLERS: dict[type, Callable[..., Outcome]] = {
    m.Answered: _answered,
    m.Deferred: _deferred,
    m.Declined: _left(AnswerKind.DECLINED),
    m.NotKnown: _left(AnswerKind.NOT_KNOWN),
    m.SplitCorrected: _split_corrected,
    m.WentBack: _went_back,
    m.Revised: _revised,
    m.Edited: _edited,
    m.Checked: _checked,
    m.Resumed: _resumed,
    m.Accepted: _accepted,
    m.Rejected: _rejected,
    m.Stopped: _stopped,
}
