"""The interview in its course: what is asked, and what follows from answers."""

from typing import Any

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance, replay
from alloy_assist.elicitation.errors import ElicitationError
from alloy_assist.elicitation.subject import Subject
from fixtures.courses import after, answer, begin, topics_asked
from store.records import Facets


def test_a_confirmed_boundary_takes_four_questions_and_fills_all_six_facets(subject: Subject) -> None:
    state = begin(subject)
    state = answer(state, "", "replace")
    state = answer(state, "", "swap")
    state = answer(state, "", "wrapper")
    assert state.pending is not None
    assert state.pending.topic is m.Slot.EVIDENCE
    state = after(state, m.Checked(passed=True, head="f" * 40))
    state = answer(state, "", "check")
    assert state.stage == "summary"
    assert topics_asked(state) == ["capability", "expectation", "tradeoff", "evidence"]
    assert {entry.slot.value for entry in state.draft.entries} >= {
        "capability",
        "threat",
        "expectation",
        "strategy",
        "evidence",
        "tradeoff",
    }


def test_a_choice_fills_exactly_what_it_says(subject: Subject) -> None:
    state = begin(subject)
    assert state.pending is not None
    choice = next(choice for choice in state.pending.choices if choice.key == "replace")
    state = answer(state, "", "replace")
    for part in choice.fills:
        assert state.draft.text(part.slot) == part.text


def test_the_strategy_that_the_code_shows_is_never_asked_cold(subject: Subject) -> None:
    state = begin(subject)
    while state.pending is not None:
        assert state.pending.topic is not m.Slot.STRATEGY
        state = answer(state, "", state.pending.choices[0].key)


def test_a_strategy_that_the_code_contradicts_is_asked_with_the_places_as_a_choice(subject: Subject) -> None:
    broken = m.Seen(
        id="against-0",
        summary="`shop/admin.py` imports it too",
        names=("shop/admin.py",),
        places=subject.seen[0].places,
    )
    state = begin(subject.model_copy(update={"against": (broken,)}))
    state = answer(state, "", "replace")
    asked = []
    while (pending := state.pending) is not None:
        asked.append(pending.topic)
        if pending.topic is m.Slot.STRATEGY:
            assert any("shop/admin.py" in choice.label for choice in pending.choices)
            state = answer(state, "", "found-but")
        else:
            state = answer(state, "", pending.choices[0].key)
    assert m.Slot.STRATEGY in asked
    assert state.draft.text(m.Slot.EXCEPTION) == "`shop/admin.py`"


def test_nothing_is_asked_twice(subject: Subject) -> None:
    state = begin(subject, maximum=50)
    while state.pending is not None:
        state = answer(state, "we will see about that one day")
    assert len(topics_asked(state)) == len(set(topics_asked(state)))


def test_what_another_interview_asked_is_not_asked_again(subject: Subject) -> None:
    earlier = (
        m.Earlier(question="tradeoff", facet="tradeoff", kind=m.AnswerKind.ANSWERED, answer="a wrapper to keep"),
        m.Earlier(question="expectation", facet="expectation", kind=m.AnswerKind.DECLINED),
    )
    state = begin(subject.model_copy(update={"earlier": earlier}))
    assert state.draft.text(m.Slot.TRADEOFF) == "a wrapper to keep"
    while state.pending is not None:
        assert state.pending.topic not in {m.Slot.TRADEOFF, m.Slot.EXPECTATION}
        state = answer(state, "", state.pending.choices[0].key)


def test_what_another_interview_left_for_later_is_asked_again(subject: Subject) -> None:
    earlier = (m.Earlier(question="tradeoff", facet="tradeoff", kind=m.AnswerKind.DEFERRED),)
    state = begin(subject.model_copy(update={"earlier": earlier}))
    asked = []
    while state.pending is not None:
        asked.append(state.pending.topic)
        state = answer(state, "", state.pending.choices[0].key)
    assert m.Slot.TRADEOFF in asked


@pytest.mark.parametrize("maximum", [1, 2, 3, 5])
def test_it_never_asks_more_than_it_may(subject: Subject, maximum: int) -> None:
    state = begin(subject, maximum=maximum)
    while state.pending is not None:
        state = answer(state, "keep it simple")
    assert len(state.steps) <= maximum
    assert state.stage == "summary"


def test_three_questions_left_unanswered_are_enough(subject: Subject) -> None:
    state = begin(subject, maximum=50)
    while state.pending is not None:
        state = after(state, m.NotKnown(question=state.pending.id))
    assert len(state.steps) == 3


def test_what_is_not_known_is_not_guessed(subject: Subject) -> None:
    mined = subject.possible.model_copy(update={"capability": "the freedom to guess"})
    state = begin(subject.model_copy(update={"possible": mined}))
    assert state.draft.text(m.Slot.CAPABILITY) == "the freedom to guess"
    state = after(state, m.NotKnown(question="capability"))
    assert state.draft.text(m.Slot.CAPABILITY) == ""


@pytest.mark.parametrize(
    ("text", "weakness", "follow_up"),
    [
        ("keep it simple", m.Weakness.TRUISM, "capability.truism"),
        ("a wrapper class around the SDK client", m.Weakness.MECHANISM, "capability.mechanism"),
        ("idk", m.Weakness.VAGUE, "capability.vague"),
    ],
)
def test_a_weak_answer_gets_one_pointed_follow_up(
    subject: Subject, text: str, weakness: m.Weakness, follow_up: str
) -> None:
    state = answer(begin(subject), text)
    assert state.pending is not None
    assert state.pending.id == follow_up
    assert state.pending.weakness is weakness
    assert state.pending.quoted == text
    state = answer(state, text)
    assert state.pending is None or state.pending.weakness is None


def test_a_mechanism_is_moved_to_the_strategy(subject: Subject) -> None:
    state = answer(begin(subject), "a wrapper class around the SDK client")
    assert state.draft.text(m.Slot.STRATEGY) == "a wrapper class around the SDK client"
    assert state.draft.text(m.Slot.CAPABILITY) == ""
    state = answer(state, "we can replace the provider without touching the rules")
    assert state.draft.text(m.Slot.CAPABILITY) == "we can replace the provider without touching the rules"
    assert state.draft.text(m.Slot.STRATEGY) == "a wrapper class around the SDK client"


def test_a_record_that_says_the_same_is_named(subject: Subject) -> None:
    facets = Facets(capability="We can replace the payment provider without touching checkout rules")
    neighbour = m.Neighbour(id="alloy.intent.other", title="Replaceable provider", facets=facets)
    state = begin(subject.model_copy(update={"neighbours": (neighbour,)}))
    state = answer(state, "we can replace the payment provider without touching the checkout rules")
    assert state.pending is not None
    assert state.pending.weakness is m.Weakness.DUPLICATE
    assert state.pending.other == "Replaceable provider"


def test_a_sentence_that_says_several_things_is_split_and_the_person_corrects_it(subject: Subject) -> None:
    text = "we can swap providers so that finance can negotiate, at the cost of one more layer"
    state = begin(subject)
    state = after(state, m.Answered(question="capability", text=text))
    assert state.stage == "splitting"
    assert state.split is not None
    slots = [part.slot for part in state.split.parts]
    assert m.Slot.TRADEOFF in slots
    parts = (
        m.Part(slot=m.Slot.CAPABILITY, text="we can swap providers"),
        m.Part(slot=m.Slot.TRADEOFF, text="one more layer to read"),
    )
    state = after(state, m.SplitCorrected(question="capability", parts=parts))
    assert state.draft.text(m.Slot.CAPABILITY) == "we can swap providers"
    assert state.draft.text(m.Slot.TRADEOFF) == "one more layer to read"
    assert state.steps[-1].text == text


def test_a_scar_named_on_the_way_changes_the_side_from_which_the_rest_is_asked(subject: Subject) -> None:
    state = answer(begin(subject), "we can swap providers; the last outage came from the SDK and we got burned")
    assert state.mode is m.Mode.SCAR
    assert state.modes == (m.Mode.WHY, m.Mode.SCAR)
    assert after(state, m.WentBack(question="capability")).mode is m.Mode.WHY


def test_what_no_longer_matters_becomes_a_contradiction(subject: Subject) -> None:
    state = answer(begin(subject), "", "stale")
    assert state.mode is m.Mode.CONTRADICTION


def test_an_interview_begins_with_its_beginning() -> None:
    with pytest.raises(ElicitationError):
        advance(None, m.Accepted())
    with pytest.raises(ElicitationError):
        replay([])


def test_an_answer_to_a_question_that_this_version_would_not_ask_still_counts(subject: Subject) -> None:
    """What was shown is kept with the answer, so that other wording or policy later does not lose it."""
    shown = m.Ask(
        id="old-question",
        mode=m.Mode.WHY,
        topic=m.Slot.CAPABILITY,
        choices=(m.Choice(key="old", label="Old", fills=(m.Part(slot=m.Slot.CAPABILITY, text="the old way"),)),),
    )
    state = after(begin(subject), m.Answered(question="old-question", choices=("old",), shown=shown))
    assert state.draft.text(m.Slot.CAPABILITY) == "the old way"


def test_a_check_is_asked_for_before_it_is_offered_as_proof(subject: Subject) -> None:
    state = answer(answer(begin(subject), "", "replace"), "", "swap")
    assert state.pending is not None
    state, effects = advance(state, m.Answered(question=state.pending.id, choices=("wrapper",)))
    assert any(isinstance(effect, m.NeedsCheck) for effect in effects)
    failing: dict[str, Any] = {"passed": False, "violations": ("shop/admin.py:4",), "head": "f" * 40}
    state = after(state, m.Checked(**failing))
    assert state.pending is not None
    if state.pending.topic is not m.Slot.EVIDENCE:  # the strategy is contested first
        state = answer(state, "", "found")
    assert state.pending is not None
    offered = {choice.key: choice for choice in state.pending.choices}
    assert "shop/admin.py:4" in offered["check"].note
    assert state.pending.suggested != "check"
