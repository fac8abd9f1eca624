"""``alloy hypothesis``: what was mined, and what people say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from alloy_assist.cli import output
from alloy_assist.cli.output import Session, common
from archaeology.text import visible, visible_line
from store.interviews import HypothesisDecision, StoredHypothesis
from store.records import IntentRecord

if TYPE_CHECKING:
    from alloy_assist.cli.console import PersonConsole

group = output.group("hypothesis", help="What was mined: look, confirm, reject, defer.")

_DECISIONS = click.Choice([str(decision) for decision in HypothesisDecision])
_FACETS = ("capability", "threat", "expectation", "strategy", "tradeoff")


@common(group, "list", example="alloy hypothesis list\nalloy hypothesis list --decision rejected --json")
@click.option("--decision", type=_DECISIONS, help="Only those of which this was said (default: all but rejected ones).")
@click.option("--family", metavar="NAME", help="Only this family, such as vendor_isolation.")
def list_(session: Session, decision: str | None, family: str | None) -> None:
    """List the hypotheses of the last scan, best first."""
    wanted = HypothesisDecision(decision) if decision else None
    found = session.project.hypotheses.list(wanted, family)
    if wanted is None:
        found = tuple(item for item in found if item.decision is not HypothesisDecision.REJECTED)
    rows = [_row(item) for item in found]
    session.emit("alloy.hypothesis_list.v1", {"hypotheses": rows}, lambda out: _show_list(out, found))


@common(group, "show", example="alloy hypothesis show 1\nalloy hypothesis show hyp-4f2a --json")
@click.argument("hypothesis")
def show(session: Session, hypothesis: str) -> None:
    """Show HYPOTHESIS with its evidence, and what speaks against it."""
    found = session.project.hypotheses.show(hypothesis)
    session.emit("alloy.hypothesis.v1", {"hypothesis": found}, lambda out: _show(out, found))


@common(group, "confirm", example='alloy hypothesis confirm hyp-4f2a --tradeoff "one layer more to read"')
@click.argument("hypothesis")
@click.option("--title", metavar="TEXT", help="Another title than the one that was mined.")
@click.option("--capability", metavar="TEXT", help="What is to be retained.")
@click.option("--threat", metavar="TEXT", help="What erodes it.")
@click.option("--expectation", metavar="TEXT", help="The change or pressure that makes the threat matter.")
@click.option("--strategy", metavar="TEXT", help="What protects it.")
@click.option("--tradeoff", metavar="TEXT", help="What it costs.")
@click.option("--reason", default="", metavar="TEXT", help="Why you confirm it.")
def confirm(session: Session, /, hypothesis: str, title: str | None, reason: str, **facets: str | None) -> None:
    """Make an accepted record of HYPOTHESIS. Only a person can; what is given replaces what was mined."""
    from alloy_assist.operations.hypotheses import record_from

    operations = session.project.hypotheses
    found = operations.show(hypothesis)
    said = {name: text for name, text in facets.items() if text is not None}
    proposed = record_from(found).facets.model_copy(update=said)
    record = operations.confirm(found.id, facets=proposed, title=title, reason=reason)
    session.emit("alloy.intent.v1", {"record": record}, lambda out: _show_record(out, record))


@common(group, "reject", example='alloy hypothesis reject hyp-4f2a --reason "a coincidence of the old layout"')
@click.argument("hypothesis")
@click.option(
    "--reason", required=True, metavar="TEXT", help="Why it is wrong; it is then not proposed again for nothing."
)
def reject(session: Session, hypothesis: str, reason: str) -> None:
    """Say that HYPOTHESIS is wrong."""
    _decided(session, session.project.hypotheses.reject(hypothesis, reason))


@common(group, "defer", example="alloy hypothesis defer hyp-4f2a")
@click.argument("hypothesis")
@click.option("--reason", default="", metavar="TEXT", help="Why later.")
def defer(session: Session, hypothesis: str, reason: str) -> None:
    """Put HYPOTHESIS off."""
    _decided(session, session.project.hypotheses.defer(hypothesis, reason))


@common(group, "reopen", example="alloy hypothesis reopen hyp-4f2a")
@click.argument("hypothesis")
@click.option("--reason", default="", metavar="TEXT", help="Why again.")
def reopen(session: Session, hypothesis: str, reason: str) -> None:
    """Take back what was said of HYPOTHESIS; a record that it led to stays."""
    _decided(session, session.project.hypotheses.reopen(hypothesis, reason))


def _row(item: StoredHypothesis) -> dict[str, Any]:
    return item.model_dump(
        mode="json",
        include={
            "id",
            "title",
            "family",
            "confidence",
            "rank",
            "decision",
            "decision_reason",
            "record_id",
            "seen_at_head",
        },
    )


def _decided(session: Session, found: StoredHypothesis) -> None:
    session.emit(
        "alloy.hypothesis.v1",
        {"hypothesis": found},
        lambda out: out.print(f"{visible_line(found.title)} ({found.id}) is {found.decision}."),
    )


def _show_list(out: PersonConsole, found: tuple[StoredHypothesis, ...]) -> None:
    if not found:
        out.print("No hypothesis fits. `alloy scan` looks for some.")
    for item in found:
        marks = "" if item.decision is HypothesisDecision.OPEN else f"  [{item.decision}]"
        gone = "" if item.seen_at_head else "  [not seen in the last scan]"
        number = f"{item.rank:3}" if item.seen_at_head else "  –"
        lead = f"{number}  {item.id}  {item.confidence:.2f}  "
        out.print(f"{lead}{visible_line(item.title)}{marks}{gone}", hang=len(lead))


def _show(out: PersonConsole, item: StoredHypothesis) -> None:
    body = item.body
    out.print(visible_line(item.title), style="bold")
    family = visible_line(item.family).replace("_", " ")
    out.print(f"{item.id} · {family} · {item.decision} · confidence {item.confidence:.2f}")
    for term in body.get("rationale", ()):
        out.print(
            f"  {term.get('effect', 0):+.2f}  {visible_line(str(term.get('label', '')))}: {visible_line(str(term.get('detail', '')))}"
        )
    possible = body.get("possible_intent") or {}
    for facet in _FACETS:
        if possible.get(facet):
            out.print(f"  {facet}: {visible_line(str(possible[facet]))}")
    out.print("Evidence")
    for observation in item.observations:
        out.print(
            f"  - {visible_line(str(observation.get('summary', '')))} ({visible_line(str(observation.get('category', '')))})"
        )
        for citation in observation.get("citations", ())[:3]:
            out.print(f"      {visible_line(_place(citation))}")
    for counter in body.get("counter_evidence", ()):
        out.print(f"  against: {visible_line(str(counter.get('summary', '')))}")
    for question in body.get("questions", ()):
        out.print(f"  ? {visible_line(str(question))}")
    if item.decision_reason:
        out.print(f"{item.decision}: {visible(item.decision_reason)}")


def _place(citation: dict[str, Any]) -> str:
    if citation.get("kind") == "commit":
        return f"{str(citation.get('commit', ''))[:12]} {citation.get('quote', '')}"
    return f"{citation.get('path', '')}:{citation.get('start_line', '')}  {citation.get('quote', '')}"[:160]


def _show_record(out: PersonConsole, record: IntentRecord) -> None:
    out.print(f"{visible_line(record.title)} is {record.state} as {record.id}.")
    if record.facets.tradeoff is None:
        out.print(f"Nobody has said what it costs: `alloy interview --record {record.id}` asks.")
