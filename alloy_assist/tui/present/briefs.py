"""How a brief reads: as a row, and as what speaks for and against compiling it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content

from alloy_assist.tui.plain import Hanging, Paragraph, text
from store.runs import BriefRow, BriefState

if TYPE_CHECKING:
    from alloy_assist.briefs.findings import Finding
    from alloy_assist.operations.briefing import Verification

NEXT_STEPS = {
    BriefState.DRAFT: ("review", "offer it for review"),
    BriefState.REVIEWABLE: ("approve", "approve what you see"),
    BriefState.APPROVED: ("compile", "compile it and write the files"),
    BriefState.COMPILED: ("verify", "verify its bytes"),
}
_STATE_STYLES = {
    BriefState.DRAFT: ("○", "$text-muted"),
    BriefState.REVIEWABLE: ("◐", "$text-accent"),
    BriefState.APPROVED: ("●", "$text-accent"),
}
_RECORD_PREFIX = "alloy.intent."
_UNCHANGED = "unchanged"
_FEW = 4
_SHORT_DIGEST = len("sha256:") + 12
_SEVERITIES = {
    "block": ("✗ blocks", "$text-error"),
    "warn": ("! warning", "$text-warning"),
    "note": ("· note", "$text-muted"),
}


def row(item: BriefRow, width: int) -> tuple[Content, Content]:
    """Return the two lines of a brief in the list."""
    mark, style = _STATE_STYLES.get(item.state, ("✓", "$text-success"))
    first = text((mark, style), " ", (item.objective, "bold")).truncate(width, ellipsis=True)
    second = text(
        "  ",
        (item.state.value, style),
        "  ",
        (_count(len(chosen(item))), "$text-muted"),
        "  ",
        (item.updated_at[:16].replace("T", " "), "$text-muted"),
    )
    return first, second


def chosen(item: BriefRow) -> list[tuple[str, str]]:
    """Return the records of a brief, each with why it is in."""
    records = item.selection.get("records") or ()
    return [(str(entry.get("id", "")), str(entry.get("because", ""))) for entry in records if isinstance(entry, dict)]


def next_step(item: BriefRow) -> Content:
    """Return what Enter does with a brief."""
    action, words = NEXT_STEPS.get(item.state, ("", ""))
    return text(("Enter: ", "$text-accent bold"), words) if action else text((f"It is {item.state}.", "$text-muted"))


def overview(item: BriefRow, findings: tuple[Finding, ...], digest: str) -> Iterator[Paragraph]:
    """Return what a reviewer looks at first: the objective, why each record is in, what speaks against it."""
    yield text((item.objective, "bold"))
    yield text((item.state.value, "$text-accent bold"), ("  " + item.id, "$text-muted"))
    yield next_step(item)
    yield Content("")
    yield text(("In it, and why", "bold $text-primary"))
    for identity, because in chosen(item):
        name = identity.removeprefix(_RECORD_PREFIX)
        yield Hanging(text(("  · ", "$text-accent")), text((name, "bold")))
        yield Hanging(text("    "), text((because, "$text-muted")))
    yield Content("")
    yield from _findings(findings)
    yield from _approval(item.approval)
    if digest:
        yield text(
            ("Digest ", "$text-muted"),
            f"{digest[:_SHORT_DIGEST]}…",
            ("  the whole of it is what you approve", "$text-muted"),
        )
    for kind, value in item.artifacts.items():
        yield Hanging(text(f"  {value[:_SHORT_DIGEST]}…  "), text((_artifact(kind), "$text-accent")))


def position(names: list[str], at: int) -> Content:
    """Return which of several pages is shown, and which ones are beside it."""
    if len(names) == 1:
        return Content("")
    before, after = names[(at - 1) % len(names)], names[(at + 1) % len(names)]
    return text(
        (f"{at + 1}/{len(names)} ", "$text-accent bold"),
        (f"h « {before}  ", "$text-muted"),
        (f" {names[at]} ", "bold reverse"),
        (f"  {after} » l", "$text-muted"),
    )


def verification(found: Verification) -> Iterator[Paragraph]:
    """Return what was checked and what is wrong with it, the outcome first."""
    if found.ok:
        yield text(("Not a byte has changed since it was compiled.", "$text-success bold"))
        yield Content("")
    for problem in found.problems:
        yield Hanging(text(("✗ ", "$text-error bold")), text((problem, "$text-error")))
    for name in found.checked:
        yield Hanging(text(("✓ ", "$text-success bold")), text(name))


def exports_anything(actions: list[str]) -> bool:
    """Whether an export would change any file."""
    return any(action != _UNCHANGED for action in actions)


def export_plan(entries: list[tuple[str, str]]) -> str:
    """Return in a few lines what an export would do, ``entries`` being what is done to which path."""
    changed = [f"{action}  {path}" for action, path in entries if action != _UNCHANGED]
    left = [f"and {len(changed) - _FEW} more"] if len(changed) > _FEW else []
    same = len(entries) - len(changed)
    return "\n".join([*changed[:_FEW], *left, *([f"{same} are as they should be"] if same else [])])


def _artifact(kind: str) -> str:
    """What an artifact is called; evidence carries the id of what it is about after a colon."""
    name, _, about = kind.partition(":")
    return f"{name.replace('_', ' ')}{'  ' + about if about else ''}"


def _findings(findings: tuple[Finding, ...]) -> Iterator[Paragraph]:
    if not findings:
        return
    yield text(("To know before you approve", "bold $text-primary"))
    for finding in findings:
        word, style = _SEVERITIES[finding.severity]
        more = "  (blocks a run that changes the repository)" if finding.blocks_mutating else ""
        yield Hanging(text((f"  {word:<10} ", style)), text(finding.text, (more, "$text-muted")))
    yield Content("")


def _approval(approval: dict[str, Any] | None) -> Iterator[Paragraph]:
    if approval:
        mode = str(approval.get("mode", "")).replace("_", " ")
        yield text(
            ("Approved ", "bold $text-primary"),
            f"for {mode} by {approval.get('by', '')} at {str(approval.get('at', ''))[:16].replace('T', ' ')}",
        )
        yield Content("")


def _count(number: int) -> str:
    return "1 record" if number == 1 else f"{number} records"
