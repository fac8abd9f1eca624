"""Records as commands give them, and as people read them in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archaeology.text import visible, visible_line
from store.interviews import StoredAnswer
from store.records import Change, FacetName, IntentRecord, SourceCitation

if TYPE_CHECKING:
    from rich.console import Console

    from alloy_assist.cli.output import Session

_CITATIONS = 5


def answer(session: Session, record: IntentRecord) -> None:
    """Give a record: as JSON, or as people read it."""
    session.emit("alloy.intent.v1", {"record": record}, lambda out: show_record(out, record))


def show_list(out: Console, records: tuple[IntentRecord, ...]) -> None:
    """Print one line a record."""
    if not records:
        out.print("No record fits.")
    for record in records:
        out.print(f"{record.id}  {record.state}  {visible_line(record.title)}", soft_wrap=True)


def show_found(out: Console, records: tuple[IntentRecord, ...], answers: tuple[StoredAnswer, ...]) -> None:
    """Print what a search found: records, then answers with their questions."""
    if records or not answers:
        show_list(out, records)
    for answer in answers:
        out.print(f"interview {visible_line(answer.interview_id)}: {visible_line(answer.question)}", soft_wrap=True)
        out.print(f"    {visible_line(answer.answer) or answer.kind}", soft_wrap=True)


def show_record(out: Console, record: IntentRecord) -> None:
    """Print everything that a record says."""
    out.print(visible_line(record.title), style="bold")
    family = f" · {visible_line(record.family).replace('_', ' ')}" if record.family else ""
    out.print(f"{record.id} · version {record.version} · {record.state} · {record.severity}{family}")
    if record.superseded_by:
        out.print(f"superseded by {record.superseded_by}")
    for facet in FacetName:
        _show_facet(out, record, facet)
    for label, lines in (
        ("scope", record.scope),
        ("do not", record.forbidden_moves),
        ("watch for", record.threat_patterns),
        ("open question", record.open_questions),
        ("relation", tuple(f"{relation.kind} {relation.target} {relation.note}" for relation in record.relations)),
        ("seen at", tuple(map(_place, record.citations[:_CITATIONS]))),
    ):
        for line in dict.fromkeys(lines):
            out.print(f"  {label}: {visible_line(line)}")
    if len(record.citations) > _CITATIONS:
        out.print(f"  and {len(record.citations) - _CITATIONS} places more: `alloy intent show {record.id} --json`")


def show_history(out: Console, versions: tuple[tuple[Change, IntentRecord], ...]) -> None:
    """Print one line a version."""
    for change, record in versions:
        why = f": {visible(change.reason)}" if change.reason else ""
        who = f"{visible_line(change.actor.name)} ({change.actor.kind})"
        out.print(f"{change.version:>4}  {change.at}  {who}  {change.action} -> {record.state}{why}", soft_wrap=True)


def _show_facet(out: Console, record: IntentRecord, facet: FacetName) -> None:
    if facet is not FacetName.EVIDENCE:
        said = getattr(record.facets, facet)
        out.print(f"  {facet}: {visible(said) if said else '(nobody has said it yet)'}")
        return
    for item in record.facets.evidence:
        waiver = item.waiver
        why = f", waived by {visible_line(waiver.who)}: {visible_line(waiver.why)}" if waiver else ""
        out.print(f"  evidence: {visible(item.statement)} ({item.status}{why})")
    if not record.facets.evidence:
        out.print("  evidence: (nobody has said it yet)")


def _place(citation: SourceCitation) -> str:
    body = citation.body
    if citation.kind == "commit":
        return f"commit {str(body.get('commit', ''))[:12]}: {body.get('quote', '')}"
    if citation.kind == "interview":
        return f"interview: {body.get('quote') or body.get('answer') or ''}"
    return f"{body.get('path', '')}:{body.get('start_line', '')}"
