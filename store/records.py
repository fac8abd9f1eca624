"""The vocabulary that is persisted: frozen values, and nothing that touches a database.

The lifecycle of a record is in :mod:`store.lifecycle`. Mined facts have types of their own (``archaeology.model``), and what a
language model answers has a third set, so that model output never *is* a record.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

RECORD_SCHEMA: Final = "alloy.intent_record.v1"


class Frozen(BaseModel):
    """A value: compared by content, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class RecordState(StrEnum):
    """The states of an Engineering Intent Record; only ``accepted`` and ``active`` ones are compiled."""

    HYPOTHESIZED = "hypothesized"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    CONTRADICTED = "contradicted"
    SUPERSEDED = "superseded"


COMPILABLE_STATES = frozenset({RecordState.ACCEPTED, RecordState.ACTIVE})


class FacetName(StrEnum):
    """The six facets of a record, in the order in which they are read aloud."""

    CAPABILITY = "capability"
    THREAT = "threat"
    EXPECTATION = "expectation"
    STRATEGY = "strategy"
    EVIDENCE = "evidence"
    TRADEOFF = "tradeoff"


class Severity(StrEnum):
    """How bad the loss of the capability would be."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class EvidenceStatus(StrEnum):
    """Where a piece of evidence stands."""

    PROPOSED = "proposed"
    REQUIRED = "required"
    PASSING = "passing"
    FAILING = "failing"
    WAIVED = "waived"
    OBSOLETE = "obsolete"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How one record stands to another (or, for ``applies_to``, to a path or module)."""

    SUPPORTS = "supports"
    CONFLICTS_WITH = "conflicts_with"
    SUPERSEDES = "supersedes"
    REFINES = "refines"
    DEPENDS_ON = "depends_on"
    CONSTRAINS = "constrains"
    APPLIES_TO = "applies_to"


class ActorKind(StrEnum):
    """Who acts. Only a person can accept a record or approve a brief."""

    PERSON = "person"
    AGENT = "agent"
    SYSTEM = "system"


class Actor(Frozen):
    """Who did something."""

    kind: ActorKind
    name: str


class Waiver(Frozen):
    """A piece of evidence that is not asked for, for a time: who says so, why, and until when (ISO date)."""

    who: str
    why: str
    until: str | None = None


class EvidenceDefinition(Frozen):
    """What would show that the capability is preserved.

    ``check`` is a machine check in the survey's form; ``reference`` names a test or gate that exists; ``command`` is a shell-free
    argument vector.
    """

    id: str
    statement: str
    kind: Literal["check", "gate", "test", "command", "review"] = "review"
    check: dict[str, Any] | None = None
    reference: str | None = None
    command: tuple[str, ...] = ()
    status: EvidenceStatus = EvidenceStatus.PROPOSED
    waiver: Waiver | None = None


class Facets(Frozen):
    """One judgement in six facets. None (or no evidence) means that nobody has said it yet."""

    capability: str | None = None
    threat: str | None = None
    expectation: str | None = None
    strategy: str | None = None
    evidence: tuple[EvidenceDefinition, ...] = ()
    tradeoff: str | None = None


class StrategyDetail(Frozen):
    """What a strategy means here: a local definition, files that show it, and where it does not apply."""

    definition: str = ""
    examples: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


class SourceCitation(Frozen):
    """Where a judgement comes from, in a form that can be re-checked.

    ``kind`` is code, commit, gate or test as in the survey (``body`` holds that citation unchanged), or ``interview`` for a person's
    own words, or ``document``.
    """

    kind: Literal["code", "commit", "gate", "test", "interview", "document"]
    body: dict[str, Any]


class Origin(Frozen):
    """How a record came to be."""

    kind: Literal["hypothesis", "interview", "manual", "import", "model"]
    hypothesis: str | None = None
    interview: str | None = None
    note: str = ""


class Relation(Frozen):
    """A typed link from a record to another record, or to a path for ``applies_to``."""

    kind: RelationKind
    target: str
    note: str = ""


class IntentRecord(Frozen):
    """An Engineering Intent Record at one version.

    ``id`` is ``alloy.intent.<slug>`` and never changes; ``version`` counts from 1; ``scope`` holds globs of paths that the record
    governs, relative to the repository; ``forbidden_moves`` are warnings in a person's words.
    """

    schema_version: Literal["alloy.intent_record.v1"] = RECORD_SCHEMA
    id: str
    version: int = Field(default=1, ge=1)
    state: RecordState = RecordState.PROPOSED
    title: str
    family: str | None = None
    facets: Facets = Facets()
    strategy_detail: StrategyDetail = StrategyDetail()
    forbidden_moves: tuple[str, ...] = ()
    threat_patterns: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    severity: Severity = Severity.MEDIUM
    confidence: float | None = Field(default=None, ge=0.0, le=1.0)
    citations: tuple[SourceCitation, ...] = ()
    relations: tuple[Relation, ...] = ()
    open_questions: tuple[str, ...] = ()
    origin: Origin = Origin(kind="manual")
    superseded_by: str | None = None


class Change(Frozen):
    """Who changed a record, when (ISO 8601, UTC), why, and what it was called in the lifecycle."""

    record_id: str
    version: int
    actor: Actor
    at: str
    action: str
    reason: str = ""
