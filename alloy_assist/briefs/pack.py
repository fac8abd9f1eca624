"""The Prompt Pack: eight views of one brief, each within its budget, with what was left out listed. Pure.

Budget and wording of a phase are in its template (``prompts/templates/pack/``). Tokens are estimated as a quarter of the bytes: no
tokenizer is asked, because which model will read the prompt is not known.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from alloy_assist.briefs.family import LeftOut, Phase, Prompt, PromptEdit, PromptPack
from alloy_assist.briefs.model import (
    EvidenceItem,
    ForbiddenMove,
    Mission,
    ProtectedCapability,
    Source,
    Strategy,
    Threat,
)
from alloy_assist.briefs.parts import Trace
from alloy_assist.briefs.sections import Sections
from alloy_assist.briefs.selection import EditedPrompt, Selection
from prompts import render, template_header, template_version
from store.identity import digest_of_bytes

_BYTES_PER_TOKEN = 4

# What a phase is shown, the dearest first: what does not fit is dropped from the end.
VIEWS: Mapping[Phase, tuple[str, ...]] = {
    Phase.ASSESSMENT: ("capabilities", "threats", "questions", "conflicts"),
    Phase.TRIAGE: ("done", "stop", "capabilities", "conflicts", "questions"),
    Phase.PLANNING: (
        "done",
        "stop",
        "capabilities",
        "forbidden",
        "strategies",
        "threats",
        "required",
        "tradeoffs",
        "conflicts",
        "questions",
    ),
    Phase.EXECUTION: ("done", "stop", "forbidden", "strategies", "required", "patterns", "tradeoffs"),
    Phase.REVIEW: ("capabilities", "required", "forbidden", "threats", "patterns", "tradeoffs", "suggested"),
    Phase.RETRY: ("stop", "required", "forbidden"),
    Phase.SUMMARIZATION: ("done", "capabilities", "required"),
    Phase.INTENT_FEEDBACK: ("questions", "capabilities", "threats", "tradeoffs", "conflicts", "suggested"),
}


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class PackInput:
    """What a pack is made from."""

    name: str
    selection: Selection
    mission: Mission
    sections: Sections
    required: tuple[EvidenceItem, ...]
    suggested: tuple[EvidenceItem, ...]
    source: Source


def compile_pack(given: PackInput) -> PromptPack:
    """Return the pack without its digest; edits that a person made replace the compiled text of their phase."""
    items = _items(given)
    prompts: list[Prompt] = []
    edits: list[PromptEdit] = []
    for phase in Phase:
        prompt = _prompt(phase, given, items)
        edited = given.selection.prompts.get(phase)
        if edited is not None:
            edits.append(_edit(prompt, edited))
            prompt = prompt.model_copy(update={"text": edited.text, "tokens": estimate_tokens(edited.text)})
        prompts.append(prompt)
    values = {
        "schema_version": PromptPack.model_fields["schema_version"].default,
        "id": f"alloy.prompts.{given.name}",
        "project_id": given.selection.project_id,
        "brief": f"alloy.brief.{given.name}",
        "source": given.source,
        "prompts": tuple(prompts),
    }
    return PromptPack.model_validate({**values, "edits": tuple(edits)} if edits else values)


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text has."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // _BYTES_PER_TOKEN)


def text_digest(text: str) -> str:
    """Return the digest of a prompt's text."""
    return digest_of_bytes(text.encode("utf-8", "surrogatepass"))


def stale_edits(selection: Selection, compiled: PromptPack) -> tuple[str, ...]:
    """Return the phases whose edit was made against another text than is compiled now (from a selection without edits)."""
    texts = {prompt.phase: text_digest(prompt.text) for prompt in compiled.prompts}
    return tuple(phase for phase, edit in sorted(selection.prompts.items()) if texts.get(phase) != edit.base_sha256)


def _prompt(phase: Phase, given: PackInput, items: Mapping[str, tuple[_Item, ...]]) -> Prompt:
    template = f"pack/{phase}"
    budget = int(template_header(template)["budget"])
    kept = {section: list(items[section]) for section in VIEWS[phase]}
    left_out: list[LeftOut] = []
    text = _text(phase, given, kept)
    while any(kept.values()) and estimate_tokens(text) > budget:
        left_out += _drop(kept, VIEWS[phase], estimate_tokens(text) - budget)
        text = _text(phase, given, kept)
    shown = {
        (step.record, step.version, step.facet) for section in kept.values() for item in section for step in item.trace
    }
    values = {
        "phase": str(phase),
        "template": template,
        "template_version": template_version(template),
        "token_budget": budget,
        "tokens": estimate_tokens(text),
        "text": text,
        "records": tuple(
            Trace(record=record, version=version, facet=facet) for record, version, facet in sorted(shown)
        ),
        "left_out": tuple(left_out),
    }
    return Prompt.model_validate(values)


def _drop(kept: Mapping[str, list[_Item]], view: tuple[str, ...], tokens: int) -> list[LeftOut]:
    """Take lines out, the least dear first, until about so many tokens are gone: one at least."""
    dropped: list[LeftOut] = []
    freed = 0
    for section in reversed(view):
        while kept[section] and freed < tokens * _BYTES_PER_TOKEN:
            item = kept[section].pop()
            freed += len(item.text.encode("utf-8", "surrogatepass")) + len("- \n")
            dropped.append(LeftOut(section=section, statement=item.text, trace=item.trace))
    return dropped


def _text(phase: Phase, given: PackInput, kept: Mapping[str, list[_Item]]) -> str:
    template = f"pack/{phase}"
    every = {section: tuple(item.text for item in kept.get(section, ())) for section in _SECTIONS}
    body = render(
        template,
        objective=given.mission.objective,
        project=given.selection.project_id,
        throttle=given.selection.throttle,
        **every,
    )
    records = ", ".join(f"{item.id}@{item.version}" for item in given.source.records)
    heading = (
        f"---\nphase: {phase}\nbrief: alloy.brief.{given.name}\nsource: {given.source.digest}\nrecords: {records}\n"
        f"compiler: {given.source.compiler_version}\ntemplate: {template}@{template_version(template)}\n---\n\n"
    )
    return f"{heading}{body}\n"


_SECTIONS = (
    "done", "stop", "capabilities", "threats", "patterns", "strategies", "forbidden", "tradeoffs", "required", "suggested",
    "questions", "conflicts",
)  # fmt: skip


def _items(given: PackInput) -> dict[str, tuple[_Item, ...]]:
    sections = given.sections
    return {
        "done": tuple(_Item(each) for each in given.mission.definition_of_done),
        "stop": tuple(_Item(each) for each in given.mission.stop_conditions),
        "capabilities": tuple(_Item(_capability(each), each.trace) for each in sections.capabilities),
        "threats": tuple(_Item(_threat(each), each.trace) for each in sections.threats),
        "patterns": tuple(
            _Item(f"`{pattern}` shows: {each.statement}", each.trace)
            for each in sections.threats
            for pattern in each.patterns
        ),
        "strategies": tuple(_Item(_strategy(each), each.trace) for each in sections.strategies),
        "forbidden": tuple(_Item(_forbidden(each), each.trace) for each in sections.forbidden),
        "tradeoffs": tuple(_Item(each.statement, each.trace) for each in sections.tradeoffs),
        "required": tuple(_Item(_evidence(each), each.trace) for each in given.required),
        "suggested": tuple(_Item(_evidence(each), each.trace) for each in given.suggested),
        "questions": tuple(_Item(each.statement, each.trace) for each in sections.questions),
        "conflicts": tuple(_Item(each.statement, each.trace) for each in sections.conflicts),
    }


def _capability(each: ProtectedCapability) -> str:
    scope = f" In {', '.join(each.scope)}." if each.scope else ""
    why = f" It matters because: {each.expectation}" if each.expectation else ""
    return f"({each.severity}) {each.statement}{scope}{why}"


def _threat(each: Threat) -> str:
    return f"{each.statement} ({each.severity})"


def _strategy(each: Strategy) -> str:
    parts = [each.statement]
    if each.definition:
        parts.append(f"Here that means: {each.definition}")
    if each.examples:
        parts.append(f"See {', '.join(each.examples)}.")
    if each.exceptions:
        parts.append(f"Not where: {'; '.join(each.exceptions)}.")
    return " ".join(parts)


def _forbidden(each: ForbiddenMove) -> str:
    return f"{each.statement.rstrip('.')}. ({each.wording})"


def _evidence(each: EvidenceItem) -> str:
    shown = (
        f" Gate: {each.gate}."
        if each.gate
        else f" See {each.reference}."
        if each.reference
        else " A person reviews it."
    )
    return f"{each.statement.rstrip('.')}.{shown}"


def _edit(prompt: Prompt, edited: EditedPrompt) -> PromptEdit:
    lines = difflib.unified_diff(
        prompt.text.splitlines(),
        edited.text.splitlines(),
        f"compiled/{prompt.phase}",
        f"edited/{prompt.phase}",
        lineterm="",
    )
    return PromptEdit(
        phase=prompt.phase, by=edited.by, reason=edited.reason, base_sha256=edited.base_sha256, diff="\n".join(lines)
    )
