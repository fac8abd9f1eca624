"""A brief for a reviewer: everything that must be known before saying yes, in an order that reads well in two minutes. Pure.

Numbers in brackets lead to the records at the end; G and a number to a gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alloy_assist.briefs.family import Gate, GateOverlay
from alloy_assist.briefs.findings import Finding
from alloy_assist.briefs.model import (
    EvidenceItem,
    ForbiddenMove,
    FormationBrief,
    ProtectedCapability,
    Role,
    Strategy,
    Threat,
)
from alloy_assist.briefs.parts import Statement, Trace, statement_of
from archaeology.text import visible, visible_line

_SHORT_DIGEST = 19
_SHORT_REVISION = 12
_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|"})


def brief_markdown(brief: FormationBrief, overlay: GateOverlay | None = None, findings: Sequence[Finding] = ()) -> str:
    """Return a brief as Markdown. Everything that comes from data is escaped."""
    return _Page(brief, overlay, findings).text()


class _Page:
    """One rendering: what is numbered keeps its number on the whole page."""

    def __init__(self, brief: FormationBrief, overlay: GateOverlay | None, findings: Sequence[Finding]) -> None:
        self._brief = brief
        self._overlay = overlay
        self._findings = findings
        records = brief.source.records if brief.source else ()
        self._records = {item.id: number for number, item in enumerate(records, start=1)}
        gates = overlay.gates if overlay else ()
        self._gates = {gate.id: f"G{number}" for number, gate in enumerate(gates, start=1)}

    def text(self) -> str:
        brief = self._brief
        plan = brief.evidence_plan
        parts = [
            *self._heading(),
            *_section("Before you say yes", self._finding_lines()),
            *_section("Mission", self._mission()),
            *_section("What must survive", map(self._capability, brief.protected_capabilities)),
            *_section("What would erode it", map(self._threat, brief.threats_to_watch)),
            *_section("How it is done here", map(self._strategy, brief.preferred_strategies)),
            *_section(
                "Suspicious moves",
                map(self._move, brief.forbidden_moves),
                "Not commandments: a run that cannot do without one stops and says why. Where a gate is named, it fails on the move.",
            ),
            *_section("Costs that were accepted", map(self._line, brief.tradeoffs)),
            *_section("Evidence that is required", map(self._evidence, plan.required)),
            *_section("Evidence that would help", map(self._evidence, plan.suggested)),
            *_section("Evidence that was waived", map(_waived, plan.waived)),
            *_section("Gates", self._gate_lines(), "All run at the root of the repository."),
            *_section("Conflicts", (f"{_text(each.statement)}{self._from(each.trace)}" for each in brief.conflicts)),
            *_section("Questions that nobody has answered", map(self._line, brief.unresolved_questions)),
            *self._formation(),
            *self._sources(),
        ]
        return "\n".join(parts).rstrip() + "\n"

    def _heading(self) -> list[str]:
        brief = self._brief
        controls = brief.foundry
        run = f"{_text(controls.entry_event)}, throttle **{_text(controls.throttle)}**" if controls else "nothing yet"
        revision = (brief.source.repository_revision if brief.source else None) or "no commit"
        revision = revision[:_SHORT_REVISION]
        count = len(brief.protected_capabilities)
        protects = (
            f"It protects {_count(count, 'capability', 'capabilities')}."
            if count
            else "It names no capability to protect."
        )
        digest = (brief.digest or "none yet")[:_SHORT_DIGEST]
        lines = [
            f"# {_text(brief.mission.objective)}",
            "",
            " ".join(
                (
                    f"Formation Brief for **{_text(brief.project_id)}** at commit `{_code(revision)}`.",
                    protects,
                    f"A run of it does: {run}.",
                )
            ),
            "",
            f"`{_code(brief.id)}`, digest `{_code(digest)}`" + (", " if brief.created_by else ""),
        ]
        if brief.created_by:
            lines.append(f"compiled by {_text(brief.created_by)} at {_text(brief.created_at or '')}")
        return [*lines, ""]

    def _finding_lines(self) -> list[str]:
        """Open questions have a section of their own; here they are counted."""
        questions = [each for each in self._findings if each.key.startswith("question:") and not each.settled]
        lines = [_finding(each) for each in self._findings if each not in questions]
        if questions:
            grave = " *(Blocks a mutating run.)*" if any(each.blocks_mutating for each in questions) else ""
            lines.append(
                f"**Warning:** {_count(len(questions), 'question is', 'questions are')} unanswered; see below.{grave}"
            )
        return lines

    def _mission(self) -> list[str]:
        mission = self._brief.mission
        return [
            *(f"Done when: {_text(each)}" for each in mission.definition_of_done),
            *(f"Stop and ask when: {_text(each)}" for each in mission.stop_conditions),
            *(f"Product intent: `{_code(each)}`" for each in mission.product_intent_refs),
            *(f"Design intent: `{_code(each)}`" for each in mission.design_intent_refs),
        ]

    def _capability(self, each: ProtectedCapability) -> str:
        severity = f" *({each.severity})*" if each.severity else ""
        scope = f" In {', '.join(f'`{_code(glob)}`' for glob in each.scope)}." if each.scope else ""
        why = f" It matters because: {_text(each.expectation)}" if each.expectation else ""
        return f"**{_text(each.statement)}**{severity}{scope}{why}{self._from(each.trace)}"

    def _threat(self, each: str | Threat) -> str:
        patterns = each.patterns if isinstance(each, Threat) else ()
        shown = f" Would show as {', '.join(f'`{_code(pattern)}`' for pattern in patterns)}." if patterns else ""
        return f"{_text(statement_of(each))}{shown}{self._trace(each)}"

    def _strategy(self, each: str | Strategy) -> str:
        text = _text(statement_of(each))
        if isinstance(each, Strategy):
            text += f" Here: {_text(each.definition)}" if each.definition else ""
            text += f" See {', '.join(f'`{_code(example)}`' for example in each.examples)}." if each.examples else ""
            text += f" Not where: {_text('; '.join(each.exceptions))}." if each.exceptions else ""
        return f"{text}{self._trace(each)}"

    def _move(self, each: str | ForbiddenMove) -> str:
        text = _text(statement_of(each))
        if isinstance(each, ForbiddenMove):
            names = ", ".join(self._gates.get(gate, f"`{_code(gate)}`") for gate in each.gates)
            text += f" — {names}" if names else " — a warning"
        return f"{text}{self._trace(each)}"

    def _line(self, each: str | Statement) -> str:
        return f"{_text(statement_of(each))}{self._trace(each)}"

    def _evidence(self, each: str | EvidenceItem) -> str:
        text = _text(statement_of(each))
        if isinstance(each, EvidenceItem):
            reference = f"`{_code(each.reference)}`" if each.reference else "a person's review"
            text += f" — {self._gates.get(each.gate, each.gate) if each.gate else reference}"
        return f"{text}{self._trace(each)}"

    def _gate_lines(self) -> list[str]:
        if self._overlay is None:
            return []
        ours = [f"{self._gates[gate.id]} ({_words(gate.mode)}): {_how(gate)}" for gate in self._overlay.gates]
        theirs = [
            f"`{_code(gate.reference)}`, which the repository has already ({_words(gate.mode)})"
            for gate in self._overlay.existing
        ]
        return ours + theirs

    def _formation(self) -> list[str]:
        formation = self._brief.agent_formation
        if formation is None:
            return []
        roles = (
            f"**{_text(role.name)}** ({_words(role.access)}): {_text(role.purpose)}"
            if isinstance(role, Role)
            else _text(role)
            for role in formation.roles
        )
        why = (f"Why: {_text(statement_of(each))}" for each in formation.why)
        return _section(f"Recommended formation: {_words(formation.pattern)}", (*roles, *why))

    def _sources(self) -> list[str]:
        if self._brief.source is None or not self._brief.source.records:
            return []
        lines = [
            f"{self._records[item.id]}. {_text(item.title)} — `{_code(item.id)}` version {item.version}, {_text(item.state)}; {_text(item.because)}"
            for item in self._brief.source.records
        ]
        return ["## Compiled from", "", *lines, ""]

    def _trace(self, each: str | Statement) -> str:
        return "" if isinstance(each, str) else self._from(each.trace)

    def _from(self, steps: tuple[Trace, ...]) -> str:
        numbers = sorted({self._records[step.record] for step in steps if step.record in self._records})
        return f" \\[{', '.join(map(str, numbers))}\\]" if numbers else ""


def _section(title: str, lines: Iterable[str], note: str = "") -> list[str]:
    bullets = [f"- {line}" for line in lines]
    return [f"## {title}", "", *([note, ""] if note else []), *bullets, ""] if bullets else []


def _finding(each: Finding) -> str:
    words = {"block": "**Blocks approval:**", "warn": "**Warning:**", "note": "Note:"}
    return f"{words[each.severity]} {_text(each.text)}" + (
        " *(Blocks a mutating run.)*" if each.blocks_mutating else ""
    )


def _waived(each: str | EvidenceItem) -> str:
    waiver = (each.waiver or {}) if isinstance(each, EvidenceItem) else {}
    until = f", until {_text(str(waiver['until']))}" if waiver.get("until") else ""
    who, why = _text(str(waiver.get("who", "?"))), _text(str(waiver.get("why", "?")))
    return f"{_text(statement_of(each))} — waived by {who}{until}: {why}"


def _how(gate: Gate) -> str:
    if gate.runs_with == "python" and gate.files:
        return f"a script of its own, `{_code(gate.files[0].path.rsplit('/', 1)[-1])}`"
    return f"`{_code(' '.join(gate.command))}`"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _text(text: str) -> str:
    """Escape a line but for code spans: what stands between two backticks is literal already."""
    parts = visible_line(text).split("`")
    if len(parts) % 2 == 0 or any(not part.strip() for part in parts[1::2]):
        return "`".join(parts).translate(_MARKDOWN)
    return "".join(f"`{part}`" if position % 2 else part.translate(_MARKDOWN) for position, part in enumerate(parts))


def _code(text: str) -> str:
    return visible(text).replace("\n", " ").replace("`", "'")


def _words(name: str) -> str:
    return str(name).replace("_", " ")
