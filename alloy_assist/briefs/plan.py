"""The Evidence Plan: what would prove that the capabilities were preserved. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from alloy_assist.briefs.family import CapabilityEvidence, EvidencePlan, GateOverlay
from alloy_assist.briefs.model import EvidenceItem, Source
from alloy_assist.briefs.snapshot import Snapshot, slug_of, trace
from archaeology.text import visible_line
from store.records import EvidenceDefinition, EvidenceStatus, IntentRecord

REQUIRED = frozenset({EvidenceStatus.REQUIRED, EvidenceStatus.PASSING, EvidenceStatus.FAILING})
IGNORED = frozenset({EvidenceStatus.OBSOLETE})


def evidence_of(snapshot: Snapshot) -> Iterator[tuple[IntentRecord, EvidenceDefinition, str]]:
    """Yield every piece of evidence that still counts, with its record and its id in the plan."""
    for record in snapshot.compiled:
        for item in record.facets.evidence:
            if item.status not in IGNORED:
                yield record, item, evidence_id(record, item)


def evidence_id(record: IntentRecord, item: EvidenceDefinition) -> str:
    """Return the id of a piece of evidence in every artifact."""
    return f"{slug_of(record)}.{item.id}"


def capability_id(record: IntentRecord) -> str:
    """Return the id of what a record protects."""
    return f"alloy.capability.{slug_of(record)}"


def plan_evidence(snapshot: Snapshot, overlay: GateOverlay, source: Source, project: str, name: str) -> EvidencePlan:
    """Return the plan without its digest."""
    gates = {gate.evidence: gate.id for gate in overlay.gates}
    items = {"required": [], "suggested": [], "waived": []}  # type: dict[str, list[EvidenceItem]]
    for record, definition, identity in evidence_of(snapshot):
        items[_section(definition)].append(_item(record, definition, identity, gates.get(identity)))
    return EvidencePlan(
        schema_version=EvidencePlan.model_fields["schema_version"].default,
        id=f"alloy.evidence.{name}",
        project_id=project,
        source=source,
        capabilities=tuple(_coverage(record) for record in snapshot.compiled if record.facets.capability),
        required=tuple(items["required"]),
        suggested=tuple(items["suggested"]),
        waived=tuple(items["waived"]),
    )


def _section(item: EvidenceDefinition) -> str:
    if item.status is EvidenceStatus.WAIVED:
        return "waived"
    return "required" if item.status in REQUIRED else "suggested"


def _item(record: IntentRecord, definition: EvidenceDefinition, identity: str, gate: str | None) -> EvidenceItem:
    values = {
        "id": identity,
        "statement": visible_line(definition.statement),
        "kind": definition.kind,
        "status": str(definition.status),
        "gate": gate,
        "reference": definition.reference,
        "waiver": definition.waiver.model_dump(mode="json") if definition.waiver else None,
    }
    given = {key: value for key, value in values.items() if value is not None}
    return EvidenceItem.model_validate({**given, "trace": trace(record, "evidence")})


def _coverage(record: IntentRecord) -> CapabilityEvidence:
    counted = [item for item in record.facets.evidence if item.status not in IGNORED | {EvidenceStatus.WAIVED}]
    values = {
        "capability": capability_id(record),
        "statement": visible_line(record.facets.capability or record.title),
        "evidence": [evidence_id(record, item) for item in counted],
    }
    if not counted:
        values["gap"] = "No evidence is defined: a person must judge the result."
    elif all(item.kind == "review" for item in counted):
        values["gap"] = "Only a person's review shows it; no machine does."
    return CapabilityEvidence.model_validate(values)
