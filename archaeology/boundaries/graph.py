"""The import graph as arrays: files are numbered, and every pair of files in which one imports the other is an edge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.builds import Builds
from archaeology.boundaries.names_of_tests import NamesOfTests
from archaeology.boundaries.tests_beside import support_of_tests

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_LAST = "\U0010ffff"
# Where a package may be spread over folders, so that code speaks of parts that lie elsewhere by the same name.
_SPREAD = (".java", ".kt", ".cs", ".php")


@dataclass(frozen=True)
class FileGraph:
    """All files that hold code, and the distinct pairs of files in which one imports the other.

    ``weak`` marks pairs that are imported for type checking only; ``aside`` marks files of tests and examples, ``sealed`` those
    that the language lets nobody import: that nobody does says nothing. ``kin`` numbers for each file the languages that can import
    each other. ``builds`` says what a build system takes for projects, and which of them it keeps apart. ``used`` are pairs of files, the
    first of which uses the second without an import that shows it; ``called`` marks files that settings name. ``of_tests`` are the
    folders of projects whose manifests ask for a test runner. ``workspaces`` are packages of JavaScript, which could import each other
    without asking for it, but should not.
    """

    paths: tuple[str, ...]
    modules: tuple[str, ...]
    aside: Bools
    sealed: Bools
    source: Ints
    target: Ints
    weak: Bools
    kin: Ints
    builds: Builds = field(default_factory=Builds)
    used: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    called: Bools = field(default_factory=lambda: np.zeros(0, dtype=bool))
    of_tests: tuple[str, ...] = ()
    workspaces: Builds = field(default_factory=Builds)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The number of each path."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def helping(self) -> Bools:
        """A mask of the product files that only help tests."""
        return support_of_tests(self)

    @cached_property
    def needs(self) -> tuple[Ints, Ints]:
        """Which product files need which files while the program runs, by an import or without one; a pair may come twice."""
        source = np.concatenate([self.used[:, 0], self.source[~self.weak]])
        target = np.concatenate([self.used[:, 1], self.target[~self.weak]])
        of_product = ~self.aside[source]
        return source[of_product], target[of_product]

    @cached_property
    def made(self) -> tuple[Ints, Ints, Bools]:
        """The imports that product files make which do not only help tests: from where, to where, and whether for type checking only."""
        chosen = ~(self.aside | self.helping)[self.source]
        return self.source[chosen], self.target[chosen], self.weak[chosen]

    @cached_property
    def product(self) -> Bools:
        """A mask of the files of the product, those that help tests among them."""
        return ~self.aside

    @cached_property
    def go(self) -> Bools:
        """A mask of the files of Go."""
        return np.array([path.endswith(".go") for path in self.paths], dtype=bool)

    @cached_property
    def veiled(self) -> Ints:
        """The numbers of the files of Python that are private modules, or lie in private packages."""
        return np.array([number for number, path in enumerate(self.paths) if is_veiled(path)], dtype=np.int64)

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The folders that hold files, with their trailing slashes, in order."""
        return tuple(sorted({path[: path.rfind("/") + 1] for path in self.paths}))

    @cached_property
    def folder(self) -> Ints:
        """For each file the number of its folder."""
        numbers = {folder: number for number, folder in enumerate(self.folders)}
        return np.array([numbers[path[: path.rfind("/") + 1]] for path in self.paths], dtype=np.int64)

    @cached_property
    def by_module(self) -> tuple[tuple[str, int], ...]:
        """The names of the modules of languages in which a package may lie in several folders, with their numbers, in order."""
        return tuple(
            sorted((name, at) for at, name in enumerate(self.modules) if self.paths[at].endswith(_SPREAD) and name)
        )

    def leaving(self, folder: str) -> slice:
        """Return which edges begin in a folder (as in :meth:`below`): they stand together."""
        files = self.below(folder)
        return slice(self._first_edge[files.start], self._first_edge[files.stop])

    def tests_below(self, folder: str) -> dict[str, None]:
        """Return what names the tests and examples in a folder (as in :meth:`below`): their globs or, without one, their paths; each once."""
        known = self._tests_below
        if folder not in known:
            files, tests = self.below(folder), self._tests
            inside = tests[bisect_left(tests, files.start) : bisect_left(tests, files.stop)]
            known[folder] = dict.fromkeys([self._test_names[number] for number in inside])
        return known[folder]

    @cached_property
    def _test_names(self) -> NamesOfTests:
        return NamesOfTests(self.paths, self.of_tests)

    @cached_property
    def _first_edge(self) -> list[int]:
        """For each file, and for the end of all files, the first edge that begins there or behind."""
        first: list[int] = np.searchsorted(self.source, np.arange(len(self.paths) + 1)).tolist()
        return first

    @cached_property
    def _ranges(self) -> dict[str, range]:
        return {}

    @cached_property
    def _tests(self) -> list[int]:
        numbers: list[int] = np.flatnonzero(self.aside).tolist()
        return numbers

    @cached_property
    def _tests_below(self) -> dict[str, dict[str, None]]:
        return {}

    def holds_product(self, folder: str) -> bool:
        """Whether a folder (as in :meth:`below`) holds files of the product."""
        files = self.below(folder)
        return bool(self.product[files.start : files.stop].any())

    def inside(self, folders: Iterable[str]) -> Bools:
        """Return a mask of the files that lie in any of the folders (or are one of the paths)."""
        mask = np.zeros(len(self.paths), dtype=bool)
        for folder in folders:
            files = self.below(folder)
            mask[files.start : files.stop] = True
        return mask

    def below(self, folder: str) -> range:
        """Return the numbers of the files in a folder (with its trailing slash; empty for all), or of the one file of that path."""
        known = self._ranges.get(folder)
        if known is None:
            start = bisect_left(self.paths, folder)
            known = self._ranges[folder] = range(start, bisect_left(self.paths, folder + _LAST, start))
        return known


def is_veiled(path: str) -> bool:
    """Whether a path is of a private module of Python. Elsewhere a leading underscore marks partial templates, or what is loaded first."""
    return path.endswith((".py", ".pyi")) and any(
        part.startswith("_") and not part.startswith("__") for part in path.split("/")
    )
