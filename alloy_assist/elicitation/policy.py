"""Decides what to ask next: impact x uncertainty over what is missing, weak or contradicted, within the number of questions allowed."""

from __future__ import annotations

from alloy_assist.elicitation.asks import make_ask, make_follow_up
from alloy_assist.elicitation.checking import is_broken
from alloy_assist.elicitation.choices import choices_for
from alloy_assist.elicitation.families import from_words
from alloy_assist.elicitation.found_choices import broken_by
from alloy_assist.elicitation.model import AnswerKind, Ask, Entry, Mode, Slot, State, Weakness
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.plans import NEEDED_AFTER, topics
from alloy_assist.elicitation.scoping import severity_matters
from alloy_assist.elicitation.told_already import is_told
from alloy_assist.elicitation.weakness import clash

GOOD_ENOUGH = 0.25
_ONLY_ON_PURPOSE = frozenset({Slot.RESOLUTION, Slot.REASON, Slot.UNTIL})
_TIRED_AFTER = 3
_DOUBTFUL = 0.4
_UNSURE_STRATEGY = 0.5
_MISSING = 1.0
_CONTRADICTED = 0.9
_MINED = 0.35
_OPEN_COST = 0.45


def next_ask(state: State) -> Ask | None:
    """Return what to ask next, or None where the record is good enough, the questions are used up or the person has had enough."""
    remaining = state.max_questions - len(state.steps)
    if remaining <= 0 or is_tired(state) or state.draft.text(Slot.RESOLUTION) == "accident":
        return None
    follow_up = _follow_up(state)
    if follow_up and (remaining > 1 or not _open(state, Slot.EVIDENCE)):
        return follow_up
    scored = [
        (score(state, topic.slot, topic.impact), -index, topic.slot)
        for index, topic in enumerate(topics(state.modes[0], state.mode))
    ]
    worth = sorted((item for item in scored if item[0] > GOOD_ENOUGH), reverse=True)
    if not worth:
        return None
    slots = [slot for _, _, slot in worth]
    if remaining == 1 and Slot.EVIDENCE in slots and state.steps:
        proof = make_ask(state, Slot.EVIDENCE)
        # The last question is for proof, unless there is none to choose and something else is still to be said.
        return proof if len(proof.choices) > 1 or slots[0] is Slot.EVIDENCE else make_ask(state, slots[0])
    return make_ask(state, slots[0])


def score(state: State, slot: Slot, impact: float) -> float:
    """Return how much a question about a slot is worth now, from 0 to 1; 0 where it would be idle, answered or asked before."""
    return impact * _uncertainty(state, slot) if _open(state, slot) else 0.0


def is_tired(state: State) -> bool:
    """Whether the person has left the last few questions unanswered: one more would not be kind."""
    last = state.steps[-_TIRED_AFTER:]
    return len(last) == _TIRED_AFTER and all(step.kind is not AnswerKind.ANSWERED for step in last)


def _open(state: State, slot: Slot) -> bool:
    if any(step.ask.topic is slot for step in state.steps):
        return False
    # How an earlier contradiction ended says nothing of the next one.
    answered = [item for item in state.subject.earlier if slot.value in {item.facet, item.question}]
    if slot not in _ONLY_ON_PURPOSE and any(item.kind is not AnswerKind.DEFERRED for item in answered):
        return False
    resolution = state.draft.text(Slot.RESOLUTION)
    if state.mode is not Mode.CONTRADICTION:
        return slot not in _ONLY_ON_PURPOSE
    if not resolution:
        return slot is Slot.RESOLUTION or bool(state.steps)
    needed = NEEDED_AFTER.get(resolution, frozenset())
    if state.subject.record is None and resolution not in {"simplify", "accident"}:
        return slot in needed or slot not in _ONLY_ON_PURPOSE
    return slot in needed


def _uncertainty(state: State, slot: Slot) -> float:
    if state.mode in {Mode.WHY, Mode.SCAR} and is_told(state.subject, slot) and not state.subject.against:
        return 0.0
    opener = topics(state.modes[0], state.mode)[0].slot
    if slot is opener and not state.steps:
        # What would go against words that name no such thing is no question to begin with: what they are for is.
        untold = slot is Slot.THREAT and from_words(names_of(state.subject)) and not _offers(state, slot)
        return 0.0 if untold else _MISSING
    if state.mode is Mode.CONTRADICTION and slot in NEEDED_AFTER.get(state.draft.text(Slot.RESOLUTION), frozenset()):
        return _MISSING
    entry = state.draft.get(slot)
    if slot is Slot.SEVERITY:
        matters = severity_matters(state.subject) and not from_words(names_of(state.subject))
        return _MISSING if matters and not (entry and entry.confirmed) else 0.0
    if entry is None:
        if _idle(state, slot):
            return 0.0
        # What words cost that name no other way is asked for last, of whoever has an answer.
        open_cost = slot is Slot.TRADEOFF and from_words(names_of(state.subject)) and not _offers(state, slot)
        return _OPEN_COST if open_cost else _MISSING
    if entry.confirmed and not (slot is Slot.STRATEGY and _contested(state)):
        return 0.0
    if slot is Slot.THREAT and state.mode is Mode.PRINCIPLE:
        # What counts as a violation is half of what a principle is asked for; that a boundary has one is not the answer.
        return _MISSING
    if slot is Slot.STRATEGY:
        # A rule that words state is in the summary as they state it; to have it confirmed by one answer is no question.
        sure = 0.0 if from_words(names_of(state.subject)) else _UNSURE_STRATEGY
        return _CONTRADICTED if _contested(state) else sure
    return 0.0 if slot in {Slot.SCOPE, Slot.FORBIDDEN} else _MINED


def _contested(state: State) -> bool:
    """Whether the strategy that was found is contradicted by the code, or was found with little confidence."""
    entry = state.draft.get(Slot.STRATEGY)
    if entry is None or entry.source != "evidence":
        return False
    sure = entry.confirmed or state.subject.confidence is None or state.subject.confidence >= _DOUBTFUL
    return bool(state.subject.against) or not sure or is_broken(state.subject.check, state.checked)


def _idle(state: State, slot: Slot) -> bool:
    """Whether something that is missing need not be asked: it is said by another thing, is known, or could only be made up."""
    if slot is Slot.EXCEPTION and state.mode is Mode.WHY:
        return not broken_by(state.subject)
    if slot is Slot.SCOPE and from_words(names_of(state.subject)):
        # Where words stand says where they hold.
        return True
    if slot is Slot.TRADEOFF and (names_of(state.subject).doubted or names_of(state.subject).until):
        # What is there until somebody knows better, or until a day that the words name, costs what it costs till then.
        return True
    if slot is Slot.EXPECTATION and from_words(names_of(state.subject)):
        # What words do not say and nobody counted is no better guessed by the person: the summary says that it was left open.
        return not _offers(state, slot)
    if slot is Slot.THREAT and state.mode is Mode.SCAR and from_words(names_of(state.subject)):
        return not _offers(state, slot)
    return slot is Slot.STRATEGY and state.draft.get(Slot.DEFINITION) is not None


def _offers(state: State, slot: Slot) -> bool:
    """Whether there is an answer to offer, beside those that end the matter."""
    return any(not choice.letter for choice in choices_for(state, slot))


def _follow_up(state: State) -> Ask | None:
    followed = {step.ask.follows for step in state.steps if step.ask.follows}
    asked = {step.ask.id for step in state.steps}
    moved = _moved_mechanism(state)
    if moved and "capability.mechanism" not in asked and moved.question not in followed:
        return make_follow_up(state, Slot.CAPABILITY, moved.model_copy(update={"weakness": Weakness.MECHANISM}))
    for entry in state.draft.entries:
        if entry.weakness is None or entry.source != "words" or entry.question is None:
            continue
        if entry.question in followed or any(
            step.ask.id == entry.question and step.ask.weakness for step in state.steps
        ):
            continue
        if f"{entry.slot.value}.{entry.weakness.value}" in asked:
            continue
        other = clash(entry.slot, entry.text, state.subject.neighbours)
        return make_follow_up(state, entry.slot, entry, other[1].title if other else "")
    return None


def _moved_mechanism(state: State) -> Entry | None:
    """The strategy that was said where the capability was asked for, while the capability is still missing."""
    strategy = state.draft.get(Slot.STRATEGY)
    if strategy is None or state.draft.get(Slot.CAPABILITY) is not None or strategy.source != "words":
        return None
    asked_for = {step.ask.id for step in state.steps if any(part.slot is Slot.CAPABILITY for part in step.parts)}
    return strategy if strategy.question in asked_for else None
