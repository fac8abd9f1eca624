"""``alloy brief``: from records to an immutable package for one run."""

from __future__ import annotations

from typing import Any, Literal

import click

from alloy_assist.cli import brief_changes
from alloy_assist.cli.brief_group import BRIEF_OUTPUT, emit_brief, group, payload_of
from alloy_assist.cli.brief_text import print_brief, print_compiled, print_plan, print_rows
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import NotSoError, RefusedError, UsageError
from archaeology.text import visible_line
from store.runs import BriefState

_Mode = Literal["dry_run", "mutating"]


@common(
    group,
    "candidates",
    example='alloy brief candidates "Take payments through another provider" --path src/payments/',
)
@click.argument("objective")
@click.option(
    "--path", "paths", multiple=True, metavar="PATH", help="A path or module that the work touches; repeatable."
)
def candidates(session: Session, objective: str, paths: tuple[str, ...]) -> None:
    """List the records that could go into a brief for OBJECTIVE, each with its reason."""
    found = session.project.briefing.candidates(objective, paths)
    payload = [
        {"id": each.record.id, "title": each.record.title, "reason": each.reason, "suggested": each.suggested}
        for each in found
    ]

    def show(out: Any) -> None:
        for each in payload:
            mark = "*" if each["suggested"] else " "
            out.print(f"{mark} {each['id']}  {visible_line(str(each['title']))}", soft_wrap=True)
            out.print(f"    {visible_line(str(each['reason']))}", soft_wrap=True)

    session.emit("alloy.brief_candidates.v1", {"candidates": payload}, show)


@common(
    group,
    "create",
    example='alloy brief create --objective "Take payments through another provider" --record payment-provider-gateway\n'
    'alloy brief create --objective "Split the worker" --path src/worker/ --done "The queue is empty after a crash"',
)
@click.option("--objective", default="", metavar="TEXT", help="What the run is to achieve (or the template's).")
@click.option(
    "--record",
    "records",
    multiple=True,
    metavar="ID",
    help="A record to preserve (or the beginning of its id); repeatable.",
)
@click.option(
    "--path", "paths", multiple=True, metavar="PATH", help="Also every record that governs this path; repeatable."
)
@click.option("--suggested", is_flag=True, help="Also every record that is suggested for the objective.")
@click.option("--done", multiple=True, metavar="TEXT", help="When it is done; repeatable.")
@click.option("--stop", multiple=True, metavar="TEXT", help="When to stop and ask; repeatable.")
@click.option("--product", multiple=True, metavar="REF", help="Product intent behind it, by id; repeatable.")
@click.option("--design", multiple=True, metavar="REF", help="Design intent behind it, by id; repeatable.")
@click.option(
    "--throttle",
    type=click.Choice(["dry_run", "audit_only", "full"]),
    help="How much a run may change (default: dry_run).",
)
@click.option("--project", "project_id", metavar="NAME", help="What the project is called (default: its folder).")
@click.option("--template", metavar="NAME", help="Begin from a template.")
def create(
    session: Session,
    objective: str,
    records: tuple[str, ...],
    paths: tuple[str, ...],
    suggested: bool,
    done: tuple[str, ...],
    stop: tuple[str, ...],
    product: tuple[str, ...],
    design: tuple[str, ...],
    throttle: Literal["dry_run", "audit_only", "full"] | None,
    project_id: str | None,
    template: str | None,
) -> None:
    """Make a draft of a brief from an objective and the records that it must preserve."""
    briefing = session.project.briefing
    reasons: dict[str, str] = {}
    if paths or suggested:
        for each in briefing.candidates(objective, paths):
            if each.suggested and (suggested or each.reason.startswith("governs")):
                reasons[each.record.id] = each.reason
    row = briefing.create(
        objective,
        (*records, *reasons),
        definition_of_done=done,
        stop_conditions=stop,
        product_refs=product,
        design_refs=design,
        throttle=throttle,
        template=template,
        reasons=reasons,
        project_id=project_id,
    )
    emit_brief(session, row, briefing.preview(row.id))


@common(group, "list", example="alloy brief list --state approved")
@click.option("--state", type=click.Choice([str(state) for state in BriefState]), help="Only those in this state.")
def list_(session: Session, state: str | None) -> None:
    """List briefs, the one that changed last first."""
    rows = session.project.briefing.list(state)
    session.emit("alloy.briefs.v1", {"briefs": rows}, lambda out: print_rows(out, rows))


@common(
    group,
    "show",
    example='alloy brief show take-payments\nalloy brief show take-payments --document "prompt pack: execution"',
)
@click.argument("brief")
@click.option(
    "--document",
    metavar="NAME",
    help="Show one document: brief.md, brief.yaml, a prompt, the gates, the evidence plan.",
)
def show(session: Session, brief: str, document: str | None) -> None:
    """Show BRIEF as a reviewer reads it, with what speaks against it and the digest that an approval binds to."""
    row = session.project.briefing.show(brief)
    preview = session.project.briefing.preview(row.id)
    if document is not None and document not in preview.documents:
        message = f"There is no document {document!r}."
        raise UsageError(message, hint=f"There are: {', '.join(preview.documents)}.")
    session.emit(
        BRIEF_OUTPUT,
        {**payload_of(row, preview), "documents": dict(preview.documents)},
        lambda out: print_brief(out, row, preview, document or "brief.md"),
    )


@common(group, "review", example="alloy brief review take-payments")
@click.argument("brief")
def review(session: Session, brief: str) -> None:
    """Offer a draft for review; refused where something blocks it."""
    row = session.project.briefing.review(brief)
    emit_brief(session, row, session.project.briefing.preview(row.id))


@common(
    group,
    "approve",
    example="alloy brief approve take-payments                      shows it and asks\n"
    "alloy brief approve take-payments --seen sha256:0f3a...  for scripts: the digest that a person saw",
)
@click.argument("brief")
@click.option(
    "--mode",
    type=click.Choice(["dry_run", "mutating"]),
    default="dry_run",
    show_default=True,
    help="What the approval is for.",
)
@click.option(
    "--seen", metavar="DIGEST", help="The digest that was shown; without it the brief is shown and you are asked."
)
def approve(session: Session, brief: str, mode: _Mode, seen: str | None) -> None:
    """Approve BRIEF for a mode: the digest of what was seen is what the approval binds to."""
    briefing = session.project.briefing
    if seen is None:
        row = briefing.show(brief)
        preview = briefing.preview(row.id)
        if session.interactive:
            print_brief(session.err, row, preview, "brief.md")
        if not session.confirm(f"Approve {preview.digest_shown} for {mode}?"):
            message = "It was not approved."
            raise RefusedError(message)
        seen = preview.digest_shown
    row = briefing.approve(brief, mode, seen_digest=seen)
    emit_brief(session, row, None)


@common(group, "revoke", example='alloy brief revoke take-payments --reason "the provider changed"')
@click.argument("brief")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
def revoke(session: Session, brief: str, reason: str) -> None:
    """Take an approval back; the brief is a draft again."""
    emit_brief(session, session.project.briefing.revoke(brief, reason), None)


@common(group, "back", example='alloy brief back take-payments --reason "name the files"')
@click.argument("brief")
@click.option("--reason", required=True, metavar="TEXT", help="What is to be changed.")
def back(session: Session, brief: str, reason: str) -> None:
    """Ask for changes of a brief under review; it is a draft again."""
    emit_brief(session, session.project.briefing.back_to_draft(brief, reason), None)


@common(group, "compile", example="alloy brief compile take-payments\nalloy brief compile take-payments --run-gates")
@click.argument("brief")
@click.option(
    "--run-gates", is_flag=True, help="Run every gate once and record the result: runs programs of the repository."
)
def compile_(session: Session, brief: str, run_gates: bool) -> None:
    """Pin an approved BRIEF: artifacts with digests in the store, files in .alloy/."""
    done = session.project.briefing.compile(brief, run_gates=run_gates)

    payload = {"brief": done.row, "artifacts": done.artifacts, "files": done.files, "observations": done.observations}
    session.emit(BRIEF_OUTPUT, payload, lambda out: print_compiled(out, done))


@common(
    group,
    "verify",
    example="alloy brief verify take-payments\nalloy brief verify .alloy/briefs/take-payments-1a2b3c4d.json",
)
@click.argument("target")
@click.option("--citations", is_flag=True, help="Also whether the cited lines still say what was cited.")
def verify(session: Session, target: str, citations: bool) -> None:
    """Check TARGET, a brief or an exported file: bytes, digests, seal, schema and what it refers to; exit 1 if it is not what it was."""
    result = session.project.briefing.verify(target, citations=citations)

    def show(out: Any) -> None:
        for problem in result.problems:
            out.print(visible_line(problem), soft_wrap=True)
        if result.ok:
            out.print(f"ok: {len(result.checked)} checked")

    session.emit(
        "alloy.brief_verification.v1", {"ok": result.ok, "problems": result.problems, "checked": result.checked}, show
    )
    if not result.ok:
        message = f"{len(result.problems)} problems: it is not what was compiled."
        raise NotSoError(message, hint="Export it again from the store, or go back to the commit that had it.")


@common(group, "export", example="alloy brief export take-payments --dry-run")
@click.argument("brief")
@click.option("--dry-run", is_flag=True, help="Only list what would be written.")
def export(session: Session, brief: str, dry_run: bool) -> None:
    """Write the files of a compiled BRIEF into .alloy/; files that are not ours are never replaced."""
    plan = session.project.briefing.export(brief, dry_run=dry_run)
    files = [{"path": item.path, "action": item.action, "reason": item.reason} for item in plan]
    session.emit("alloy.brief_export.v1", {"dry_run": dry_run, "files": files}, lambda out: print_plan(out, plan))


brief_changes.register(group)
