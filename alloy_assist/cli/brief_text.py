"""Briefs as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archaeology.text import visible, visible_line
from store.runs import BriefRow

if TYPE_CHECKING:
    from rich.console import Console

    from alloy_assist.operations.briefing import Compiled, PlannedFile, Preview


def print_rows(out: Console, rows: Sequence[BriefRow]) -> None:
    """Print one line a brief."""
    if not rows:
        out.print("There is no brief yet: `alloy brief create` makes one.")
    for row in rows:
        approval = f", approved for {row.approval['mode']} by {row.approval['by']}" if row.approval else ""
        out.print(f"{row.id}  {row.state}{visible_line(approval)}", soft_wrap=True)
        out.print(f"  {visible_line(row.slug)}: {visible_line(row.objective)}", soft_wrap=True)


def print_brief(out: Console, row: BriefRow, preview: Preview, document: str) -> None:
    """Print a document of a brief, and the digest that an approval binds to."""
    out.print(visible(preview.documents[document]), soft_wrap=True)
    out.print(f"{row.id} is {row.state}. Approving it binds to:", soft_wrap=True)
    out.print(preview.digest_shown, soft_wrap=True)


def print_plan(out: Console, plan: Sequence[PlannedFile]) -> None:
    """Print what an export does with each file."""
    for item in plan:
        out.print(f"{item.action:9} {visible(item.path.as_posix())}  ({visible_line(item.reason)})", soft_wrap=True)


def print_compiled(out: Console, done: Compiled) -> None:
    """Print what was pinned, what each gate said, and the files."""
    out.print(f"{visible_line(done.row.slug)} is compiled: {done.artifacts['formation_brief']}", soft_wrap=True)
    for seen in done.observations:
        out.print(
            f"  {seen['status']:8} gate {visible_line(seen['gate'])} ({seen['method'].replace('_', ' ')})",
            soft_wrap=True,
        )
    for path in done.files:
        out.print(f"  {visible(path.as_posix())}", soft_wrap=True)
