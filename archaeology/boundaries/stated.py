"""Which boundaries a gate already states, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from archaeology.boundaries.statement import Statement
from archaeology.facts import Gate
from archaeology.model import End, ImportBoundary

# A gate states a boundary where it refuses at least this part of its pairs.
ENOUGH = 0.5


class Stated:
    """The import boundaries of all gates, ready to be asked about many statements."""

    def __init__(self, gates: Sequence[Gate]) -> None:
        self._rules = [(gate, boundary) for gate in gates for boundary in gate.boundaries]
        self._sources: dict[str, frozenset[int]] = {}
        self._targets: dict[str, frozenset[int]] = {}

    def by(self, statement: Statement) -> tuple[Gate, float] | None:
        """Return the gate that refuses most of the statement's pairs, and which part, where it is enough; else None."""
        if not self._rules:
            return None
        pairs = said_pairs(statement)
        votes: dict[int, int] = {}
        covered = 0
        for source, target in pairs:
            rules = self._within(source, self._sources, "sources") & self._within(target, self._targets, "forbidden")
            covered += bool(rules)
            for rule in rules:
                votes[rule] = votes.get(rule, 0) + 1
        if not pairs or covered < ENOUGH * len(pairs):
            return None
        best = min(votes, key=lambda rule: (-votes[rule], rule))
        return self._rules[best][0], covered / len(pairs)

    def _within(self, end: End, known: dict[str, frozenset[int]], side: str) -> frozenset[int]:
        key = _name(end)
        if key not in known:
            known[key] = frozenset(
                number
                for number, (_, boundary) in enumerate(self._rules)
                if any(_holds(other, end) for other in _side(boundary, side))
            )
        return known[key]


def said_pairs(statement: Statement) -> tuple[tuple[End, End], ...]:
    """Return the pairs that a statement forbids: its exceptions by folder (the layers that may) are left out."""
    allowed = {(exception.from_, exception.to) for exception in statement.exceptions}
    sources, forbidden = ([(_name(end), end) for end in side] for side in (statement.sources, statement.forbidden))
    return tuple(
        (source, target)
        for (own, source), (other, target) in product(sources, forbidden)
        if not (own == other and source == target) and (own, other) not in allowed
    )


def _side(boundary: ImportBoundary, side: str) -> tuple[End, ...]:
    return boundary.sources if side == "sources" else boundary.forbidden


def _holds(outer: End, inner: End) -> bool:
    if outer.path is None or inner.path is None:
        return outer.path is inner.path and outer.module == inner.module
    return inner.path == outer.path or (outer.path.endswith("/") and inner.path.startswith(outer.path))


def _name(end: End) -> str:
    return end.path or end.module
