"""How an interview ends, and what is changed before it does: going back, editing, accepting, rejecting, taking it up again."""

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.subject import Subject
from fixtures.courses import after, answer, begin, topics_asked


def test_going_back_reopens_what_rested_on_the_answer_and_nothing_else(subject: Subject) -> None:
    state = answer(answer(answer(begin(subject), "", "replace"), "", "swap"), "", "wrapper")
    state = answer(after(state, m.Checked(passed=True)), "", "check")
    back = after(state, m.WentBack(question="capability"))
    assert back.pending is not None
    assert back.pending.id == "capability"
    assert "evidence" not in topics_asked(back)  # what is shown as proof rests on what is to be kept
    assert "expectation" in topics_asked(back)
    again = answer(back, "", "test-without")
    assert again.draft.text(m.Slot.CAPABILITY) != state.draft.text(m.Slot.CAPABILITY)
    assert again.pending is not None
    assert again.pending.id == "evidence"


def test_an_answer_can_be_replaced_without_being_asked_again(subject: Subject) -> None:
    state = answer(answer(begin(subject), "", "replace"), "", "swap")
    state = after(state, m.Revised(question="expectation", choices=("major-version",)))
    assert "major version" in state.draft.text(m.Slot.EXPECTATION)
    assert topics_asked(state).count("expectation") == 1


def test_a_replacement_that_says_nothing_leaves_the_answer_standing(subject: Subject) -> None:
    state = answer(answer(begin(subject), "", "replace"), "", "swap")
    assert after(state, m.Revised(question="expectation", text="   ")) == state


def test_an_accident_asks_nothing_more_and_cannot_be_accepted(subject: Subject) -> None:
    state = answer(begin(subject), "", "accident")
    assert state.stage == "summary"
    refused, effects = advance(state, m.Accepted())
    assert refused.outcome is None
    assert [effect.kind for effect in effects] == ["notice"]
    done, effects = advance(state, m.Rejected(reason="left over from a merge"))
    assert done.outcome == "rejected"
    assert m.Finish(outcome="rejected", reason="left over from a merge") in effects


def test_a_rejection_needs_a_reason(subject: Subject) -> None:
    state = begin(subject)
    assert after(state, m.Rejected(reason="  ")) == state


def test_it_cannot_be_accepted_before_it_was_read_aloud(subject: Subject) -> None:
    state = answer(begin(subject), "", "replace")
    refused, effects = advance(state, m.Accepted())
    assert refused.outcome is None
    assert isinstance(effects[0], m.Notice)


def test_a_record_that_says_nothing_cannot_be_accepted() -> None:
    state = begin(m.Subject(kind=m.SubjectKind.PATH, ref="src/", title="src/"), maximum=1)
    assert state.pending is not None
    state = after(state, m.NotKnown(question=state.pending.id))
    assert state.stage == "summary"
    assert after(state, m.Accepted()).outcome is None


def test_an_edit_at_the_summary_replaces_a_facet_and_an_empty_one_takes_it_out(subject: Subject) -> None:
    state = begin(subject, maximum=1)
    state = answer(state, "", "replace")
    state = after(state, m.Edited(slot=m.Slot.CAPABILITY, text="providers can be replaced\nin a day"))
    assert state.draft.text(m.Slot.CAPABILITY) == "providers can be replaced in a day"
    assert after(state, m.Edited(slot=m.Slot.THREAT)).draft.text(m.Slot.THREAT) == ""


def test_a_severity_is_one_of_four(subject: Subject) -> None:
    state = answer(begin(subject, maximum=1), "", "replace")
    assert after(state, m.Edited(slot=m.Slot.SEVERITY, text="enormous")) == state
    assert after(state, m.Edited(slot=m.Slot.SEVERITY, text="high")).draft.text(m.Slot.SEVERITY) == "high"


def test_taking_it_up_again_reopens_what_was_left_for_later(subject: Subject) -> None:
    state = after(begin(subject), m.Deferred(question="capability"))
    assert state.pending is not None
    assert state.pending.id != "capability"
    again = after(state, m.Stopped(), m.Resumed(head=subject.head))
    assert again.pending is not None
    assert again.pending.id == "capability"


def test_places_that_are_gone_are_said_and_no_longer_given_as_a_reason(subject: Subject) -> None:
    gone = subject.seen[0].places[0].model_dump(mode="json")
    resolution = m.Resolution(citation=gone, status="gone", note="shop/gateways/stripe.py:3 is gone.")
    state, effects = advance(begin(subject), m.Resumed(head="9" * 40, resolutions=(resolution,)))
    assert any(isinstance(effect, m.Notice) and "is gone" in effect.text for effect in effects)
    assert state.pending is not None
    assert all(place.kind != "code" for seen in state.pending.grounds for place in seen.places)


def test_events_after_the_end_change_nothing(subject: Subject) -> None:
    state = answer(begin(subject, maximum=1), "", "replace")
    done = after(state, m.Accepted())
    assert done.outcome == "accepted"
    for event in (
        m.WentBack(question="capability"),
        m.Edited(slot=m.Slot.THREAT, text="x"),
        m.Rejected(reason="no"),
        m.Stopped(),
    ):
        assert after(done, event) == done
