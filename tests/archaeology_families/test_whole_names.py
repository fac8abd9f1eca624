"""A name is found in a text where it is one of the names that are taken out of it."""

from __future__ import annotations

import random

import pytest

from archaeology.detectors.whole_names import is_named, names_in

_TEXTS = 4000


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("open_box(lid)", True),
        ("reopen_box(lid)", False),
        ("open_boxes, open_box", True),
        ("7open_box", True),
        ("é7open_box", True),
        ("x7open_box", False),
        ("open_box7", False),
        ("", False),
    ],
)
def test_a_name_is_whole(text: str, *, named: bool) -> None:
    assert is_named("open_box", text) is named


def test_finds_what_is_taken_out() -> None:
    chance = random.Random(7)
    seen = 0
    for _ in range(_TEXTS):
        text = "".join(chance.choice(("ab", "b", "_", "é", "7", "²", " ", ".", "cab")) for _ in range(24))
        own = names_in(text)
        for name in own | {name[1:] for name in own if name[1:] and (name[1].isascii() and name[1].isalpha())}:
            if len(name) > 3:
                seen += name not in own
                assert is_named(name, text) is (name in own), (name, text)
    assert seen > _TEXTS
