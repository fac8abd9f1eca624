"""The Foundry Run Result: what a run did, as the engine reports it. Pure."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from alloy_assist.foundry.contract import BriefReference, Contract

RESULT_SCHEMA: Final = "alloy.foundry_run_result.v1"

Outcome = Literal["passed", "failed", "skipped", "error"]
FailureClass = Literal["validation", "dispatch", "execution", "safety", "semantic"]


class TraceReference(Contract):
    """Where the trace of a run is; ``digest`` is over its bytes where it is known."""

    event_id: str
    path: str | None = None
    digest: str | None = None


class GateOutcome(Contract):
    """What a gate said."""

    gate: str
    outcome: Outcome
    exit_code: int | None = None
    duration_ms: int | None = Field(default=None, ge=0)
    output: str = ""


class Failure(Contract):
    """How a run went wrong."""

    failure_class: FailureClass
    message: str


class RunResult(Contract):
    """A run that ended, well or badly. ``revision_after`` is None where nothing was changed."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.foundry_run_result\.v1(\.[0-9]+)?$")] = RESULT_SCHEMA
    id: str
    digest: str | None = None
    request_id: str
    idempotency_key: str
    brief: BriefReference
    status: Literal["succeeded", "failed", "cancelled", "refused", "timed_out"]
    throttle: str
    started_at: str | None = None
    finished_at: str | None = None
    revision_before: str | None = None
    revision_after: str | None = None
    branch: str | None = None
    summary: str = ""
    traces: tuple[TraceReference, ...] = ()
    gates: tuple[GateOutcome, ...] = ()
    iterations: int | None = Field(default=None, ge=0)
    retries: int = Field(default=0, ge=0)
    changed_files: tuple[str, ...] = ()
    failure: Failure | None = None
    evidence: tuple[dict[str, Any], ...] = ()
