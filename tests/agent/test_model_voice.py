"""What the model may do in an interview: file a person's own words and add a question about a weak spot; and when it is asked no more."""

import json
from collections.abc import Callable

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.llm.errors import DeadlineError, InvalidAnswerError, StoppedError, UnreachableError
from alloy_assist.operations.model_voice import ModelVoice, Tally
from fixtures.voices import ANSWER, ASK, GOOD, QUESTION, FakePerformer, pieces

KEEP = "We keep the vendor behind one port"
TRAIN = "checkout is tested without a network"
COST = "one more file to read"


def read(line: str, answer: str = ANSWER, ask: m.Ask = ASK) -> tuple[tuple[m.Part, ...] | None, ModelVoice]:
    voice = ModelVoice("openai/local", FakePerformer([line]))
    return voice.read(ask, answer), voice


def test_an_answer_is_filed_in_the_order_of_its_own_words() -> None:
    parts, voice = read(pieces(("tradeoff", COST), ("strategy", KEEP), ("capability", TRAIN)))

    assert parts is not None
    assert [(part.slot.value, part.text) for part in parts] == [
        ("strategy", KEEP),
        ("capability", TRAIN),
        ("tradeoff", COST),
    ]
    assert voice.tally == Tally(claims=3, places=3, readings=1)


@pytest.mark.parametrize(
    "made",
    [
        [],
        [("strategy", KEEP)],
        [("strategy", KEEP), ("tradeoff", "a file that nobody named")],
        [("strategy", KEEP), ("strategy", TRAIN)],
        [("threat", KEEP), ("capability", TRAIN), ("tradeoff", COST)],
        [("strategy", KEEP[:12]), ("capability", TRAIN)],
        [("strategy", ANSWER), ("capability", TRAIN)],
    ],
    ids=["nothing", "one thing", "made up", "twice the same", "not what was asked", "words lost", "one in the other"],
)
def test_a_reading_that_loses_or_invents_words_is_not_used(made: list[tuple[str, str]]) -> None:
    parts, voice = read(pieces(*made))

    assert parts is None
    assert voice.tally.readings == 0


def test_a_reading_with_a_piece_that_says_nothing_is_not_used() -> None:
    answer = "The reload made every search slow, because the whole file was read again each time."
    ask = ASK.model_copy(update={"topic": m.Slot.THREAT})
    made = [
        ("capability", "The reload"),
        ("threat", "every search slow, because the whole file was read again each time"),
    ]
    parts, voice = read(pieces(*made), answer, ask)

    assert parts is None
    assert voice.tally.readings == 0


def test_a_short_answer_is_not_sent_at_all() -> None:
    parts, voice = read("{}", "Because it hurts.")

    assert parts is None
    assert voice.tally == Tally()


def test_a_citation_that_does_not_resolve_is_dropped_and_counted() -> None:
    _, voice = read(pieces(("strategy", KEEP), ("threat", "the vendor leaks everywhere")))

    assert (voice.tally.claims, voice.tally.dropped, voice.tally.places, voice.tally.failed) == (2, 1, 2, 1)


def judge(slot: m.Slot, text: str, *lines: str) -> tuple[m.Judgement | None, FakePerformer]:
    performer = FakePerformer(lines)
    voice = ModelVoice("openai/local", performer)
    found = voice.judge(slot, text)
    assert voice.judge(slot, text) is None
    return found, performer


def test_a_weakness_that_the_rules_let_pass_becomes_a_judgement_once() -> None:
    text = "Checkout stays testable on a train whatever the vendor does"
    found, performer = judge(m.Slot.CAPABILITY, text, pieces(("vague", "whatever the vendor does")))

    assert found == m.Judgement(slot=m.Slot.CAPABILITY, text=text, weakness=m.Weakness.VAGUE)
    assert len(performer.jobs) == 1


def test_what_the_rules_find_weak_already_needs_no_second_opinion() -> None:
    found, performer = judge(m.Slot.CAPABILITY, "Keep it simple and clean.")

    assert found is None
    assert performer.jobs == []


@pytest.mark.parametrize(
    "line",
    [
        pieces(),
        pieces(("mechanism", "Checkout is tested")),
        pieces(("vague", "words of nobody")),
        pieces(("no_cost", "without a network")),
    ],
)
def test_no_weakness_without_the_weak_words_and_none_that_would_move_them(line: str) -> None:
    assert judge(m.Slot.CAPABILITY, "Checkout is tested without a network", line)[0] is None


def test_after_an_outage_nothing_is_asked_until_the_next_interview() -> None:
    performer = FakePerformer([UnreachableError("Nothing answers."), json.dumps({"question": GOOD})])
    voice = ModelVoice("openai/local", performer)

    assert voice.phrase(QUESTION) is None
    assert not voice.is_active
    assert voice.read(ASK, ANSWER) is None
    assert (len(performer.jobs), voice.failure) == (1, "Nothing answers.")
    voice.begin()
    assert voice.phrase(QUESTION) == GOOD
    assert performer.renewed == 1


def test_a_wording_that_comes_too_late_is_forgiven_twice_and_an_answer_that_is_not_read_is_not() -> None:
    late = DeadlineError("No whole answer within 30 seconds.")
    slow = ModelVoice("openai/local", FakePerformer([late, late, json.dumps({"question": GOOD}), late]))

    assert [slow.phrase(QUESTION) for _ in range(3)] == [None, None, GOOD]
    assert slow.is_active
    assert (slow.phrase(QUESTION), slow.is_active) == (None, False)
    assert "30 seconds" in slow.failure

    stalled = ModelVoice("openai/local", FakePerformer([late]))
    assert stalled.read(ASK, ANSWER) is None
    assert not stalled.is_active


def test_an_answer_that_cannot_be_used_is_forgiven_twice() -> None:
    performer = FakePerformer([InvalidAnswerError("no JSON")] * 3)
    voice = ModelVoice("openai/local", performer)
    for left in (True, True, False):
        voice.phrase(QUESTION)
        assert voice.is_active is left


def test_whoever_does_not_wait_for_a_reading_does_not_wait_for_a_judgement_of_it_either() -> None:
    performer = FakePerformer([StoppedError("given up"), pieces(), pieces()])
    voice = ModelVoice("openai/local", performer)

    assert voice.read(ASK, ANSWER) is None
    assert voice.judge(m.Slot.STRATEGY, ANSWER) is None
    assert [job.name for job in performer.jobs] == ["read_answer"]
    voice.read(ASK, ANSWER)
    voice.judge(m.Slot.STRATEGY, ANSWER)
    assert [job.name for job in performer.jobs][1:] == ["read_answer", "judge_weakness"]


def test_whoever_does_not_wait_is_asked_again_next_time() -> None:
    performer = FakePerformer([StoppedError("given up"), json.dumps({"question": GOOD})])
    voice = ModelVoice("openai/local", performer)

    assert voice.phrase(QUESTION) is None
    voice.give_up()
    assert performer.gave_up == 1
    assert voice.phrase(QUESTION) == GOOD


@pytest.mark.parametrize(
    "call",
    [lambda voice: voice.phrase(QUESTION), lambda voice: voice.read(ASK, ANSWER)],
    ids=["phrase", "read"],
)
def test_without_leave_nothing_is_asked(call: Callable[[ModelVoice], object]) -> None:
    performer = FakePerformer([], is_open=False)

    assert call(ModelVoice("openai/local", performer)) is None
    assert performer.jobs == []
