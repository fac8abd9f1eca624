"""The Gate Overlay: every machine check that is required becomes a gate; what the repository has already is referred to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from alloy_assist.briefs.family import ExistingGate, Gate, GateFile, GateMode, GateOverlay
from alloy_assist.briefs.gates.commands import Recipe, malformed_check, recipe_for
from alloy_assist.briefs.model import Source
from alloy_assist.briefs.plan import REQUIRED, evidence_of
from alloy_assist.briefs.snapshot import Snapshot, trace
from archaeology.text import visible_line
from store.records import EvidenceDefinition, EvidenceStatus, IntentRecord, Severity

_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_GRAVE = frozenset({Severity.HIGH, Severity.CRITICAL})
GATE_FOLDER = ".alloy/gates"


def compile_overlay(snapshot: Snapshot, source: Source, project: str, name: str) -> GateOverlay:
    """Return the overlay without its digest. ``name`` is that of the brief: files lie under ``.alloy/gates/<name>/``."""
    gates: list[Gate] = []
    existing: list[ExistingGate] = []
    taken: set[str] = set()
    for record, definition, identity in evidence_of(snapshot):
        if definition.status is EvidenceStatus.WAIVED or malformed_check(definition) is not None:
            continue  # a malformed check is a finding
        mode = mode_of(record, definition)
        if definition.kind == "gate" and definition.reference and definition.check is None:
            existing.append(_existing(record, definition, mode))
            continue
        recipe = recipe_for(definition, record.id, snapshot.paths)
        if recipe is not None:
            gates.append(_gate(_Given(record, definition, identity, mode), recipe, f"{GATE_FOLDER}/{name}", taken))
    return GateOverlay(
        schema_version=GateOverlay.model_fields["schema_version"].default,
        id=f"alloy.gates.{name}",
        project_id=project,
        source=source,
        gates=tuple(gates),
        existing=tuple(existing),
    )


def mode_of(record: IntentRecord, definition: EvidenceDefinition) -> GateMode:
    """Return how much a gate decides: what is not required advises; what guards a grave capability counts in a dry run already."""
    if definition.status not in REQUIRED:
        return GateMode.ADVISORY
    return GateMode.REQUIRED_FOR_DRY_RUN if record.severity in _GRAVE else GateMode.REQUIRED_FOR_MUTATING


def _existing(record: IntentRecord, definition: EvidenceDefinition, mode: GateMode) -> ExistingGate:
    return ExistingGate(
        reference=visible_line(definition.reference or ""),
        statement=visible_line(definition.statement),
        mode=mode,
        trace=trace(record, "evidence"),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    record: IntentRecord
    definition: EvidenceDefinition
    identity: str
    mode: GateMode


def _gate(given: _Given, recipe: Recipe, folder: str, taken: set[str]) -> Gate:
    gate_id = _free(_UNSAFE.sub("-", given.identity.lower()).strip("-.") or "gate", taken)
    path = f"{folder}/{gate_id}{recipe.suffix}"
    command = tuple(path if part == "{file}" else part for part in recipe.command) if recipe.text else recipe.command
    values: dict[str, Any] = {
        "id": gate_id,
        "name": visible_line(given.definition.statement),
        "command": command,
        "mode": given.mode,
        "timeout_seconds": recipe.seconds,
        "runs_with": recipe.runs_with,
        "files": (GateFile(path=path, text=recipe.text),) if recipe.text else (),
        "evidence": given.identity,
        "trace": trace(given.record, "evidence"),
    }
    if recipe.alternative:
        values["alternative"] = recipe.alternative
    if given.definition.check is not None:
        values["check"] = given.definition.check
    return Gate.model_validate(values)


def _free(wanted: str, taken: set[str]) -> str:
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    taken.add(candidate)
    return candidate
