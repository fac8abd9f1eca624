"""Quotations and brackets are found by their first mark just where they are found by a look at every letter."""

from __future__ import annotations

import random

from archaeology.readings import clauses

_MADE = 4000
_PARTS = ("a", "don't", "`", '"', "'", " ", " ", "(", ")", "b c", "()", ".", "x=1", "#4")


def test_every_quotation_and_bracket_is_found_by_its_first_mark() -> None:
    chance = random.Random(9)
    for _ in range(_MADE):
        said = "".join(chance.choice(_PARTS) for _ in range(12))
        inside = [match["inside"] for match in clauses._brackets().finditer(said)]
        assert [match["inside"] for match in clauses._INSIDE.finditer(said)] == inside, said
        usual = clauses._QUOTED.sub(lambda match: "_" * len(match.group()), said)
        assert clauses._without_quotations(said) == usual, said
