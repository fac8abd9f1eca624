"""What points outside of a phrase is found where the expressions find it that would be dear to make."""

from __future__ import annotations

import random
import re

import pytest

from archaeology.readings.words import POINTING, POINTING_OBJECT, SUBJECTLESS, dangling, lacks_subject
from fixtures.matches import matching

_MADE = 1500
_WORDS = (
    "this", "that", "these", "it", "the", "doing", "so", "do", "of", "use", "above", "other", "one", "here", "locks", "class", "is",
    "as", "é", "a_b", "it's", "this’", "(do", "it,", "That", "lock",
)  # fmt: skip
_SOUGHT = re.compile(POINTING.source, re.IGNORECASE), re.compile(POINTING_OBJECT.source, re.IGNORECASE)


def _expected(said: str) -> bool:
    return _SOUGHT[0].match(said.strip()) is not None or _SOUGHT[1].search(said) is not None


@pytest.mark.parametrize("source", [POINTING.source, POINTING_OBJECT.source], ids=["pointing", "pointing object"])
def test_texts_made_from_the_expressions_are_found(source: str) -> None:
    made = list(matching(source, _MADE))
    assert sum(map(_expected, made)) > len(made) // 2
    for said in made:
        for one in (said, said.upper(), f" {said}\n", said[1:], f"{said}s", f"x {said}.", said.replace(" ", "  ")):
            assert dangling(one) == _expected(one), one


def test_any_words_are_found_just_where_the_expressions_find_them() -> None:
    chance = random.Random(13)
    found = 0
    for _ in range(_MADE):
        said = "".join(chance.choice(_WORDS) + chance.choice((" ", " ", " ", "  ", "\n", ". ")) for _ in range(4))
        found += _expected(said)
        assert dangling(said) == _expected(said), said
    assert _MADE // 20 < found < _MADE


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("this would break", True),
        ("this lock is held", False),
        ("this class is held", False),
        ("these", True),
        ("this!", True),
        ("that’s so", True),
        ("thi\u017f would break", True),  # a long s is an s, whatever the case
        ("do not do that here", True),
        ("do not do that lock", False),
        ("undo it here", False),
        ("doing  so", False),
        ("", False),
    ],
)
def test_says_whether_a_phrase_stands_by_itself(said: str, expected: bool) -> None:
    assert dangling(said) is expected


def test_a_phrase_lacks_its_subject_just_where_the_expression_says_so() -> None:
    expression, chance = re.compile(SUBJECTLESS.source, re.IGNORECASE), random.Random(17)
    words = (
        "must",
        "Has",
        "has",
        "to",
        "needs",
        "be",
        "can't",
        "is",
        "are,",
        "was-",
        "isn",
        "musty",
        "a_b",
        "é",
        "can\u017f",
        "i\u017f",
        "",
    )
    found = 0
    for _ in range(_MADE):
        said = "".join(chance.choice(words) + chance.choice((" ", " ", " ", "  ", "\n", "")) for _ in range(3))
        expected = expression.match(said) is not None
        found += expected
        assert lacks_subject(said) == expected, said
    assert _MADE // 20 < found < _MADE
