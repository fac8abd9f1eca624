"""Statements about units that stand side by side and never import each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from archaeology.boundaries.containers import Container
from archaeology.boundaries.graph import Bools, FileGraph, Ints
from archaeology.boundaries.kinship import Kinship
from archaeology.boundaries.statement import Form, Statement, without_facades
from archaeology.boundaries.view import View

_MIN_GROUP = 3
# Some units that happen not to meet are no group, unless they are many or a good part of what there is.
_GROUP = 4
_GOOD_PART = 0.5
_MIN_FOLDER = 4
# Units that more than this part of their neighbours import are shared ground, not siblings.
_HUB = 0.3
# Of all ordered pairs of siblings, so many may import each other and be listed as exceptions.
_MAX_BROKEN_PAIRS = 0.02
_MAX_BROKEN = 3
_ALIKE = 0.35
_MAX_SIBLINGS = 40
_MOST = 0.5
_REFUSED = 0.9


def sibling_statements(view: View, kinship: Kinship) -> Iterator[Statement]:
    """Yield the groups of siblings of one container that keep apart although they reach out elsewhere; ``kinship`` tells their role."""
    if len(view.container.held) < _MIN_GROUP:
        return
    reach = _outward(view.container, view.graph)
    if not reach.any():
        return  # apart from everything, not from each other
    whole = _folder(view) if len(view.container.held) >= _MIN_FOLDER else []
    if _MIN_FOLDER <= len(whole) <= _MAX_SIBLINGS and reach[whole].sum() > len(whole):
        yield from _group(view, whole, reach, _role(view, whole, kinship, whole=True))
        return
    for group in _alike(view):
        yield from _group(view, group, reach, _role(view, group, kinship, whole=False))


def _role(view: View, group: list[int], kinship: Kinship, *, whole: bool) -> str:
    container, paths = view.container, view.graph.paths
    files = {unit: [paths[number] for number in container.files[unit]] for unit in group}
    role = kinship.role_of([(container.names[unit], files[unit]) for unit in group], container.path, whole=whole)
    return "" if role and _is_shared(view, group, kinship, role) else role


def _is_shared(view: View, group: list[int], kinship: Kinship, role: str) -> bool:
    """Whether others of the container have the role, too, so that it is not said of all of its kind that they keep apart."""
    container, paths = view.container, view.graph.paths
    for unit in sorted({*range(len(container.units))}.difference(group)):
        if kinship.has_role((container.names[unit], [paths[number] for number in container.files[unit]]), role):
            return True
    return False


def _folder(view: View) -> list[int]:
    """All units but the shared ones, where hardly any of them import each other; else nothing."""
    counts = view.container.imports > 0
    size = len(counts)
    hubs = counts.sum(axis=0) > max(1.0, _HUB * (size - 1))
    entry = counts.sum(axis=1) > max(1.0, _HUB * (size - 1))
    chosen = np.flatnonzero(~hubs & ~entry)
    # Units in other languages keep apart by themselves, and of those that need no import nobody can tell.
    for axis in (1, 0):
        met = view.container.could[np.ix_(chosen, chosen)].mean(axis=axis) if len(chosen) else None
        chosen = chosen if met is None else chosen[met > _MOST]
    inside = int(counts[np.ix_(chosen, chosen)].sum())
    apart = inside <= min(_MAX_BROKEN, _MAX_BROKEN_PAIRS * len(chosen) * (len(chosen) - 1))
    return chosen.tolist() if apart and len(chosen) >= 0.6 * size else []


def _alike(view: View) -> Iterator[list[int]]:
    """Groups of units that import much the same and never each other, the largest first; a unit is in one group only."""
    counts = view.container.imports
    major = np.flatnonzero(view.major & (counts.sum(axis=1) > 0)).tolist()
    profile = np.log1p(counts.astype(np.float64))
    length = np.linalg.norm(profile, axis=1)
    apart: Bools = (counts == 0) & (counts.T == 0) & view.container.could & view.container.could.T
    taken: set[int] = set()
    groups: list[list[int]] = []
    for seed in sorted(major, key=lambda unit: (-counts[unit].sum(), unit)):
        group = [seed]
        alike = {unit: _cosine(profile, length, seed, unit) for unit in major if unit != seed and apart[seed, unit]}
        near = [unit for unit, likeness in alike.items() if likeness >= _ALIKE]
        for other in sorted(near, key=lambda unit: (-alike[unit], unit)):
            if apart[other, group].all():
                group.append(other)
        groups.append(sorted(group))
    for group in sorted(groups, key=lambda members: (-len(members), members)):
        free = [unit for unit in group if unit not in taken]
        if len(free) >= min(_GROUP, max(_MIN_GROUP, _GOOD_PART * len(counts))):
            taken.update(free)
            yield free


def _group(view: View, group: list[int], reach: Ints, role: str) -> Iterator[Statement]:
    if view.unnamed[np.ix_(group, group)].sum() >= _REFUSED * len(group) * (len(group) - 1):
        return  # hardly a manifest of theirs names another
    for statement in view.statement(Form.SIBLINGS, group, group):
        if len(without_facades(statement.sources)) < _MIN_GROUP:
            continue  # a type in pieces beside its folder is one unit to whoever reads it
        files = np.array([unit.files for unit in view.container.units])
        total = max(1, int((~view.graph.aside).sum()))
        # By chance an import that leaves its unit lands on a sibling as often as siblings are among all files.
        landing = sum(float(reach[unit]) * (files[group].sum() - files[unit]) / total for unit in group)
        yield statement.model_copy(update={"expected": landing, "attempts": int(reach[group].sum()), "role": role})


def _outward(container: Container, graph: FileGraph) -> Ints:
    """How many files outside itself each unit imports, inside the container or not."""
    edges = graph.leaving(container.path)
    source, target = container.member[graph.source[edges]], container.member[graph.target[edges]]
    leaving = (source >= 0) & (source != target) & ~graph.weak[edges]
    return np.bincount(source[leaving], minlength=len(container.held))


def _cosine(profile: np.ndarray, length: np.ndarray, one: int, other: int) -> float:
    return float(profile[one] @ profile[other] / max(1e-9, length[one] * length[other]))
