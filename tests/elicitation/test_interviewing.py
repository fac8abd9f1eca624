"""Interviews on the store: each answer durable, the record written only on a yes, and two people at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.errors import MissingError, RefusedError
from alloy_assist.operations.interviewing import Interviewing
from archaeology.errors import GitError
from fixtures.interviews import answer, to_summary
from store.database import Store
from store.errors import NotFoundError
from store.interviews import AnswerKind, HypothesisDecision, InterviewStatus, StoredHypothesis
from store.records import ActorKind, RecordState
from store.runs import ScanRow


def test_an_accepted_interview_becomes_an_accepted_record_and_confirms_the_hypothesis(
    interviewing: Interviewing, store: Store
) -> None:
    turn = to_summary(interviewing, interviewing.start("why", "hyp_1"))
    assert turn.summary is not None
    assert store.records.list() == ()
    done = interviewing.submit(turn.interview_id, m.Accepted())
    assert done.outcome == "accepted"
    assert done.record_id is not None
    record = store.records.get(done.record_id)
    assert record.state is RecordState.ACCEPTED
    assert record.facets.capability is not None
    assert record.facets.strategy == "Only `gateways` may import `stripe`."
    assert record.facets.evidence[0].kind == "check"
    assert record.scope == ("shop/**",)
    assert record.origin.hypothesis == "hyp_1"
    assert record.citations
    assert store.hypotheses.get("hyp_1").decision is HypothesisDecision.CONFIRMED
    assert store.hypotheses.get("hyp_1").record_id == record.id
    assert store.interviews.info(turn.interview_id).status is InterviewStatus.FINISHED
    assert turn.asked <= 5


def test_each_answer_is_durable_before_the_next_question(
    interviewing: Interviewing, store: Store, tmp_path: Path
) -> None:
    turn = interviewing.start("why", "hyp_1")
    assert len(store.interviews.events(turn.interview_id)) == 1
    turn = answer(interviewing, turn, "replace")
    copy = store.backup(tmp_path / "copy.db")
    assert copy.exists()
    kept = store.interviews.answers(turn.interview_id)
    assert [(item.question_id, item.kind) for item in kept] == [("capability", AnswerKind.ANSWERED)]
    assert "stripe" in kept[0].question
    assert turn.changed


def test_the_same_events_give_the_same_turns_byte_for_byte(interviewing: Interviewing) -> None:
    turn = to_summary(interviewing, interviewing.start("why", "hyp_1"))
    first = interviewing.show(turn.interview_id).model_dump_json()
    assert interviewing.show(turn.interview_id).model_dump_json() == first


def test_the_check_is_evaluated_when_it_is_offered(interviewing: Interviewing, evidence: Any) -> None:
    turn = interviewing.start("why", "hyp_1")
    assert evidence.asked == []
    for key in ("replace", "swap", "wrapper"):
        turn = answer(interviewing, turn, key)
    assert len(evidence.asked) == 1
    assert turn.question is not None
    check = next(choice for choice in turn.question.choices if choice.key == "check")
    assert "holds" in check.note
    assert turn.question.suggested == "check"


def test_a_check_that_cannot_be_evaluated_does_not_end_the_interview(interviewing: Interviewing, evidence: Any) -> None:
    evidence.error = GitError("git is not here")
    turn = interviewing.start("why", "hyp_1")
    for key in ("replace", "swap", "wrapper"):
        turn = answer(interviewing, turn, key)
    assert turn.question is not None
    assert any("could not be checked" in choice.note for choice in turn.question.choices)


def test_stopping_in_the_middle_keeps_everything_and_it_goes_on_later(interviewing: Interviewing, store: Store) -> None:
    turn = answer(interviewing, interviewing.start("why", "hyp_1"), "replace")
    stopped = interviewing.submit(turn.interview_id, m.Stopped())
    assert stopped.paused
    assert store.interviews.info(turn.interview_id).status is InterviewStatus.PAUSED
    again = interviewing.resume(turn.interview_id)
    assert again.question is not None
    assert again.question.id == "expectation"
    assert again.draft.text(m.Slot.CAPABILITY) == turn.draft.text(m.Slot.CAPABILITY)
    assert store.interviews.info(turn.interview_id).status is InterviewStatus.OPEN


def test_a_repository_that_moved_on_is_said_when_it_goes_on(interviewing: Interviewing, evidence: Any) -> None:
    turn = interviewing.start("why", "hyp_1")
    evidence.became["shop/gateways/stripe.py"] = type(
        "R", (), {"status": "gone", "detail": "", "path": None, "start_line": None}
    )()
    evidence.became["tests/test_checkout.py"] = type(
        "R", (), {"status": "moved", "detail": "", "path": "tests/test_pay.py", "start_line": 12}
    )()
    again = interviewing.resume(turn.interview_id)
    assert any("shop/gateways/stripe.py:3 is gone" in note for note in again.notes)
    assert any("moved to tests/test_pay.py:12" in note for note in again.notes)
    done = (
        interviewing.submit(turn.interview_id, m.Accepted())
        if again.kind == "summary"
        else to_summary(interviewing, again)
    )
    final = interviewing.submit(done.interview_id, m.Accepted())
    assert final.record_id is not None
    record = interviewing.store().records.get(final.record_id)
    assert all(citation.body.get("path") != "shop/gateways/stripe.py" for citation in record.citations)


def test_a_finished_interview_is_not_taken_up_again(interviewing: Interviewing) -> None:
    turn = interviewing.submit(interviewing.start("why", "hyp_1").interview_id, m.Rejected(reason="left over"))
    with pytest.raises(RefusedError, match="over"):
        interviewing.resume(turn.interview_id)


def test_a_rejection_is_remembered_with_its_reason(interviewing: Interviewing, store: Store) -> None:
    turn = interviewing.start("why", "hyp_1")
    interviewing.submit(turn.interview_id, m.Rejected(reason="it came about by accident"))
    decided = store.hypotheses.get("hyp_1")
    assert decided.decision is HypothesisDecision.REJECTED
    assert decided.decision_reason == "it came about by accident"
    assert store.records.list() == ()


def test_deferring_the_record_keeps_it_for_later(interviewing: Interviewing, store: Store) -> None:
    turn = to_summary(interviewing, interviewing.start("why", "hyp_1"))
    interviewing.submit(turn.interview_id, m.Deferred())
    assert store.hypotheses.get("hyp_1").decision is HypothesisDecision.DEFERRED
    again = interviewing.resume(turn.interview_id)
    assert again.kind == "summary"
    assert interviewing.submit(turn.interview_id, m.Accepted()).record_id is not None


def test_two_interviews_about_one_hypothesis_make_one_record_and_lose_nothing(
    interviewing: Interviewing, store: Store
) -> None:
    first = to_summary(interviewing, interviewing.start("why", "hyp_1"))
    second = interviewing.start("reject", "hyp_1")
    (left,) = second.notes
    assert f"--resume {first.interview_id}" in left
    third = interviewing.start("why", "hyp_1")
    (left,) = third.notes
    assert f"--resume {second.interview_id}" in left
    assert ", and one before it" in left
    second = to_summary(interviewing, second)
    done = interviewing.submit(first.interview_id, m.Accepted())
    before = store.interviews.events(second.interview_id)
    with pytest.raises(RefusedError, match="accepted meanwhile"):
        interviewing.submit(second.interview_id, m.Accepted())
    assert store.interviews.events(second.interview_id) == before
    assert [record.id for record in store.records.list()] == [done.record_id]


def test_two_interviews_about_one_record_do_not_overwrite_each_other(interviewing: Interviewing, store: Store) -> None:
    record = interviewing.submit(
        to_summary(interviewing, interviewing.start("why", "hyp_1")).interview_id, m.Accepted()
    ).record_id
    assert record is not None
    turns = [interviewing.start("contradiction", record) for _ in range(2)]
    turns = [to_summary(interviewing, answer(interviewing, turn, "exception")) for turn in turns]
    interviewing.submit(turns[0].interview_id, m.Accepted())
    with pytest.raises(RefusedError, match="changed the record"):
        interviewing.submit(turns[1].interview_id, m.Accepted())
    assert store.records.get(record).version == 2
    assert interviewing.show(turns[1].interview_id).kind == "summary"


def test_only_a_person_can_accept(
    interviewing: Interviewing, as_actor: Callable[[ActorKind], Interviewing], store: Store
) -> None:
    agent = as_actor(ActorKind.AGENT)
    turn = to_summary(agent, agent.start("why", "hyp_1"))
    with pytest.raises(RefusedError, match="Only a person"):
        agent.submit(turn.interview_id, m.Accepted())
    assert store.records.list() == ()
    assert agent.show(turn.interview_id).kind == "summary"


def test_a_hypothesis_whose_evidence_is_gone_is_said(
    interviewing: Interviewing, store: Store, stored: StoredHypothesis
) -> None:
    store.hypotheses.sync(ScanRow(id="scan-2", at="2024-02-01T00:00:00+00:00", head="2" * 40), [])
    turn = interviewing.start("why", "hyp_1")
    assert any("no longer saw" in note for note in turn.notes)


def test_what_was_answered_before_is_not_asked_in_the_next_interview(interviewing: Interviewing) -> None:
    first = interviewing.start("why", "hyp_1")
    first = answer(interviewing, first, "replace")
    first = answer(interviewing, first, "swap")
    interviewing.submit(first.interview_id, m.Stopped())
    second = interviewing.start("why", "hyp_1")
    asked = []
    while second.question is not None:
        asked.append(second.question.id)
        second = answer(interviewing, second, second.question.suggested or second.question.choices[0].key)
    assert not {"capability", "expectation"} & set(asked)


def test_what_does_not_exist_is_said(interviewing: Interviewing) -> None:
    with pytest.raises(MissingError):
        interviewing.start("why", "hyp_9", kind=m.SubjectKind.HYPOTHESIS)
    with pytest.raises(MissingError):
        interviewing.start("contradiction", "alloy.intent.nothing")
    with pytest.raises(NotFoundError):
        interviewing.resume("nothing")


def test_an_event_that_makes_no_sense_is_not_kept(interviewing: Interviewing, store: Store) -> None:
    turn = interviewing.start("why", "hyp_1")
    after = interviewing.submit(turn.interview_id, m.Answered(question="nonsense", text="x"))
    assert after.notes
    assert len(store.interviews.events(turn.interview_id)) == 1


def test_text_that_is_not_unicode_can_be_kept(interviewing: Interviewing, store: Store) -> None:
    turn = interviewing.start("why", "hyp_1")
    turn = interviewing.submit(
        turn.interview_id, m.Answered(question="capability", text="we can swap \ud800 providers freely")
    )
    assert "providers freely" in turn.draft.text(m.Slot.CAPABILITY)
    assert len(store.interviews.events(turn.interview_id)) == 2


def test_a_citation_that_this_version_does_not_know_is_left_out(
    interviewing: Interviewing, store: Store, stored: StoredHypothesis
) -> None:
    odd = {"kind": "dream", "path": "x"}
    seen = tuple({**item, "citations": [odd, *item["citations"]]} for item in stored.observations)
    changed = stored.model_copy(update={"observations": seen})
    store.hypotheses.sync(ScanRow(id="scan-3", at="2024-03-01T00:00:00+00:00", head="3" * 40), [changed])
    turn = interviewing.start("why", "hyp_1")
    assert turn.question is not None
    assert turn.question.places
