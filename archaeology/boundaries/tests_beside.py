"""What only helps tests, though it is not named as a test: it is no part of the product."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from archaeology.distinct import distinct

if TYPE_CHECKING:
    from archaeology.boundaries.graph import Bools, FileGraph

_MOSTLY = 0.6
_MIN_USERS = 2
# What folders are called that hold nothing but what tests need.
_HELPING = frozenset(
    """
    fixtures fixture mocks mock fakes stubs testing testutil testutils test_utils test-utils testkit testlib testsupport test_support
    test-support test_helpers test-helpers testhelpers testhelper factories
    """.split()
)
_AFFIX = re.compile(r"^test[_-]|^Test(?=[A-Z])|[._-](?:test|spec|tests)$|(?<=[a-z0-9])(?:Tests?|Spec|IT)$")


def support_of_tests(graph: FileGraph) -> Bools:
    """Return a mask of the product files that only help tests: in folders of tests for the most part, or of helpers that only tests import."""
    helping = _folders_of_tests(graph) | _folders_of_helpers(graph)
    return graph.inside(folder for folder in helping)


def _folders_of_tests(graph: FileGraph) -> set[str]:
    """Folders with more tests than anything else, but not those whose tests stand beside what they test, or that the product imports."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    held: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for path, aside in zip(graph.paths, graph.aside.tolist(), strict=True):
        at = path.rfind("/") + 1
        held[path[:at]][aside].append(path[at:])
    for folder, (product, tests) in held.items():
        for above in _with_those_above(folder):
            counts[above][0] += len(product)
            counts[above][1] += len(tests)
    beside = {
        above
        for folder, (product, tests) in held.items()
        if _stand_beside(product, tests)
        for above in _with_those_above(folder)
    }
    mostly = [
        folder
        for folder, (others, tests) in counts.items()
        if tests > _MOSTLY * (others + tests) and folder not in beside
    ]
    return _without_imported(graph, mostly)


def _stand_beside(product: Sequence[str], tests: Sequence[str]) -> bool:
    """Whether one of the tests of a folder is named for one of its other files."""
    if not product or not tests:
        return False
    stems = {name.partition(".")[0] for name in product}
    return any(_AFFIX.sub("", name.rpartition(".")[0]) in stems for name in tests)


def _folders_of_helpers(graph: FileGraph) -> set[str]:
    """Folders that are named as helpers of tests are, where tests import them and nothing else does."""
    named = {
        above
        for folder in {path[: path.rfind("/") + 1] for path in graph.paths}
        for above in _with_those_above(folder)
        if above.rstrip("/").rsplit("/", 1)[-1].lower() in _HELPING
    }
    return _without_imported(graph, [folder for folder in named if _users(graph, folder) >= _MIN_USERS])


def _users(graph: FileGraph, folder: str) -> int:
    """How many files outside the folder import something in it."""
    below = graph.below(folder)
    into = (graph.target >= below.start) & (graph.target < below.stop)
    outside = (graph.source < below.start) | (graph.source >= below.stop)
    return len(distinct(graph.source[into & outside]))


def _without_imported(graph: FileGraph, folders: Sequence[str]) -> set[str]:
    """Those of some folders of which files of the product outside import no other file of the product."""
    if not folders:
        return set()
    of_product = ~graph.aside[graph.source] & ~graph.aside[graph.target]
    source, target = graph.source[of_product], graph.target[of_product]
    found = set()
    for folder in folders:
        below = graph.below(folder)
        importers = source[(target >= below.start) & (target < below.stop)]
        if not ((importers < below.start) | (importers >= below.stop)).any():
            found.add(folder)
    return found


@lru_cache(maxsize=1024)
def _with_those_above(folder: str) -> tuple[str, ...]:
    return tuple(folder[: at + 1] for at, character in enumerate(folder) if character == "/")
