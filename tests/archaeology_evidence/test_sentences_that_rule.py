"""Where a sentence ends, whether it rules, and with what force."""

from __future__ import annotations

import pytest

from archaeology.documents.blocks import Block
from archaeology.documents.force import force_of, is_noise
from archaeology.documents.sentences import sentences_of


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("The domain must not import frameworks.", "must_not"),
        ("Never mock what we do not own.", "must_not"),
        ("Please do not add dependencies.", "must_not"),
        ("Global state is forbidden in the core.", "must_not"),
        ("Handlers must translate every error.", "must"),
        ("Only the adapter may import the vendor's SDK.", "must"),
        ("No module outside `db` may open a session.", "must"),
        ("Adapters should not know each other.", "should_not"),
        ("Avoid global state in the core.", "should_not"),
        ("Modules should stay under 250 lines.", "should"),
        ("Prefer composition to inheritance.", "prefer"),
        ("Use dataclasses rather than dictionaries.", "prefer"),
        ("Errors share a root so that the web layer can translate them.", "because"),
        ("We use cents because floats lose them.", "because"),
        ("Most frameworks do not need an application object.", None),
        ("The file is read line by line.", None),
        ("It would never work on Windows.", None),
    ],
)
def test_the_force_of_a_sentence(sentence: str, force: str | None) -> None:
    assert force_of(sentence) == force


@pytest.mark.parametrize(
    "sentence",
    [
        "You must install Python 3.11 first.",
        "You need to have Docker running and must log in first.",
        "To run the tests you must set up a database.",
        "You should now see the login page.",
        "Please don't hesitate to open an issue.",
        "You must sign the CLA before we can merge.",
        "The authors shall not be liable for any damages.",
        "Why should I use this library?",
        "Never do.",
        "Everybody must be respectful and kind to each other.",
        "Make sure you have Node 18, which is required.",
    ],
)
def test_what_only_sounds_like_a_rule(sentence: str) -> None:
    assert is_noise(sentence)


@pytest.mark.parametrize(
    "sentence", ["Users must never see a stack trace.", "You must not import `web` from `domain`."]
)
def test_what_is_a_rule_although_it_speaks_to_somebody(sentence: str) -> None:
    assert not is_noise(sentence)


def test_sentences_end_where_they_end() -> None:
    block = Block(
        "", 10, "Use ports, e.g. `Orders`. They\nare small. See v1.2 for more! Why? Because (see D. Knuth) it helps."
    )
    assert [(sentence.text, sentence.start_line, sentence.end_line) for sentence in sentences_of(block)] == [
        ("Use ports, e.g. `Orders`.", 10, 10),
        ("They are small.", 10, 11),
        ("See v1.2 for more!", 11, 11),
        ("Why?", 11, 11),
        ("Because (see D. Knuth) it helps.", 11, 11),
    ]
