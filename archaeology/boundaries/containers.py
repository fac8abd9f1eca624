"""Containers: folders whose units can be set against each other.

A *unit* is a module or a package seen as one thing; a *container* is a folder that holds several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.graph import Bools, FileGraph, Ints
from archaeology.model import End

# One for each file, in each of hundreds of containers: half as wide as other numbers.
Numbers = NDArray[np.int32]
_SEPARATORS = (".", "\\", "::", "/")
_MODULES_ASKED = 3
_FACADE_STEMS = frozenset({"__init__", "index", "mod", "lib", "__main__", "main"})
# Where one file is one module, `adapter.rs` beside `adapter/` is what the folder shows to others: the two are one unit.
_FACADE_BESIDE = frozenset("rs ex exs rb ts tsx mts cts js jsx mjs cjs".split())
# Where all files of a folder are one package, and each may use the other without an import.
_ONE_PACKAGE = frozenset("go java kt cs php".split())
# Where, besides, folders below may use what the folder itself declares.
_SEEN_BELOW = frozenset({"cs"})


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


@dataclass(frozen=True, eq=False)
class Container:
    """A folder and its units. ``imports[i, j]`` counts pairs of files in which unit i imports unit j at run time.

    ``typing_imports`` counts those that exist for type checkers only. Both have an empty diagonal; ``inner`` counts imports inside units,
    and ``leaving`` what each imports outside itself at run time, inside the container or not.
    ``held`` gives the numbers of the files by the paths of units, which stand in order. What else there is to know of the units is worked out when it is asked for: most folders are small, and of
    hundreds the busiest are looked at.
    """

    path: str
    graph: FileGraph = field(repr=False)
    held: Mapping[str, Sequence[int]] = field(repr=False)
    imports: Ints
    typing_imports: Ints
    inner: Ints
    leaving: Ints

    @property
    def depth(self) -> int:
        """How many folders are around it."""
        return self.path.count("/")

    @cached_property
    def member(self) -> Numbers:
        """For each file of the graph the number of its unit, or -1."""
        files, owners = _files(self.held)
        member = _nobody(self.graph)
        member[files] = owners
        return member

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its units, in order."""
        return tuple(_unit(path, self.graph, files) for path, files in self.held.items())

    @cached_property
    def could(self) -> Bools:
        """could[i, j]: a file of i can import one of j, as both have files of languages that import each other, and has to in order to use it."""
        files, owners = _files(self.held)
        kin = np.zeros((len(self.held), int(self.graph.kin.max(initial=0)) + 1), dtype=np.int64)
        kin[owners, self.graph.kin[files]] = 1
        able, unseen = kin @ kin.T > 0, _unseen(self.held)
        return np.asarray(able if unseen is None else able & (~unseen | (self.imports > 0)))

    @cached_property
    def sealed(self) -> Bools:
        """Which units consist of sealed files only."""
        if not self.graph.sealed.any():
            return np.zeros(len(self.held), dtype=bool)
        files, owners = _files(self.held)
        return np.asarray(np.bincount(owners[~self.graph.sealed[files]], minlength=len(self.held)) == 0)

    @cached_property
    def traffic(self) -> int:
        """How many imports there are between its units."""
        return int(self.imports.sum())

    @property
    def size(self) -> int:
        """How many production files it holds, in units."""
        return sum(unit.files for unit in self.units)

    def ends(self, numbers: Iterable[int]) -> tuple[End, ...]:
        """Return some units, by their numbers, as ends of a boundary, lowest first; one in two pieces as both."""
        return tuple(end for number in sorted(numbers) for end in self._ends[number])

    @cached_property
    def _ends(self) -> tuple[tuple[End, ...], ...]:
        return tuple(tuple(End(module=unit.module, path=path) for path in paths_of(unit)) for unit in self.units)

    @cached_property
    def files(self) -> tuple[list[int], ...]:
        """The numbers of the files of each unit, in order."""
        held: tuple[list[int], ...] = tuple([] for _ in self.units)
        inside = np.flatnonzero(self.member >= 0)
        for number, unit in zip(inside.tolist(), self.member[inside].tolist(), strict=True):
            held[unit].append(number)
        return held

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The short names of its units, in order."""
        return tuple(map(_name, self.held))


def paths_of(unit: Unit) -> tuple[str, ...]:
    """Return the paths that a unit consists of: its own, and that of the facade beside its folder."""
    return (unit.path,) if unit.beside is None else (unit.path, unit.beside)


def containers(graph: FileGraph, *, aside: bool = False) -> tuple[Container, ...]:
    """Return every folder with at least two units, shallow ones first.

    With ``aside`` only folders of nothing but tests and examples are looked at, otherwise only production files.
    """
    wanted = graph.aside if aside else ~graph.aside & ~graph.helping
    member = _nobody(graph)
    found = [
        _container(graph, folder, {path: held[path] for path in sorted(held)}, member)
        for folder, held in _children(graph, wanted).items()
        if len(held) > 1 and not (aside and graph.holds_product(folder))
    ]
    return tuple(sorted(found, key=lambda container: (container.depth, container.path)))


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


def _nobody(graph: FileGraph) -> Numbers:
    return np.full(len(graph.paths), -1, dtype=np.int32)


def _container(graph: FileGraph, folder: str, held: Mapping[str, Sequence[int]], member: Numbers) -> Container:
    """Return the container of a folder; ``member`` is -1 for all files, and so it is again afterwards: hundreds of them would be most of a graph."""
    count = len(held)
    files, owners = _files(held)
    member[files] = owners
    edges = graph.leaving(folder)
    source, target = member[graph.source[edges]].astype(np.int64), member[graph.target[edges]]
    inside = (source >= 0) & (target >= 0)
    pairs, weak = (source * count + target)[inside], graph.weak[edges][inside]
    member[files] = -1

    def tally(chosen: Ints) -> Ints:
        return np.bincount(chosen, minlength=count * count).reshape(count, count).astype(np.int64, copy=False)

    # In most languages nothing is imported for type checkers only.
    is_any_weak = bool(weak.any())
    imports = tally(pairs[~weak] if is_any_weak else pairs)
    inner = np.diag(imports).copy()
    np.fill_diagonal(imports, 0)
    typing_imports: Ints = np.broadcast_to(np.int64(0), (count, count))
    if is_any_weak:
        typing_imports = tally(pairs[weak])
        np.fill_diagonal(typing_imports, 0)
    leaving = np.bincount(source[(source >= 0) & (source != target) & ~graph.weak[edges]], minlength=count)
    return Container(folder, graph, held, imports, typing_imports, inner, leaving)


def _files(held: Mapping[str, Sequence[int]]) -> tuple[Ints, Ints]:
    """The numbers of all files, and of the unit that each of them lies in."""
    files = np.fromiter(chain.from_iterable(held.values()), dtype=np.int64)
    return files, np.repeat(np.arange(len(held)), [len(one) for one in held.values()])


def _unseen(paths: Iterable[str]) -> Bools | None:
    """Which units may use which others without an import, so that the lack of one says nothing; None where none may."""
    endings = [path.rpartition(".")[2] for path in paths]
    if _ONE_PACKAGE.isdisjoint(endings):  # which has all of _SEEN_BELOW
        return None
    alone = np.array([ending in _ONE_PACKAGE for ending in endings], dtype=bool)
    around = np.array([ending in _SEEN_BELOW for ending in endings], dtype=bool)
    unseen: Bools = (alone[:, None] & alone[None, :]) | around[None, :]
    return unseen


def _unit(path: str, graph: FileGraph, files: Sequence[int]) -> Unit:
    beside = None
    for number in reversed(files):  # a facade comes behind what is in the folder
        if graph.paths[number].startswith(path):
            break
        beside = graph.paths[number]
    inside = [number for number in files[: _MODULES_ASKED + 1] if graph.paths[number] != beside]
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


def beside(path: str, folder: str) -> str:
    """Return the folder or module that holds a path and stands in a folder, or beside it or one around it."""
    around = folder
    while not path.startswith(around):
        around = around.rstrip("/").rpartition("/")[0]
        around += "/" if around else ""
    name, slash, _ = path[len(around) :].partition("/")
    return around + name + slash


def _name(path: str) -> str:
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return last if path.endswith("/") else last.split(".", 1)[0]
