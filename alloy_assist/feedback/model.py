"""What was seen of the evidence, and what a run taught about the intent behind it. Frozen values; nothing here decides."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from alloy_assist.foundry.contract import BriefReference, Contract

OBSERVATION_SCHEMA: Final = "alloy.evidence_observation.v1"
FEEDBACK_SCHEMA: Final = "alloy.run_feedback.v1"

Status = Literal["passing", "failing", "unknown"]


class EvidenceObservation(Contract):
    """What was seen of one piece of evidence, once, at one revision.

    ``evidence`` is its id in the evidence plan; ``method`` says who looked: a gate that ran, a check that was evaluated, or nobody yet.
    """

    schema_version: Annotated[str, Field(pattern=r"^alloy\.evidence_observation\.v1(\.[0-9]+)?$")] = OBSERVATION_SCHEMA
    id: str
    digest: str | None = None
    evidence: str
    statement: str
    status: Status
    method: Literal["gate_run", "check_evaluated", "reported_by_run", "reviewed_by_person", "not_run"]
    gate: str | None = None
    command: tuple[str, ...] = ()
    exit_code: int | None = None
    detail: str = ""
    repository_revision: str | None = None
    brief: BriefReference | None = None
    run_id: str | None = None
    observed_at: str | None = None
    observed_by: str | None = None


class CapabilityOutcome(Contract):
    """How a capability came out of a run, and what says so."""

    capability: str
    outcome: Literal["preserved", "at_risk", "unknown"]
    evidence: tuple[str, ...] = ()
    why: str = ""


class ThreatSeen(Contract):
    """A threat that showed itself, and where."""

    statement: str
    places: tuple[str, ...] = ()


class GateWeakening(Contract):
    """A test or gate that was removed or loosened: a finding of its own."""

    path: str
    what: str


class Recommendation(Contract):
    """A change of a record that the run suggests; a person makes it or not."""

    record: str
    action: Literal["keep", "revise", "contradict", "deprecate", "ask"]
    reason: str


class RunFeedback(Contract):
    """A run's result, read through the brief that it was given."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.run_feedback\.v1(\.[0-9]+)?$")] = FEEDBACK_SCHEMA
    id: str
    digest: str | None = None
    run_id: str
    brief: BriefReference
    summary: str = ""
    capabilities: tuple[CapabilityOutcome, ...] = ()
    observations: tuple[dict[str, Any], ...] = ()
    threats_seen: tuple[ThreatSeen, ...] = ()
    gate_weakening: tuple[GateWeakening, ...] = ()
    retries_within_scope: bool | None = None
    failure_class: Literal["validation", "dispatch", "execution", "safety", "semantic"] | None = None
    recommendations: tuple[Recommendation, ...] = ()
    follow_up_questions: tuple[str, ...] = ()
