"""The Foundry Execution Request: the narrow request that triggers one run of a compiled brief. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from alloy_assist.foundry.contract import ArtifactReference, BriefReference, Contract
from store.identity import digest_of

REQUEST_SCHEMA: Final = "alloy.foundry_execution_request.v1"
Throttle = Literal["dry_run", "audit_only", "full"]

_REF_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_SHORT = 8


class RepositoryReference(Contract):
    """Where a run starts. ``branch`` is the one that a mutating run makes; None where nothing may be changed."""

    revision: str
    branch: str | None = None


class Reporting(Contract):
    """What the engine is asked to report, and the id under which everything about the run can be found."""

    correlation_id: str
    result_schema: str = "alloy.foundry_run_result.v1"
    include: tuple[str, ...] = ("trace", "gate_outcomes", "evidence_observations", "summary")


class Override(Contract):
    """Why a key that was used before may be used again, and who says so."""

    by: str
    reason: str
    of: str


class ExecutionRequest(Contract):
    """A versioned request. ``idempotency_key`` is over what would be done: the same key never means a second mutation by itself."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.foundry_execution_request\.v1(\.[0-9]+)?$")] = REQUEST_SCHEMA
    id: str
    digest: str | None = None
    created_at: str | None = None
    project_id: str
    requester: str
    brief: BriefReference
    prompt_pack: ArtifactReference
    gate_overlay: ArtifactReference
    repository: RepositoryReference
    entry_event: str
    payload: dict[str, Any]
    throttle: Throttle = "dry_run"
    approval: dict[str, Any]
    idempotency_key: str
    override: Override | None = None
    reporting: Reporting


@dataclass(frozen=True, slots=True)
class KeyParts:
    """The seven parts that make two requests the same."""

    project: str
    revision: str
    brief_digest: str
    entry_event: str
    payload: Mapping[str, Any]
    throttle: str
    requester: str


def idempotency_key(parts: KeyParts) -> str:
    """Return ``sha256:<hex>`` over the RFC 8785 canonical JSON of an object with the seven parts under their names."""
    return digest_of(
        {
            "project": parts.project,
            "revision": parts.revision,
            "brief_digest": parts.brief_digest,
            "entry_event": parts.entry_event,
            "payload": dict(parts.payload),
            "throttle": parts.throttle,
            "requester": parts.requester,
        }
    )


def branch_name(project: str, slug: str, request_key: str) -> str:
    """Return ``alloy/<project>/<slug>/<short id>``, where each part is legal in a git reference."""
    short = request_key.removeprefix("sha256:")[:_SHORT]
    return "/".join(("alloy", _part(project), _part(slug), _part(short)))


def _part(text: str) -> str:
    cleaned = re.sub(r"\.{2,}", ".", _REF_UNSAFE.sub("-", text)).strip("-.")
    cleaned = cleaned.removesuffix(".lock")
    return cleaned or "x"
