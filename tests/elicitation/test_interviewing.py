"""Interviews on the store: each answer durable, the record written only on a yes, and two people at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.names import names_of
from alloy_assist.errors import MissingError, RefusedError
from alloy_assist.operations.interviewing import Interviewing
from archaeology.errors import GitError
from archaeology.model import Category
from store.database import Store
from store.errors import NotFoundError
from store.interviews import AnswerKind, HypothesisDecision, InterviewStatus, StoredHypothesis
from store.records import ActorKind, RecordState
from store.runs import ScanRow


def answer(work: Interviewing, turn: m.Turn, *choices: str, text: str = "") -> m.Turn:
    assert turn.question is not None
    return work.submit(turn.interview_id, m.Answered(question=turn.question.id, choices=choices, text=text))


def to_summary(work: Interviewing, turn: m.Turn) -> m.Turn:
    while turn.kind in {"question", "split"}:
        if turn.split is not None:
            turn = work.submit(
                turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts)
            )
            continue
        assert turn.question is not None
        turn = answer(work, turn, turn.question.suggested or turn.question.choices[0].key)
    return turn


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


@pytest.mark.parametrize(
    ("mode", "kind", "ref"),
    [
        ("reject", None, ""),
        ("scar", None, ""),
        ("scar", None, "hyp_1"),
        ("technology", None, "stripe"),
        ("principle", None, "payments stay behind the gateway"),
        ("why", m.SubjectKind.PATH, "shop/gateways/"),
        ("reject", m.SubjectKind.PATH, "shop/"),
    ],
)
def test_every_mode_can_be_begun_and_ended(
    interviewing: Interviewing, store: Store, mode: str, kind: m.SubjectKind | None, ref: str
) -> None:
    turn = interviewing.start(mode, ref, kind=kind)
    while turn.kind in {"question", "split"}:
        if turn.split is not None:
            turn = interviewing.submit(
                turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts)
            )
        elif turn.question is not None and turn.question.choices:
            turn = answer(interviewing, turn, turn.question.suggested or turn.question.choices[0].key)
        else:
            turn = answer(
                interviewing,
                turn,
                text="changing `shop` takes two steps since the contract has to be renewed each year",
            )
    assert turn.asked <= 5
    assert turn.summary is not None
    assert len(turn.summary.sentence) > 20
    done = interviewing.submit(turn.interview_id, m.Accepted())
    assert done.record_id is not None
    assert store.records.get(done.record_id).state is RecordState.ACCEPTED


def test_a_principle_ends_with_what_it_means_here_and_what_breaks_it(interviewing: Interviewing, store: Store) -> None:
    turn = interviewing.start("principle", "stripe")
    assert turn.question is not None
    assert turn.question.id == "definition"
    done = interviewing.submit(to_summary(interviewing, turn).interview_id, m.Accepted())
    assert done.record_id is not None
    record = store.records.get(done.record_id)
    assert record.strategy_detail.definition
    assert record.strategy_detail.examples == ("shop/gateways/stripe.py",)
    assert record.facets.threat


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


def test_an_interview_about_a_technology_begins_with_who_imports_it(interviewing: Interviewing, evidence: Any) -> None:
    evidence.used["sqlite3"] = (
        m.Seen(id="imported", summary="2 files import `sqlite3`, all in `store/`", names=("store/a.py", "store/b.py")),
    )
    turn = interviewing.start("technology", "sqlite3")
    assert turn.notes == ()
    assert turn.question is not None
    assert "2 files import `sqlite3`" in turn.question.why
    assert any("`sqlite3`" in choice.label for choice in turn.question.choices)
    turn = answer(interviewing, turn, "property")
    assert turn.question is not None
    assert turn.question.topic is m.Slot.STRATEGY
    assert "use it in `store/a.py` and `store/b.py` alone, as now" in {item.label for item in turn.question.choices}
    assert {line.text for line in turn.lines if line.slot is m.Slot.SCOPE} == {"store/a.py", "store/b.py"}


def test_a_technology_that_nothing_uses_is_said_to_be_unused(interviewing: Interviewing) -> None:
    turn = interviewing.start("technology", "cobol")
    assert any("Nothing that was read imports or asks for 'cobol'" in note for note in turn.notes)


def test_what_would_replace_a_technology_may_be_named_bare_but_must_be_something(interviewing: Interviewing) -> None:
    def weakness(technology: str, said: str) -> m.Weakness | None:
        turn = answer(interviewing, interviewing.start("technology", technology), "property")
        while turn.question is not None and turn.question.id != "expectation":
            turn = interviewing.submit(turn.interview_id, m.Deferred(question=turn.question.id))
        assert turn.question is not None
        turn = interviewing.submit(turn.interview_id, m.Answered(question=turn.question.id, text=said))
        return next(line.weakness for line in turn.lines if line.slot is m.Slot.EXPECTATION)

    assert weakness("cobol", "a native stack with less in it") is None
    assert weakness("pascal", "nothing ever changes here in any way") is m.Weakness.NO_CHANGE


def test_where_only_review_could_prove_it_that_is_no_question(interviewing: Interviewing, evidence: Any) -> None:
    evidence.used["sqlite3"] = (m.Seen(id="imported", summary="1 file imports `sqlite3`", names=("store/a.py",)),)
    turn = answer(interviewing, interviewing.start("technology", "sqlite3"), "property")
    asked = []
    while turn.question is not None:
        asked.append(turn.question.topic)
        turn = (
            answer(interviewing, turn, turn.question.choices[0].key)
            if turn.question.choices
            else interviewing.submit(turn.interview_id, m.Answered(question=turn.question.id, text="in the store only"))
        )
    assert m.Slot.EVIDENCE not in asked
    assert m.Slot.TRADEOFF in asked
    assert turn.summary is not None
    assert [(line.text, line.source) for line in turn.summary.lines if line.slot is m.Slot.EVIDENCE] == [
        ("somebody who knows `store/a.py` reviews every change to it", "found, not said")
    ]


@pytest.mark.parametrize("mode", list(m.Mode))
def test_an_interview_that_began_from_nothing_can_be_found_in_the_list(
    interviewing: Interviewing, mode: m.Mode
) -> None:
    turn = interviewing.start(mode)
    assert next(info.title for info in interviewing.list() if info.id == turn.interview_id)


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


def test_a_path_is_asked_about_with_the_boundaries_that_it_is_an_end_of(interviewing: Interviewing) -> None:
    turn = interviewing.start("reject", "shop/gateways/", kind=m.SubjectKind.PATH)
    assert turn.question is not None
    labels = [choice.label for choice in turn.question.choices]
    assert any(label.startswith("an import of `stripe`") for label in labels)
    assert not any("reaches up into" in label for label in labels)


def test_what_nobody_named_is_not_asked_back_as_that(interviewing: Interviewing) -> None:
    turn = interviewing.start("reject", "shop/gateways/", kind=m.SubjectKind.PATH)
    asked = []
    while turn.question is not None:
        asked.append(turn.question.text)
        turn = interviewing.submit(turn.interview_id, m.Declined(question=turn.question.id))
    assert not [text for text in asked if "if that went into" in text or "instead" in text or "try that" in text]


def test_a_principle_about_the_whole_repository_gets_no_choices_about_nothing(interviewing: Interviewing) -> None:
    turn = answer(interviewing, interviewing.start("principle", "queries are data"), text="a query touches no database")
    while turn.question is not None:
        assert not [choice.label for choice in turn.question.choices if "this code" in choice.label]
        turn = interviewing.submit(turn.interview_id, m.Deferred(question=turn.question.id))


def test_what_a_comment_says_is_offered_in_its_words_and_no_capability_is_made_up(subject: m.Subject) -> None:
    wrote = m.Seen(
        id="told", category=Category.HISTORICAL, summary="The words came with a repair “Round once” (commit 6360c9261c)"
    )
    comment = m.Seen(
        id="comment",
        category=Category.TEXTUAL,
        summary="A comment says so",
        heard=m.Heard(rejected="rounding each line", issue="#4711"),
    )
    warned = subject.model_copy(
        update={"check": None, "family": "scar_tissue", "seen": (*subject.seen, wrote, comment)}
    )
    names = names_of(warned)
    assert (names.story, names_of(subject).story, names.rejected) == ("Round once", "", "rounding each line")
    offered = candidates.reasons("scar_tissue", names)
    assert [reason.threat for reason in offered] == [
        "a clean-up of `shop/` that takes out what “Round once” put there",
    ]
    assert not any(reason.capability for reason in offered)
    assert candidates.reasons("scar_tissue", names_of(subject)) == ()
