"""The line that names the keys: what fits stands there, and it says so where not all of them do."""

from typing import Any

from alloy_assist.bootstrap import Project
from alloy_assist.tui.widgets.key_bar import KeyBar, Label, place

_LABELS = (Label("i", "Interview", "i"), Label("y", "Confirm", "y"), Label("?", "Help", "question_mark", explains=True))


def _shown(width: int) -> tuple[list[tuple[int, str]], int | None]:
    placed, mark = place(_LABELS, width)
    return [(item.column, item.label.words) for item in placed], mark


def test_all_keys_are_named_in_their_order_where_there_is_room() -> None:
    assert _shown(30) == ([(0, "Interview"), (13, "Confirm"), (24, "Help")], None)


def test_what_does_not_fit_is_left_out_after_a_mark_and_help_stays() -> None:
    assert _shown(29) == ([(0, "Interview"), (16, "Help")], 13)
    assert _shown(10) == ([(3, "Help")], 0)


async def test_no_label_is_cut_at_any_width(scanned: Project, drive: Any) -> None:
    for width in (60, 80, 120, 200):
        async with drive(scanned, (width, 24)) as driver:
            await driver.go("h", "hypotheses")
            bar = driver.app.screen.query_one(KeyBar)
            drawn = bar.render().plain
            assert len(drawn) <= width
            assert drawn.startswith("i Interview  y Confirm")
            assert drawn.endswith("? Help" if width < 120 else "q Quit")


async def test_a_click_on_a_label_presses_its_key(scanned: Project, drive: Any) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        column = driver.app.screen.query_one(KeyBar).render().plain.index("? Help")
        assert await driver.pilot.click(KeyBar, offset=(column, 0))
        await driver.sees("Keys here")
