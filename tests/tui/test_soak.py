"""Random keys, clicks and sizes; `python -m bench.tui soak` does ten thousand."""

import gc
import random
from pathlib import Path

import pytest
from textual.dom import DOMNode

from bench.tui import disturb, unending
from fixtures.pictures import prepare

_EVENTS = 200
_WARM = 80
# Screens that were not open yet, and a dialog; what was kept for every key was ten times that.
_NEW_SCREENS = 250


@pytest.mark.timeout(600)  # 5 s of CPU; a busy machine may take long over it
async def test_random_keys_clicks_and_sizes_cause_no_fault_and_leave_nothing_behind(
    told_checkout: Path, tmp_path: Path
) -> None:
    chance = random.Random(20260105)
    app = unending(prepare(told_checkout, tmp_path / "alloy.db"))
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(_WARM):
            await disturb(pilot, chance)
        before = _nodes()
        for _ in range(_EVENTS - _WARM):
            await disturb(pilot, chance)
        grown = _nodes() - before
        assert app.is_running
    assert app.unforeseen == []
    assert grown < _NEW_SCREENS


def _nodes() -> int:
    """How many widgets and screens there are in memory, on the screen or not."""
    gc.collect()
    return sum(isinstance(thing, DOMNode) for thing in gc.get_objects())
