"""How a scan reads on a narrow page."""

from alloy_assist.tui.plain import flow
from alloy_assist.tui.present.scan import outcome
from alloy_assist.tui.scan_state import ScanState
from archaeology.model import Limit

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
