"""What became different from one brief to another, in words of intent. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from alloy_assist.briefs.model import EvidenceItem, ForbiddenMove, FormationBrief, ProtectedCapability, Strategy, Threat
from alloy_assist.briefs.parts import Statement, statement_of
from archaeology.text import visible_line


def differences(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return a sentence for each thing that is different between the bodies of two briefs (kind -> body). None is an empty tuple."""
    old = FormationBrief.model_validate(before["formation_brief"])
    new = FormationBrief.model_validate(after["formation_brief"])
    return (
        *_mission(old, new),
        *_source(old, new),
        *_capabilities(old, new),
        *_lists(old, new),
        *_gates(before.get("gate_overlay", {}), after.get("gate_overlay", {})),
        *_prompts(before.get("prompt_pack", {}), after.get("prompt_pack", {})),
        *_controls(old, new),
    )


def _mission(old: FormationBrief, new: FormationBrief) -> Iterator[str]:
    if old.mission.objective != new.mission.objective:
        yield f"The objective was “{_short(old.mission.objective)}” and is “{_short(new.mission.objective)}”."
    for field, words in (
        ("definition_of_done", "It is done when"),
        ("stop_conditions", "It stops when"),
        ("product_intent_refs", "It serves the product intent"),
        ("design_intent_refs", "It serves the design intent"),
    ):
        yield from _added_and_gone(getattr(old.mission, field), getattr(new.mission, field), words)


def _source(old: FormationBrief, new: FormationBrief) -> Iterator[str]:
    first = {item.id: item for item in old.source.records} if old.source else {}
    second = {item.id: item for item in new.source.records} if new.source else {}
    for identity in sorted(second.keys() - first.keys()):
        yield f"The record {identity} (version {second[identity].version}) was added."
    for identity in sorted(first.keys() - second.keys()):
        yield f"The record {identity} no longer counts."
    for identity in sorted(first.keys() & second.keys()):
        if first[identity].version != second[identity].version:
            yield f"The record {identity} moved from version {first[identity].version} to {second[identity].version}."
    revisions = [each.source.repository_revision if each.source else None for each in (old, new)]
    if revisions[0] != revisions[1]:
        yield f"The repository moved from {(revisions[0] or 'no commit')[:12]} to {(revisions[1] or 'no commit')[:12]}."


def _capabilities(old: FormationBrief, new: FormationBrief) -> Iterator[str]:
    first = {each.id: each for each in old.protected_capabilities}
    second = {each.id: each for each in new.protected_capabilities}
    for identity in sorted(second.keys() - first.keys()):
        yield f"It now also protects: {_short(second[identity].statement)}"
    for identity in sorted(first.keys() - second.keys()):
        yield f"It no longer protects: {_short(first[identity].statement)}"
    for identity in sorted(first.keys() & second.keys()):
        yield from _capability(first[identity], second[identity])


def _capability(old: ProtectedCapability, new: ProtectedCapability) -> Iterator[str]:
    name = _short(new.statement)
    if old.statement != new.statement:
        yield f"What was protected as “{_short(old.statement)}” is now said as “{name}”."
    if old.severity != new.severity:
        yield f"The loss of “{name}” was {old.severity} and is {new.severity}."
    if old.scope != new.scope:
        yield f"“{name}” was about {', '.join(old.scope) or 'everything'} and is about {', '.join(new.scope) or 'everything'}."


def _lists(old: FormationBrief, new: FormationBrief) -> Iterator[str]:
    for field, words in (
        ("threats_to_watch", "The threat"),
        ("preferred_strategies", "The strategy"),
        ("forbidden_moves", "The suspicious move"),
        ("tradeoffs", "The accepted cost"),
        ("unresolved_questions", "The open question"),
    ):
        yield from _added_and_gone(getattr(old, field), getattr(new, field), words)
    for section in ("required", "suggested", "waived"):
        before, after = getattr(old.evidence_plan, section), getattr(new.evidence_plan, section)
        yield from _added_and_gone(before, after, f"The {section} evidence")


def _gates(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    first = {gate["id"]: gate for gate in old.get("gates", ())}
    second = {gate["id"]: gate for gate in new.get("gates", ())}
    for identity in sorted(second.keys() - first.keys()):
        yield f"The gate {identity} was added ({_words(second[identity]['mode'])})."
    for identity in sorted(first.keys() - second.keys()):
        yield f"The gate {identity} is gone: what it guarded is not checked by a machine any more."
    for identity in sorted(first.keys() & second.keys()):
        if first[identity]["mode"] != second[identity]["mode"]:
            yield f"The gate {identity} was {_words(first[identity]['mode'])} and is {_words(second[identity]['mode'])}."
        if first[identity].get("check") != second[identity].get("check"):
            yield f"The gate {identity} checks something else."


def _prompts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    edited = {edit["phase"]: edit for edit in new.get("edits", ())}
    before = {edit["phase"]: edit for edit in old.get("edits", ())}
    for phase in sorted(edited.keys() | before.keys()):
        if edited.get(phase) != before.get(phase):
            who = f" by {edited[phase]['by']}" if phase in edited else " back to what is compiled"
            yield f"The prompt of the phase {_words(phase)} was edited{who}."


def _controls(old: FormationBrief, new: FormationBrief) -> Iterator[str]:
    if old.agent_formation and new.agent_formation and old.agent_formation.pattern != new.agent_formation.pattern:
        yield f"The recommended formation was {_words(old.agent_formation.pattern)} and is {_words(new.agent_formation.pattern)}."
    if old.foundry and new.foundry and old.foundry.throttle != new.foundry.throttle:
        yield f"The throttle was {old.foundry.throttle} and is {new.foundry.throttle}."


def _added_and_gone(old: tuple[Any, ...], new: tuple[Any, ...], words: str) -> Iterator[str]:
    first = {_said(each) for each in old}
    second = {_said(each) for each in new}
    for each in sorted(second - first):
        yield f"{words} was added: {_short(each)}"
    for each in sorted(first - second):
        yield f"{words} was dropped: {_short(each)}"


def _said(each: str | Statement) -> str:
    more: Callable[[Any], str] = lambda value: f" ({', '.join(value)})" if value else ""  # noqa: E731
    text = statement_of(each)
    if isinstance(each, Threat):
        return text + more(each.patterns)
    if isinstance(each, Strategy):
        return text + (f" {each.definition}" if each.definition else "") + more(each.examples) + more(each.exceptions)
    if isinstance(each, ForbiddenMove):
        return f"{text} ({each.enforcement})"
    if isinstance(each, EvidenceItem):
        return f"{text} ({each.status})"
    return text


def _short(text: str) -> str:
    return visible_line(text)


def _words(name: str) -> str:
    return str(name).replace("_", " ")
