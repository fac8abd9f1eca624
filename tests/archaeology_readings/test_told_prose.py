"""Sentences of commit messages that can be shown: whole, in English, closed, and mostly words."""

from __future__ import annotations

import pytest

from archaeology.readings.told_prose import is_act, is_clean, is_prose
from archaeology.readings.told_words import LONGEST_END, WHOLE_END

WHOLE = "Hold the lock until both readers are done"


def test_a_whole_sentence_is_prose_and_says_what_was_done() -> None:
    assert is_prose(WHOLE)
    assert is_act(WHOLE)


@pytest.mark.parametrize(
    "end",
    "the a an of to for with and or by that is are be because since when if not i.e i.e. e.g e.g. BECAUSE , : ; ( [ / - \u2013 \u2014".split(),
)
def test_a_sentence_that_goes_on_somewhere_else_is_none(end: str) -> None:
    said = f"{WHOLE} {end}"
    found = WHOLE_END.search(said)
    assert found is not None
    assert len(said) - found.start() <= LONGEST_END
    assert not is_prose(said)


def test_a_word_that_only_ends_like_one_of_those_ends_a_sentence() -> None:
    assert is_prose(f"{WHOLE} with pizza")
    assert is_prose(f"{WHOLE} with magneto")


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        (WHOLE, True),
        ("h\u00e9 h\u00e9 h\u00e9 h\u00e9", False),
        ("a" * 74 + "1" * 26, True),
        ("a" * 73 + "1" * 27, False),
        (" " * 37 + "Z" * 37 + "\u0416" * 26, True),
        ("hold it (both", False),
        ("hold `it", False),
        ('hold "it', False),
        ("hold \ud800 it", True),
    ],
)
def test_three_quarters_are_letters_or_blanks_and_what_opens_is_closed(said: str, clean: bool) -> None:
    assert is_clean(said) is clean
