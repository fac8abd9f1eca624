"""What would go wrong is found where an expression finds it that would be dear to make."""

from __future__ import annotations

import random
import re

import pytest

from archaeology.readings.harm_words import THREAT, threatens
from archaeology.readings.harms import is_harm
from fixtures.matches import matching

_MADE = 2000
_WORDS = ("would", "could", "they'd", "it’ll", "can", "be", "lost", "too", "time", "out", "end", "up", "a_b", "not", "é", "will,", "Fail", "breaks", "-")  # fmt: skip


def test_texts_made_from_the_expression_are_found() -> None:
    for said in matching(THREAT, _MADE):
        assert threatens(said), said
        assert is_harm(said.upper()), said


def test_any_words_are_found_just_where_the_expression_finds_them() -> None:
    expression, chance = re.compile(THREAT, re.IGNORECASE), random.Random(11)
    found = 0
    for _ in range(_MADE):
        said = "".join(chance.choice(_WORDS) + chance.choice(("  ", " ", " ", " ", " ", "\n")) for _ in range(8))
        expected = expression.search(said) is not None
        found += expected
        assert threatens(said) == expected, said
    assert _MADE // 20 < found < _MADE


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("it would break", True),
        ("it would not really break", True),
        ("it would not really ever break", False),
        ("it would be be lost", True),
        ("it would be x be lost", True),
        ("it would be so very lost", False),
        ("it would be not lost", True),
        ("it would, break", False),
        ("wouldbreak", False),
        ("it wou\u017fd break", False),
        ("it would lo\u017fe it", True),  # a long s is an s, whatever the case
        ("they’d hang", True),
        ("’d hang", False),
        ("it could", False),
        ("", False),
    ],
)
def test_at_most_two_words_stand_between(said: str, expected: bool) -> None:
    assert threatens(said) is expected
