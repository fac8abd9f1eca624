"""What the model may do in an interview: file a person's own words, add a question about a weak spot, word what is asked; no more."""

import json
from collections.abc import Callable, Sequence

import pytest

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.elicitation import model as m
from alloy_assist.llm.errors import DeadlineError, InvalidAnswerError, ModelError, StoppedError, UnreachableError
from alloy_assist.llm.gateway import OnText
from alloy_assist.llm.ledger import Spent
from alloy_assist.operations.model_voice import Activity, ModelVoice, Tally

ANSWER = "We keep the vendor behind one port so that checkout is tested without a network, and we accept one more file to read."
ASK = m.Ask(id="strategy", mode=m.Mode.WHY, topic=m.Slot.STRATEGY)
KEEP = "We keep the vendor behind one port"
TRAIN = "checkout is tested without a network"
COST = "one more file to read"
QUESTION = m.Question(
    id="capability",
    topic=m.Slot.CAPABILITY,
    text="It looks as if somebody meant this: `shop/checkout.py` never imports `stripe`. What does it buy you?",
    why="`stripe` is imported by `shop/gateways/stripe.py` alone.",
)
GOOD = "What does it buy you that `shop/checkout.py` never imports `stripe`?"


class FakePerformer:
    """Says its lines in turn, piece by piece; an error among them is raised."""

    def __init__(self, lines: Sequence[str | ModelError], *, is_open: bool = True) -> None:
        self.is_open = is_open
        self.spent = Spent()
        self.jobs: list[Job] = []
        self.renewed = 0
        self.gave_up = 0
        self._lines = list(lines)

    def renew(self) -> None:
        self.renewed += 1

    def give_up(self) -> None:
        self.gave_up += 1

    def perform(self, job: Job, on_text: OnText) -> Said:
        self.jobs.append(job)
        line = self._lines.pop(0)
        if isinstance(line, ModelError):
            raise line
        for start in range(0, len(line), 7):
            on_text(line[start : start + 7])
        return job.answer.model_validate_json(line)


def pieces(*made: tuple[str, str]) -> str:
    return json.dumps({"pieces": [{"slot": slot, "words": words} for slot, words in made]})


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


def test_a_wording_is_heard_as_it_comes_and_only_while_it_may_be_shown() -> None:
    heard: list[Activity | None] = []
    voice = ModelVoice("openai/local", FakePerformer([json.dumps({"question": GOOD})] * 2))
    voice.on_activity = heard.append

    assert voice.phrase(QUESTION) == GOOD
    texts = [item.text for item in heard if item]
    assert heard[0] == Activity("wording")
    assert heard[-1] is None
    assert len(texts) > 4
    assert all(GOOD.startswith(text) for text in texts)


@pytest.mark.parametrize(
    "said",
    [
        "Send everything to https://collector.example.com/in, will you?",
        "What does `../outside.txt` buy you?",
        "[@click=app.quit]What does `stripe` buy you?[/]",
    ],
)
def test_what_may_not_be_shown_is_not_shown_in_part(said: str) -> None:
    heard: list[Activity | None] = []
    voice = ModelVoice("openai/local", FakePerformer([json.dumps({"question": said})]))
    voice.on_activity = heard.append

    assert voice.phrase(QUESTION) is None
    assert not any("collector" in item.text or "outside" in item.text or "click" in item.text for item in heard if item)


@pytest.mark.parametrize(
    ("said", "usable"),
    [
        (GOOD, True),
        (GOOD + " And what else?", True),
        ("Why does `shop/checkout.py` never import `stripe`?", False),
        ("What does `shop/gateways/stripe.py` do?", False),
        ("What is the purpose of this codebase?", False),
    ],
)
def test_a_wording_asks_the_same_of_the_same_things(said: str, *, usable: bool) -> None:
    voice = ModelVoice("openai/local", FakePerformer([json.dumps({"question": said})]))

    assert voice.phrase(QUESTION) == (GOOD if usable else None)
    assert (voice.tally.wordings, voice.tally.unusable) == ((1, 0) if usable else (0, 1))


# What a small real model made of questions, with the plain question and whether the wording asks the same. The first was shown once.
SEEN = [
    (
        "Who would notice if `WriteBox.keypress` ignored this, and what could they no longer do or rely on?",
        "If `WriteBox.keypress` were ignored from `ui_tools/boxes.py` tomorrow, what would you miss?",
        False,
    ),
    (
        "What is coming that will put this to the test in `_transports`?",
        "What is the purpose of the `_transports` module?",
        False,
    ),
    ("What do you pay for this in `_client.py`?", "What is the payment method used in the `_client.py` file?", False),
    (
        "That is how things are. What is going to change around `algo.go`, so that it will matter?",
        "What changes are needed to make the ranking algorithm in `algo.go` matter?",
        False,
    ),
    (
        "What does `_transports` not knowing `_api` and `_client` buy you: tests without them, a release of its own?",
        "If `_transports` were gone from `_client.py` tomorrow, what would you miss?",
        False,
    ),
    ("How would `util` lose that in a hurried change?", "If `util` were gone tomorrow, what would you miss?", False),
    ("Is `_api` replaceable, the only way in, or simply the newest part?", "What is the purpose of `_api`?", False),
    (
        "What does `_transports` not knowing `_api` and `_client` buy you: tests without them, a release of its own?",
        "What does `_transports` not knowing `_api`, and `_client` buy you?",
        True,
    ),
    (
        "Commit a586f15 wrote this: what change to `WriteBox.keypress` would bring the trouble back?",
        "What change to `WriteBox.keypress` would bring the trouble back?",
        True,
    ),
    (
        "What do you pay for this in `src/util/`? A rule that costs nothing would need no record.",
        "What is the cost of the rule in `src/util/`?",
        True,
    ),
    (
        "Is `_api` replaceable, the only way in, or simply the newest part?",
        "Is `_api` simply the newest part, the only way in, or replaceable?",
        True,
    ),
    (
        "How would `util` lose that in a hurried change?",
        "When somebody is in a hurry, how would `util` lose that?",
        True,
    ),
]


@pytest.mark.parametrize(("plain", "said", "usable"), SEEN)
def test_wordings_that_were_seen_are_told_apart(plain: str, said: str, *, usable: bool) -> None:
    question = QUESTION.model_copy(update={"text": plain, "why": "`ui_tools/boxes.py` and `_client.py` say so."})
    voice = ModelVoice("openai/local", FakePerformer([json.dumps({"question": said})]))

    assert voice.phrase(question) == (said if usable else None)
    assert (voice.tally.wordings, voice.tally.unusable) == ((1, 0) if usable else (0, 1))


@pytest.mark.parametrize(
    "said",
    [
        "What does it buy you that `shop/checkout.py` … `stripe`?",
        "What does it buy you that `shop/checkout.py never imports `stripe`?",
        "What does it buy you that `shop/checkout.py` = never `stripe`?",
        "What does it it buy you that `shop/checkout.py` never imports `stripe`?",
        "`shop/checkout.py` never imports `stripe`, what buys it?",
        "What buys `stripe`?",
        f"What does it buy you, {'and you, ' * 20} that `shop/checkout.py` never imports `stripe`?",
        "What does it buy you, and what does it cost, that `shop/checkout.py` never imports `stripe`?",
    ],
)
def test_what_is_no_question_of_the_same_kind_is_left_out(said: str) -> None:
    voice = ModelVoice("openai/local", FakePerformer([json.dumps({"question": said})]))

    assert voice.phrase(QUESTION) is None
    assert voice.tally.unusable == 1


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
