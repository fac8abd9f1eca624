"""Changes of records as the screens ask for them. Pure but for :func:`put_into`, which calls the operation for a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from alloy_assist.tui.modals import Option
from alloy_assist.tui.plain import text
from store.lifecycle import LEGAL
from store.records import EvidenceDefinition, FacetName, IntentRecord, RecordState

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_MEANINGS = {
    RecordState.ACCEPTED: "people stand by it; briefs may use it",
    RecordState.ACTIVE: "at work; its checks are watched",
    RecordState.DEPRECATED: "no longer holds; needs a reason",
    RecordState.CONTRADICTED: "the code is right, this is stale; needs a reason",
    RecordState.SUPERSEDED: "another record takes its place",
    RecordState.PROPOSED: "waits for a person",
}


def next_states(record: IntentRecord) -> list[Option]:
    """Return the states that a record can go to, with what each means."""
    order = list(RecordState)
    return [
        Option(state.value, state.value, _MEANINGS.get(state, ""))
        for state in sorted(LEGAL[record.state], key=order.index)
    ]


def put_into(project: Project, record: IntentRecord, to: RecordState, reason: str, successor: str) -> IntentRecord:
    """Change a record's state. Raises StoreError."""
    intents = project.intents
    match to:
        case RecordState.ACCEPTED:
            return intents.accept(record.id, reason)
        case RecordState.ACTIVE:
            return intents.activate(record.id, reason)
        case RecordState.DEPRECATED:
            return intents.deprecate(record.id, reason)
        case RecordState.CONTRADICTED:
            return intents.contradict(record.id, reason)
        case RecordState.SUPERSEDED:
            return intents.supersede(record.id, successor, reason)
        case _:
            return project.store().records.transition(record.id, to, reason)


def facet_edit(record: IntentRecord, name: str, words: str) -> dict[str, Any]:
    """Return the change that puts ``words`` into a facet or the title. Evidence that is kept keeps its check and status."""
    if name == "title":
        return {"title": " ".join(words.split())}
    if name != FacetName.EVIDENCE:
        return {"facets": {name: words or None}}
    known = {item.statement: item for item in record.facets.evidence}
    taken = {item.id for item in record.facets.evidence}
    statements = dict.fromkeys(" ".join(line.split()) for line in words.splitlines() if line.strip())
    kept = [known.get(each) or EvidenceDefinition(id=_free(taken), statement=each) for each in statements]
    return {"facets": {"evidence": [item.model_dump() for item in kept]}}


def governing_text(found: Sequence[IntentRecord]) -> Iterator[Content]:
    """Return the records that govern a path, the most specific first."""
    if not found:
        yield text(("No accepted record governs it.", "$text-muted"))
    for record in found:
        yield text((record.title, "bold"), ("  " + record.id, "$text-muted"))
        for move in record.forbidden_moves:
            yield text("  · ", (move, "$text-warning"))


def _free(taken: set[str]) -> str:
    number = 1
    while f"evidence-{number}" in taken:
        number += 1
    taken.add(f"evidence-{number}")
    return f"evidence-{number}"
