"""From a snapshot and a selection to all artifacts. Pure: the same input gives the same bytes on any machine, in any order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alloy_assist.briefs.family import EvidencePlan, GateOverlay, PromptPack
from alloy_assist.briefs.findings import Finding, find
from alloy_assist.briefs.formation import recommend
from alloy_assist.briefs.gates import compile_overlay
from alloy_assist.briefs.model import (
    BRIEF_SCHEMA,
    EvidenceSection,
    FeedbackHooks,
    FormationBrief,
    FoundryControls,
    Mission,
    PackReference,
    Source,
)
from alloy_assist.briefs.pack import PackInput, compile_pack, stale_edits
from alloy_assist.briefs.parts import Reference, to_body
from alloy_assist.briefs.plan import plan_evidence
from alloy_assist.briefs.sealing import pinned_bytes, with_digest
from alloy_assist.briefs.sections import Sections, write_sections
from alloy_assist.briefs.selection import Selection
from alloy_assist.briefs.snapshot import Snapshot, source_of
from archaeology.text import visible, visible_line
from store.exchange.documents import LARGEST
from store.identity import digest_of

COMPILER = "alloy-brief-compiler/1"
"""Which rules compile; raised whenever the same snapshot would compile to other content."""

_HOOKS = ("create_evidence_observations", "summarize_intent_satisfaction", "propose_follow_up_questions")
_SHORT = 8
_ROOM = 4096  # for what names the act of compiling


@dataclass(frozen=True)
class Compilation:
    """All artifacts of a brief as bodies with their digests, but for the fields that name the act; and what speaks against them.

    ``bodies`` maps a kind (formation_brief, prompt_pack, gate_overlay, evidence_plan) to a body.
    """

    name: str
    bodies: Mapping[str, dict[str, Any]]
    findings: tuple[Finding, ...]

    @property
    def digest(self) -> str:
        """The digest of the brief, which pins those of its artifacts."""
        return str(self.bodies["formation_brief"]["digest"])


def compile_brief(objective: str, slug: str, selection: Selection, snapshot: Snapshot) -> Compilation:
    """Return the artifacts of a brief. Total over legal input: what speaks against it is in the findings."""
    source = source_of(snapshot, selection, COMPILER)
    name = f"{slug}-{_short(objective, selection, source)}"
    project = selection.project_id
    findings = find(snapshot, selection)
    overlay = compile_overlay(snapshot, source, project, name)
    plan = plan_evidence(snapshot, overlay, source, project, name)
    sections = write_sections(snapshot, overlay, findings)
    mission = _mission(objective, selection, source)
    given = PackInput(name, selection, mission, sections, plan.required, plan.suggested, source)
    pack = compile_pack(given)
    if selection.prompts:
        plain = compile_pack(_without_edits(given))
        findings = (*_stale(selection, plain), *findings)
        pack = pack.model_copy(update={"derived_from": with_digest(to_body(plain))["digest"]})
    bodies = {
        "prompt_pack": with_digest(to_body(pack)),
        "gate_overlay": with_digest(to_body(overlay)),
        "evidence_plan": with_digest(to_body(plan)),
    }
    brief = _brief(name, mission, source, selection, sections, plan, bodies)
    formation = recommend(snapshot, selection, overlay, plan)
    body = to_body(brief.model_copy(update={"agent_formation": formation}))
    whole = {"formation_brief": with_digest(body), **bodies}
    return Compilation(name, whole, (*_too_large(whole), *findings))


def models_of(compilation: Compilation) -> tuple[FormationBrief, PromptPack, GateOverlay, EvidencePlan]:
    """Return the artifacts as models."""
    bodies = compilation.bodies
    return (
        FormationBrief.model_validate(bodies["formation_brief"]),
        PromptPack.model_validate(bodies["prompt_pack"]),
        GateOverlay.model_validate(bodies["gate_overlay"]),
        EvidencePlan.model_validate(bodies["evidence_plan"]),
    )


def _short(objective: str, selection: Selection, source: Source) -> str:
    chosen = {**selection.to_row(), "records": sorted(item.id for item in selection.records)}
    return digest_of([objective, chosen, to_body(source)]).removeprefix("sha256:")[:_SHORT]


def _mission(objective: str, selection: Selection, source: Source) -> Mission:
    return Mission(
        objective=visible(objective).strip(),
        definition_of_done=tuple(map(visible_line, selection.definition_of_done)),
        stop_conditions=tuple(map(visible_line, selection.stop_conditions)),
        product_intent_refs=tuple(map(visible_line, selection.product_refs)),
        design_intent_refs=tuple(map(visible_line, selection.design_refs)),
        engineering_intent_refs=tuple(item.id for item in source.records),
    )


def _brief(  # noqa: PLR0913, PLR0917 - the parts of a brief
    name: str,
    mission: Mission,
    source: Source,
    selection: Selection,
    sections: Sections,
    plan: EvidencePlan,
    bodies: Mapping[str, dict[str, Any]],
) -> FormationBrief:
    payload: dict[str, Any] = {
        "strategic": True,
        "max_iterations": selection.max_iterations,
        "actions": dict(sorted(selection.actions.items())),
    }
    return FormationBrief(
        schema_version=BRIEF_SCHEMA,
        id=f"alloy.brief.{name}",
        version=1,
        project_id=selection.project_id,
        source=source,
        mission=mission,
        protected_capabilities=sections.capabilities,
        threats_to_watch=sections.threats,
        preferred_strategies=sections.strategies,
        forbidden_moves=sections.forbidden,
        tradeoffs=sections.tradeoffs,
        evidence_plan=EvidenceSection(
            id=plan.id,
            digest=bodies["evidence_plan"]["digest"],
            required=plan.required,
            suggested=plan.suggested,
            waived=plan.waived,
        ),
        prompt_pack=PackReference(id=bodies["prompt_pack"]["id"], digest=bodies["prompt_pack"]["digest"]),
        gate_overlay=Reference(id=bodies["gate_overlay"]["id"], digest=bodies["gate_overlay"]["digest"]),
        foundry=FoundryControls(entry_event=selection.entry_event, throttle=selection.throttle, payload=payload),
        feedback_hooks=FeedbackHooks(on_completed=_HOOKS),
        conflicts=sections.conflicts,
        unresolved_questions=sections.questions,
    )


def _without_edits(given: PackInput) -> PackInput:
    selection = given.selection.model_copy(update={"prompts": {}})
    return PackInput(
        given.name, selection, given.mission, given.sections, given.required, given.suggested, given.source
    )


def _too_large(bodies: Mapping[str, dict[str, Any]]) -> tuple[Finding, ...]:
    """What nobody could read back must not be pinned."""
    return tuple(
        Finding(
            "block",
            f"The {kind.replace('_', ' ')} would have {size // 1024} KiB: choose fewer records.",
            f"choice:size:{kind}",
        )
        for kind, body in bodies.items()
        if (size := len(pinned_bytes(body))) > LARGEST - _ROOM
    )


def _stale(selection: Selection, plain: PromptPack) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "block", f"The prompt of the phase {phase} was edited when it said something else.", f"choice:edit:{phase}"
        )
        for phase in stale_edits(selection, plain)
    )
