"""Imports that were resolved: which file or package each of them means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class ImportEdge:
    """One resolved import. Exactly one of ``target`` (a file's path) and ``external`` (a top-level package) is set."""

    source: str
    line: int
    target: str | None
    external: str | None = None
    stdlib: bool = False
    module: str = ""
    names: tuple[str, ...] = ()
    type_checking: bool = False
    lazy: bool = False
    conditional: bool = False
    reexport: bool = False


@dataclass(frozen=True)
class ImportGraph:
    """All resolved imports of a repository. ``modules`` maps each source file's path to its module name.

    ``unresolved`` counts imports that looked internal and led nowhere; ``roots`` are the source roots that were found.
    """

    edges: tuple[ImportEdge, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    unresolved: int = 0

    def leaving(self, path: str) -> Sequence[ImportEdge]:
        """Return the imports that begin in a folder (with its trailing slash) or file, in the order of their files."""
        return self._by_source[_within(path, self._sources)]

    def arriving(self, path: str) -> Sequence[ImportEdge]:
        """Return the imports that lead into a folder (with its trailing slash) or file, in the order of what they lead to."""
        return self._by_target[_within(path, self._targets)]

    def of_package(self, name: str) -> Sequence[ImportEdge]:
        """Return the imports of an external package."""
        return self._by_package.get(name, ())

    @cached_property
    def _by_source(self) -> tuple[ImportEdge, ...]:
        return tuple(sorted(self.edges, key=attrgetter("source")))

    @cached_property
    def _sources(self) -> list[str]:
        return [edge.source for edge in self._by_source]

    @cached_property
    def _by_target(self) -> tuple[ImportEdge, ...]:
        return tuple(sorted((edge for edge in self.edges if edge.target is not None), key=attrgetter("target")))

    @cached_property
    def _targets(self) -> list[str]:
        return [edge.target or "" for edge in self._by_target]

    @cached_property
    def _by_package(self) -> Mapping[str, list[ImportEdge]]:
        found: dict[str, list[ImportEdge]] = {}
        for edge in self.edges:
            if edge.target is None:
                found.setdefault(edge.external or "", []).append(edge)
        return found


def paths_within(path: str, ordered: Sequence[str]) -> Sequence[str]:
    """Return those of some paths, which are in order, that lie in a folder (with its trailing slash) or are that file's."""
    return ordered[_within(path, ordered)]


def lies_within(path: str, ordered: Sequence[str]) -> bool:
    """Whether any of some paths, which are in order, lies in a folder (with its trailing slash) or is that file's."""
    at = bisect_left(ordered, path)
    return at < len(ordered) and (ordered[at].startswith(path) if path.endswith("/") else ordered[at] == path)


def _within(path: str, ordered: Sequence[str]) -> slice:
    """Where, among paths in order, those stand that lie in a folder (with its trailing slash) or are one file's."""
    start = bisect_left(ordered, path)
    return slice(start, bisect_left(ordered, path + (_LAST if path.endswith("/") else "\0"), start))
