"""Gathering what a brief is compiled from: records at their versions, and the repository at its head."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from alloy_assist.briefs.selection import Selection
from alloy_assist.briefs.snapshot import CitationState, Snapshot
from store.records import IntentRecord, RelationKind, SourceCitation

if TYPE_CHECKING:
    from archaeology.citations import Resolver
    from store.database import Store

_RECHECKED = frozenset({"code", "commit", "gate", "test"})


def take_snapshot(root: Path, store: Store, selection: Selection) -> Snapshot:
    """Return the snapshot for a selection as things stand now. Raises ArchaeologyError and StoreError."""
    from archaeology.citations import Resolver
    from archaeology.git import open_repository

    found = [store.records.find(chosen.id) for chosen in selection.records]
    records = tuple(record for record in found if record is not None)
    missing = tuple(chosen.id for chosen, record in zip(selection.records, found, strict=True) if record is None)
    with open_repository(root) as repository:
        revision = repository.resolve(None)
        paths = frozenset(entry.path for entry in repository.tree(revision)) if revision else frozenset()
        resolver = Resolver(repository, revision)
        citations = tuple(_states(records, resolver))
    return Snapshot(
        revision=revision,
        records=records,
        missing=missing,
        citations=citations,
        paths=paths,
        neighbours=_neighbours(records, store),
    )


def resolve_citations(root: Path, records: Iterable[IntentRecord]) -> tuple[CitationState, ...]:
    """Return what became of every citation of some records at the head. Raises ArchaeologyError."""
    from archaeology.citations import Resolver
    from archaeology.git import open_repository

    with open_repository(root) as repository:
        return tuple(_states(records, Resolver(repository, repository.resolve(None))))


def _states(records: Iterable[IntentRecord], resolver: Resolver) -> Iterable[CitationState]:
    for record in records:
        for index, citation in enumerate(record.citations):
            if citation.kind in _RECHECKED:
                yield _state(record, index, citation, resolver)


def _state(record: IntentRecord, index: int, citation: SourceCitation, resolver: Resolver) -> CitationState:
    from pydantic import TypeAdapter, ValidationError

    from archaeology.model import Citation

    adapter: TypeAdapter[Citation] = TypeAdapter(Citation)
    try:
        resolution = resolver.resolve(adapter.validate_python(citation.body))
    except ValidationError:
        return CitationState(record.id, index, "gone", "the citation is malformed")
    return CitationState(record.id, index, resolution.status, resolution.detail)


def _neighbours(records: Iterable[IntentRecord], store: Store) -> dict[str, IntentRecord]:
    chosen = {record.id: record for record in records}
    wanted = {
        relation.target
        for record in chosen.values()
        for relation in record.relations
        if relation.kind is not RelationKind.APPLIES_TO
    }
    wanted |= {source for identity in chosen for source, _ in store.records.relations_to(identity)}
    found = (store.records.find(identity) for identity in sorted(wanted - chosen.keys()))
    return {record.id: record for record in found if record is not None}
