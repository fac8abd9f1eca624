"""Where the product branches: the folder whose units people mean when they speak of the architecture."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from archaeology.boundaries.graph import FileGraph

# On the way down: a folder is entered while it holds this part of the traffic (the first step is easier: scripts and plug-ins lie around).
_FIRST_PART = 0.5
_NEXT_PART = 0.85


def main_folder(graph: FileGraph) -> str:
    """Return the folder in which the product branches: from the root down while one folder holds most of the imports.

    Imports count and not files, because examples, snippets and generated code are many and hardly import each other.
    """
    size = len(graph.paths)
    between = ~graph.aside[graph.source] & ~graph.aside[graph.target]
    ends = np.concatenate([graph.source[between], graph.target[between]])
    traffic: list[int] = np.bincount(ends, minlength=size).tolist()
    folder = ""
    while True:
        sums: dict[str, int] = defaultdict(int)
        inside = graph.below(folder)
        for number in inside:
            name, slash, _ = graph.paths[number][len(folder) :].partition("/")
            sums[f"{folder}{name}{slash}"] += traffic[number]
        largest = max(sums, key=lambda name: (sums[name], name), default=None)
        total = sum(sums.values())
        part = _NEXT_PART if folder else _FIRST_PART
        if largest is None or not total or not largest.endswith("/") or sums[largest] < part * total:
            return folder
        folder = largest
