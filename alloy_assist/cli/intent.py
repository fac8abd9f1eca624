"""``alloy intent``: the records of engineering intent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from alloy_assist.cli import intent_files, intent_steps, intent_text, output
from alloy_assist.cli.intent_text import answer
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import UsageError
from store.records import EvidenceDefinition, EvidenceStatus, IntentRecord, RecordState, RelationKind, Severity

if TYPE_CHECKING:
    from alloy_assist.operations.intents import Intents

group = output.group("intent", help="The records of engineering intent.")
intent_files.register(group)
intent_steps.register(group)

C = TypeVar("C", bound=Callable[..., Any])
_FACETS = ("capability", "threat", "expectation", "strategy", "tradeoff")
_LISTS = ("scope", "forbidden_moves")


@common(
    group,
    "list",
    example="alloy intent list --state accepted --state active\nalloy intent list --path src/payments/stripe.py --json",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([str(state) for state in RecordState]),
    help="Only these states.",
)
@click.option("--family", metavar="NAME", help="Only this family.")
@click.option(
    "--path",
    metavar="PATH",
    help="Only accepted and active records that govern this file, folder or module, most specific first.",
)
@click.option("--capability", metavar="TEXT", help="Only those whose capability contains this.")
@click.option("--threat", metavar="TEXT", help="Only those whose threat contains this.")
@click.option("--strategy", metavar="TEXT", help="Only those whose strategy contains this.")
@click.option(
    "--evidence",
    "evidence_status",
    type=click.Choice([str(status) for status in EvidenceStatus]),
    help="Only those with evidence that stands so.",
)
@click.option(
    "--relation",
    type=click.Choice([str(kind) for kind in RelationKind]),
    help="Only those with a relation of this kind.",
)
@click.option("--brief", metavar="ID", help="Only those that a brief was made from.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out so many at the beginning.")
def list_(
    session: Session, /, states: tuple[str, ...], path: str | None, limit: int | None, offset: int, **asked: str | None
) -> None:
    """List records."""
    from store.tables.queries import RecordQuery

    chosen = tuple(RecordState(state) for state in states) or None
    intents = session.project.intents
    if path is not None:
        found = intents.governing(path, chosen) if chosen else intents.governing(path)
        found = found[offset:][:limit]
    else:
        found = intents.list(limit=limit, offset=offset, query=RecordQuery.model_validate({**asked, "states": chosen}))
    session.emit("alloy.intent_list.v1", {"records": found}, lambda out: intent_text.show_list(out, found))


@common(group, "search", example='alloy intent search "vendor adapter"')
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=50, help="At most so many (default: 50).")
def search(session: Session, words: tuple[str, ...], limit: int) -> None:
    """Find records, and answers of interviews, that hold all WORDS; the last may be the beginning of one."""
    intents, text = session.project.intents, " ".join(words)
    found, answers = intents.search(text, limit), intents.search_answers(text, limit)
    session.emit(
        "alloy.intent_search.v1",
        {"records": found, "answers": answers},
        lambda out: intent_text.show_found(out, found, answers),
    )


@common(
    group, "show", example="alloy intent show payment-providers\nalloy intent show alloy.intent.pay --version 2 --json"
)
@click.argument("record")
@click.option("--version", type=click.IntRange(min=1), help="An earlier version.")
def show(session: Session, record: str, version: int | None) -> None:
    """Show RECORD (an id, or the beginning of one)."""
    answer(session, session.project.intents.show(record, version))


@common(group, "history", example="alloy intent history payment-providers")
@click.argument("record")
def history(session: Session, record: str) -> None:
    """Show every version of RECORD: who made it, when and why."""
    found = session.project.intents.history(record)
    rows = [{"change": change, "record": version} for change, version in found]
    session.emit("alloy.intent_history.v1", {"versions": rows}, lambda out: intent_text.show_history(out, found))


def _content_options(function: C) -> C:
    for option in (
        click.option("--capability", metavar="TEXT", help="What is to be retained."),
        click.option("--threat", metavar="TEXT", help="What erodes it."),
        click.option("--expectation", metavar="TEXT", help="The change or pressure that makes the threat matter."),
        click.option("--strategy", metavar="TEXT", help="What protects it."),
        click.option("--tradeoff", metavar="TEXT", help="What it costs."),
        click.option(
            "--evidence", multiple=True, metavar="TEXT", help="What would show that it works; may be given again."
        ),
        click.option(
            "--check",
            "checks",
            multiple=True,
            metavar="JSON",
            help="A machine check as in `alloy scan --json`: required evidence beside what there is; may be given again.",
        ),
        click.option(
            "--scope",
            multiple=True,
            metavar="GLOB",
            help="Paths that it governs, as in .gitignore; may be given again.",
        ),
        click.option(
            "--forbid",
            "forbidden_moves",
            multiple=True,
            metavar="TEXT",
            help="What nobody should do; may be given again.",
        ),
        click.option(
            "--severity", type=click.Choice([str(level) for level in Severity]), help="How bad the loss would be."
        ),
        click.option("--family", metavar="NAME", help="Its family."),
        click.option("--reason", default="", metavar="TEXT", help="Why; kept for ever."),
    ):
        function = option(function)
    return function


@common(
    group,
    "create",
    example='alloy intent create "Payment providers are replaceable" --capability "..." --scope src/payments/',
)
@click.argument("title")
@click.option("--id", "record_id", metavar="ID", help="Its id (default: made from the title).")
@click.option("--accept", is_flag=True, help="Accept it at once; only a person can.")
@_content_options
def create(
    session: Session,
    /,
    title: str,
    record_id: str | None,
    accept: bool,
    reason: str,
    checks: tuple[str, ...],
    **content: Any,
) -> None:
    """Create a proposed record called TITLE."""
    fields = {"title": title, **_fields(content)}
    if record_id is not None:
        fields["id"] = record_id
    answer(session, session.project.intents.create(fields, reason, accept=accept, checks=checks))


@common(
    group, "edit", example='alloy intent edit payment-providers --tradeoff "one layer more" --reason "asked in review"'
)
@click.argument("record")
@click.option("--title", metavar="TEXT", help="Another title.")
@click.option("--expect-version", type=click.IntRange(min=1), help="Refuse if the record has another version by now.")
@_content_options
def edit(
    session: Session,
    /,
    record: str,
    title: str | None,
    expect_version: int | None,
    reason: str,
    checks: tuple[str, ...],
    **content: Any,
) -> None:
    """Change what RECORD says. Lists that are given replace the old ones; without any option an editor opens."""
    intents = session.project.intents
    changes = _fields(content) | ({"title": title} if title is not None else {})
    if changes or checks:
        done = intents.edit(record, changes, expected_version=expect_version, reason=reason, checks=checks)
        answer(session, done)
        return
    if not session.interactive:
        message = "There is nothing to change."
        raise UsageError(message, hint="Name a field, such as --tradeoff; `alloy intent edit --help` lists them.")
    answer(session, _edit_by_hand(intents, record, reason))


def _fields(content: dict[str, Any]) -> dict[str, Any]:
    facets: dict[str, Any] = {name: content[name] for name in _FACETS if content[name] is not None}
    if content["evidence"]:
        facets["evidence"] = tuple(
            EvidenceDefinition(id=f"evidence-{number}", statement=text)
            for number, text in enumerate(content["evidence"], start=1)
        )
    fields: dict[str, Any] = {name: content[name] for name in _LISTS if content[name]}
    fields |= {name: content[name] for name in ("severity", "family") if content[name] is not None}
    return fields | ({"facets": facets} if facets else {})


def _edit_by_hand(intents: Intents, name: str, reason: str) -> IntentRecord:
    from store.exchange import read_record, write_record

    before = intents.show(name)
    text = click.edit(write_record(before, ()), extension=".yaml")
    if text is None:
        return before
    after = read_record(text, "what you wrote").record
    changes = after.model_dump(by_alias=True, exclude={"id", "version"})
    return intents.edit(before.id, changes, expected_version=before.version, reason=reason)
