"""``alloy intent export`` and ``import``: records as files that a team keeps in git."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alloy_assist.cli.output import Session, common
from alloy_assist.errors import RefusedError
from archaeology.text import visible, visible_line
from store.projections import DEFAULT_BUDGET

if TYPE_CHECKING:
    from rich.console import Console

    from alloy_assist.operations.carrying import FileChange
    from store.exchange import ImportItem

_FORMS = click.Choice(["yaml", "json", "markdown", "agents"])
_SHOWN_LINES = 200


def register(group: click.Group) -> None:
    """Add the commands to ``alloy intent``."""
    common(
        group,
        "export",
        example="alloy intent export                                one YAML file a record in .alloy/projections/intent/\n"
        "alloy intent export --format agents --to AGENTS.md --yes",
    )(_export)
    common(
        group,
        "import",
        example="alloy intent import .alloy/projections/intent/ --dry-run\nalloy intent import pay.yaml",
    )(_import)


@click.argument("records", nargs=-1)
@click.option(
    "--format",
    "form",
    type=_FORMS,
    default="yaml",
    help="yaml or json: one file a record; markdown: a page; agents: a block of rules.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Folder (yaml, json) or file (markdown, agents); default: in .alloy/projections/.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=500),
    default=DEFAULT_BUDGET,
    help=f"Most bytes of the block of rules (default: {DEFAULT_BUDGET}).",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option("--yes", is_flag=True, help="Write outside .alloy/ without asking.")
def _export(
    session: Session, records: tuple[str, ...], form: Any, to: Path | None, budget: int, dry_run: bool, yes: bool
) -> None:
    """Write RECORDS (default: all) into files; what did not change in a file stays byte for byte, comments too.

    Only accepted and active records go into the block for agents. What is outside its markers is never touched.
    """
    intents = session.project.intents
    changes = intents.plan_export(records, form=form, to=to, budget=budget)
    pending = [change for change in changes if change.changed]
    outside = to is not None and not to.absolute().is_relative_to(session.project.paths.folder)
    if pending and not dry_run and outside and not yes:
        _show_changes(session, pending)
        if not session.confirm(f"Write {len(pending)} file(s) outside .alloy/? (--yes says so)"):
            message = "Nothing was written."
            raise RefusedError(message)
    written = () if dry_run else intents.export(changes)
    if dry_run and not session.json:
        _show_changes(session, pending)
    files = [{"path": str(change.path), "changed": change.changed, "new": change.before is None} for change in changes]
    session.emit(
        "alloy.intent_export.v1",
        {"format": form, "written": [str(path) for path in written], "files": files},
        lambda out: out.print(_sentence(len(changes), len(pending), dry_run=dry_run)),
    )


@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option(
    "--take",
    "side",
    type=click.Choice(["ours", "theirs"]),
    help="Resolve every conflict in favour of the store (ours) or the files (theirs).",
)
@click.option("--reason", default="", metavar="TEXT", help="Why; kept with every version that is made.")
def _import(session: Session, paths: tuple[Path, ...], dry_run: bool, side: Any, reason: str) -> None:
    """Take records from files and folders in, merged over the version that both sides have seen.

    All or nothing: with a conflict, or a file that is malformed, nothing is written. Conflicts are listed and never resolved silently.
    """
    intents = session.project.intents
    items = intents.plan_import(paths, side=side)
    conflicts = [item for item in items if item.action == "conflict"]
    if not dry_run and not conflicts:
        items = intents.import_(paths, side=side, reason=reason)
    session.emit(
        "alloy.intent_import.v1",
        {
            "written": not dry_run and not conflicts,
            "items": [item.model_dump(mode="json", exclude={"record"}) for item in items],
        },
        lambda out: _show_items(out, items),
    )
    if conflicts:
        message = f"{len(conflicts)} of {len(items)} records were changed on both sides. Nothing was written."
        raise RefusedError(message, hint="Make the files or the records agree, or say --take ours or --take theirs.")


def _sentence(files: int, changed: int, *, dry_run: bool) -> str:
    verb = "would change" if dry_run else "written"
    return f"{changed} of {files} file(s) {verb}." if changed else f"All {files} file(s) are up to date."


def _show_changes(session: Session, changes: list[FileChange]) -> None:
    for change in changes:
        before = (change.before or "").splitlines(keepends=True)
        difference = unified_diff(before, change.after.splitlines(keepends=True), str(change.path), str(change.path))
        for number, line in enumerate(difference):
            if number == _SHOWN_LINES:
                session.narrate("... and more")
                break
            session.narrate(line.rstrip("\n"))


def _show_items(out: Console, items: tuple[ImportItem, ...]) -> None:
    for item in items:
        out.print(f"{item.action:9}  {visible_line(item.record_id)}  ({visible_line(item.source)})", soft_wrap=True)
        for conflict in item.conflicts:
            out.print(f"    {visible_line(conflict.field)}")
            for side in ("base", "ours", "theirs"):
                value = getattr(conflict, side)
                if value is not None:
                    out.print(f"      {side}: {visible(str(value))}", soft_wrap=True)
