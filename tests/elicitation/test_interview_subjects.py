"""Interviews by what they are about: every mode, a technology, a path, a principle, what a comment warns of."""

from typing import Any

import pytest

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.names import names_of
from alloy_assist.operations.interviewing import Interviewing
from archaeology.model import Category
from fixtures.interviews import answer, to_summary
from store.database import Store
from store.records import RecordState


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
