"""From the start to an exported brief, by keyboard only, in fewer than forty key presses beyond the typed text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fixtures import build_checkout
from fixtures.screens import open_example

Drive = Callable[..., Any]
_GOAL = 40


async def test_a_brief_is_exported_in_fewer_than_forty_key_presses(tmp_path: Path, drive: Drive) -> None:
    project = open_example(build_checkout(tmp_path / "checkout"))
    pressed: list[str] = []
    async with drive(project, (80, 24)) as driver:

        async def press(key: str, *then: str) -> None:
            pressed.append(key)
            await driver.press(key)
            await driver.sees_any(*then)

        await press("enter", "4 hypotheses")
        await press("enter", "4 of 4")
        await press("i", "question 1")
        for number in range(2, 9):
            await press("1", "[x]", f"question {number}", "Read aloud")
            if "[x]" in driver.text:
                await press("enter", f"question {number}", "Read aloud")
            if "Read aloud" in driver.text:
                break
        await press("a", "Accepted.")
        await press("enter", "✓ accepted")
        await press("n", "What is the run to achieve?")
        await driver.write("Add Klarna as a second vendor")
        await press("enter", "Which records?")
        await press("enter", "draft")
        await press("enter", "reviewable")
        await press("enter", "Approve for which mode?")
        await press("1", "approved")
        await press("enter", "compiled")
        await press("enter", "Verified")
    assert len(pressed) < _GOAL, pressed
    assert list((project.root / ".alloy" / "briefs").glob("*.json"))
