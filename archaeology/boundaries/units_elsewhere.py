"""Which units use which others although no import between their folders says so.

Code may load what it uses by name, or take it from an index (:mod:`archaeology.boundaries.unseen`). And a package of Java, of Kotlin or
of a namespace may be spread over modules: who imports the part that lies elsewhere imports, to any reader, the package of that name.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from archaeology.boundaries.containers import Container, Numbers
from archaeology.boundaries.graph import Bools, FileGraph

_LAST = "\U0010ffff"
_PARTS = 2


def used_unseen(container: Container, graph: FileGraph) -> Bools:
    """Return found[i, j]: unit i uses unit j, but no import between their folders says so."""
    found = np.zeros((len(container.held), len(container.held)), dtype=bool)
    named = _with_namesakes(container, graph)
    source, target = graph.needs
    ends = named[source], named[target]
    inside = (ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1])
    found[ends[0][inside], ends[1][inside]] = True
    return np.asarray(found & (container.imports == 0))


def _with_namesakes(container: Container, graph: FileGraph) -> Numbers:
    """For each file the unit that it lies in or, elsewhere, that bears the name of the package that the file is in; else -1."""
    if not graph.by_module:
        return container.member
    member = container.member.copy()
    for number, unit in enumerate(container.units):
        separator = "\\" if "\\" in unit.module else "."
        if not unit.is_package or "/" in unit.module or unit.module.count(separator) < _PARTS - 1:
            continue
        start = bisect_left(graph.by_module, (unit.module + separator, -1))
        for at in range(start, bisect_left(graph.by_module, (unit.module + separator + _LAST, -1))):
            file = graph.by_module[at][1]
            if member[file] < 0:
                member[file] = number
    return member
