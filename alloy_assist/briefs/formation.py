"""Which agents should do the run: stated rules, each with the records and the risk that made it so. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from alloy_assist.briefs.family import EvidencePlan, GateMode, GateOverlay
from alloy_assist.briefs.model import AgentFormation, Role
from alloy_assist.briefs.parts import Statement, Trace
from alloy_assist.briefs.selection import Selection
from alloy_assist.briefs.snapshot import Snapshot
from store.records import IntentRecord, Severity

_UNSURE = 0.6
_MANY = 4
_FRAMEWORKS = frozenset({"vendor_isolation", "technology_choice"})


@dataclass(frozen=True, slots=True)
class _Reading:
    critical: tuple[IntentRecord, ...]
    grave: tuple[IntentRecord, ...]
    unsure: tuple[IntentRecord, ...]
    asking: tuple[IntentRecord, ...]
    framework: tuple[IntentRecord, ...]
    unproved: tuple[IntentRecord, ...]
    records: tuple[IntentRecord, ...]
    gates: int
    mutating: bool


def recommend(snapshot: Snapshot, selection: Selection, overlay: GateOverlay, plan: EvidencePlan) -> AgentFormation:
    """Return the formation for a brief. The first rule that applies decides the pattern; all that apply add their roles.

    1. Open questions in half of the records or more: archaeologist-interviewer, because acting would be guessing.
    2. A critical capability: red-team reviewer, who tries to break it.
    3. Every record is about one vendor, framework or technology: framework specialist.
    4. Half of the records or more without a machine check: evidence specialist.
    5. One record, at most medium, and no mutation: solo implementer.
    6. Otherwise planner, coder and reviewer.
    """
    reading = _read(snapshot, selection, overlay, plan)
    pattern, why = _pattern(reading)
    roles = _roles(pattern, reading)
    return AgentFormation(pattern=pattern, roles=roles, why=(*why, *_more(reading)))


def _read(snapshot: Snapshot, selection: Selection, overlay: GateOverlay, plan: EvidencePlan) -> _Reading:
    records = snapshot.compiled
    proved = {step.record for gate in overlay.gates for step in gate.trace}
    proved |= {step.record for gate in overlay.existing for step in gate.trace}
    proved |= {step.record for item in plan.required if item.reference for step in item.trace}
    return _Reading(
        critical=tuple(record for record in records if record.severity is Severity.CRITICAL),
        grave=tuple(record for record in records if record.severity in {Severity.HIGH, Severity.CRITICAL}),
        unsure=tuple(record for record in records if record.confidence is not None and record.confidence < _UNSURE),
        asking=tuple(record for record in records if record.open_questions),
        framework=tuple(record for record in records if record.family in _FRAMEWORKS),
        unproved=tuple(record for record in records if record.id not in proved),
        records=records,
        gates=sum(gate.mode is not GateMode.ADVISORY for gate in overlay.gates),
        mutating=selection.throttle == "full",
    )


def _pattern(reading: _Reading) -> tuple[str, tuple[Statement, ...]]:
    count = len(reading.records)
    if reading.asking and 2 * len(reading.asking) >= count:
        text = f"{len(reading.asking)} of {count} records have unanswered questions: ask before acting."
        return "archaeologist_interviewer", (_because(text, reading.asking, "open_questions"),)
    if reading.critical:
        text = f"{_capabilities(len(reading.critical))} critical: somebody should try to break it."
        return "red_team_reviewer", (_because(text, reading.critical, "severity"),)
    if count and len(reading.framework) == count:
        text = "Every record is about a vendor, a framework or a technology."
        return "framework_specialist", (_because(text, reading.framework, "family"),)
    if count > 1 and 2 * len(reading.unproved) >= count:
        text = f"{len(reading.unproved)} of {count} records have no machine check: evidence must be made first."
        return "evidence_specialist", (_because(text, reading.unproved, "evidence"),)
    if count == 1 and not reading.grave and not reading.mutating:
        text = "One record of at most medium severity, and nothing may be changed."
        return "solo_implementer", (_because(text, reading.records, "severity"),)
    text = f"{_capabilities(count)} to be preserved at once: planning, doing and judging are kept apart."
    return "planner_coder_reviewer", (_because(text, reading.records, "capability"),)


def _more(reading: _Reading) -> tuple[Statement, ...]:
    why = []
    if reading.unsure:
        text = (
            f"{_records(len(reading.unsure))} on weak evidence (below {_UNSURE:.0%}): the reviewer looks there first."
        )
        why.append(_because(text, reading.unsure, "confidence"))
    if len(reading.records) >= _MANY:
        why.append(
            _because(
                f"{len(reading.records)} records apply: the planner must weigh them.", reading.records, "capability"
            )
        )
    if reading.gates:
        text = f"{_gates(reading.gates)} required: whoever reviews must be able to run them."
        why.append(Statement(statement=text))
    if not reading.mutating:
        why.append(
            Statement(
                statement="The throttle forbids changes of the repository: nobody needs write access beyond a scratch copy."
            )
        )
    return tuple(why)


def _roles(pattern: str, reading: _Reading) -> tuple[Role, ...]:
    hands: Literal["mutating", "read_and_run_gates"] = "mutating" if reading.mutating else "read_and_run_gates"
    planner = Role(
        name="planner",
        purpose="Turns the mission into steps and names the records that each step touches.",
        access="read_only",
    )
    coder = Role(
        name="coder", purpose="Makes the change in the preferred ways and stops at a forbidden move.", access=hands
    )
    reviewer = Role(
        name="reviewer",
        purpose="Judges the result against capabilities and evidence, not against taste.",
        access="read_and_run_gates",
    )
    interviewer = Role(
        name="archaeologist",
        purpose="Reads the code and its history and puts the open questions to a person.",
        access="read_only",
    )
    red_team = Role(
        name="red team", purpose="Tries to show that a protected capability was lost.", access="read_and_run_gates"
    )
    specialist = Role(
        name="framework specialist",
        purpose="Knows the vendor or framework and where it may be named.",
        access="read_only",
    )
    evidence = Role(
        name="evidence specialist",
        purpose="Writes the missing tests and checks before the change is made.",
        access=hands,
    )
    implementer = Role(name="implementer", purpose="Makes the change and shows the evidence.", access=hands)
    return {
        "archaeologist_interviewer": (interviewer, planner),
        "red_team_reviewer": (planner, coder, reviewer, red_team),
        "framework_specialist": (planner, specialist, coder, reviewer),
        "evidence_specialist": (evidence, coder, reviewer),
        "solo_implementer": (implementer,),
        "planner_coder_reviewer": (planner, coder, reviewer),
    }[pattern]


def _capabilities(count: int) -> str:
    return f"{count} capabilities are" if count != 1 else "A capability is"


def _records(count: int) -> str:
    return f"{count} records rest" if count != 1 else "One record rests"


def _gates(count: int) -> str:
    return f"{count} gates are" if count != 1 else "One gate is"


def _because(text: str, records: Sequence[IntentRecord], facet: str) -> Statement:
    steps = tuple(Trace(record=record.id, version=record.version, facet=facet) for record in records)
    return Statement(statement=text, trace=tuple(sorted(steps, key=lambda step: step.record)))
