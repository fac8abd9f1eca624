from __future__ import annotations

import pytest

from archaeology.detectors.topics import family_of
from archaeology.model import Family


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("Reuse the list to avoid an allocation for each item.", Family.PERFORMANCE_GUARD),
        ("Kept flat, so that it stays allocation-free.", Family.PERFORMANCE_GUARD),
        ("Do not copy it, which causes memory allocations.", Family.PERFORMANCE_GUARD),
        # What a scheduler hands out is no memory.
        ("We may update the allocation to be part of a new order.", Family.SCAR_TISSUE),
        ("Only the worker has the watcher of previous allocations.", Family.SCAR_TISSUE),
    ],
)
def test_an_allocation_is_about_speed_where_it_is_one_of_memory(said: str, family: Family) -> None:
    assert family_of(said) is family
