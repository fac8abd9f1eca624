"""Sides that a gate keeps apart and that change as one.

Why this is evidence of intent: somebody drew the line, and imports keep to it. That the two sides are changed in the same commits all the
same, far more often than their own numbers of changes would bring about, says that they share something that the line does not show.
A file changes with its tests and with what it imports, and lists of everything change with everything: none of it says anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from archaeology.detectors.enforced_gates import cite_gate
from archaeology.detectors.places import cite
from archaeology.detectors.tacit_coupling import HUBS
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Facts, Gate
from archaeology.history.model import CoChange
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Family, ImportBoundary, Observation

_MIN_TOGETHER, _MIN_SHARE, _MIN_LIFT = 10, 0.5, 4.0
_MOST_BOUNDARIES, _MOST_FOUND, _MOST_CITED = 120, 4, 2


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A file of the side that may not import, one of the side that may not be imported, and how they changed."""

    gate: Gate
    source: str
    target: str
    pair: CoChange


def detect_change_as_one(facts: Facts) -> Iterator[Observation]:
    """Yield each declared boundary whose sides change as one, and the commits in which they did."""
    pairs = [pair for pair in facts.history.cochanges if _as_one(facts, pair)]
    joined = {(edge.source, edge.target) for edge in facts.imports.edges} if pairs else set()
    pairs = [pair for pair in pairs if (pair.a, pair.b) not in joined and (pair.b, pair.a) not in joined]
    declared = [(gate, boundary) for gate in facts.gates for boundary in gate.boundaries][:_MOST_BOUNDARIES]
    sides: dict[tuple[str, str], list[_Crossing]] = defaultdict(list)
    for gate, boundary in declared if pairs else ():
        for pair in pairs:
            for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
                source, target = _end(one, boundary, "sources"), _end(other, boundary, "forbidden")
                if source and target and not one.startswith(target) and not other.startswith(source):
                    sides[source, target].append(_Crossing(gate, one, other, pair))
    witnesses, told = Witnesses(facts), set[str]()
    ordered = sorted(sides.items(), key=lambda item: (-sum(found.pair.together for found in item[1]), item[0]))
    for (source, target), found in ordered:
        strongest = min(found, key=lambda one: (-one.pair.together, one.source, one.target))
        files = {strongest.source, strongest.target}
        if not files & told and len(told) < 2 * _MOST_FOUND:
            told |= files
            yield from _observations(facts, witnesses, (source, target), found, strongest)


def _as_one(facts: Facts, pair: CoChange) -> bool:
    """Whether half of what happens to either file happens to both, and far more of it than chance would bring about."""
    if pair.together < _MIN_TOGETHER or pair.together < _MIN_SHARE * max(pair.revisions_a, pair.revisions_b):
        return False
    commits = len(facts.history.commits)
    expected = pair.revisions_a * pair.revisions_b / max(1, commits)
    return (pair.together >= _MIN_LIFT * expected or commits == 0) and all(
        path in facts.code and facts.files[path].is_production and PurePosixPath(path).stem.lower() not in HUBS
        for path in (pair.a, pair.b)
    )


def _end(path: str, boundary: ImportBoundary, side: str) -> str | None:
    """The narrowest end of a side that holds the file."""
    ends = boundary.sources if side == "sources" else boundary.forbidden
    holding = [end.path for end in ends if end.path and (path.startswith(end.path) or path == end.path)]
    return max(holding, key=len, default=None)


def _observations(
    facts: Facts, witnesses: Witnesses, ends: tuple[str, str], found: list[_Crossing], strongest: _Crossing
) -> Iterator[Observation]:
    gate, pair = strongest.gate, strongest.pair
    one, other = strongest.source, strongest.target
    citations = cite_gate(facts, gate)
    if not citations:
        return
    group = stable_id("contradiction", "boundary", *ends)
    files = {item.source for item in found} | {item.target for item in found}
    yield Observation(
        id=stable_id("obs", "contradiction", "boundary", *ends),
        category=Category.EVIDENCE,
        family=Family.CONTRADICTION,
        summary=f"{gate.name} ({gate.path}) keeps `{ends[0]}` from importing `{ends[1]}`.",
        subject=(gate.path,),
        citations=citations,
        data={
            "group": group,
            "role": "boundary",
            "gate": gate.name,
            "path": gate.path,
            "source": ends[0],
            "target": ends[1],
        },
    )
    more = f" {len(files)} files of the two sides do so." if len(files) > len({one, other}) else ""
    yield Observation(
        id=stable_id("obs", "contradiction", "as_one", *ends),
        category=Category.BEHAVIOURAL,
        family=Family.CONTRADICTION,
        summary=f"`{one}` and `{other}` changed in the same commit {pair.together} times, of {pair.revisions_a} and {pair.revisions_b} changes.{more}",
        subject=(one, other),
        citations=_commits(facts, witnesses, one, other) or (*cite(facts, one, 1, 1), *cite(facts, other, 1, 1)),
        data={
            "group": group,
            "role": "as_one",
            "a": one,
            "b": other,
            "together": pair.together,
            "fewest": min(pair.revisions_a, pair.revisions_b),
            "files": len(files),
        },
    )


def _commits(facts: Facts, witnesses: Witnesses, one: str, other: str) -> tuple[Citation, ...]:
    """The newest commits that changed both."""
    log = witnesses.versions.log
    if log is None:
        return ()
    both = np.intersect1d(witnesses.versions.commits(one), witnesses.versions.commits(other))[:_MOST_CITED]
    commits = [log.commit(int(number)) for number in both]
    return tuple(facts.reader.cite_commit(commit.oid, commit.subject) for commit in commits)
