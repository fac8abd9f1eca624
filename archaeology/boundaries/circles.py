"""Where the language or the build refuses imports in a circle: that nothing there imports what imports it is no decision.

Packages of Go, projects of .NET, crates of Rust and modules of Gradle and Maven cannot import each other in a circle. Between two of
them only a pair without an import either way says something, and an order from top to bottom always exists.
"""

from __future__ import annotations

import numpy as np

from archaeology.boundaries.builds import Builds
from archaeology.boundaries.containers import Container
from archaeology.boundaries.graph import Bools, FileGraph

_MOSTLY = 0.5


def never_in_circles(container: Container, graph: FileGraph) -> Bools:
    """Return a mask of the container's units that cannot be part of a circle of imports."""
    projects = np.array([path in graph.builds.projects for path in container.held], dtype=bool)
    return np.asarray(projects | _of_go(container, graph)) if graph.go.any() else projects


def refused_by_build(container: Container, graph: FileGraph, builds: Builds) -> Bools:
    """Return a mask of pairs of units: the first cannot import the second, since no manifest of its projects names one of the other's."""
    count = len(container.held)
    if not builds.reach:
        return np.zeros((count, count), dtype=bool)
    inside = np.flatnonzero(container.member >= 0)
    held: list[set[str | None]] = [set() for _ in container.held]
    for unit, folder in set(zip(container.member[inside].tolist(), graph.folder[inside].tolist(), strict=True)):
        held[unit].add(builds.of(graph.folders[folder]))
    # Files that no project holds, such as those that several link in, go with the projects beside them.
    projects = [frozenset(found - {None} or found) for found in held]
    known = {found: number for number, found in enumerate(dict.fromkeys(projects))}  # units of one project are many
    refused = [
        [bool(own) and all(builds.refuses(a, b) for a in own for b in other) for other in known] for own in known
    ]
    numbers = [known[found] for found in projects]
    return np.array(refused, dtype=bool)[np.ix_(numbers, numbers)]


def order_is_given(refused: Bools) -> bool:
    """Whether most of the units cannot import in circles, so that an order of them exists whatever people do."""
    return bool(len(refused)) and float(refused.mean()) > _MOSTLY


def _of_go(container: Container, graph: FileGraph) -> Bools:
    """Units all of whose files that meet other units are of Go; what else lies there, such as scripts for browsers, keeps to itself."""
    ends = container.member[graph.source], container.member[graph.target]
    leaving = (ends[0] != ends[1]) & ~graph.aside[graph.source]
    crossing = np.zeros(len(graph.paths), dtype=bool)
    crossing[graph.source[leaving]] = crossing[graph.target[leaving]] = True
    met = np.flatnonzero(crossing & (container.member >= 0))
    files = np.bincount(container.member[met], minlength=len(container.held))
    of_go = np.bincount(container.member[met[graph.go[met]]], minlength=len(container.held))
    return np.asarray((files > 0) & (files == of_go))
