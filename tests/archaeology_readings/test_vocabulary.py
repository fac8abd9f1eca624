"""Words that are looked up are found where an expression would find them, and nowhere else."""

from __future__ import annotations

import random
import re

import pytest

from archaeology.boundaries import texts
from archaeology.detectors import gravity, narration, topics, warning_words
from archaeology.readings import decision_words, harm_words, rules, told_stories, told_words
from archaeology.readings.vocabulary import Vocabulary
from fixtures.matches import matching

_MADE = 1000
_ENDS = ("", "", "s", "ing", "x", "_y", "n't", "n’t", "-", ".")
_BETWEEN = (" ", " ", " ", "\n", "-", ", ", " the ", " to ", "_")
_SMALL = Vocabulary(
    "lost leak* *mock*", phrases=r"\b(?:out of (?:order|sync)|fails?(?= to\b)|n\+1)\b", of="order sync fail* n"
)

_MODULES = (texts, gravity, narration, warning_words, decision_words, harm_words, rules, told_stories, told_words)
VOCABULARIES = {
    **{
        f"{module.__name__.rpartition('.')[2]}.{name}": made
        for module in _MODULES
        for name, made in vars(module).items()
        if isinstance(made, Vocabulary)
    },
    **{f"topics.{family.value}": made for family, made in topics._ABOUT if isinstance(made, Vocabulary)},
    "small": _SMALL,
}


@pytest.mark.parametrize("name", sorted(VOCABULARIES))
def test_texts_made_from_a_vocabulary_are_found_by_it(name: str) -> None:
    vocabulary = VOCABULARIES[name]
    expression = re.compile(vocabulary.source, re.IGNORECASE)
    for said in matching(vocabulary.source, _MADE):
        assert vocabulary.is_in(said), said
        quoted = f"(«{said.upper()}»)"
        assert vocabulary.is_in(quoted) == (expression.search(quoted) is not None), said


@pytest.mark.parametrize("name", sorted(VOCABULARIES))
def test_any_words_are_found_just_where_the_expression_finds_them(name: str) -> None:
    vocabulary = VOCABULARIES[name]
    expression = re.compile(vocabulary.source, re.IGNORECASE)
    chance = random.Random(7)
    known = re.findall(r"\w+", vocabulary.source)
    found = 0
    for _ in range(_MADE):
        parts = [chance.choice(known) + chance.choice(_ENDS) + chance.choice(_BETWEEN) for _ in range(3)]
        said = "".join(parts)
        expected = expression.search(said) is not None
        found += expected
        assert vocabulary.is_in(said) == expected, said
    assert 0 < found < _MADE


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("it is LOST", True),
        ("lost_and_found", False),
        ("lostness", False),
        ("leaking", True),
        ("unleaking", False),
        ("unmocked", True),
        ("out of order", True),
        ("out of  order", False),
        ("an order", False),
        ("fails to start", True),
        ("fails totally", False),
        ("an n+1 query", True),
        ("élost", False),
        ("—lost—", True),
        ("lo\u017ft", True),  # a long s is an s, whatever the case
        ("lo\u017ften", False),
        ("", False),
        ("\0\x1flost\x7f", True),
    ],
)
def test_a_word_is_a_word_and_a_beginning_begins_one(said: str, expected: bool) -> None:
    assert _SMALL.is_in(said) is expected
    assert (re.search(_SMALL.source, said, re.IGNORECASE) is not None) is expected


def test_a_vocabulary_without_phrases_knows_its_words_only() -> None:
    plain = Vocabulary("one two*")
    assert plain.is_in("One, then")
    assert plain.is_in("twofold")
    assert not plain.is_in("onefold three")
