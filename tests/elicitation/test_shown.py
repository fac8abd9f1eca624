"""What an interview takes from comments and from the scan's own questions, what it calls a record, and what a small terminal shows."""

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.comments import avoided_in, feared_in, rule_in
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.own_questions import own_question, without_fact
from alloy_assist.elicitation.page import page_of, told
from alloy_assist.elicitation.splitting import split_answer
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.voice import TemplateVoice
from alloy_assist.operations.interviewing import Interviewing
from archaeology.model import Category, PossibleIntent
from store.interviews import AnswerKind


@pytest.mark.parametrize(
    ("comment", "rule", "avoided", "feared"),
    [
        ("NOTE: lock it first to avoid deadlock.", "Lock it first to avoid deadlock.", "deadlock", ""),
        (
            "Also, do not minify, since that would break tree-shaking https://x.y/1",
            "Do not minify, since that would break tree-shaking https://x.y/1",
            "",
            "it would break tree-shaking",
        ),
        ("Keep this sorted", "Keep this sorted", "", ""),
        ("Notebooks are read as they are", "Notebooks are read as they are", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_comment_gives_away_its_rule_and_what_it_is_against(
    comment: str, rule: str, avoided: str, feared: str
) -> None:
    assert (rule_in(comment), avoided_in(comment), feared_in(comment)) == (rule, avoided, feared)


def test_a_question_of_the_scan_is_put_where_it_asks_for_what_is_missing(subject: m.Subject) -> None:
    asked = "What would `shop` lose first if somebody imported `stripe` there?"
    assert own_question(m.Slot.CAPABILITY, ("Is it so?", asked)) == asked
    assert own_question(m.Slot.TRADEOFF, (asked,)) == ""
    state, _ = advance(None, m.Started(mode=m.Mode.WHY, subject=subject.model_copy(update={"questions": (asked,)})))
    assert state.pending is not None
    assert TemplateVoice().word(state.pending, state).text.endswith(asked)


def test_a_fact_that_was_just_said_is_not_said_again() -> None:
    assert without_fact("Nothing imports `web`: is it the only way in?") == "Is it the only way in?"
    assert without_fact("If they are allowed: why?") == "If they are allowed: why?"


def test_the_first_question_fits_a_small_terminal(subject: m.Subject) -> None:
    state, _ = advance(None, m.Started(mode=m.Mode.WHY, subject=subject))
    page = page_of(turn_of("i", 1, state, TemplateVoice()))
    assert sum(1 + len(line) // 79 for line in page) <= 22
    assert any("shop/gateways/stripe.py" in line for line in page)


def test_what_was_picked_is_not_echoed_but_what_it_also_says_is(interviewing: Interviewing) -> None:
    turn = interviewing.start("why", "hyp_1")
    assert turn.question is not None
    after = interviewing.submit(turn.interview_id, m.Answered(question="capability", choices=("replace",)))
    assert [line.partition(":")[0] for line in told(after)] == ["Noted. What would erode it"]


def at_summary(work: Interviewing) -> m.Turn:
    turn = work.start("why", "hyp_1", max_questions=1)
    return work.submit(turn.interview_id, m.Answered(question="capability", choices=("replace",)))


def test_the_summary_says_what_the_record_is_called_and_takes_another_name(interviewing: Interviewing) -> None:
    turn = at_summary(interviewing)
    assert turn.summary is not None
    named = {line.slot: line.text for line in turn.summary.lines}
    assert named[m.Slot.TITLE] == "Only `gateways` may import `stripe`"
    assert named[m.Slot.ID] == "alloy.intent.only-gateways-may-import-stripe"
    interviewing.submit(turn.interview_id, m.Edited(slot=m.Slot.TITLE, text="Stripe stays at the edge"))
    refused = interviewing.submit(turn.interview_id, m.Edited(slot=m.Slot.ID, text="///"))
    assert "letters and digits" in refused.notes[0]
    interviewing.submit(turn.interview_id, m.Edited(slot=m.Slot.ID, text="stripe-edge"))
    done = interviewing.submit(turn.interview_id, m.Accepted())
    assert done.record_id == "alloy.intent.stripe-edge"
    assert interviewing.store().records.get(done.record_id).title == "Stripe stays at the edge"


def test_several_globs_on_one_line_are_several(interviewing: Interviewing) -> None:
    turn = at_summary(interviewing)
    after = interviewing.submit(turn.interview_id, m.Edited(slot=m.Slot.SCOPE, text="shop/**, tests/shop/** lib/x.py"))
    assert [entry.text for entry in after.draft.all(m.Slot.SCOPE)] == ["shop/**", "tests/shop/**", "lib/x.py"]


def test_a_split_says_what_it_would_replace(interviewing: Interviewing) -> None:
    turn = interviewing.start("reject", "hyp_1")
    turn = interviewing.submit(turn.interview_id, m.Answered(question="threat", choices=("forbidden-import",)))
    turn = interviewing.submit(turn.interview_id, m.Edited(slot=m.Slot.TRADEOFF, text="more code"))
    assert turn.question is not None
    turn = interviewing.submit(
        turn.interview_id, m.Answered(question=turn.question.id, text="prices go up, at the cost of a wrapper")
    )
    assert turn.split is not None
    assert [part.text for part in turn.split.replaces] == ["more code"]
    assert any("instead of: more code" in line for line in page_of(turn))


@pytest.mark.parametrize(
    ("asked", "text", "pieces"),
    [
        ("capability", "I want to run it so", ["I want to run it so"]),
        ("threat", "somebody imports it, so that checkout breaks", ["somebody imports it, so that checkout breaks"]),
        (
            "strategy",
            "handlers stay thin so the domain can be tested",
            ["handlers stay thin", "the domain can be tested"],
        ),
        ("capability", "so that tests stay fast, at the cost of fakes", ["tests stay fast", "fakes"]),
        ("strategy", "only X may do this so that's it", ["only X may do this so that's it"]),
    ],
)
def test_no_word_is_lost_and_a_consequence_is_no_purpose(asked: str, text: str, pieces: list[str]) -> None:
    assert [piece.text for piece in split_answer(m.Slot(asked), text)] == pieces


def test_what_was_said_in_an_earlier_interview_is_not_told_beside_what_the_scan_supposed() -> None:
    feared = "polling the folder after all, though we can't see renames"
    subject = m.Subject(
        kind=m.SubjectKind.HYPOTHESIS,
        ref="hyp_1",
        title="Polling the folder was turned down in `watch`: “we can't see renames”",
        family="scar_tissue",
        possible=PossibleIntent(threat=feared),
        earlier=(m.Earlier(question="threat", facet="threat", kind=AnswerKind.ANSWERED, answer=feared),),
    )
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=subject, max_questions=5))
    assert [(entry.text, entry.source) for entry in state.draft.all(m.Slot.THREAT)] == [(feared, "earlier")]


def test_a_capability_that_nobody_named_is_asked_for_with_examples_and_offered_by_nobody() -> None:
    comment = m.Seen(
        id="c", category=Category.TEXTUAL, summary="A comment says so", heard=m.Heard(rejected="polling the folder")
    )
    subject = m.Subject(
        kind=m.SubjectKind.HYPOTHESIS,
        ref="hyp_1",
        title="Polling the folder was turned down in `watch`: “we can't see renames”",
        family="scar_tissue",
        possible=PossibleIntent(threat="polling the folder after all, though we can't see renames"),
        paths=("src/watch.py",),
        seen=(comment,),
    )
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=subject, max_questions=5))
    assert state.pending is not None
    labels = [choice.label for choice in state.pending.choices]
    assert (state.pending.topic, labels) == (
        m.Slot.CAPABILITY,
        ["It mattered once, not any more", "Nobody meant it"],
    )
    assert state.draft.text(m.Slot.THREAT) == "polling the folder after all, though we can't see renames"
    assert "a retry never hangs the worker" in TemplateVoice().word(state.pending, state).hint


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "“Never sort the rows: auditors read them”, says a comment in `export`, since 2020",
            "`export`: never sort the rows",
        ),
        ("Polling the folder was turned down in `watch`: “we can't see renames”", "Polling the folder was turned down"),
    ],
)
def test_a_record_of_a_comment_is_named_by_its_place_and_whole_words(title: str, name: str) -> None:
    subject = m.Subject(kind=m.SubjectKind.HYPOTHESIS, ref="hyp_1", title=title, family="scar_tissue")
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=subject, max_questions=5))
    assert state.draft.title.startswith(name)
