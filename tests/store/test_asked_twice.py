"""A state that is asked for twice, as when a key is pressed again: said in words, with what may follow, and nothing written."""

from __future__ import annotations

import pytest

from fixtures.stores import Make
from store import Store
from store.errors import IllegalTransitionError
from store.interviews import HypothesisDecision
from store.lifecycle import BRIEF_LEGAL, LEGAL, check_brief_transition, check_decision, check_transition
from store.records import Actor, ActorKind, RecordState
from store.runs import BriefState

PERSON = Actor(kind=ActorKind.PERSON, name="ann")


def again(state: BriefState) -> tuple[str, str]:
    """What is said, and what may follow, where a brief is to become what it is."""
    with pytest.raises(IllegalTransitionError) as refused:
        check_brief_transition(state, state)
    return str(refused.value), refused.value.hint


@pytest.mark.parametrize("state", list(BriefState))
def test_a_brief_is_what_it_is_already(state: BriefState) -> None:
    said, hint = again(state)
    now = {BriefState.DRAFT: "a draft", BriefState.REVIEWABLE: "under review"}.get(state, state.value)
    assert said == f"This brief is {now} already."
    assert hint.endswith(".")
    assert "cannot" not in said + hint


@pytest.mark.parametrize(
    ("state", "hint"),
    [
        (BriefState.DRAFT, "Change it as you like, then offer it for review."),
        (BriefState.APPROVED, "Compile it, or take the approval back: it is a draft again then."),
        (
            BriefState.COMPILED,
            "Nothing in it changes any more: verify it, write its files again, or request its execution.",
        ),
        (BriefState.QUEUED, "Next it becomes accepted."),
        (BriefState.ARCHIVED, "That is the end: make a new brief."),
    ],
)
def test_what_may_follow_a_state_of_a_brief_is_said(state: BriefState, hint: str) -> None:
    assert again(state)[1] == hint
    assert bool(BRIEF_LEGAL[state]) is ("the end" not in hint)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (BriefState.DRAFT, BriefState.COMPILED, "A brief that is a draft cannot be compiled."),
        (BriefState.REVIEWABLE, BriefState.QUEUED, "A brief that is under review cannot be queued."),
        (BriefState.COMPILED, BriefState.DRAFT, "A brief that is compiled cannot become a draft."),
        (BriefState.APPROVED, BriefState.REVIEWABLE, "A brief that is approved cannot go under review."),
    ],
)
def test_a_step_that_cannot_follow_says_what_can(before: BriefState, after: BriefState, said: str) -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        check_brief_transition(before, after)
    assert str(refused.value) == said
    assert refused.value.hint == again(before)[1]


@pytest.mark.parametrize("state", [state for state in RecordState if LEGAL[state]])
@pytest.mark.parametrize("kind", [ActorKind.PERSON, ActorKind.AGENT])
def test_a_record_is_what_it_is_already_whoever_asks(make: Make, state: RecordState, kind: ActorKind) -> None:
    record = make().model_copy(update={"state": state})
    with pytest.raises(IllegalTransitionError) as refused:
        check_transition(record, state, Actor(kind=kind, name="x"))
    assert str(refused.value) == f"'alloy.intent.pay' is {state} already."
    assert all(after in refused.value.hint for after in LEGAL[state])


def test_what_may_follow_a_state_of_a_record_is_told_in_its_order(store: Store, make: Make) -> None:
    store.records.save_new(make())
    store.records.transition("alloy.intent.pay", RecordState.ACCEPTED)
    with pytest.raises(IllegalTransitionError, match="is accepted already") as refused:
        store.records.transition("alloy.intent.pay", RecordState.ACCEPTED)
    assert refused.value.hint == (
        "Nothing has to be done for it. It can still become active, deprecated, contradicted or superseded."
    )
    assert store.records.get("alloy.intent.pay").version == 2


def test_a_record_that_is_superseded_names_what_stands_in_its_place(store: Store, make: Make) -> None:
    for name in "ab":
        store.records.save_new(make(name))
        store.records.transition(f"alloy.intent.{name}", RecordState.ACCEPTED)
    store.records.transition("alloy.intent.a", RecordState.SUPERSEDED, successor="alloy.intent.b")
    with pytest.raises(IllegalTransitionError, match=r"^'alloy\.intent\.a' is superseded already\.$") as refused:
        store.records.transition("alloy.intent.a", RecordState.SUPERSEDED, successor="alloy.intent.b")
    assert refused.value.hint == "It stays as it was; 'alloy.intent.b' stands in its place."


def test_a_hypothesis_is_confirmed_already() -> None:
    with pytest.raises(IllegalTransitionError, match=r"^The hypothesis is confirmed already\.$"):
        check_decision(HypothesisDecision.CONFIRMED, HypothesisDecision.CONFIRMED, PERSON)
    with pytest.raises(IllegalTransitionError, match=r"already and cannot be rejected\.$"):
        check_decision(HypothesisDecision.CONFIRMED, HypothesisDecision.REJECTED, PERSON, "r")
