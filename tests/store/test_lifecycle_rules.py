from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import Store
from store.errors import IllegalTransitionError, StoreError
from store.interviews import HypothesisDecision
from store.lifecycle import (
    BRIEF_LEGAL,
    LEGAL,
    check_brief_transition,
    check_decision,
    check_import,
    check_transition,
    is_reachable,
)
from store.records import Actor, ActorKind, IntentRecord, RecordState
from store.runs import BriefState

Make = Callable[..., IntentRecord]
PERSON = Actor(kind=ActorKind.PERSON, name="ann")
AGENT = Actor(kind=ActorKind.AGENT, name="helper")
STATES = list(RecordState)


@pytest.mark.parametrize("from_", STATES)
@pytest.mark.parametrize("to", STATES)
def test_each_pair_of_states_is_legal_or_refused(make: Make, from_: RecordState, to: RecordState) -> None:
    record = make().model_copy(update={"state": from_})
    successor = make("next") if to is RecordState.SUPERSEDED else None
    if to in LEGAL[from_]:
        check_transition(record, to, PERSON, "because", successor)
    else:
        with pytest.raises(IllegalTransitionError) as refused:
            check_transition(record, to, PERSON, "because", successor)
        assert refused.value.hint


def test_nothing_leads_back_and_the_way_forward_is_the_one_described() -> None:
    order = [RecordState.HYPOTHESIZED, RecordState.PROPOSED, RecordState.ACCEPTED, RecordState.ACTIVE]
    assert all(after in LEGAL[before] for before, after in pairwise(order))
    for ended in (RecordState.DEPRECATED, RecordState.CONTRADICTED, RecordState.SUPERSEDED):
        assert not any(is_reachable(ended, state) for state in order)
    assert RecordState.ACTIVE not in LEGAL[RecordState.PROPOSED]


@pytest.mark.parametrize("to", [RecordState.DEPRECATED, RecordState.CONTRADICTED])
def test_the_end_of_a_record_asks_for_a_reason(make: Make, to: RecordState) -> None:
    record = make().model_copy(update={"state": RecordState.ACTIVE})
    with pytest.raises(IllegalTransitionError, match="reason is needed"):
        check_transition(record, to, PERSON, "  ")


def test_a_successor_is_another_record_that_can_hold(make: Make) -> None:
    record = make().model_copy(update={"state": RecordState.ACTIVE})
    to = RecordState.SUPERSEDED
    with pytest.raises(IllegalTransitionError, match="successor is needed"):
        check_transition(record, to, PERSON)
    with pytest.raises(IllegalTransitionError, match="succeed itself"):
        check_transition(record, to, PERSON, successor=record)
    with pytest.raises(IllegalTransitionError, match="deprecated and cannot succeed"):
        check_transition(record, to, PERSON, successor=make("x").model_copy(update={"state": RecordState.DEPRECATED}))
    with pytest.raises(IllegalTransitionError, match="Only a record that becomes superseded"):
        check_transition(record, RecordState.DEPRECATED, PERSON, "r", successor=make("x"))


@pytest.mark.parametrize("kind", [ActorKind.AGENT, ActorKind.SYSTEM])
def test_only_people_decide(make: Make, kind: ActorKind) -> None:
    actor = Actor(kind=kind, name="x")
    for before, after in ((RecordState.PROPOSED, RecordState.ACCEPTED), (RecordState.ACCEPTED, RecordState.ACTIVE)):
        with pytest.raises(IllegalTransitionError, match="Only a person"):
            check_transition(make().model_copy(update={"state": before}), after, actor)
    check_transition(make().model_copy(update={"state": RecordState.HYPOTHESIZED}), RecordState.PROPOSED, actor)
    with pytest.raises(IllegalTransitionError, match="Only a person"):
        check_decision(HypothesisDecision.OPEN, HypothesisDecision.REJECTED, actor, "r")
    with pytest.raises(IllegalTransitionError, match="Only a person"):
        check_import(None, make(state=RecordState.ACCEPTED), actor)
    with pytest.raises(IllegalTransitionError, match="cannot become proposed"):
        check_import(make(state=RecordState.ACCEPTED), make(state=RecordState.PROPOSED), PERSON)


def test_a_rejection_asks_for_a_reason_and_a_confirmation_stands() -> None:
    with pytest.raises(IllegalTransitionError, match="reason"):
        check_decision(HypothesisDecision.OPEN, HypothesisDecision.REJECTED, PERSON)
    with pytest.raises(IllegalTransitionError, match="confirmed already"):
        check_decision(HypothesisDecision.CONFIRMED, HypothesisDecision.REJECTED, PERSON, "r")
    check_decision(HypothesisDecision.CONFIRMED, HypothesisDecision.OPEN, PERSON)
    check_decision(HypothesisDecision.DEFERRED, HypothesisDecision.CONFIRMED, PERSON)


def test_a_brief_goes_forward_one_step_at_a_time_and_back_only_before_it_is_compiled() -> None:
    order = list(BriefState)
    legal = {(before, after) for before in order for after in BRIEF_LEGAL[before]}
    forward = set(pairwise(order))
    assert legal == forward | {(BriefState.REVIEWABLE, BriefState.DRAFT), (BriefState.APPROVED, BriefState.DRAFT)}
    for before in order:
        for after in order:
            if (before, after) not in legal:
                with pytest.raises(IllegalTransitionError):
                    check_brief_transition(before, after)


NAMES = ("one", "two", "three")
STEPS = st.one_of(
    st.tuples(st.just("create"), st.sampled_from(NAMES), st.sampled_from(STATES)),
    st.tuples(st.just("edit"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(
        st.just("move"), st.sampled_from(NAMES), st.sampled_from(STATES), st.booleans(), st.sampled_from((None, *NAMES))
    ),
)


@given(st.lists(STEPS, min_size=1, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_legal_steps_keep_the_invariants_and_illegal_ones_leave_no_trace(
    opener: Callable[..., Store],
    make: Make,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[Any, ...]],
    people: list[bool],
) -> None:
    path = tmp_path_factory.mktemp("steps") / "alloy.db"
    stores = {True: opener(path, actor=PERSON), False: opener(path, actor=AGENT)}
    model: dict[str, IntentRecord] = {}
    for step, person in zip(steps, people, strict=False):
        store, before = stores[person], stores[True].audit.head
        try:
            record = _take(store, make, step)
        except StoreError:
            assert store.audit.head == before
        else:
            _check_step(model.get(record.id), record, person=person)
            model[record.id] = record
    assert {record.id: record for record in stores[True].records.list()} == model
    for record in model.values():
        versions = stores[True].records.versions(record.id)
        assert [version.version for version in versions] == list(range(1, record.version + 1))
        assert (record.superseded_by is not None) == (record.state is RecordState.SUPERSEDED)
    assert stores[True].verify() == ()
    for store in stores.values():
        store.close()


def _take(store: Store, make: Make, step: tuple[Any, ...]) -> IntentRecord:
    kind, name, *rest = step
    if kind == "create":
        return store.records.save_new(make(name, state=rest[0]))
    current = store.records.get(f"alloy.intent.{name}")
    if kind == "edit":
        return store.records.update(current.model_copy(update={"title": f"Title {rest[0]}"}), rest[0])
    to, reason, heir = rest
    return store.records.transition(
        current.id, to, "because" if reason else "", successor=None if heir is None else f"alloy.intent.{heir}"
    )


def _check_step(before: IntentRecord | None, after: IntentRecord, *, person: bool) -> None:
    if before is None:
        assert after.version == 1
        assert after.state in {RecordState.HYPOTHESIZED, RecordState.PROPOSED} or (
            person and after.state is RecordState.ACCEPTED
        )
    elif after.state is not before.state:
        assert after.state in LEGAL[before.state]
        assert person or after.state is RecordState.PROPOSED
