"""What is persisted of work done: compiled briefs and their artifacts, scans, and the entries of the audit trail."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field

from store.records import Actor, Frozen


class BriefState(StrEnum):
    """The ten states of a Formation Brief, in their order."""

    DRAFT = "draft"
    REVIEWABLE = "reviewable"
    APPROVED = "approved"
    COMPILED = "compiled"
    QUEUED = "queued"
    ACCEPTED = "accepted"
    EXECUTING = "executing"
    COMPLETED = "completed"
    ANALYZED = "analyzed"
    ARCHIVED = "archived"


class Artifact(Frozen):
    """An immutable artifact: the exact bytes, filed under ``sha256:<hex>`` of the canonical body (see ``store.identity``)."""

    digest: str
    kind: str
    schema_version: str
    bytes_sha256: str
    body: bytes
    created_at: str


class BriefRow(Frozen):
    """A brief on its way: what was chosen (``selection``), its state, its approval, and its artifacts once compiled."""

    id: str
    version: int = 1
    slug: str
    objective: str
    state: BriefState = BriefState.DRAFT
    selection: dict[str, Any] = Field(default_factory=dict)
    approval: dict[str, Any] | None = None
    snapshot: dict[str, Any] | None = None
    artifacts: dict[str, str] = Field(default_factory=dict)  # kind -> digest
    created_at: str
    created_by: str
    updated_at: str


class ScanRow(Frozen):
    """A scan that was made: at which commit, by which version, with how many results."""

    id: str
    at: str
    head: str | None
    fingerprint: str = ""
    hypotheses: int = 0
    observations: int = 0
    limits: tuple[dict[str, Any], ...] = ()
    timings: dict[str, float] = Field(default_factory=dict)


class AuditEntry(Frozen):
    """A link of the audit chain: ``hash`` = SHA-256(previous hash, canonical JSON of the rest)."""

    sequence: int
    at: str
    actor: Actor
    action: str
    subject: str
    reason: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    previous: str
    hash: str
