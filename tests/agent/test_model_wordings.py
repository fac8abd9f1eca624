"""A model words a question: heard as it comes, and used only where it asks the same of the same things."""

import json

import pytest

from alloy_assist.operations.model_voice import Activity, ModelVoice
from fixtures.voices import GOOD, QUESTION, FakePerformer


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
