"""Interviews about a record that no longer fits: where the code breaks it, and the five ways in which that ends."""

from typing import Any

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.operations.interviewing import Interviewing
from fixtures.interviews import answer, to_summary
from store.database import Store
from store.records import RecordState


@pytest.mark.parametrize(
    ("resolution", "state", "version"),
    [
        ("drift", RecordState.ACCEPTED, 2),
        ("exception", RecordState.ACCEPTED, 2),
        ("too_broad", RecordState.ACCEPTED, 2),
        ("keep", RecordState.ACCEPTED, 2),
        ("simplify", RecordState.CONTRADICTED, 2),
    ],
)
def test_a_contradiction_ends_in_one_of_five_ways(
    interviewing: Interviewing, store: Store, resolution: str, state: RecordState, version: int
) -> None:
    record = interviewing.submit(
        to_summary(interviewing, interviewing.start("why", "hyp_1")).interview_id, m.Accepted()
    ).record_id
    assert record is not None
    turn = answer(interviewing, interviewing.start("contradiction", record), resolution)
    if resolution in {"too_broad", "keep"}:
        assert turn.question is not None
        text = "shop/checkout/**" if turn.question.id == "scope" else "a second provider next year"
        turn = answer(interviewing, turn, text=text)
    turn = to_summary(interviewing, turn)
    assert turn.asked <= 5
    assert interviewing.submit(turn.interview_id, m.Accepted()).record_id == record
    after = store.records.get(record)
    assert after.state is state
    assert after.version == version
    if resolution == "exception":
        assert "until" in after.strategy_detail.exceptions[0]
    if resolution == "drift":
        assert after.open_questions[-1].startswith("Drift")


@pytest.fixture
def agreed(interviewing: Interviewing) -> str:
    turn = to_summary(interviewing, interviewing.start("why", "hyp_1"))
    turn = interviewing.submit(turn.interview_id, m.Accepted())
    assert turn.record_id is not None
    return turn.record_id


def test_a_contradiction_begins_with_where_the_code_breaks_the_agreement(
    interviewing: Interviewing, evidence: Any, agreed: str
) -> None:
    place = type("V", (), {"path": "shop/checkout.py", "line": 7})()
    evidence.verdict = type(evidence.verdict)(holds=False, violations=(place,))
    turn = interviewing.start("contradiction", agreed)
    assert turn.question is not None
    assert "The code says otherwise in `shop/checkout.py`" in turn.question.text
    assert "It is broken now in `shop/checkout.py:7`" in turn.question.why
    exception = next(choice for choice in turn.question.choices if choice.key == "exception")
    assert exception.note == "`shop/checkout.py`"


def test_a_contradiction_of_an_agreement_that_holds_does_not_say_that_the_code_breaks_it(
    interviewing: Interviewing, agreed: str
) -> None:
    turn = interviewing.start("contradiction", agreed)
    assert turn.question is not None
    assert "The code says otherwise" not in turn.question.text
    assert any("Its check holds" in note for note in turn.notes)


def test_a_second_contradiction_is_asked_about_though_the_first_was_settled(
    interviewing: Interviewing, agreed: str
) -> None:
    first = interviewing.start("contradiction", agreed)
    answer(interviewing, first, "exception")
    second = interviewing.start("contradiction", agreed)
    assert second.question is not None
    assert second.question.topic is m.Slot.RESOLUTION
