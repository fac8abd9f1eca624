"""Enforced gates: what the team lets a machine refuse, and for what reason.

Why this is evidence of intent: every repository has a CI job that runs the tests, and a linter with its defaults is fashion. A threshold or a
strict mode is a line that somebody drew; a commit that says why, or a rule in a document, tells that it is defended. Boundary contracts
are left to the boundary families: they say already what they forbid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archaeology.detectors.places import cite
from archaeology.detectors.strictness import loosened, refusals
from archaeology.facts import Facts, Flag, Gate
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Family, Observation

_TELLING = frozenset({"coverage", "type_checker", "linter", "foundry"})
_MIN_NAME = 3
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE, Flag.VENDORED, Flag.DOCUMENTATION})


def detect_enforced_gates(facts: Facts) -> Iterator[Observation]:
    """Yield each tool with what its settings refuse, one observation a tool, with the reasons, rules and jobs that name it."""
    tools: dict[str, list[Gate]] = defaultdict(list)
    for gate in facts.gates:
        if gate.kind in _TELLING and not _is_aside(facts, gate):
            tools[gate.name].append(gate)
    for name, gates in sorted(tools.items()):
        settings = tuple(dict.fromkeys(setting for gate in gates for setting in gate.strictness))
        refused = refusals(settings)
        drawn = [gate for gate in gates if refusals(gate.strictness)]
        citations = tuple(found for gate in drawn for found in cite_gate(facts, gate))
        if refused and citations:
            group = stable_id("gate", name)
            yield Observation(
                id=stable_id("obs", "enforced_gate", "gate", name, refused),
                category=Category.EVIDENCE,
                family=Family.ENFORCED_GATE,
                summary=f"{name} ({drawn[0].path}) refuses {' and '.join(refused[:3])}.",
                subject=(drawn[0].path,),
                citations=citations[:2],
                data={
                    "group": group,
                    "role": "gate",
                    "kind": drawn[0].kind,
                    "name": name,
                    "refuses": list(refused),
                    "settings": [setting for gate in drawn for setting in gate.strictness][:6],
                    "loosened": list(loosened(settings)),
                },
            )
            yield from _reasons(facts, drawn, group)
            yield from _rules(facts, drawn[0], group)
            yield from _runs_in_ci(facts, drawn[0], group)


def cite_gate(facts: Facts, gate: Gate) -> tuple[Citation, ...]:
    """Cite a gate's lines; nothing where its file has no text."""
    try:
        return (facts.reader.cite_gate(gate),)
    except (KeyError, ValueError):
        return ()


def _is_aside(facts: Facts, gate: Gate) -> bool:
    """Whether the gate belongs to a template, a fixture or an example and not to this product."""
    file = facts.files.get(gate.path)
    return file is not None and bool(file.flags & _ASIDE)


def _reasons(facts: Facts, gates: list[Gate], group: str) -> Iterator[Observation]:
    names, paths = _names(gates[0]), {gate.path for gate in gates}
    for reason in facts.history.reasons:
        if paths & set(reason.paths) and any(name in reason.sentence.lower() for name in names):
            yield Observation(
                id=stable_id("obs", "enforced_gate", "reason", group, reason.commit),
                category=Category.HISTORICAL,
                family=Family.ENFORCED_GATE,
                summary=f"A commit that changed it says: “{reason.sentence}”",
                subject=tuple(sorted(paths & set(reason.paths))),
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group, "role": "reason"},
            )
            return


def _rules(facts: Facts, gate: Gate, group: str) -> Iterator[Observation]:
    names = _names(gate)
    for rule in facts.documents.rules:
        words = set(rule.text.lower().replace("`", " ").split())
        if words & set(names):
            yield Observation(
                id=stable_id("obs", "enforced_gate", "rule", group, rule.path, rule.text),
                category=Category.TEXTUAL,
                family=Family.ENFORCED_GATE,
                summary=f"{rule.path} says: “{rule.text}”",
                subject=(rule.path,),
                citations=cite(facts, rule.path, rule.start_line, rule.end_line),
                data={"group": group, "role": "rule"},
            )
            return


def _runs_in_ci(facts: Facts, gate: Gate, group: str) -> Iterator[Observation]:
    """The job that runs it: a strict setting that nothing runs is a wish."""
    for other in facts.gates:
        if other.kind == "ci" and other.command and any(name in other.command.lower() for name in _names(gate)):
            yield Observation(
                id=stable_id("obs", "enforced_gate", "ci", group, other.id),
                category=Category.BEHAVIOURAL,
                family=Family.ENFORCED_GATE,
                summary=f"The job {other.name!r} runs it on every change: `{other.command[:80]}`.",
                subject=(other.path,),
                citations=cite_gate(facts, other),
                data={"group": group, "role": "ci"},
            )
            return


def _names(gate: Gate) -> tuple[str, ...]:
    """The words by which a commit or document would name the gate: the tool's name, as its id has it."""
    parts = gate.id.lower().split(":")
    return tuple(part for part in parts[1:2] if len(part) >= _MIN_NAME)
