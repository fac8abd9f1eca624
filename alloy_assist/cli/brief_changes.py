"""``alloy brief edit | settle | edit-prompt | diff | template``: changing a draft, and comparing briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from alloy_assist.briefs.family import Phase
from alloy_assist.cli import output
from alloy_assist.cli.brief_group import emit_brief
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import OutsideError, UsageError
from archaeology.text import visible_line

_LARGEST = 1024 * 1024


def register(group: click.Group) -> None:
    """Add the commands to the group."""
    for command in (edit, settle, edit_prompt, diff):
        group.add_command(command)
    group.add_command(_template)


_own = click.Group()
_template = output.group("template", help="Reusable shapes of briefs, kept in .alloy/briefs/templates/.")


@common(
    _own,
    "edit",
    example='alloy brief edit take-payments --done "A refund works too"\nalloy brief edit take-payments --record payment-gateway',
)
@click.argument("brief")
@click.option("--objective", metavar="TEXT", help="Another objective.")
@click.option(
    "--record", "records", multiple=True, metavar="ID", help="The records, in place of those chosen so far; repeatable."
)
@click.option("--done", multiple=True, metavar="TEXT", help="When it is done, in place of what was said; repeatable.")
@click.option(
    "--stop", multiple=True, metavar="TEXT", help="When to stop and ask, in place of what was said; repeatable."
)
@click.option("--throttle", type=click.Choice(["dry_run", "audit_only", "full"]), help="How much a run may change.")
def edit(
    session: Session,
    brief: str,
    objective: str | None,
    records: tuple[str, ...],
    done: tuple[str, ...],
    stop: tuple[str, ...],
    throttle: str | None,
) -> None:
    """Change a draft."""
    given = {
        "objective": objective,
        "records": records,
        "definition_of_done": done,
        "stop_conditions": stop,
        "throttle": throttle,
    }
    changes = {name: value for name, value in given.items() if value}
    if not changes:
        message = "Nothing is to be changed."
        raise UsageError(message, hint="Name at least one option.")
    row = session.project.briefing.edit(brief, **changes)
    emit_brief(session, row, session.project.briefing.preview(row.id))


@common(
    _own,
    "settle",
    example='alloy brief settle take-payments conflict:alloy.intent.a:alloy.intent.b --reason "b does not apply to refunds"',
)
@click.argument("brief")
@click.argument("finding")
@click.option("--reason", required=True, metavar="TEXT", help="Why to go on regardless; the brief will quote it.")
def settle(session: Session, brief: str, finding: str, reason: str) -> None:
    """Go on regardless of FINDING (its key, as `brief show --json` gives it)."""
    row = session.project.briefing.settle(brief, finding, reason)
    emit_brief(session, row, session.project.briefing.preview(row.id))


@common(
    _own,
    "edit-prompt",
    example="alloy brief edit-prompt take-payments execution --file execution.md --reason 'names the queue'",
)
@click.argument("brief")
@click.argument("phase", type=click.Choice([str(phase) for phase in Phase]))
@click.option(
    "--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="The new text (default: your editor)."
)
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def edit_prompt(session: Session, brief: str, phase: str, file: Path | None, reason: str) -> None:
    """Rewrite the prompt of PHASE in a draft: the pack becomes another one, which records the difference."""
    briefing = session.project.briefing
    if file is not None:
        text = _text_of(file)
    elif session.interactive:
        edited = click.edit(briefing.prompt(brief, phase), extension=".md")
        if edited is None:
            session.narrate("Nothing was changed.")
            return
        text = edited
    else:
        message = "There is nobody to open an editor for."
        raise UsageError(message, hint="Give the new text with --file.")
    row = briefing.edit_prompt(brief, phase, text, reason)
    emit_brief(session, row, briefing.preview(row.id))


@common(_own, "diff", example="alloy brief diff take-payments take-refunds")
@click.argument("before")
@click.argument("after")
def diff(session: Session, before: str, after: str) -> None:
    """Say in words of intent what is different from brief BEFORE to brief AFTER."""
    found = session.project.briefing.diff(before, after)

    def show(out: Any) -> None:
        for line in found or ("They mean the same.",):
            out.print(visible_line(line), soft_wrap=True)

    session.emit("alloy.brief_diff.v1", {"differences": found}, show)


@common(_template, "list", example="alloy brief template list")
def list_templates(session: Session) -> None:
    """List the templates."""
    from alloy_assist.operations.brief_templates import template_names

    names = template_names(session.project.root)

    def show(out: Any) -> None:
        for name in names or ("There is no template yet.",):
            out.print(name)

    session.emit("alloy.brief_templates.v1", {"templates": names}, show)


@common(_template, "show", example="alloy brief template show next-interaction")
@click.argument("name")
def show_template(session: Session, name: str) -> None:
    """Show what the template NAME gives a brief, with all that it extends."""
    from alloy_assist.operations.brief_templates import template_fields

    fields = template_fields(session.project.root, name)

    def show(out: Any) -> None:
        for key, value in fields.items():
            out.print(f"{key}: {visible_line(str(value))}", soft_wrap=True)

    session.emit("alloy.brief_template.v1", {"name": name, "fields": fields}, show)


@common(_template, "create", example="alloy brief template create next-interaction --from take-payments")
@click.argument("name")
@click.option("--from", "brief", required=True, metavar="BRIEF", help="The brief whose shape is kept.")
@click.option("--replace", is_flag=True, help="Replace the template of that name.")
def create_template(session: Session, name: str, brief: str, replace: bool) -> None:
    """Keep the shape of a brief as the template NAME; edit the file to change it."""
    from alloy_assist.operations.brief_templates import save_template

    path = save_template(session.project.root, name, session.project.briefing.show(brief), replace=replace)
    place = path.relative_to(session.project.root).as_posix()
    session.emit("alloy.brief_template.v1", {"name": name, "path": place}, lambda out: out.print(place, soft_wrap=True))


def _text_of(file: Path) -> str:
    try:
        data = file.read_bytes()
        if len(data) > _LARGEST:
            message = f"{str(file)!r} is larger than a mebibyte."
            raise UsageError(message)
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{str(file)!r} cannot be read: {error}"
        raise OutsideError(message) from error
