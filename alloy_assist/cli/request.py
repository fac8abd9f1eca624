"""``alloy request``: the narrow request that triggers a run of a compiled brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alloy_assist.cli import output
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import OutsideError
from archaeology.text import visible, visible_line

if TYPE_CHECKING:
    from alloy_assist.foundry.manifest import CapabilityManifest
    from alloy_assist.operations.brief_requests import Requested
    from alloy_assist.operations.requesting import Requesting

group = output.group("request", help="Execution requests for a compiled brief.")
_OUTPUT = "alloy.request.v1"


@common(
    group,
    "create",
    example="alloy request create take-payments\nalloy request create take-payments --throttle full --manifest foundry.json",
)
@click.argument("brief")
@click.option(
    "--throttle",
    type=click.Choice(["dry_run", "audit_only", "full"]),
    help="How much may change (default: what the brief says).",
)
@click.option(
    "--event", metavar="NAME", help="iteration_requested or prompt_execution_requested (default: what the brief says)."
)
@click.option("--override", default="", metavar="REASON", help="Why the same run may be requested again.")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What the installation of Foundry can do, as JSON.",
)
def create(
    session: Session, brief: str, throttle: str | None, event: str | None, override: str, manifest: Path | None
) -> None:
    """Make a request for the compiled BRIEF and print the command that hands it to Foundry; nothing is run."""
    from alloy_assist.operations.brief_requests import Wish

    wish = Wish(throttle=throttle, entry_event=event, override=override, manifest=_manifest(manifest))
    _emit(session, _requesting(session).create(brief, wish))


@common(group, "show", example="alloy request show request_01J --json")
@click.argument("request")
def show(session: Session, request: str) -> None:
    """Show REQUEST and its command line."""
    _emit(session, _requesting(session).show(request))


@common(group, "list", example="alloy request list")
def list_(session: Session) -> None:
    """List all requests, the first first."""
    found = _requesting(session).list()

    def human(out: Any) -> None:
        for each in found:
            out.print(
                f"{each.request.id}  {each.request.throttle}  {visible_line(each.request.brief.id)}", soft_wrap=True
            )

    session.emit("alloy.requests.v1", {"requests": [each.body for each in found]}, human)


def _requesting(session: Session) -> Requesting:
    from alloy_assist.operations.requesting import Requesting

    return Requesting(session.project.briefing)


def _manifest(path: Path | None) -> CapabilityManifest | None:
    from alloy_assist.foundry.manifest import read_manifest

    if path is None:
        return None
    try:
        return read_manifest(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{str(path)!r} cannot be read: {error}"
        raise OutsideError(message) from error


def _emit(session: Session, made: Requested) -> None:
    request = made.request

    def human(out: Any) -> None:
        out.print(f"{request.id}: {request.throttle} of {visible_line(request.brief.id)}", soft_wrap=True)
        out.print(f"  key {request.idempotency_key}", soft_wrap=True)
        if request.repository.branch:
            out.print(f"  branch {visible_line(request.repository.branch)}", soft_wrap=True)
        out.print(visible(made.command), soft_wrap=True)

    session.emit(_OUTPUT, {"request": made.body, "command": made.command}, human)
