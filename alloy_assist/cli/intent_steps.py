"""``alloy intent accept | activate | deprecate | contradict | supersede | relate``: the steps of a record, and what it has to do with others."""

from __future__ import annotations

import click

from alloy_assist.cli.intent_text import answer
from alloy_assist.cli.output import Session, common
from store.records import RelationKind

_own = click.Group()


def register(group: click.Group) -> None:
    """Add the commands to ``alloy intent``."""
    for command in (accept, activate, deprecate, contradict, supersede, relate):
        group.add_command(command)


@common(_own, "accept", example="alloy intent accept payment-providers")
@click.argument("record")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def accept(session: Session, record: str, reason: str) -> None:
    """Accept RECORD; only a person can."""
    answer(session, session.project.intents.accept(record, reason))


@common(_own, "activate", example="alloy intent activate payment-providers")
@click.argument("record")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def activate(session: Session, record: str, reason: str) -> None:
    """Put the accepted RECORD to work."""
    answer(session, session.project.intents.activate(record, reason))


@common(_own, "deprecate", example='alloy intent deprecate payment-providers --reason "one provider for ever"')
@click.argument("record")
@click.option("--reason", default="", metavar="TEXT", help="Why it no longer holds (needed).")
def deprecate(session: Session, record: str, reason: str) -> None:
    """Say that RECORD no longer holds."""
    answer(session, session.project.intents.deprecate(record, reason))


@common(
    _own, "contradict", example='alloy intent contradict payment-providers --reason "the domain imports it on purpose"'
)
@click.argument("record")
@click.option("--reason", default="", metavar="TEXT", help="Why the code is right and the record is stale (needed).")
def contradict(session: Session, record: str, reason: str) -> None:
    """Say that the code is right and RECORD is stale."""
    answer(session, session.project.intents.contradict(record, reason))


@common(_own, "supersede", example="alloy intent supersede payment-providers --by payment-ports")
@click.argument("record")
@click.option("--by", "successor", required=True, metavar="RECORD", help="The record that takes its place.")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def supersede(session: Session, record: str, successor: str, reason: str) -> None:
    """Replace RECORD by another one."""
    answer(session, session.project.intents.supersede(record, successor, reason))


@common(_own, "relate", example="alloy intent relate payment-providers refines ports-and-adapters")
@click.argument("record")
@click.argument("kind", type=click.Choice([str(kind) for kind in RelationKind]))
@click.argument("target")
@click.option("--note", default="", metavar="TEXT", help="What there is to say about it.")
def relate(session: Session, record: str, kind: str, target: str, note: str) -> None:
    """Relate RECORD to TARGET, another record, or a path for applies_to."""
    answer(session, session.project.intents.relate(record, RelationKind(kind), target, note))
