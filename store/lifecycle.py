"""The one place that knows which change of state is legal, and what it requires. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

from store.errors import IllegalTransitionError
from store.interviews import HypothesisDecision
from store.records import COMPILABLE_STATES, Actor, ActorKind, EvidenceStatus, IntentRecord, RecordState
from store.runs import BriefState

LEGAL: Mapping[RecordState, frozenset[RecordState]] = {
    RecordState.HYPOTHESIZED: frozenset({RecordState.PROPOSED}),
    # A proposal that nobody wants is withdrawn: deprecated, with the reason.
    RecordState.PROPOSED: frozenset({RecordState.ACCEPTED, RecordState.DEPRECATED}),
    RecordState.ACCEPTED: frozenset(
        {RecordState.ACTIVE, RecordState.DEPRECATED, RecordState.CONTRADICTED, RecordState.SUPERSEDED}
    ),
    RecordState.ACTIVE: frozenset({RecordState.DEPRECATED, RecordState.CONTRADICTED, RecordState.SUPERSEDED}),
    RecordState.DEPRECATED: frozenset({RecordState.SUPERSEDED}),
    RecordState.CONTRADICTED: frozenset({RecordState.DEPRECATED, RecordState.SUPERSEDED}),
    RecordState.SUPERSEDED: frozenset(),
}
"""Where a record can go from each state."""

INITIAL_STATES = frozenset({RecordState.HYPOTHESIZED, RecordState.PROPOSED, RecordState.ACCEPTED})
"""The states in which a record can come into being; as accepted only by a person's gesture."""

NEEDS_REASON = frozenset({RecordState.DEPRECATED, RecordState.CONTRADICTED})
"""States that ask for a reason."""

NEEDS_PERSON = frozenset(RecordState) - {RecordState.HYPOTHESIZED, RecordState.PROPOSED}
"""States that only a person can put a record into: agents and results recommend, people decide."""

SUCCESSOR_STATES = frozenset({RecordState.PROPOSED, RecordState.ACCEPTED, RecordState.ACTIVE})
"""States of a record that can succeed another."""

_BRIEF_ORDER = tuple(BriefState)

BRIEF_LEGAL: Mapping[BriefState, frozenset[BriefState]] = {
    **{state: frozenset({after}) for state, after in pairwise(_BRIEF_ORDER)},
    BriefState.REVIEWABLE: frozenset({BriefState.APPROVED, BriefState.DRAFT}),  # changes asked for
    BriefState.APPROVED: frozenset({BriefState.COMPILED, BriefState.DRAFT}),  # revoked
    BriefState.ARCHIVED: frozenset(),
}
"""Where a brief can go from each state: one step forward, and two legal steps back."""

BRIEF_MUTABLE = frozenset({BriefState.DRAFT, BriefState.REVIEWABLE, BriefState.APPROVED})
"""States in which the content of a brief can still change: nothing after ``compiled`` does."""

_BRIEF_NEXT: Mapping[BriefState, str] = {
    BriefState.DRAFT: "Change it as you like, then offer it for review.",
    BriefState.REVIEWABLE: "Approve it, or ask for changes: it is a draft again then.",
    BriefState.APPROVED: "Compile it, or take the approval back: it is a draft again then.",
    BriefState.COMPILED: "Nothing in it changes any more: verify it, write its files again, or request its execution.",
    BriefState.ARCHIVED: "That is the end: make a new brief.",
}
"""What may follow each state, as somebody would be told; what runs a brief moves it through the states that are not here."""


def check_transition(
    record: IntentRecord, to: RecordState, actor: Actor, reason: str = "", successor: IntentRecord | None = None
) -> None:
    """Raise IllegalTransitionError unless the actor may put the record into the state, with that reason and successor."""
    if to is record.state:
        message = f"{record.id!r} is {to} already."
        raise IllegalTransitionError(message, hint=_after_again(record))
    if to not in LEGAL[record.state]:
        legal = ", ".join(sorted(LEGAL[record.state])) or "nothing: it is the end"
        message = f"{record.id!r} is {record.state} and cannot become {to}."
        raise IllegalTransitionError(message, hint=f"From {record.state} a record can become {legal}.")
    _check_person(to, actor)
    if to in NEEDS_REASON and not reason.strip():
        message = f"A reason is needed to make {record.id!r} {to}."
        raise IllegalTransitionError(message, hint="Say why with --reason: it is what the next reader will look for.")
    if to is RecordState.SUPERSEDED:
        _check_successor(record, successor)
    elif successor is not None:
        message = f"Only a record that becomes superseded has a successor, not one that becomes {to}."
        raise IllegalTransitionError(message)


def check_creation(record: IntentRecord, actor: Actor) -> None:
    """Raise IllegalTransitionError unless the actor may bring a record into being in its state."""
    if record.state not in INITIAL_STATES:
        message = f"A new record cannot start as {record.state}."
        raise IllegalTransitionError(message, hint="It starts as hypothesized or proposed, or as accepted by a person.")
    if record.superseded_by is not None:
        message = f"The new record {record.id!r} cannot have a successor already."
        raise IllegalTransitionError(message)
    _check_person(record.state, actor)
    _check_waivers(None, record, actor)


def check_edit(before: IntentRecord, after: IntentRecord, actor: Actor) -> None:
    """Raise IllegalTransitionError unless the actor may change the content of a record in this way.

    The state and the successor are changed by transitions only. What was accepted is changed by people only, or the words that a
    person confirmed could be exchanged behind their back. What was superseded stays as it was.
    """
    if after.state is not before.state or after.superseded_by != before.superseded_by:
        message = f"An edit cannot change the state of {before.id!r} from {before.state} to {after.state}."
        raise IllegalTransitionError(
            message, hint="Use the transition for it: accept, activate, deprecate, contradict or supersede."
        )
    if before.state is RecordState.SUPERSEDED:
        message = f"{before.id!r} is superseded and stays as it was."
        raise IllegalTransitionError(message, hint=f"Edit its successor {before.superseded_by!r} instead.")
    if before.state in COMPILABLE_STATES and actor.kind is not ActorKind.PERSON:
        message = f"{before.id!r} is {before.state}: only a person can change what a person accepted."
        raise IllegalTransitionError(message, hint="Propose a new record that supersedes it.")
    _check_waivers(before, after, actor)


def is_reachable(from_: RecordState, to: RecordState) -> bool:
    """Say whether a record can get from one state to the other in legal steps, however many."""
    seen, border = {from_}, {from_}
    while border:
        border = {after for state in border for after in LEGAL[state]} - seen
        seen |= border
    return to in seen


def check_import(before: IntentRecord | None, after: IntentRecord, actor: Actor) -> None:
    """Raise IllegalTransitionError unless the actor may bring in this version from another store.

    There it may have taken several steps, so that any state that can be reached is legal; a person's word is needed as for each.
    """
    if before is not None and not is_reachable(before.state, after.state):
        message = f"{after.id!r} is {before.state} here and cannot become {after.state} by an import."
        raise IllegalTransitionError(message)
    if before is None or before.state is not after.state:
        _check_person(after.state, actor)
    if before is not None and before.state in COMPILABLE_STATES and actor.kind is not ActorKind.PERSON:
        message = f"{after.id!r} is {before.state}: only a person can change what a person accepted."
        raise IllegalTransitionError(message)
    _check_waivers(before, after, actor)


def check_decision(before: HypothesisDecision, decision: HypothesisDecision, actor: Actor, reason: str = "") -> None:
    """Raise IllegalTransitionError unless the actor may decide so on a hypothesis; a confirmed one has become a record."""
    if before is HypothesisDecision.CONFIRMED and decision is not HypothesisDecision.OPEN:
        other = "" if decision is HypothesisDecision.CONFIRMED else f" and cannot be {decision}"
        message = f"The hypothesis is confirmed already{other}."
        raise IllegalTransitionError(message, hint="Deprecate the record that it became, or open the hypothesis again.")
    if decision is HypothesisDecision.REJECTED and not reason.strip():
        message = "A reason is needed to reject a hypothesis."
        raise IllegalTransitionError(
            message, hint="Say why with --reason, so that it is not proposed again for nothing."
        )
    if decision in {HypothesisDecision.CONFIRMED, HypothesisDecision.REJECTED} and actor.kind is not ActorKind.PERSON:
        message = f"Only a person can say that a hypothesis is {decision}, not the {actor.kind} {actor.name!r}."
        raise IllegalTransitionError(message)


def check_brief_transition(from_: BriefState, to: BriefState) -> None:
    """Raise IllegalTransitionError unless a brief can go from one state to the other."""
    if to in BRIEF_LEGAL[from_]:
        return
    now, _ = _in_words(from_)
    message = f"This brief is {now} already." if to is from_ else f"A brief that is {now} cannot {_in_words(to)[1]}."
    hint = _BRIEF_NEXT.get(from_) or f"Next it becomes {_one_of(BRIEF_LEGAL[from_], _BRIEF_ORDER)}."
    raise IllegalTransitionError(message, hint=hint)


def _in_words(state: BriefState) -> tuple[str, str]:
    """What a brief in a state is, and what happens to it for getting there."""
    if state is BriefState.DRAFT:
        return "a draft", "become a draft"
    return ("under review", "go under review") if state is BriefState.REVIEWABLE else (state, f"be {state}")


def _after_again(record: IntentRecord) -> str:
    if LEGAL[record.state]:
        return f"Nothing has to be done for it. It can still become {_one_of(LEGAL[record.state], tuple(RecordState))}."
    successor = record.superseded_by
    return f"It stays as it was; {successor!r} stands in its place." if successor else "It stays as it was."


def _one_of(states: frozenset[StrEnum], order: tuple[StrEnum, ...]) -> str:
    *others, last = sorted(states, key=order.index)
    return f"{', '.join(others)} or {last}" if others else last


def _check_person(to: RecordState, actor: Actor) -> None:
    if to in NEEDS_PERSON and actor.kind is not ActorKind.PERSON:
        message = f"Only a person can make a record {to}, not the {actor.kind} {actor.name!r}."
        raise IllegalTransitionError(message, hint="Silence, a time-out and an agent's say-so are not assent.")


def _check_successor(record: IntentRecord, successor: IntentRecord | None) -> None:
    if successor is None:
        message = f"A successor is needed to make {record.id!r} superseded."
        raise IllegalTransitionError(message, hint="Name the record that takes its place.")
    if successor.id == record.id:
        message = f"{record.id!r} cannot succeed itself."
        raise IllegalTransitionError(message)
    if successor.state not in SUCCESSOR_STATES:
        message = f"{successor.id!r} is {successor.state} and cannot succeed another record."
        raise IllegalTransitionError(message, hint="Name a record that is proposed, accepted or active.")


def _check_waivers(before: IntentRecord | None, after: IntentRecord, actor: Actor) -> None:
    known = (
        {(item.id, item.waiver) for item in before.facets.evidence if item.status is EvidenceStatus.WAIVED}
        if before
        else set()
    )
    for item in after.facets.evidence:
        if item.status is not EvidenceStatus.WAIVED:
            continue
        if item.waiver is None or not item.waiver.why.strip() or not item.waiver.who.strip():
            message = f"The evidence {item.id!r} is waived without saying who says so and why."
            raise IllegalTransitionError(message, hint="Give the waiver a who, a why and, if you can, an until.")
        if (item.id, item.waiver) not in known and actor.kind is not ActorKind.PERSON:
            message = f"Only a person can waive the evidence {item.id!r}, not the {actor.kind} {actor.name!r}."
            raise IllegalTransitionError(message)
