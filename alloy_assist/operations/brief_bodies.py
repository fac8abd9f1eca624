"""The bodies of a brief's artifacts: compiled now, or read back from the store; and pinning them in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alloy_assist.briefs.compiling import Compilation, compile_brief
from alloy_assist.briefs.reading import MODELS, read_json
from alloy_assist.briefs.sealing import pinned_bytes, sealed
from alloy_assist.briefs.selection import Selection
from alloy_assist.errors import RefusedError
from alloy_assist.feedback.model import OBSERVATION_SCHEMA
from alloy_assist.operations.brief_gates import finished
from alloy_assist.operations.brief_snapshot import take_snapshot
from store.runs import BriefRow, BriefState

if TYPE_CHECKING:
    from store.database import Store

OBSERVATION = "evidence_observation"


def compilation_of(row: BriefRow, store: Store, root: Path) -> Compilation:
    """Return what a brief compiles to as things stand, or what it was compiled to."""
    if row.artifacts:
        return Compilation(artifact_name(row), bodies_of(row, store), ())
    selection = Selection.model_validate(row.selection)
    return compile_brief(row.objective, row.slug, selection, take_snapshot(root, store, selection))


def artifact_name(row: BriefRow) -> str:
    """Return the name under which a compiled brief's files lie. Raises RefusedError where nothing is compiled."""
    if not row.artifacts or not row.snapshot:
        message = f"The brief {row.slug!r} is {row.state}: nothing is compiled yet."
        raise RefusedError(message, hint=f"`alloy brief compile {row.slug}` comes first.")
    return str(row.snapshot["name"])


def bodies_of(row: BriefRow, store: Store) -> dict[str, dict[str, Any]]:
    """Return kind -> body of the artifacts that make a brief. Raises RefusedError and DigestMismatchError."""
    artifact_name(row)
    return {
        kind: read_json(store.artifacts.get(digest).body, digest)
        for kind, digest in row.artifacts.items()
        if kind in MODELS
    }


def observations_of(row: BriefRow, store: Store) -> tuple[dict[str, Any], ...]:
    """Return what was seen of each gate when the brief was compiled."""
    kinds = sorted(kind for kind in row.artifacts if kind.startswith(f"{OBSERVATION}:"))
    return tuple(read_json(store.artifacts.get(row.artifacts[kind]).body, kind) for kind in kinds)


def pin(
    row: BriefRow,
    compilation: Compilation,
    observations: Mapping[str, Mapping[str, Any]],
    act: Mapping[str, str],
    store: Store,
) -> BriefRow:
    """Keep all artifacts and move the brief to compiled: all of it or nothing. Raises ConflictError where somebody was faster."""
    bodies = {kind: dict(body) for kind, body in compilation.bodies.items()}
    bodies["formation_brief"] = sealed(bodies["formation_brief"], act)
    source = bodies["formation_brief"]["source"]
    with store.transaction():
        kept = {
            kind: store.artifacts.put_bytes(kind, body["schema_version"], body["digest"], pinned_bytes(body))
            for kind, body in bodies.items()
        }
        for gate, observation in observations.items():
            whole = finished(observation, source["repository_revision"], act)
            kept[f"{OBSERVATION}:{gate}"] = store.artifacts.put_bytes(
                OBSERVATION, OBSERVATION_SCHEMA, whole["digest"], pinned_bytes(whole)
            )
        changed = row.model_copy(
            update={
                "state": BriefState.COMPILED,
                "snapshot": {"name": compilation.name, **source},
                "artifacts": kept,
                "updated_at": act["created_at"],
            }
        )
        return store.briefs.update(changed, row.state, "compiled")
