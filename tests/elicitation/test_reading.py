"""A reader files an answer and a judge weighs it: both only propose, through the log, and the person's words stay theirs."""

from dataclasses import dataclass, field, replace

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import replay
from alloy_assist.elicitation.ports import to_judge, to_read
from alloy_assist.elicitation.weakness import weakness_of
from alloy_assist.operations.interviewing import Interviewing

ANSWER = "we swap providers without touching checkout, and a provider's types must never show up there"
THREAT = m.Part(slot=m.Slot.THREAT, text="a provider's types must never show up there")
CAPABILITY = m.Part(slot=m.Slot.CAPABILITY, text="we swap providers without touching checkout")


@dataclass
class FakeReader:
    """Files every answer as it was told to."""

    parts: tuple[m.Part, ...] | None
    name: str = "fake-reader"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def read(self, ask: m.Ask, text: str) -> tuple[m.Part, ...] | None:
        self.asked.append((ask.id, text))
        return self.parts


@dataclass
class FakeJudge:
    """Finds the same weakness in every text of a slot, and says nothing of the others."""

    slot: m.Slot
    weakness: m.Weakness | None
    name: str = "fake-judge"

    def judge(self, slot: m.Slot, text: str) -> m.Judgement | None:
        return m.Judgement(slot=slot, text=text, weakness=self.weakness) if slot is self.slot else None


def say(work: Interviewing, text: str) -> m.Turn:
    turn = work.start("why", "hyp_1")
    assert turn.question is not None
    return work.submit(turn.interview_id, m.Answered(question=turn.question.id, text=text))


def test_a_reading_is_shown_as_a_split_that_the_person_confirms(interviewing: Interviewing) -> None:
    work = replace(interviewing, reader=FakeReader((CAPABILITY, THREAT)))
    turn = say(work, ANSWER)
    assert turn.split is not None
    assert turn.split.parts == (CAPABILITY, THREAT)
    done = work.submit(turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts))
    assert done.draft.text(m.Slot.CAPABILITY) == CAPABILITY.text
    assert done.draft.text(m.Slot.THREAT) == THREAT.text


def test_a_reading_is_an_event_of_the_log_and_a_replay_needs_no_reader(interviewing: Interviewing) -> None:
    work = replace(interviewing, reader=FakeReader((CAPABILITY, THREAT)))
    turn = say(work, ANSWER)
    events = work.events(turn.interview_id)
    assert [event.kind for event in events] == ["started", "answered", "read"]
    assert replay(events) == work.state(turn.interview_id)
    assert interviewing.show(turn.interview_id).split == turn.split


@pytest.mark.parametrize(
    "part",
    [
        m.Part(slot=m.Slot.THREAT, text="a provider goes out of business"),
        m.Part(slot=m.Slot.THREAT, text="providers touching checkout"),
        m.Part(slot=m.Slot.SEVERITY, text="we swap providers"),
        m.Part(slot=m.Slot.THREAT, text="  "),
    ],
)
def test_words_that_the_person_did_not_say_are_not_taken_over(interviewing: Interviewing, part: m.Part) -> None:
    turn = say(replace(interviewing, reader=FakeReader((part,))), ANSWER)
    assert [event.kind for event in interviewing.events(turn.interview_id)] == ["started", "answered"]
    assert turn.draft.text(m.Slot.CAPABILITY) == ANSWER


def test_a_reader_that_says_nothing_leaves_the_rules(interviewing: Interviewing) -> None:
    reader = FakeReader(None)
    turn = say(replace(interviewing, reader=reader), ANSWER)
    assert reader.asked == [("capability", ANSWER)]
    assert turn.draft.text(m.Slot.CAPABILITY) == ANSWER


def test_a_reader_is_not_asked_about_a_picked_answer(interviewing: Interviewing) -> None:
    reader = FakeReader((CAPABILITY,))
    work = replace(interviewing, reader=reader)
    turn = work.start("why", "hyp_1")
    assert turn.question is not None
    work.submit(turn.interview_id, m.Answered(question=turn.question.id, choices=(turn.question.choices[0].key,)))
    assert reader.asked == []


def test_a_judgement_raises_a_follow_up_that_the_rules_did_not(interviewing: Interviewing) -> None:
    said = "checkout can be tested without Stripe"
    work = replace(interviewing, judge=FakeJudge(m.Slot.CAPABILITY, m.Weakness.VAGUE))
    turn = say(work, said)
    assert turn.question is not None
    assert turn.question.id == "capability.vague"
    assert replay(work.events(turn.interview_id)) == work.state(turn.interview_id)


def test_a_judgement_takes_back_what_the_rules_called_weak(interviewing: Interviewing) -> None:
    said = "clean code"
    assert weakness_of(m.Slot.CAPABILITY, said) is m.Weakness.TRUISM
    turn = say(replace(interviewing, judge=FakeJudge(m.Slot.CAPABILITY, None)), said)
    assert turn.question is not None
    assert not turn.question.id.startswith("capability")


def test_nothing_is_judged_twice_and_nothing_before_it_is_filed(interviewing: Interviewing) -> None:
    work = replace(interviewing, reader=FakeReader((CAPABILITY, THREAT)), judge=FakeJudge(m.Slot.THREAT, None))
    turn = say(work, ANSWER)
    assert to_judge(work.state(turn.interview_id)) == ()
    assert turn.split is not None
    turn = work.submit(turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts))
    assert to_judge(work.state(turn.interview_id)) == ((m.Slot.CAPABILITY, CAPABILITY.text),)


def test_only_the_last_answer_in_words_is_read(interviewing: Interviewing) -> None:
    turn = say(interviewing, ANSWER)
    assert to_read(interviewing.state(turn.interview_id)) is not None
    assert turn.question is not None
    after = interviewing.submit(turn.interview_id, m.NotKnown(question=turn.question.id))
    assert to_read(interviewing.state(after.interview_id)) is None


def test_a_reading_of_another_answer_changes_nothing(interviewing: Interviewing) -> None:
    turn = say(interviewing, ANSWER)
    before = interviewing.state(turn.interview_id)
    after = interviewing.submit(turn.interview_id, m.Read(question="threat", parts=(THREAT,)))
    assert interviewing.state(turn.interview_id) == before
    assert after.notes == ("There is no answer to file.",)
