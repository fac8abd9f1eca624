"""Statements about units that stand side by side and never import each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from archaeology.boundaries.draft import Details, Draft
from archaeology.boundaries.kinship import Kinship
from archaeology.boundaries.statement import Form, without_facades
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


def sibling_statements(view: View, kinship: Kinship) -> Iterator[Draft]:
    """Yield the groups of siblings of one container that keep apart although they reach out elsewhere; ``kinship`` tells their role."""
    if len(view.container.held) < _MIN_GROUP:
        return
    reach: list[int] = view.container.leaving.tolist()
    if not any(reach):
        return  # apart from everything, not from each other
    whole = _folder(view) if len(view.container.held) >= _MIN_FOLDER else []
    if _MIN_FOLDER <= len(whole) <= _MAX_SIBLINGS and sum([reach[unit] for unit in whole]) > len(whole):
        yield from _group(view, whole, reach, partial(_role, view, whole, kinship, whole=True))
        return
    for group in _alike(view):
        yield from _group(view, group, reach, partial(_role, view, group, kinship, whole=False))


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
    imported, could = view.imported, view.container.could
    size = len(imported)
    most = max(1.0, _HUB * (size - 1))
    users = [0] * size
    for own in imported:
        for unit in own:
            users[unit] += 1
    chosen = [unit for unit, own in enumerate(imported) if len(own) <= most and users[unit] <= most]
    # Units in other languages keep apart by themselves, and of those that need no import nobody can tell.
    for axis in () if could.all() else (1, 0):
        met = could[np.ix_(chosen, chosen)].mean(axis=axis).tolist() if chosen else []
        chosen = [unit for unit, part in zip(chosen, met, strict=True) if part > _MOST]
    inside = sum([len(imported[unit].intersection(chosen)) for unit in chosen])
    apart = inside <= min(_MAX_BROKEN, _MAX_BROKEN_PAIRS * len(chosen) * (len(chosen) - 1))
    return chosen if apart and len(chosen) >= 0.6 * size else []


def _alike(view: View) -> Iterator[list[int]]:
    """Groups of units that import much the same and never each other, the largest first; a unit is in one group only."""
    counts, could = view.container.imports, view.container.could
    made: list[int] = counts.sum(axis=1).tolist()
    major = [unit for unit in np.flatnonzero(view.major).tolist() if made[unit]]
    least = min(_GROUP, max(_MIN_GROUP, _GOOD_PART * len(counts)))
    if len(major) < least:
        return
    likeness = _Likeness(view)
    met = counts > 0
    apart: list[list[bool]] = (~(met | met.T) & could & could.T).tolist()
    groups: list[list[int]] = []
    for seed in sorted(major, key=lambda unit: (-made[unit], unit)):
        group = [seed]
        alike = {unit: likeness.of(seed, unit) for unit in major if unit != seed and apart[seed][unit]}
        near = [unit for unit, part in alike.items() if part >= _ALIKE]
        for other in sorted(near, key=lambda unit: (-alike[unit], unit)):
            if all(apart[other][unit] for unit in group):
                group.append(other)
        if len(group) >= least:
            groups.append(sorted(group))
    taken: set[int] = set()
    for group in sorted(groups, key=lambda members: (-len(members), members)):
        free = [unit for unit in group if unit not in taken]
        if len(free) >= least:
            taken.update(free)
            yield free


class _Likeness:
    """How much alike what two units import is: the cosine of their counts, from 0 to 1; worked out once for each two."""

    def __init__(self, view: View) -> None:
        profile = np.log1p(view.container.imports.astype(np.float64))
        self._imported, self._profiles = view.imported, list(profile)
        self._length: list[float] = np.linalg.norm(profile, axis=1).tolist()
        self._known: dict[tuple[int, int], float] = {}

    def of(self, one: int, other: int) -> float:
        if self._imported[one].isdisjoint(self._imported[other]):
            return 0.0  # as most are
        pair = (one, other) if one < other else (other, one)
        if pair not in self._known:
            together = float(self._profiles[one] @ self._profiles[other])
            self._known[pair] = together / max(1e-9, self._length[one] * self._length[other])
        return self._known[pair]


def _group(view: View, group: list[int], reach: list[int], role: Callable[[], str]) -> Iterator[Draft]:
    refused = view.unnamed[np.ix_(group, group)].sum() if view.graph.builds.reach else 0
    if refused >= _REFUSED * len(group) * (len(group) - 1):
        return  # hardly a manifest of theirs names another
    for draft in view.draft(Form.SIBLINGS, group, group):
        if len(without_facades(draft.sources)) < _MIN_GROUP:
            continue  # a type in pieces beside its folder is one unit to whoever reads it
        files = [len(held) for held in view.container.held.values()]
        inside, total = sum([files[unit] for unit in group]), max(1, int(view.graph.product.sum()))
        # By chance an import that leaves its unit lands on a sibling as often as siblings are among all files.
        landing = sum([float(reach[unit]) * (inside - files[unit]) / total for unit in group])
        details = partial(_of_siblings, draft, role)
        yield draft._replace(expected=landing, attempts=sum([reach[unit] for unit in group]), details=details)


def _of_siblings(draft: Draft, role: Callable[[], str]) -> Details:
    return {**draft.details(), "role": role()}
