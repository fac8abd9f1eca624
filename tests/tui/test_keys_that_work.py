"""The foot of a screen names keys that do something where one is, and no others."""

from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.tui.widgets.key_bar import KeyBar

Drive = Any
WIDE = (200, 40)


def named(driver: Any) -> str:
    """What the foot of the screen at hand names."""
    return str(driver.app.screen.query_one(KeyBar).render().plain)


@pytest.mark.parametrize(
    ("letter", "area", "works", "needs_one"),
    [
        ("h", "hypotheses", ("/ Search", "f Filter"), ("i Interview", "y Confirm", "n Next citation", "e Editor")),
        ("r", "records", ("/ Search",), ("⏎ Choose", "s State", "i Interview", "w Evidence")),
        ("b", "briefs", ("n New",), ("⏎ Choose", "a Approve", "c Compile", "x Export", "l Next page")),
    ],
)
async def test_what_is_done_with_one_is_named_only_where_there_is_one(  # noqa: PLR0917
    project: Project, drive: Drive, letter: str, area: str, works: tuple[str, ...], needs_one: tuple[str, ...]
) -> None:
    async with drive(project, WIDE) as driver:
        await driver.go(letter, area)
        foot = named(driver)
        assert all(key in foot for key in works)
        assert not [key for key in needs_one if key in foot]


async def test_with_hypotheses_on_the_list_their_keys_are_named(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, WIDE) as driver:
        await driver.go("h", "hypotheses")
        await driver.until(lambda: "i Interview  y Confirm  x Reject" in named(driver))
        await driver.press("slash")
        await driver.write("zzz")
        await driver.sees("None matches")
        await driver.press("enter")
        assert "y Confirm" not in named(driver)
        await driver.press("escape")
        await driver.until(lambda: "y Confirm" in named(driver))


async def test_a_search_line_names_its_own_keys(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, WIDE) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("slash")
        assert named(driver) == "⏎ To the list  esc Close  f1 Help"
        await driver.press("escape")
        assert driver.app.current_mode == "hypotheses"
        assert "/ Search" in named(driver)


async def test_a_line_to_write_on_names_its_enter(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, WIDE) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("x")
        await driver.sees("Why is this not so?")
        assert named(driver) == "⏎ Keep  esc Back"


async def test_why_a_list_is_empty_is_said_to_the_end(project: Project, drive: Drive) -> None:
    async with drive(project, (60, 20)) as driver:
        await driver.go("l", "log")
        await driver.press("m")
        await driver.sees("Nothing: no model is chosen,", "leaves this machine.")
