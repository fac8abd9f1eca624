"""Random keys, clicks and sizes; `python -m bench.tui soak` does ten thousand."""

import random
from pathlib import Path

from alloy_assist.tui.app import AlloyApp
from bench.tui import KEYS
from fixtures.pictures import prepare


async def test_random_keys_clicks_and_sizes_cause_no_fault(told_checkout: Path, tmp_path: Path) -> None:
    chance = random.Random(20260105)
    app = AlloyApp(prepare(told_checkout, tmp_path / "alloy.db"))
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(30):
            draw = chance.random()
            if draw < 0.06:
                await pilot.resize_terminal(chance.randint(20, 200), chance.randint(8, 60))
            elif draw < 0.1:
                await pilot.click(offset=(chance.randrange(app.size.width), chance.randrange(app.size.height)))
            else:
                await pilot.press(*chance.choices(KEYS, k=3))
        assert app.is_running
    assert app.unforeseen == []
