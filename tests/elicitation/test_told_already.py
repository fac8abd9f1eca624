"""What words say themselves is not asked, and what is asked speaks of the words, the symbol and the harm of this finding."""

from __future__ import annotations

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.subject import Heard
from alloy_assist.elicitation.told_already import found_in_words, is_told
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.voice import TemplateVoice
from alloy_assist.operations.observed import possible_of
from archaeology.model import Category, CodeCitation, PossibleIntent

PLACE = CodeCitation(
    path="src/walk.py",
    symbol="walk",
    start_line=3,
    end_line=3,
    blob="0" * 40,
    commit="0" * 40,
    quote="Copy it",
    quote_sha256="0" * 64,
)


def warning(
    sentence: str, *others: m.Seen, heard: Heard | None = None, role: str = "comment", **values: object
) -> m.Subject:
    said = m.Seen(
        id="said",
        category=Category.TEXTUAL,
        summary=f"A comment in `walk` says: “{sentence}”",
        names=("src/walk.py",),
        places=(PLACE,),
        facts={"role": role, "path": "src/walk.py", "symbol": "walk", "sentence": sentence},
        heard=heard,
    )
    about = m.Subject(
        kind=m.SubjectKind.HYPOTHESIS, ref="hyp_1", family="scar_tissue", paths=("src/walk.py",), seen=(said, *others)
    )
    return about.model_copy(update=values)


def asked(about: m.Subject, mode: m.Mode = m.Mode.SCAR) -> dict[m.Slot, str]:
    """Lead an interview by its first answers and return what it asked, in its order."""
    state, _ = advance(None, m.Started(mode=mode, subject=about, max_questions=5))
    found: dict[m.Slot, str] = {}
    while state.pending is not None:
        turn = turn_of("", 0, state, TemplateVoice())
        assert turn.question is not None
        found[state.pending.topic] = turn.question.text
        keys = [choice.key for choice in state.pending.choices if not choice.letter][:1]
        question = state.pending.id
        event = m.Answered(question=question, choices=tuple(keys)) if keys else m.NotKnown(question=question)
        state, _ = advance(state, event)
    return found


LOST = warning("Copy it to avoid lost rows", heard=Heard(harm="lost rows"), possible=PossibleIntent(threat="lost rows"))


def test_what_goes_wrong_and_what_to_do_is_found_where_the_words_say_it() -> None:
    assert found_in_words(LOST) == {
        m.Slot.THREAT: "a change in `walk` that leads to lost rows",
        m.Slot.STRATEGY: "do as the comment in `walk` says: “Copy it to avoid lost rows”",
    }
    assert is_told(LOST, m.Slot.THREAT)
    assert not is_told(LOST, m.Slot.CAPABILITY)


def test_only_what_the_words_leave_open_is_asked_and_of_them() -> None:
    assert asked(LOST) == {
        m.Slot.CAPABILITY: (
            "“Copy it to avoid lost rows”: who would notice if `walk` did without that, and what could they no longer do or rely on?"
        ),
        m.Slot.TRADEOFF: "What does it take to keep “lost rows” out of `walk`: is anything slower, longer or harder for it?",
    }


def test_whether_something_still_is_so_is_asked_although_the_words_say_it() -> None:
    own = "“Rows are sorted”: is that still so, and what would `walk` do if it were not?"
    about = LOST.model_copy(update={"questions": (own,)})
    assert not is_told(about, m.Slot.THREAT)
    assert asked(about)[m.Slot.THREAT] == own


def test_what_change_would_bring_it_back_is_not_asked_where_the_words_say_what_goes_wrong() -> None:
    own = "Commit abc1234 of 2024-01-01 wrote this: what change to `walk` would bring the trouble back?"
    assert m.Slot.THREAT not in asked(LOST.model_copy(update={"questions": (own,)}))


def test_whether_the_day_has_come_is_asked_and_not_yet_is_an_answer() -> None:
    own = "“Once we require 28”: has that come, and could `walk` do without this by now?"
    about = warning("Drop it once we require 28", heard=Heard(until="once we require 28"), questions=(own,))
    assert asked(about)[m.Slot.EXPECTATION] == own
    assert m.Slot.TRADEOFF not in asked(about)
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=about))
    state, _ = advance(state, m.NotKnown(question="capability"))
    assert state.pending is not None
    first = state.pending.choices[0]
    assert (first.label, first.fills[0].text) == ("Not yet: once we require 28", "once we require 28")


def test_what_a_repair_put_there_is_what_a_clean_up_would_take_out() -> None:
    repair = m.Seen(
        id="o",
        category=Category.HISTORICAL,
        summary="The words came with a repair “Fix the walk”",
        facts={"role": "origin", "subject": "Fix the walk"},
    )
    about = warning("Mind the gap here at all times", repair, heard=Heard())
    assert found_in_words(about)[m.Slot.THREAT] == "a clean-up of `walk` that takes out what “Fix the walk” put there"


def test_an_option_that_was_turned_down_is_what_is_done_without() -> None:
    about = warning(
        "We can't use a set, because order matters",
        heard=Heard(rejected="using a set"),
        possible=PossibleIntent(threat="using a set after all"),
    )
    assert found_in_words(about) == {
        m.Slot.THREAT: "using a set after all",
        m.Slot.TRADEOFF: "doing without using a set in `walk`",
    }
    assert m.Slot.TRADEOFF not in asked(about)


def test_two_findings_are_asked_about_in_different_words() -> None:
    other = warning(
        "Sort the rows first",
        heard=Heard(rule="sort the rows first"),
        possible=PossibleIntent(strategy="Sort the rows first"),
    )
    assert (
        asked(other)[m.Slot.TRADEOFF]
        == "“Sort the rows first”: what does that make slower, longer or harder in `walk`?"
    )
    tested = other.model_copy(
        update={"candidates": (m.Candidate(kind="test", reference="t::a", statement="a passes", path="t", line=1),)}
    )
    assert asked(tested)[m.Slot.EVIDENCE] == (
        "A change to `walk` comes in. What must it show, so that you believe that it is still right about “Sort the rows first”?"
    )


def test_words_too_long_to_be_quoted_are_cut_at_a_word() -> None:
    about = warning("Copy the rows first, " + "and look at each of them, " * 8 + "once", heard=Heard())
    text = asked(about)[m.Slot.TRADEOFF]
    assert text.startswith("“Copy the rows first, and look at each of them")
    assert "…”: what does that make slower, longer or harder in `walk`?" in text


def test_what_an_author_did_not_know_is_asked_of_whoever_may_know_and_never_taken_for_a_rule() -> None:
    doubt = warning(
        "I don't know why we clone it",
        role="unknown",
        questions=("Does anybody know by now why that is so in `walk`, and could the comment say it?",),
    )
    doubt = doubt.model_copy(
        update={"seen": (doubt.seen[0].model_copy(update={"facts": {**doubt.seen[0].facts, "below": "clone(it)"}}),)}
    )
    assert found_in_words(doubt) == {}
    assert asked(doubt) == {
        m.Slot.CAPABILITY: "Does anybody know by now why that is so in `walk`, and could the comment say it?",
        m.Slot.STRATEGY: "What should become of `clone(it)` as long as nobody knows?",
    }
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=doubt))
    state, _ = advance(state, m.NotKnown(question="capability"))
    assert state.pending is not None
    assert [choice.label for choice in state.pending.choices] == [
        "leave `clone(it)` as it is until somebody has found out what it is for",
        "take `clone(it)` out once a test shows that nothing needs it",
        "say in the comment what `clone(it)` is for",
    ]


def undone(**values: object) -> m.Subject:
    seen = m.Seen(
        id="u",
        category=Category.HISTORICAL,
        summary="“Cache the rows” was undone in `src/walk.py`",
        names=("src/walk.py",),
        facts={"role": "undone", "undone": "Cache the rows"},
        heard=Heard(undone="Cache the rows"),
    )
    about = m.Subject(
        kind=m.SubjectKind.HYPOTHESIS, ref="hyp_1", family="scar_tissue", paths=("src/walk.py",), seen=(seen,)
    )
    return about.model_copy(update=values)


def test_a_revert_without_a_reason_is_asked_about_with_answers_of_a_moment() -> None:
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=undone()))
    assert state.pending is not None
    turn = turn_of("", 0, state, TemplateVoice())
    assert turn.question is not None
    assert turn.question.text == "What went wrong with “Cache the rows” in `src/walk.py`, so that it was taken back?"
    assert [choice.label for choice in state.pending.choices if not choice.letter][:4] == [
        "It was out already, and broke what people did with it",
        "A test or a build failed before it was out",
        "The aim was right, the way was not",
        "Nobody wanted it after all",
    ]
    assert turn.question.suggested is None
    state, _ = advance(state, m.Answered(question="threat", choices=("undone-failed",)))
    assert state.draft.text(m.Slot.THREAT) == (
        "a second try of “Cache the rows”, which failed in a test or a build before it was out"
    )
    # What was asked reads as it was asked, once it is answered.
    assert turn_of("", 0, state, TemplateVoice()).said[0].text == turn.question.text


def test_whether_it_would_be_tried_again_is_asked_with_what_it_would_take() -> None:
    questions = asked(undone())
    assert questions[m.Slot.STRATEGY] == "Would you try “Cache the rows” again, and on what condition?"
    assert questions[m.Slot.TRADEOFF] == "“Cache the rows” is gone. What do you do the long way since, or do without?"
    assert m.Slot.SCOPE not in questions


def test_a_revert_that_says_why_is_asked_about_in_its_words() -> None:
    threat = "a second try of “Cache the rows”, though it lost some"
    state, _ = advance(None, m.Started(mode=m.Mode.SCAR, subject=undone(possible=PossibleIntent(threat=threat))))
    assert state.draft.text(m.Slot.THREAT) == threat
    assert state.pending is not None
    assert not [choice for choice in state.pending.choices if choice.key.startswith("undone-")]


@pytest.mark.parametrize(
    ("strategy", "rule"),
    [
        ("Sort the rows first", "Sort the rows first"),
        ("While the code is not open to it", None),
        ("The first error is more important, so don't clobber it", None),
        ("The pacer refills at once, so we shrink the window", None),
        ("While it runs, keep the lock", "While it runs, keep the lock"),
    ],
)
def test_half_of_a_sentence_is_no_rule(strategy: str, rule: str | None) -> None:
    assert possible_of({"possible_intent": {"strategy": strategy}}).strategy == rule
