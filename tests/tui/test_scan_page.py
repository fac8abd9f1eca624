"""How a scan reads on a narrow page."""

import pytest

from alloy_assist.tui.plain import flow
from alloy_assist.tui.present.scan import outcome, stages
from alloy_assist.tui.scan_state import ScanState
from archaeology.model import Limit
from archaeology.progress import Progress

TRACED = "The life of import edges was traced through the newest 2709 commits."


def test_what_was_left_out_keeps_its_indent_where_it_wraps() -> None:
    limit = Limit(kind="import_history", detail=TRACED, paths=("src/one.py", "src/two.py"))
    rows = flow(outcome(ScanState(phase="done", limits=(limit, limit))), 40).plain.splitlines()
    said = [
        "  · The life of import edges was traced",
        "    through the newest 2709 commits.",
        "    (src/one.py, src/two.py)",
    ]
    assert rows[rows.index("Not everything could be known:") + 1 :] == [*said, *said]


@pytest.mark.parametrize("width", [74, 114, 194])
def test_each_stage_is_one_line_with_a_bar_where_there_is_room(width: int) -> None:
    state = ScanState(phase="running")
    for step in (
        Progress("history", 99_429, 99_429, "commits"),
        Progress("hypotheses", 30, 30, note="unchanged since the last scan"),
        Progress("import history", 11_634, 12_345, "old versions"),
    ):
        state = state.advanced(step, 1.0)
    rows = stages(state, 2.5, width).plain.splitlines()
    assert max(len(row) for row in rows) <= width
    at_work = [row for row in rows if not row.startswith("·")]
    assert [row[18:54].split("  ")[0] for row in at_work] == [
        "99,429 of 99,429 commits",
        "11,634 of 12,345 old versions",
        "unchanged since the last scan",
    ]
    assert {row[48:56] for row in at_work} == {"   0.0 s", "   1.5 s"}
    assert ["█" in row for row in at_work] == [False, width > 80, False]
