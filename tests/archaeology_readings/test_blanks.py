"""A text on one line is what its words are with one blank between them, whatever stood there."""

from __future__ import annotations

import random

import pytest

from archaeology.readings.blanks import on_one_line

_TEXTS = 2000
_PIECES = (
    "the",
    "lock",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\x0b",
    "\x1c",
    "\x7f",
    "\xa0",
    "\u2003",
    "\u200b",
    "\x85",
    "é",
    ".",
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("the lock", "the lock"),
        (" the  lock ", "the lock"),
        ("the\n\tlock", "the lock"),
        ("the\xa0lock", "the lock"),
        ("the\x1clock\x7f", "the lock\x7f"),
    ],
)
def test_puts_a_text_on_one_line(text: str, line: str) -> None:
    assert on_one_line(text) == line


def test_is_the_same_as_to_cut_it_into_words_and_join_them() -> None:
    chance = random.Random(3)
    for _ in range(_TEXTS):
        text = "".join(chance.choices(_PIECES, k=6))
        assert on_one_line(text) == " ".join(text.split()), text
