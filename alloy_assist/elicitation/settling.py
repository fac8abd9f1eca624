"""What follows from what was said: the mode, the draft and what comes next; and what has to be said again when an answer is taken back."""

from __future__ import annotations

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.drafting import build
from alloy_assist.elicitation.model import Slot, State, Step
from alloy_assist.elicitation.policy import next_ask
from alloy_assist.elicitation.scars import tells_of_a_failure
from alloy_assist.elicitation.subject import taken_up

Outcome = tuple[State, tuple[m.Effect, ...]]
_LISTENS_FOR_SCARS = frozenset({m.Mode.WHY, m.Mode.REJECT, m.Mode.PRINCIPLE, m.Mode.TECHNOLOGY})
_MOVES = {
    m.Mode.SCAR: "That sounds like something that went wrong once; the rest is asked from that side.",
    m.Mode.CONTRADICTION: "So what was meant and what is there differ; let us settle which of them gives way.",
}


def settled(state: State, *effects: m.Effect) -> Outcome:
    """Work out everything that follows from what was said: mode, draft, and what to ask or show next."""
    modes = [state.modes[0]]
    for step in state.steps:
        led = [choice.leads_to for choice in step.ask.choices if choice.key in step.choices and choice.leads_to]
        if led:
            modes.append(led[0])
        elif modes[-1] in _LISTENS_FOR_SCARS and tells_of_a_failure(step.text):
            modes.append(m.Mode.SCAR)
    began = state.began or state.subject
    lead = _lead(began, state.steps)
    subject = taken_up(began, lead) if lead else began
    now = state.model_copy(
        update={
            "subject": subject,
            "began": began if lead else None,
            "modes": tuple(modes),
            "mode": modes[-1],
            "draft": build(subject, state.steps, state.edits, state.judgements),
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


def _lead(subject: m.Subject, steps: tuple[Step, ...]) -> m.Lead | None:
    """The one lead that was picked from what was found; several are only what they say."""
    picked = [
        choice.lead for step in steps for choice in step.ask.choices if choice.key in step.choices and choice.lead
    ]
    return next((lead for lead in subject.leads if picked == [lead.id]), None)


def reopened(state: State, step: Step) -> State:
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


def ignored(state: State, code: str, text: str) -> Outcome:
    """Change nothing and say why."""
    return state, (m.Notice(code=code, text=text),)
