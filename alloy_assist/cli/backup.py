"""``alloy backup``: a copy of the database that is whole, whoever is writing to it."""

from __future__ import annotations

from pathlib import Path

import click

from alloy_assist.cli.output import Session, common
from alloy_assist.errors import MissingError, RefusedError

_root = click.Group()


@common(_root, "backup", example="alloy backup\nalloy backup ~/alloy-before-the-merge.db")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def backup(session: Session, file: Path | None) -> None:
    """Copy the database to FILE (default: .alloy/backups/ with the time in its name), while others may go on working."""
    project = session.project
    if not project.database.exists():
        message = "There is no database yet, so there is nothing to back up."
        raise MissingError(message, hint="`alloy scan` or `alloy init` makes one.")
    target = file or project.paths.folder / "backups" / f"alloy-{project.clock():%Y%m%dT%H%M%SZ}.db"
    if target.exists():
        message = f"{str(target)!r} exists already and is not overwritten."
        raise RefusedError(message, hint="Name another file.")
    target.parent.mkdir(parents=True, exist_ok=True)
    made = project.store().backup(target)
    session.emit("alloy.backup.v1", {"file": made}, lambda out: out.print(f"The copy is in {made}."))
