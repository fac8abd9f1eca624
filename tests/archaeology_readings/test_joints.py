"""Where a joint can begin is said before the expression for it: nothing that joins clauses is missed by that."""

from __future__ import annotations

from itertools import pairwise

from archaeology.readings import clauses
from archaeology.readings.caseless import Caseless
from bench.cautions import read_labelled
from fixtures.matches import matching

_MADE = 4000


def test_every_joint_is_found_where_it_was_found_without_that() -> None:
    source = clauses._JOINT.source
    assert source.startswith(clauses._BEGINS)
    usual = Caseless(source.removeprefix(clauses._BEGINS))
    made = list(matching(usual.source, _MADE))
    assert len(made) > _MADE // 2
    labelled = [item.text for split in ("train", "heldout") for item in read_labelled(split)]
    for said in (*made, *map(" ".join, pairwise(made)), *map("".join, pairwise(made)), *labelled):
        expected = [(match.lastgroup, match.regs) for match in usual.finditer(said)]
        assert [(match.lastgroup, match.regs) for match in clauses._JOINT.finditer(said)] == expected, said
