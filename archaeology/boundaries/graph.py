"""The import graph as arrays: files are numbered, and every folder that holds several units is a container.

A *unit* is a module or a package seen as one thing; a *container* is a folder whose units can be set against each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archaeology.checks.globs import path_matches
from archaeology.facts import Facts, File, Flag

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NOT_CODE = frozenset(
    {Flag.VENDORED, Flag.MINIFIED, Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.SUBMODULE, Flag.DOCUMENTATION}
)
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE})
_MOSTLY = 0.6
_SEPARATORS = (".", "\\", "::", "/")
_MODULES_ASKED = 3
_LAST = "\U0010ffff"
_FACADE_STEMS = frozenset({"__init__", "index", "mod", "lib", "__main__", "main"})
# Where one file is one module, `adapter.rs` beside `adapter/` is what the folder shows to others: the two are one unit.
_FACADE_BESIDE = frozenset("rs ex exs rb ts tsx mts cts js jsx mjs cjs".split())


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


@dataclass(frozen=True, slots=True)
class Unit:
    """A module or a package. ``path`` ends with a slash for a package; ``files`` are production code only.

    ``beside`` is the module of the same name next to a package's folder, where the language has its facade there.
    """

    path: str
    module: str
    name: str
    files: int
    beside: str | None = None

    @property
    def is_package(self) -> bool:
        """Whether it is a folder and not a single file."""
        return self.path.endswith("/")


@dataclass(frozen=True)
class Container:
    """A folder and its units. ``imports[i, j]`` counts pairs of files in which unit i imports unit j at run time.

    ``typing_imports`` counts those that exist for type checkers only. Both have an empty diagonal.
    ``member`` gives for each file of the graph the number of its unit, or -1.
    """

    path: str
    depth: int
    units: tuple[Unit, ...]
    member: Ints
    imports: Ints
    typing_imports: Ints
    inner: Ints

    @property
    def size(self) -> int:
        """How many production files it holds, in units."""
        return sum(unit.files for unit in self.units)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The short names of its units, in order."""
        return tuple(unit.name for unit in self.units)


@dataclass(frozen=True)
class FileGraph:
    """All files that hold code, and the distinct pairs of files in which one imports the other.

    ``weak`` marks pairs that are imported for type checking only; ``aside`` marks files of tests and examples, ``sealed`` those
    that the language lets nobody import: that nobody does says nothing.
    """

    paths: tuple[str, ...]
    modules: tuple[str, ...]
    aside: Bools
    sealed: Bools
    source: Ints
    target: Ints
    weak: Bools

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The number of each path."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def test_globs(self) -> tuple[str, ...]:
        """For each file the glob by which tests like it are named; empty for product files and for tests without such a name."""
        return tuple(
            next((glob for glob in _TEST_GLOBS if path_matches(path, (glob,))), "") if aside else ""
            for path, aside in zip(self.paths, self.aside.tolist(), strict=True)
        )

    def sealed_units(self, container: Container) -> Bools:
        """Return a mask of the container's units that consist of sealed files only."""
        open_files = np.bincount(
            container.member[(container.member >= 0) & ~self.sealed & ~self.aside], minlength=len(container.units)
        )
        return np.asarray(open_files == 0)

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


def file_graph(facts: Facts) -> FileGraph:
    """Return the graph of all files with code, vendored ones left out, in the order of their paths."""
    paths = tuple(sorted(path for path, file in facts.files.items() if _holds_code(path, file, facts)))
    index = {path: number for number, path in enumerate(paths)}
    pairs: dict[tuple[int, int], bool] = {}
    for edge in facts.imports.edges:
        if edge.target is None:
            continue
        source, target = index.get(edge.source), index.get(edge.target)
        if source is None or target is None or source == target:
            continue
        pairs[source, target] = pairs.get((source, target), True) and edge.type_checking
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return FileGraph(
        paths=paths,
        modules=tuple(facts.imports.modules.get(path, path) for path in paths),
        aside=np.array([bool(facts.files[path].flags & _ASIDE) for path in paths], dtype=bool),
        sealed=np.array([_is_sealed(path, facts) for path in paths], dtype=bool),
        source=ends[:, 0],
        target=ends[:, 1],
        weak=np.array([pairs[pair] for pair in sorted(pairs)], dtype=bool),
    )


def containers(graph: FileGraph, *, aside: bool = False) -> tuple[Container, ...]:
    """Return every folder with at least two units, shallow ones first.

    With ``aside`` only files of tests and examples are looked at, otherwise only production files.
    """
    wanted = graph.aside if aside else ~graph.aside & ~_mostly_aside(graph)
    children = _children(graph, wanted)
    found = [_container(graph, folder, names) for folder, names in children.items() if len(names) > 1]
    return tuple(sorted(found, key=lambda container: (container.depth, container.path)))


def _mostly_aside(graph: FileGraph) -> Bools:
    """The files of folders that hold tests for the most part: what helps them is no part of the product either."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path, aside in zip(graph.paths, graph.aside.tolist(), strict=True):
        for folder in _folders(path):
            counts[folder][aside] += 1
    mostly = {folder for folder, (product, tests) in counts.items() if tests > _MOSTLY * (product + tests)}
    return np.array([any(folder in mostly for folder in _folders(path)) for path in graph.paths], dtype=bool)


def _folders(path: str) -> list[str]:
    return [path[: at + 1] for at, character in enumerate(path) if character == "/"]


def _holds_code(path: str, file: File, facts: Facts) -> bool:
    return not file.flags & _NOT_CODE and (path in facts.imports.modules or path in facts.code)


def _is_sealed(path: str, facts: Facts) -> bool:
    """Whether it belongs to a program of a language in which only libraries can be imported."""
    if path.endswith(".go"):
        code = facts.code.get(path)
        return code is not None and code.package == "main"
    return path.endswith(".rs") and (f"/{path}".endswith("/src/main.rs") or "/src/bin/" in f"/{path}")


def _children(graph: FileGraph, wanted: Bools) -> dict[str, dict[str, list[int]]]:
    """For each folder: the paths of its units and the files in each."""
    children: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number in np.flatnonzero(wanted).tolist():
        path = graph.paths[number]
        parts = path.split("/")
        folder = ""
        for part in parts[:-1]:
            child = f"{folder}{part}/"
            children[folder][child].append(number)
            folder = child
        if parts[-1].split(".", 1)[0] not in _FACADE_STEMS:
            children[folder][path].append(number)
    for units in children.values():
        for path in [path for path in units if path.rpartition(".")[2] in _FACADE_BESIDE]:
            package = path.rpartition(".")[0] + "/"
            if package in units:
                units[package] += units.pop(path)
    return children


def _container(graph: FileGraph, folder: str, children: Mapping[str, list[int]]) -> Container:
    member = np.full(len(graph.paths), -1, dtype=np.int64)
    paths = sorted(children)
    for number, path in enumerate(paths):
        member[children[path]] = number
    count = len(paths)
    ends = member[graph.source], member[graph.target]
    inside = (ends[0] >= 0) & (ends[1] >= 0)
    cell = ends[0] * count + ends[1]

    def tally(chosen: Bools) -> Ints:
        return np.bincount(cell[inside & chosen], minlength=count * count).reshape(count, count).astype(np.int64)

    strong, weak = tally(~graph.weak), tally(graph.weak)
    inner = np.diag(strong).copy()
    np.fill_diagonal(strong, 0)
    np.fill_diagonal(weak, 0)
    units = tuple(_unit(path, graph, children[path]) for path in paths)
    return Container(folder, folder.count("/"), units, member, strong, weak, inner)


def _unit(path: str, graph: FileGraph, files: Sequence[int]) -> Unit:
    beside = next((graph.paths[number] for number in files if not graph.paths[number].startswith(path)), None)
    inside = [number for number in files if graph.paths[number] != beside]
    return Unit(path, module_of(path, graph, inside), _name(path), len(files), beside)


def module_of(path: str, graph: FileGraph, files: Sequence[int]) -> str:
    """Return the name that code uses for a unit: dotted or with its language's separator, or else its path.

    A package's name is what is left of the module name of a file inside it when the file's own part is taken off.
    """
    if not path.endswith("/"):
        return graph.modules[graph.index[path]]
    for number in files[:_MODULES_ASKED]:
        inside, module = graph.paths[number][len(path) :].split("/"), graph.modules[number]
        stem = inside[-1].split(".", 1)[0]
        for separator in _SEPARATORS:
            parts = module.split(separator)
            for below in ([*inside[:-1], stem], inside[:-1]):
                if below and len(parts) > len(below) and parts[-len(below) :] == below:
                    return separator.join(parts[: -len(below)])
            if stem in _FACADE_STEMS and inside == [inside[-1]] and parts[-1] == path.rstrip("/").rsplit("/", 1)[-1]:
                return module
    return path.rstrip("/")


def _name(path: str) -> str:
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return last if path.endswith("/") else last.split(".", 1)[0]
