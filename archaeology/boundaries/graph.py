"""The import graph as arrays: files are numbered, and every pair of files in which one imports the other is an edge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.builds import Builds, read_builds, test_projects
from archaeology.boundaries.tests_beside import support_of_tests
from archaeology.boundaries.tooling import is_tooling
from archaeology.boundaries.unseen import Unseen, unseen_uses
from archaeology.checks.globs import path_matches
from archaeology.facts import Facts, File, Flag

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NOT_CODE = frozenset(
    {Flag.VENDORED, Flag.MINIFIED, Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.SUBMODULE, Flag.DOCUMENTATION}
)
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE})
_LAST = "\U0010ffff"
# Where a package may be spread over folders, so that code speaks of parts that lie elsewhere by the same name.
_SPREAD = (".java", ".kt", ".cs", ".php")
# Languages that import each other's files; every other language keeps to itself.
_KIN = {"typescript": "javascript", "tsx": "javascript", "kotlin": "java", "scala": "java"}

# How tests that live among the product's files are named; boundaries are about the product.
_TEST_GLOBS = (
    "**/tests/**",
    "**/test/**",
    "**/_tests/**",
    "**/testing/**",
    "**/__tests__/**",
    "**/spec/**",
    "**/conftest.py",
    "**/test_*",
    "**/*_test.*",
    "**/*.test.*",
    "**/*.spec.*",
    "**/*Test.*",
    "**/*Tests.*",
    "**/*_spec.*",
)


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

    @cached_property
    def test_globs(self) -> tuple[str, ...]:
        """For each file the glob by which tests like it are named; empty for product files and for tests without such a name."""
        globs = (*_TEST_GLOBS, *(f"{folder}**" for folder in self.of_tests))
        return tuple(
            next((glob for glob in globs if path_matches(path, (glob,))), "") if aside else ""
            for path, aside in zip(self.paths, self.aside.tolist(), strict=True)
        )

    def leaving(self, folder: str) -> slice:
        """Return which edges begin in a folder (as in :meth:`below`): they stand together."""
        files = self.below(folder)
        start, stop = np.searchsorted(self.source, (files.start, files.stop)).tolist()
        return slice(start, stop)

    def tests_below(self, folder: str) -> dict[str, None]:
        """Return what names the tests and examples in a folder (as in :meth:`below`): their globs or, without one, their paths; each once."""
        known = self._tests_below
        if folder not in known:
            files, tests = self.below(folder), self._tests
            inside = tests[bisect_left(tests, files.start) : bisect_left(tests, files.stop)]
            known[folder] = dict.fromkeys(self.test_globs[number] or self.paths[number] for number in inside)
        return known[folder]

    @cached_property
    def _tests(self) -> list[int]:
        numbers: list[int] = np.flatnonzero(self.aside).tolist()
        return numbers

    @cached_property
    def _tests_below(self) -> dict[str, dict[str, None]]:
        return {}

    def inside(self, folders: Iterable[str]) -> Bools:
        """Return a mask of the files that lie in any of the folders (or are one of the paths)."""
        mask = np.zeros(len(self.paths), dtype=bool)
        for folder in folders:
            files = self.below(folder)
            mask[files.start : files.stop] = True
        return mask

    def below(self, folder: str) -> range:
        """Return the numbers of the files in a folder (with its trailing slash; empty for all), or of the one file of that path."""
        start = bisect_left(self.paths, folder)
        return range(start, bisect_left(self.paths, folder + _LAST, start))


def is_veiled(path: str) -> bool:
    """Whether a path is of a private module of Python. Elsewhere a leading underscore marks partial templates, or what is loaded first."""
    return path.endswith((".py", ".pyi")) and any(
        part.startswith("_") and not part.startswith("__") for part in path.split("/")
    )


def file_graph(facts: Facts) -> FileGraph:
    """Return the graph of all files with code, vendored ones left out, in the order of their paths."""
    paths = tuple(
        sorted(path for path, file in facts.files.items() if _holds_code(path, file, facts) and not is_tooling(path))
    )
    index = {path: number for number, path in enumerate(paths)}
    weak = _pairs(facts, index)
    pairs = sorted(weak)
    ends = np.array(pairs, dtype=np.int64)
    source, target = ends // max(1, len(paths)), ends % max(1, len(paths))
    unseen = unseen_uses(facts, paths)
    of_tests = test_projects(facts)
    return FileGraph(
        paths=paths,
        modules=tuple(facts.imports.modules.get(path, path) for path in paths),
        aside=np.array(
            [bool(facts.files[path].flags & _ASIDE) or path.startswith(of_tests) for path in paths], dtype=bool
        ),
        sealed=np.array([_is_sealed(path, facts) for path in paths], dtype=bool),
        source=source,
        target=target,
        weak=np.array([weak[pair] for pair in pairs], dtype=bool),
        kin=_kin(paths, facts),
        builds=read_builds(facts).believing(_named(paths, source, target)),
        workspaces=read_builds(facts, workspaces=True).believing(_named(paths, source, target)),
        used=_numbered(unseen, index),
        called=np.array([path in unseen.called for path in paths], dtype=bool),
        of_tests=of_tests,
    )


def _pairs(facts: Facts, index: Mapping[str, int]) -> dict[int, bool]:
    """For each pair of files, packed as source × files + target, whether all such imports are for type checking."""
    pairs: dict[int, bool] = {}
    for edge in facts.imports.edges:
        source, target = index.get(edge.source), index.get(edge.target or "")
        if source is not None and target is not None and source != target:
            pair = source * len(index) + target
            pairs[pair] = edge.type_checking and pairs.get(pair, True)
    return pairs


def _named(paths: Sequence[str], source: Ints, target: Ints) -> Iterator[tuple[str, str]]:
    return ((paths[one], paths[other]) for one, other in zip(source.tolist(), target.tolist(), strict=True))


def _numbered(unseen: Unseen, index: Mapping[str, int]) -> Ints:
    used = [(index[source], index[target]) for source, target in unseen.uses if source in index and target in index]
    return np.array(used, dtype=np.int64).reshape(-1, 2)


def _holds_code(path: str, file: File, facts: Facts) -> bool:
    return not file.flags & _NOT_CODE and (path in facts.imports.modules or path in facts.code)


def _kin(paths: Iterable[str], facts: Facts) -> Ints:
    names = [facts.code[path].language if path in facts.code else facts.files[path].language or "" for path in paths]
    groups = [_KIN.get(name, name) for name in names]
    numbers = {group: number for number, group in enumerate(sorted(set(groups)))}
    return np.array([numbers[group] for group in groups], dtype=np.int64)


def _is_sealed(path: str, facts: Facts) -> bool:
    """Whether it belongs to a program of a language in which only libraries can be imported."""
    if path.endswith(".go"):
        code = facts.code.get(path)
        return code is not None and code.package == "main"
    return path.endswith(".rs") and (f"/{path}".endswith("/src/main.rs") or "/src/bin/" in f"/{path}")
