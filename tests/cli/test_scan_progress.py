"""What a person sees of a scan: one stage at a time, a clock that runs, and nothing that only looks finished."""

from __future__ import annotations

import io
import re

from rich.console import Console

from alloy_assist.cli.scan_progress import shown_progress
from archaeology.progress import Progress

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def last_line(*steps: Progress) -> str:
    """What stands on an 80-column terminal after these steps."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, color_system=None, legacy_windows=False)
    with shown_progress(console, lambda _: None) as show:
        for step in steps:
            show(step)
        # Leaving draws the line a last time before it is taken away.
    lines = [_ESCAPE.sub("", line).strip() for line in re.split(r"[\r\n]+", screen.getvalue())]
    return next(line for line in reversed(lines) if line)


def test_elsewhere_each_stage_is_one_line() -> None:
    lines: list[str] = []
    with shown_progress(Console(file=io.StringIO(), force_terminal=False), lines.append) as show:
        for step in (Progress("parse", 0, 3), Progress("parse", 3, 3), Progress("tests", 0), Progress("parse", 1)):
            show(step)
    assert lines == ["scan: parse", "scan: tests"]


def test_amounts_are_told_with_their_unit_and_the_time() -> None:
    line = last_line(Progress("import history", 1500, 5739, "old versions"))
    assert "import history" in line
    assert "1,500 of 5,739 old versions" in line
    assert line.endswith("0:00:00")
    assert len(line) <= 80


def test_a_stage_without_a_total_does_not_inherit_the_full_bar_of_the_one_before() -> None:
    assert "3 of 3 files" in last_line(Progress("parse", 3, 3, "files"))
    after = last_line(Progress("parse", 3, 3, "files"), Progress("imports", 0))
    assert "imports" in after
    assert "files" not in after


def test_control_characters_in_a_note_are_made_visible() -> None:
    assert "\\x1b" in last_line(Progress("parse", 0, note="odd \x1b name")).replace("\N{SYMBOL FOR ESCAPE}", "\\x1b")
