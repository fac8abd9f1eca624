"""What is compiled: the chosen records at their versions, and what the repository says at one revision. Gathered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alloy_assist.briefs.model import Source, SourceRecord
from alloy_assist.briefs.parts import Trace
from alloy_assist.briefs.selection import Selection
from store.identity import digest_of
from store.records import COMPILABLE_STATES, IntentRecord, Severity

SEVERITY_ORDER = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


@dataclass(frozen=True, slots=True)
class CitationState:
    """What became of a record's citation at the revision: same, moved, changed or gone. ``index`` counts from 0."""

    record: str
    index: int
    status: str
    detail: str = ""


@dataclass(frozen=True)
class Snapshot:
    """The whole input of compilation beside the selection.

    ``records`` are those that were chosen, in any order and any state; ``missing`` are chosen ids without a record; ``paths`` are all
    tracked files at ``revision``; ``neighbours`` are records that the chosen ones are related to without being chosen themselves.
    """

    revision: str | None
    records: tuple[IntentRecord, ...]
    missing: tuple[str, ...] = ()
    citations: tuple[CitationState, ...] = ()
    paths: frozenset[str] = frozenset()
    neighbours: Mapping[str, IntentRecord] = field(default_factory=dict)

    @property
    def compiled(self) -> tuple[IntentRecord, ...]:
        """The records that may steer a run, the most severe first: a hypothesis is never among them."""
        usable = [record for record in self.records if record.state in COMPILABLE_STATES]
        return tuple(sorted(usable, key=lambda record: (SEVERITY_ORDER.index(record.severity), record.id)))


def source_of(snapshot: Snapshot, selection: Selection, compiler_version: str) -> Source:
    """Return what an artifact says about where it comes from."""
    because = {chosen.id: chosen.because for chosen in selection.records}
    records = tuple(
        SourceRecord(
            id=record.id,
            version=record.version,
            digest=record_digest(record),
            title=record.title,
            state=str(record.state),
            because=because.get(record.id, ""),
        )
        for record in sorted(snapshot.compiled, key=lambda record: record.id)
    )
    return Source(
        digest=digest_of([[item.id, item.version, item.digest] for item in records]),
        repository_revision=snapshot.revision,
        compiler_version=compiler_version,
        records=records,
    )


def record_digest(record: IntentRecord) -> str:
    """Return the digest of a record as it stands: its version and state included."""
    return digest_of(record.model_dump(mode="json", by_alias=True))


def trace(record: IntentRecord, facet: str) -> tuple[Trace, ...]:
    """Return where a line comes from."""
    return (Trace(record=record.id, version=record.version, facet=facet),)


def slug_of(record: IntentRecord) -> str:
    """Return the last part of a record's id, for ids that are made from it."""
    return record.id.removeprefix("alloy.intent.")
