"""The Formation Brief: what one run of an engine is meant to preserve, pinned."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from alloy_assist.briefs.parts import Digest, Line, Part, Reference, Statement, Trace

BRIEF_SCHEMA: Final = "alloy.formation_brief.v1"


class SourceRecord(Part):
    """A record as it was compiled: its version, the digest of its content, and why it was chosen."""

    id: str
    version: int = Field(ge=1)
    digest: Digest
    title: str
    state: str
    because: str = ""


class Source(Part):
    """The snapshot that was compiled: records, repository revision, compiler. ``digest`` is over the records."""

    digest: Digest
    repository_revision: str | None
    compiler_version: str
    records: tuple[SourceRecord, ...]


class Mission(Part):
    """What is to be done, when it is done, when to stop, and which intent stands behind it."""

    objective: str
    definition_of_done: tuple[str, ...] = ()
    stop_conditions: tuple[str, ...] = ()
    product_intent_refs: tuple[str, ...] = ()
    design_intent_refs: tuple[str, ...] = ()
    engineering_intent_refs: tuple[str, ...] = ()


class ProtectedCapability(Part):
    """A capability that the run must not lose. ``scope`` holds globs of paths; ``evidence`` ids of the evidence plan."""

    id: str
    statement: str
    severity: Literal["low", "medium", "high", "critical"] | None = None
    expectation: str | None = None
    scope: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    trace: tuple[Trace, ...] = ()


class Threat(Statement):
    """What erodes a capability. ``patterns`` are regular expressions that would show it in the code."""

    severity: str | None = None
    expectation: str | None = None
    patterns: tuple[str, ...] = ()


class Strategy(Statement):
    """How a capability is protected here: what the words mean locally, files that show it, where it does not apply."""

    definition: str | None = None
    examples: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


class ForbiddenMove(Statement):
    """A suspicious move in a person's words. ``enforcement`` says what happens: a warning, or gates that fail."""

    enforcement: Literal["warning", "gate"] = "warning"
    wording: str | None = None
    gates: tuple[str, ...] = ()


class EvidenceItem(Statement):
    """What would show that a capability is preserved, and which gate or existing test or gate shows it."""

    id: str
    kind: Literal["check", "gate", "test", "command", "review"] = "review"
    status: str = "proposed"
    gate: str | None = None
    reference: str | None = None
    waiver: dict[str, Any] | None = None


class EvidenceSection(Part):
    """What is required, what is suggested and what a person waived. ``id`` and ``digest`` name the Evidence Plan."""

    id: str | None = None
    digest: Digest | None = None
    required: tuple[str | EvidenceItem, ...] = ()
    suggested: tuple[str | EvidenceItem, ...] = ()
    waived: tuple[str | EvidenceItem, ...] = ()


class Role(Part):
    """One agent of a formation: what it is for and what it may touch."""

    name: str
    purpose: str
    access: Literal["read_only", "read_and_run_gates", "mutating"]


class AgentFormation(Part):
    """Which agents are recommended, and which records and risks made it so."""

    pattern: str
    roles: tuple[str | Role, ...] = ()
    why: tuple[Line, ...] = ()


class FoundryControls(Part):
    """What the engine is to be told: the entry event, how much it may change, and the payload."""

    entry_event: str
    throttle: str
    payload: dict[str, Any] = Field(default_factory=dict)


class PackReference(Part):
    """The Prompt Pack by id and digest; ``phases`` are the ids of prompts where a pack is named phase by phase."""

    id: str | None = None
    digest: Digest | None = None
    phases: dict[str, str] = Field(default_factory=dict)


class FeedbackHooks(Part):
    """What is to be done with the result."""

    on_completed: tuple[str, ...] = ()


class Conflict(Part):
    """Records that do not go together; listed, never papered over."""

    statement: str
    trace: tuple[Trace, ...] = ()


class FormationBrief(Part):
    """An immutable package of intent for one run. See ``docs/artifacts.md`` for every field."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.formation_brief\.v1(\.[0-9]+)?$")] = BRIEF_SCHEMA
    id: str
    version: int = Field(default=1, ge=1)
    digest: Digest | None = None
    seal: Digest | None = None
    project_id: str
    created_at: str | None = None
    created_by: str | None = None
    status: str | None = None
    source: Source | None = None
    mission: Mission
    protected_capabilities: tuple[ProtectedCapability, ...] = ()
    threats_to_watch: tuple[str | Threat, ...] = ()
    preferred_strategies: tuple[str | Strategy, ...] = ()
    forbidden_moves: tuple[str | ForbiddenMove, ...] = ()
    tradeoffs: tuple[Line, ...] = ()
    evidence_plan: EvidenceSection = EvidenceSection()
    agent_formation: AgentFormation | None = None
    prompt_pack: PackReference | None = None
    gate_overlay: Reference | None = None
    foundry: FoundryControls | None = None
    feedback_hooks: FeedbackHooks | None = None
    conflicts: tuple[Conflict, ...] = ()
    unresolved_questions: tuple[Line, ...] = ()
