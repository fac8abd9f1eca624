"""``alloy schema``: the published JSON Schemas."""

from __future__ import annotations

import json
from typing import Any

import click

from alloy_assist.cli.output import Session, common

_root = click.Group()


@common(_root, "schema", example="alloy schema\nalloy schema formation_brief > formation_brief.schema.json")
@click.argument("name", required=False)
def schema(session: Session, name: str | None) -> None:
    """List the schemas, or print the one called NAME; with --json it comes in a wrapper, like everything else."""
    from alloy_assist.operations.schemas import NAMES, published

    if name is not None:
        found = published(name)
        text = json.dumps(found, indent=2, ensure_ascii=True)
        session.emit("alloy.schema.v1", {"schema": found}, lambda out: out.print(text, soft_wrap=True))
        return

    def show(out: Any) -> None:
        for each in NAMES:
            out.print(each)

    session.emit("alloy.schemas.v1", {"schemas": NAMES}, show)
