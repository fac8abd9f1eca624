"""The group of brief commands, and how any of them shows a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alloy_assist.cli import output
from alloy_assist.cli.brief_text import print_rows
from alloy_assist.cli.output import Session
from archaeology.text import visible_line
from store.runs import BriefRow

if TYPE_CHECKING:
    from alloy_assist.operations.briefing import Preview

BRIEF_OUTPUT = "alloy.brief.v1"
group = output.group("brief", help="Compile records into Formation Briefs: create, review, approve, compile, verify.")


def emit_brief(session: Session, row: BriefRow, preview: Preview | None) -> None:
    """Give a brief and, with a preview, what speaks against it."""

    def show(out: Any) -> None:
        print_rows(out, (row,))
        for finding in preview.findings if preview else ():
            out.print(f"  {finding.severity}: {visible_line(finding.text)}", soft_wrap=True)

    session.emit(BRIEF_OUTPUT, payload_of(row, preview), show)


def payload_of(row: BriefRow, preview: Preview | None) -> dict[str, Any]:
    """Return a brief as the commands give it with ``--json``."""
    payload: dict[str, Any] = {"brief": row}
    if preview is not None:
        findings = [
            {
                "key": item.key,
                "severity": item.severity,
                "text": item.text,
                "records": item.records,
                "blocks_mutating": item.blocks_mutating,
            }
            for item in preview.findings
        ]
        payload |= {"digest_shown": preview.digest_shown, "findings": findings}
    return payload
