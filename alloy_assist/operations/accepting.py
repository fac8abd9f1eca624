"""Writes what a person accepted at the end of an interview: a new record, a change of one, or its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alloy_assist.elicitation.model import State
from alloy_assist.elicitation.outcomes import Outcome, outcome_of
from alloy_assist.errors import RefusedError
from store.errors import ConflictError
from store.interviews import HypothesisDecision
from store.records import Actor, ActorKind, RecordState

if TYPE_CHECKING:
    from store.database import Store


def accept(store: Store, state: State, interview_id: str, actor: Actor) -> str:
    """Write the record and confirm its hypothesis; return the record's id. To be called inside a transaction.

    Raises RefusedError where the actor is no person, or where somebody else was first.
    """
    if actor.kind is not ActorKind.PERSON:
        raise RefusedError(
            f"Only a person can accept a record, not the {actor.kind} {actor.name!r}.",
            hint="Run this as a person; the interview is kept as it is.",
        )
    outcome = outcome_of(state, interview_id, actor.name)
    try:
        return _written(store, outcome, state)
    except ConflictError as error:
        raise RefusedError(
            f"Somebody changed the record since this interview began: {error}",
            hint="Nothing was written, and every answer is kept. Look at the record, and begin a new interview about it.",
        ) from error


def _written(store: Store, outcome: Outcome, state: State) -> str:
    record = outcome.record
    if outcome.kind == "contradict":
        store.records.transition(record.id, RecordState.CONTRADICTED, outcome.reason, expected_version=record.version)
        return record.id
    if outcome.kind == "update":
        return store.records.update(record, record.version, outcome.reason).id
    hypothesis = state.draft.hypothesis
    if hypothesis:
        _refuse_second(store, hypothesis)
    name, count = record.id, 2
    while store.records.find(name) is not None:
        name, count = f"{record.id}-{count}", count + 1
    saved = store.records.save_new(record.model_copy(update={"id": name}), outcome.reason)
    if hypothesis:
        store.hypotheses.decide(hypothesis, HypothesisDecision.CONFIRMED, outcome.reason, saved.id)
    return saved.id


def _refuse_second(store: Store, hypothesis: str) -> None:
    stored = store.hypotheses.find(hypothesis)
    if stored is not None and stored.decision is HypothesisDecision.CONFIRMED:
        raise RefusedError(
            f"{stored.title!r} was accepted meanwhile, as {stored.record_id}.",
            hint=f"Nothing was written, and every answer is kept. `alloy interview --record {stored.record_id}` changes that record.",
        )
