"""Boundaries that let many imports pass by name.

Why this is evidence of intent: a contract that is true needs no exceptions, and one that nobody wants is deleted. Imports that are listed
one by one were there when the line was drawn: a debt that somebody meant to pay off, or a sign that the line runs in the wrong place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archaeology.detectors.enforced_gates import cite_gate
from archaeology.detectors.places import cite
from archaeology.facts import Facts, Gate
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_MIN_PASSES, _MOST_CITED = 10, 3


def detect_let_pass(facts: Facts) -> Iterator[Observation]:
    """Imports that a contract of import-linter tolerates one by one; what is allowed by a wildcard is part of the rule."""
    edges = {
        (facts.imports.modules.get(edge.source), facts.imports.modules.get(edge.target))
        for edge in facts.imports.edges
        if edge.target is not None
    }
    for gate in facts.gates:
        pairs = {
            (entry.from_, entry.to)
            for boundary in gate.boundaries
            for entry in boundary.except_
            if "*" not in entry.from_ + entry.to and (entry.from_, entry.to) in edges
        }
        if not gate.id.startswith("boundary:import-linter:") or "protected" in gate.strictness:
            continue
        if len(pairs) >= _MIN_PASSES:
            yield from _let_pass(facts, gate, pairs)


def _let_pass(facts: Facts, gate: Gate, pairs: set[tuple[str, str]]) -> Iterator[Observation]:
    paths = {name: path for path, name in facts.imports.modules.items()}
    wanted = {(paths[source], paths[target]) for source, target in pairs if source in paths and target in paths}
    standing = [edge for edge in facts.imports.edges if (edge.source, edge.target) in wanted]
    files = sorted({edge.source for edge in standing})
    sides = {"in": Counter(source for source, _ in pairs), "of": Counter(target for _, target in pairs)}
    times, most, side = max((times, name, side) for side, names in sides.items() for name, times in names.items())
    group = stable_id("contradiction", "let_pass", gate.id)
    yield Observation(
        id=stable_id("obs", "contradiction", "let_pass", gate.id),
        category=Category.EVIDENCE,
        family=Family.CONTRADICTION,
        summary=f"The contract “{gate.name}” ({gate.path}) lets {len(pairs)} imports pass by name; {times} of them {side} `{most}`.",
        subject=(gate.path,),
        citations=cite_gate(facts, gate),
        data={
            "group": group,
            "role": "let_pass",
            "gate": gate.name,
            "path": gate.path,
            "passes": len(pairs),
            "most": most,
            "times": times,
            "side": side,
        },
    )
    yield Observation(
        id=stable_id("obs", "contradiction", "passing", gate.id),
        category=Category.STRUCTURAL,
        family=Family.CONTRADICTION,
        summary=f"All {len(pairs)} are still there, in {len(files)} {'file' if len(files) == 1 else 'files'}.",
        subject=tuple(files)[:_MOST_CITED],
        citations=tuple(
            found for edge in standing[:_MOST_CITED] for found in cite(facts, edge.source, edge.line, edge.line)
        ),
        data={"group": group, "role": "passing", "files": len(files)},
    )
