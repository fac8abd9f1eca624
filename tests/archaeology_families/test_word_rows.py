"""Words in a row are found where an expression finds them that lets anything but words stand between them."""

from __future__ import annotations

import random
import re

import pytest

from archaeology.detectors.word_rows import Place, any_run, row_in

_TEXTS = 4000


@pytest.mark.parametrize(
    ("words", "text", "place"),
    [
        ("keep the lock", "We keep\n    # the lock.", (3, 22)),
        ("keep the lock", "Upkeep the locksmith", (2, 15)),
        ("keep the lock", "keep thelock", None),
        ("keep the lock", "keep_ the lock", None),
        ("keep keep the", "keep keep keep the", (5, 18)),
        ("a a b", "a a a b", (2, 7)),
        ("é lock", "Olé — lock", (2, 10)),
        ("lock", "", None),
        ("", "lock", (0, 0)),
    ],
)
def test_where_words_stand_in_a_row(words: str, text: str, place: tuple[int, int] | None) -> None:
    assert row_in(words.split(), text) == (None if place is None else Place(*place))


def test_finds_what_an_expression_finds() -> None:
    chance = random.Random(11)
    seen = 0
    for _ in range(_TEXTS):
        text = "".join(chance.choice(("a", "ab", "ba", "b", "_", "é", "²", " ", "\n# ", "-", "  ")) for _ in range(30))
        words = re.findall(r"\w+", text)
        at = chance.randrange(len(words) or 1)
        run = words[at : at + chance.randint(1, 4)]
        run[:1] = [word[-2:] for word in run[:1]]
        other = chance.choice((text, text[::-1], text.replace(" ", "")))
        match = re.search(r"\W+".join(map(re.escape, run)), other)
        assert row_in(run, other) == (None if match is None else match.span()), (run, other)
        seen += match is not None
    assert _TEXTS // 4 < seen < _TEXTS


def test_of_many_words_the_first_the_middle_and_the_last_are_looked_for() -> None:
    said = "one two three four five six seven eight nine ten eleven twelve".split()
    assert any_run(said).runs == (tuple(said[:6]), tuple(said[3:9]), tuple(said[6:]))
    assert any_run(said[:8]).runs == (tuple(said[:8]),)
    assert any_run(said).are_in("before: seven, eight, nine, ten, eleven, twelve")
    assert any_run(said).first("x six seven eight nine four five six seven eight nine") == Place(23, 53)
    assert any_run(said).first("one two three four five") is None
