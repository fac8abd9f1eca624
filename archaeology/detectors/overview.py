"""The lie of the land: which packages import which, where the changes are, and what changes together.

This is evidence of nothing by itself and no hypothesis stands on it alone: it is what a reader needs to judge those that are claimed.
Small repositories have no packages to speak of, so nothing is said of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from archaeology.detectors.places import common_folder, production_paths
from archaeology.facts import Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_MOST_PACKAGES = 40
_LEAST_PACKAGES = 3
_FEW_PACKAGES = 6
_MOST_EXTERNALS = 8
_MIN_USES = 3
_FENCED_SHARE = 0.4
_MOST_SPOTS = 12
_MIN_REVISIONS = 5
_MIN_TOGETHER = 5


def detect_overview(facts: Facts) -> Iterator[Observation]:
    """Yield the package matrix and the hotspots, with data that a page can draw."""
    product = list(production_paths(facts))
    linked = {end for edge in facts.imports.edges for end in (edge.source, edge.target or edge.source)}
    packages = group_packages([path for path in product if path in linked])
    if len(set(packages.values())) >= _LEAST_PACKAGES:
        yield _matrix(facts, packages)
    yield from _hotspots(facts, product)


def group_packages(paths: list[str]) -> dict[str, str]:
    """Return a package (a folder with its trailing slash) for each path: the largest are divided until there are twenty or so."""
    groups: dict[str, list[str]] = {common_folder(paths): list(paths)}
    settled: set[str] = set()
    while waiting := sorted(
        (folder for folder in groups if folder not in settled), key=lambda name: (-len(groups[name]), name)
    ):
        folder = waiting[0]
        parts = _divided(folder, groups[folder])
        settled.add(folder)
        if len(parts) > 1 and len(groups) + len(parts) - 1 <= _MOST_PACKAGES:
            del groups[folder]
            groups.update(parts)
        elif len(parts) == 1 and folder not in parts:
            groups.update({name: groups.pop(folder) for name in parts})
    biggest = max(sorted(groups), key=lambda folder: len(groups[folder]))
    members = groups[biggest]
    if (
        len(groups) < _FEW_PACKAGES
        and 2 * len(members) > len(paths)
        and len(groups) + len(members) - 1 <= _MOST_PACKAGES
    ):
        # A flat package: its modules are what imports one another.
        del groups[biggest]
        groups.update({path: [path] for path in members})
    return {path: folder or "./" for folder, members in groups.items() for path in members}


def _divided(folder: str, paths: list[str]) -> dict[str, list[str]]:
    """Paths by the next folder down; those that lie in ``folder`` itself stay there."""
    parts: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        head, slash, _ = path[len(folder) :].partition("/")
        parts[f"{folder}{head}/" if slash else folder].append(path)
    return dict(parts)


def _matrix(facts: Facts, packages: dict[str, str]) -> Observation:
    counts: Counter[tuple[str, str]] = Counter()
    outside: dict[str, Counter[str]] = defaultdict(Counter)
    for edge in facts.imports.edges:
        source = packages.get(edge.source)
        if source is None:
            continue
        if edge.target in packages:
            counts[source, packages[edge.target]] += 1
        elif edge.external and not edge.stdlib:
            outside[edge.external][source] += 1
    names = sorted(set(packages.values()))
    # An external package is worth a column where it is used, and mostly in one place.
    fenced = [
        name
        for name, users in outside.items()
        if users.total() >= _MIN_USES and len(users) <= max(1, _FENCED_SHARE * len(names))
    ]
    externals = sorted(sorted(fenced, key=lambda name: (-outside[name].total(), name))[:_MOST_EXTERNALS])
    table = [[counts[row, column] for column in names] + [outside[name][row] for name in externals] for row in names]
    crossings = sum(number for (row, column), number in counts.items() if row != column)
    return Observation(
        id=stable_id("obs", "overview", "matrix", names),
        category=Category.STRUCTURAL,
        family=Family.LAYER_DIRECTION,
        summary=f"{len(names)} packages import one another in {crossings} places.",
        subject=tuple(names[:_MOST_EXTERNALS]),
        data={"matrix": {"packages": names, "externals": externals, "counts": table}},
    )


def _hotspots(facts: Facts, product: list[str]) -> Iterator[Observation]:
    histories = [facts.history.files[path] for path in product if path in facts.history.files]
    busiest = sorted(histories, key=lambda item: (-item.revisions, item.path))[:_MOST_SPOTS]
    spots: list[dict[str, Any]] = [
        {"path": item.path, "revisions": item.revisions, "fixes": item.fixes, "authors": item.authors}
        for item in busiest
        if item.revisions >= _MIN_REVISIONS
    ]
    known = set(product)
    pairs = [
        (pair, pair.together / max(pair.revisions_a, pair.revisions_b, 1))
        for pair in facts.history.cochanges
        if pair.together >= _MIN_TOGETHER and pair.a in known and pair.b in known
    ]
    pairs.sort(key=lambda entry: (-entry[1] * entry[0].together, entry[0].a, entry[0].b))
    together = [
        {
            "a": pair.a,
            "b": pair.b,
            "together": pair.together,
            "share": round(share, 3),
            "imported": _imports(facts, pair.a, pair.b) or _imports(facts, pair.b, pair.a),
        }
        for pair, share in pairs[:_MOST_SPOTS]
    ]
    if spots:
        yield Observation(
            id=stable_id("obs", "overview", "hotspots"),
            category=Category.BEHAVIOURAL,
            family=Family.TACIT_COUPLING,
            summary=f"`{PurePosixPath(spots[0]['path']).name}` has changed most: {spots[0]['revisions']} times.",
            subject=tuple(str(spot["path"]) for spot in spots),
            data={"hotspots": spots, "cochanges": together},
        )


def _imports(facts: Facts, source: str, target: str) -> bool:
    return any(edge.target == target for edge in facts.imports.leaving(source))
