"""The sections of a brief, line by line from the records that cause them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alloy_assist.briefs.family import Gate, GateOverlay
from alloy_assist.briefs.findings import Finding, exists
from alloy_assist.briefs.gates.enforcing import enforcing
from alloy_assist.briefs.model import Conflict, ForbiddenMove, ProtectedCapability, Strategy, Threat
from alloy_assist.briefs.parts import Statement, Trace
from alloy_assist.briefs.plan import IGNORED, capability_id, evidence_id
from alloy_assist.briefs.snapshot import Snapshot, trace
from archaeology.text import visible_line
from store.records import EvidenceStatus, IntentRecord


@dataclass(frozen=True)
class Sections:
    """What a brief says, before it is put together with its artifacts."""

    capabilities: tuple[ProtectedCapability, ...]
    threats: tuple[Threat, ...]
    strategies: tuple[Strategy, ...]
    forbidden: tuple[ForbiddenMove, ...]
    tradeoffs: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]
    questions: tuple[Statement, ...]


def write_sections(snapshot: Snapshot, overlay: GateOverlay, findings: Iterable[Finding]) -> Sections:
    """Return the sections, the most severe record first in each."""
    records = snapshot.compiled
    gates = _gates_by_record(overlay)
    return Sections(
        capabilities=tuple(_capability(record) for record in records if record.facets.capability),
        threats=tuple(_threat(record) for record in records if record.facets.threat or record.threat_patterns),
        strategies=tuple(_strategy(record, snapshot.paths) for record in records if record.facets.strategy),
        forbidden=tuple(
            _move(record, move, gates.get(record.id, ())) for record in records for move in record.forbidden_moves
        ),
        tradeoffs=tuple(
            Statement(statement=visible_line(record.facets.tradeoff), trace=trace(record, "tradeoff"))
            for record in records
            if record.facets.tradeoff
        ),
        conflicts=_conflicts(findings, records),
        questions=tuple(
            Statement(statement=visible_line(question), trace=trace(record, "open_questions"))
            for record in records
            for question in record.open_questions
        ),
    )


def _gates_by_record(overlay: GateOverlay) -> dict[str, tuple[Gate, ...]]:
    found: dict[str, tuple[Gate, ...]] = {}
    for gate in overlay.gates:
        for step in gate.trace:
            found[step.record] = (*found.get(step.record, ()), gate)
    return found


def _capability(record: IntentRecord) -> ProtectedCapability:
    counted = (item for item in record.facets.evidence if item.status not in IGNORED | {EvidenceStatus.WAIVED})
    values = {
        "id": capability_id(record),
        "statement": visible_line(record.facets.capability or ""),
        "severity": str(record.severity),
        "expectation": _line(record.facets.expectation),
        "scope": tuple(visible_line(glob) for glob in record.scope),
        "evidence": tuple(evidence_id(record, item) for item in counted),
        "trace": trace(record, "capability"),
    }
    return ProtectedCapability.model_validate(_given(values))


def _threat(record: IntentRecord) -> Threat:
    values = {
        "statement": visible_line(record.facets.threat or f"What the patterns of {record.title!r} show."),
        "severity": str(record.severity),
        "expectation": _line(record.facets.expectation),
        "patterns": tuple(record.threat_patterns),
        "trace": trace(record, "threat"),
    }
    return Threat.model_validate(_given(values))


def _strategy(record: IntentRecord, paths: frozenset[str]) -> Strategy:
    detail = record.strategy_detail
    values = {
        "statement": visible_line(record.facets.strategy or ""),
        "definition": _line(detail.definition),
        "examples": tuple(visible_line(example) for example in detail.examples if exists(example, paths)),
        "exceptions": tuple(visible_line(each) for each in detail.exceptions),
        "trace": trace(record, "strategy"),
    }
    return Strategy.model_validate(_given(values))


def _move(record: IntentRecord, move: str, candidates: tuple[Gate, ...]) -> ForbiddenMove:
    """Word a forbidden move as a warning, or name the gates that fail on it: never as a commandment."""
    gates = enforcing(move, candidates)
    lost = visible_line(record.facets.capability or record.title).rstrip(".")
    gate = f"The gate {gates[0]} fails on it" if len(gates) == 1 else f"The gates {', '.join(gates)} fail on it"
    wording = f"{gate if gates else 'A warning, not a gate'}; it endangers this: {lost}."
    values = {
        "statement": visible_line(move),
        "enforcement": "gate" if gates else "warning",
        "wording": wording,
        "gates": gates,
        "trace": trace(record, "forbidden_moves"),
    }
    return ForbiddenMove.model_validate(_given(values))


def _conflicts(findings: Iterable[Finding], records: tuple[IntentRecord, ...]) -> tuple[Conflict, ...]:
    versions = {record.id: record.version for record in records}
    return tuple(
        Conflict(
            statement=finding.text,
            trace=tuple(
                Trace(record=each, version=versions[each], facet="relations")
                for each in finding.records
                if each in versions
            ),
        )
        for finding in findings
        if finding.key.startswith(("conflict:", "duplicate:"))
    )


def _line(text: str | None) -> str | None:
    return visible_line(text) if text else None


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in (None, ())}
