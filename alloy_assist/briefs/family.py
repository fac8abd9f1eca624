"""The artifacts that are compiled with a brief: Prompt Pack, Gate Overlay and Evidence Plan."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from alloy_assist.briefs.model import EvidenceItem, Source
from alloy_assist.briefs.parts import Digest, Part, Trace

PACK_SCHEMA: Final = "alloy.prompt_pack.v1"
OVERLAY_SCHEMA: Final = "alloy.gate_overlay.v1"
PLAN_SCHEMA: Final = "alloy.evidence_plan.v1"


class Phase(StrEnum):
    """The phases of a run, each of which gets its own view of the brief."""

    ASSESSMENT = "assessment"
    TRIAGE = "triage"
    PLANNING = "planning"
    EXECUTION = "execution"
    REVIEW = "review"
    RETRY = "retry"
    SUMMARIZATION = "summarization"
    INTENT_FEEDBACK = "intent_feedback"


class LeftOut(Part):
    """A line that did not fit into the budget of a phase."""

    section: str
    statement: str
    trace: tuple[Trace, ...] = ()


class Prompt(Part):
    """The instructions of one phase. Tokens are estimated: four bytes of UTF-8 each."""

    phase: str
    template: str
    template_version: int = Field(ge=1)
    token_budget: int = Field(ge=1)
    tokens: int = Field(ge=0)
    text: str
    records: tuple[Trace, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class PromptEdit(Part):
    """A person's change of a compiled prompt: what it was made against, and the difference as lines."""

    phase: str
    by: str
    reason: str = ""
    base_sha256: Digest
    diff: str


class PromptPack(Part):
    """Eight views of one brief. ``source`` says from which records; an edited pack names the pack that it comes from."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.prompt_pack\.v1(\.[0-9]+)?$")] = PACK_SCHEMA
    id: str
    digest: Digest | None = None
    project_id: str
    brief: str
    source: Source
    prompts: tuple[Prompt, ...]
    derived_from: Digest | None = None
    edits: tuple[PromptEdit, ...] = ()


class GateMode(StrEnum):
    """How much a gate decides."""

    ADVISORY = "advisory"
    REQUIRED_FOR_DRY_RUN = "required_for_dry_run"
    REQUIRED_FOR_MUTATING = "required_for_mutating"


class GateFile(Part):
    """A file that a gate needs, relative to the root of the repository, with its whole text."""

    path: str
    text: str


class Gate(Part):
    """A check as a command that runs at the root of the repository and exits 0 where the intent holds.

    ``runs_with`` names the tool that must be there; ``alternative`` is a second command with the same meaning.
    """

    id: str
    name: str
    command: tuple[str, ...]
    mode: GateMode
    timeout_seconds: int = Field(ge=1)
    runs_with: Literal["python", "project", "import-linter", "alloy"]
    files: tuple[GateFile, ...] = ()
    alternative: tuple[str, ...] = ()
    check: dict[str, Any] | None = None
    evidence: str
    trace: tuple[Trace, ...] = ()


class ExistingGate(Part):
    """A gate that the repository has already: referred to, not repeated."""

    reference: str
    statement: str
    mode: GateMode
    trace: tuple[Trace, ...] = ()


class GateOverlay(Part):
    """The gates that the required evidence proposes."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.gate_overlay\.v1(\.[0-9]+)?$")] = OVERLAY_SCHEMA
    id: str
    digest: Digest | None = None
    project_id: str
    source: Source
    gates: tuple[Gate, ...] = ()
    existing: tuple[ExistingGate, ...] = ()


class CapabilityEvidence(Part):
    """Which evidence stands for a capability; ``gap`` says what is missing where nothing does."""

    capability: str
    statement: str
    evidence: tuple[str, ...] = ()
    gap: str | None = None


class EvidencePlan(Part):
    """What would prove that the capabilities were preserved."""

    schema_version: Annotated[str, Field(pattern=r"^alloy\.evidence_plan\.v1(\.[0-9]+)?$")] = PLAN_SCHEMA
    id: str
    digest: Digest | None = None
    project_id: str
    source: Source
    capabilities: tuple[CapabilityEvidence, ...] = ()
    required: tuple[EvidenceItem, ...] = ()
    suggested: tuple[EvidenceItem, ...] = ()
    waived: tuple[EvidenceItem, ...] = ()
