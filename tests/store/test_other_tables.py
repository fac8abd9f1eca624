from __future__ import annotations

from typing import Any

import pytest

from fixtures.stores import Make, Opener
from store import Store
from store.errors import AmbiguousIdError, ConflictError, IllegalTransitionError, NotFoundError, StoreError
from store.interviews import (
    AnswerKind,
    HypothesisDecision,
    InterviewInfo,
    InterviewStatus,
    StoredAnswer,
    StoredHypothesis,
)
from store.records import Actor, ActorKind
from store.runs import BriefRow, BriefState, ScanRow


def scan(number: int) -> ScanRow:
    return ScanRow(
        id=f"scan-{number}", at="2026-01-01", head="abc", hypotheses=1, limits=({"kind": "k"},), timings={"all": 0.5}
    )


def guess(name: str = "h1", evidence: str = "sha256:e1", **fields: Any) -> StoredHypothesis:
    fields.setdefault("observations", ({"id": f"o-{name}", "summary": "seen", "category": "structural"},))
    return StoredHypothesis(
        id=name,
        title=f"T {name}",
        family="pure_core",
        confidence=0.5,
        body={"id": name},
        evidence_digest=evidence,
        **fields,
    )


def test_a_scan_keeps_what_people_decided(store: Store) -> None:
    store.hypotheses.sync(scan(1), [guess("h1", rank=1), guess("h2", rank=2), guess("h3", rank=3)])
    store.hypotheses.decide("h1", HypothesisDecision.REJECTED, "a coincidence")
    store.hypotheses.decide("h2", HypothesisDecision.DEFERRED)

    store.hypotheses.sync(scan(2), [guess("h2", rank=1), guess("h1", rank=2)])
    found = {item.id: item for item in store.hypotheses.list()}
    assert [item.id for item in store.hypotheses.list()] == ["h2", "h1", "h3"]
    assert (found["h1"].decision, found["h1"].decision_reason) == (HypothesisDecision.REJECTED, "a coincidence")
    assert found["h2"].decision is HypothesisDecision.DEFERRED
    assert (found["h3"].seen_at_head, found["h3"].scan_id) == (False, "scan-1")
    assert found["h1"].observations == ({"id": "o-h1", "summary": "seen", "category": "structural"},)
    assert [item.id for item in store.hypotheses.list(HypothesisDecision.OPEN)] == ["h3"]
    assert store.hypotheses.list(family="other") == ()


def test_a_rejected_hypothesis_comes_back_with_other_evidence_only(store: Store) -> None:
    store.hypotheses.sync(scan(1), [guess()])
    store.hypotheses.decide("h1", HypothesisDecision.REJECTED, "no")
    store.hypotheses.sync(scan(2), [guess(worth=3.0)])
    assert store.hypotheses.get("h1").decision is HypothesisDecision.REJECTED
    store.hypotheses.sync(scan(3), [guess(evidence="sha256:e2")])
    again = store.hypotheses.get("h1")
    assert again.decision is HypothesisDecision.OPEN
    assert "evidence has changed" in again.decision_reason
    assert [entry.action for entry in store.audit.entries("h1")] == ["hypothesis.reopened", "hypothesis.rejected"]


def test_a_decision_needs_what_the_rules_say(opener: Opener, store: Store) -> None:
    store.hypotheses.sync(scan(1), [guess()])
    with pytest.raises(IllegalTransitionError, match="reason"):
        store.hypotheses.decide("h1", HypothesisDecision.REJECTED)
    agent = opener(actor=Actor(kind=ActorKind.AGENT, name="x"))
    with pytest.raises(IllegalTransitionError, match="person"):
        agent.hypotheses.decide("h1", HypothesisDecision.CONFIRMED)
    with pytest.raises(NotFoundError):
        store.hypotheses.decide("h9", HypothesisDecision.DEFERRED)
    with pytest.raises(ConflictError):
        store.hypotheses.sync(scan(1), [])
    assert store.hypotheses.get("h1").seen_at_head


def test_ids_of_hypotheses_by_their_beginning(store: Store) -> None:
    store.hypotheses.sync(scan(1), [guess("hyp-aa"), guess("hyp-ab")])
    assert store.hypotheses.resolve("hyp-ab") == "hyp-ab"
    with pytest.raises(AmbiguousIdError):
        store.hypotheses.resolve("hyp")
    with pytest.raises(NotFoundError):
        store.hypotheses.resolve("")


def test_scans_are_ordered_by_when_they_were_kept(store: Store) -> None:
    assert store.scans.latest() is None
    store.scans.add(scan(2))
    store.scans.add(scan(1))
    assert store.scans.latest() == scan(1)
    assert [row.id for row in store.scans.list()] == ["scan-1", "scan-2"]


def info(name: str = "i1", **fields: Any) -> InterviewInfo:
    values = {"mode": "why", "subject_kind": "path", "subject": "src/", "started_at": "t", "updated_at": "t", **fields}
    return InterviewInfo.model_validate({"id": name, **values})


def answer(question: str, text: str, name: str = "i1", **fields: Any) -> StoredAnswer:
    values = {"facet": None, "question": f"{question}?", "kind": AnswerKind.ANSWERED, "at": "t", **fields}
    return StoredAnswer.model_validate({"interview_id": name, "question_id": question, "answer": text, **values})


def test_events_follow_each_other_and_a_stale_one_is_refused(store: Store) -> None:
    first = store.interviews.create(info(), {"type": "started"})
    second = store.interviews.append("i1", {"type": "answered", "text": "\x00 日本 \u202e"}, expected_sequence=1)
    assert (first.sequence, second.sequence) == (1, 2)
    head = store.audit.head
    with pytest.raises(ConflictError, match="went on elsewhere"):
        store.interviews.append("i1", {"type": "answered"}, expected_sequence=1)
    assert store.audit.head == head
    assert [event.body for event in store.interviews.events("i1")] == [first.body, second.body]
    with pytest.raises(NotFoundError):
        store.interviews.append("i9", {}, expected_sequence=0)
    with pytest.raises(ConflictError):
        store.interviews.create(info(), {})
    with pytest.raises(StoreError, match="larger than"):
        store.interviews.append("i1", {"text": "x" * (17 * 1024 * 1024)}, expected_sequence=2)


def test_a_megabyte_answer_is_kept(store: Store) -> None:
    store.interviews.create(info(), {})
    store.interviews.append("i1", {"text": "ä" * 1_000_000}, expected_sequence=1)
    store.interviews.save_answer(answer("q1", "ä" * 1_000_000))
    assert len(store.interviews.answers("i1")[0].answer) == 1_000_000
    assert store.verify() == ()


def test_where_an_interview_stands(store: Store, make: Make) -> None:
    store.interviews.create(info("i1"), {})
    store.interviews.create(info("i2", started_at="earlier"), {})
    record = store.records.save_new(make())
    with pytest.raises(NotFoundError):
        store.interviews.set_status("i1", InterviewStatus.FINISHED, "alloy.intent.none")
    assert store.interviews.set_status("i1", InterviewStatus.FINISHED, record.id).record_id == record.id
    assert [found.id for found in store.interviews.list()] == ["i2", "i1"]
    assert [found.id for found in store.interviews.list(InterviewStatus.OPEN)] == ["i2"]


def test_the_last_answer_to_a_question_holds_and_the_earlier_ones_are_kept(store: Store) -> None:
    store.interviews.create(info("i1"), {})
    store.interviews.create(info("i2"), {})
    store.interviews.create(info("i3", subject="other"), {})
    store.interviews.save_answer(answer("q1", "first"))
    store.interviews.save_answer(answer("q2", "", kind=AnswerKind.DECLINED))
    store.interviews.save_answer(answer("q1", "second"))
    store.interviews.save_answer(answer("q1", "elsewhere", "i2"))
    assert [(found.question_id, found.answer) for found in store.interviews.answers("i1")] == [
        ("q2", ""),
        ("q1", "second"),
    ]
    assert [found.answer for found in store.interviews.asked_before("src/")] == ["", "second", "elsewhere"]
    assert store.interviews.asked_before("nothing") == ()
    assert [found.answer for found in store.interviews.search("elsewh")] == ["elsewhere"]
    assert store.records.search("elsewhere") == ()
    with pytest.raises(NotFoundError):
        store.interviews.save_answer(answer("q1", "x", "i9"))


def brief(**fields: Any) -> BriefRow:
    values = {
        "id": "b1",
        "slug": "pay",
        "objective": "do it",
        "created_at": "t",
        "created_by": "ann",
        "updated_at": "t",
        **fields,
    }
    return BriefRow.model_validate(values)


def test_a_brief_moves_through_its_states_and_keeps_every_revision(store: Store, make: Make) -> None:
    record = store.records.save_new(make())
    row = store.briefs.create(brief(selection={"records": [record.id]}))
    digest = store.artifacts.put("formation_brief", "alloy.formation_brief.v1", {"a": 1})
    for before, after in zip(BriefState, list(BriefState)[1:4], strict=False):
        row = store.briefs.update(row.model_copy(update={"state": after}), before, "on")
    row = store.briefs.update(row.model_copy(update={"artifacts": {"formation_brief": digest}}), BriefState.COMPILED)
    assert [version.state for version in store.briefs.versions("b1")] == [*list(BriefState)[:4], BriefState.COMPILED]
    assert store.briefs.get("b1") == row
    changes: tuple[dict[str, Any], ...] = (
        {"objective": "x"},
        {"selection": {}},
        {"snapshot": {"a": 1}},
        {"artifacts": {}},
        {"version": 2},
    )
    for change in changes:
        with pytest.raises(IllegalTransitionError, match="cannot change"):
            store.briefs.update(row.model_copy(update=change), BriefState.COMPILED)
    with pytest.raises(IllegalTransitionError, match="cannot become a draft"):
        store.briefs.update(row.model_copy(update={"state": BriefState.DRAFT}), BriefState.COMPILED)
    with pytest.raises(ConflictError, match="compiled by now"):
        store.briefs.update(row, BriefState.DRAFT)
    assert store.briefs.list(BriefState.DRAFT) == ()
    assert store.verify() == ()


def test_a_brief_names_only_what_there_is(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"alloy\.intent\.none"):
        store.briefs.create(brief(selection={"records": [{"id": "alloy.intent.none", "version": 1}]}))
    with pytest.raises(NotFoundError, match="sha256:aa"):
        store.briefs.create(brief(artifacts={"formation_brief": "sha256:aa"}))
    with pytest.raises(IllegalTransitionError, match="starts as a draft"):
        store.briefs.create(brief(state="approved"))
    assert store.briefs.list() == ()
    store.briefs.create(brief())
    with pytest.raises(ConflictError):
        store.briefs.create(brief())
    assert store.briefs.resolve("pay") == store.briefs.resolve("b") == "b1"
    with pytest.raises(NotFoundError):
        store.briefs.resolve("zzz")


def test_records_of_a_brief_can_be_asked_for(store: Store, make: Make) -> None:
    from store.tables.queries import RecordQuery

    store.records.save_new(make("a"))
    store.records.save_new(make("b"))
    store.briefs.create(brief(selection={"records": ["alloy.intent.b"]}))
    assert [record.id for record in store.records.list(query=RecordQuery(brief="b1"))] == ["alloy.intent.b"]


def test_the_trail_says_who_did_what_and_why(store: Store, make: Make) -> None:
    store.records.save_new(make(), "because")
    entry = store.audit.entries("alloy.intent.pay")[0]
    assert (entry.actor.name, entry.action, entry.reason) == ("ann", "record.create", "because")
    assert entry.before is None
    assert entry.after is not None
    assert entry.after["title"] == "Intent pay"
    assert entry.hash == store.audit.head.hash
    assert store.audit.verify() == ()
