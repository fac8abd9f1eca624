"""Imports that were resolved: which file or package each of them means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

_LAST = "\U0010ffff"
_KNOWN = 4_096


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
        return self._by_source[self._leaving[path]]

    def arriving(self, path: str) -> Sequence[ImportEdge]:
        """Return the imports that lead into a folder (with its trailing slash) or file, in the order of what they lead to."""
        return self._by_target[self._arriving[path]]

    def count_leaving(self, path: str) -> int:
        """Return how many imports :meth:`leaving` gives, which are not put together for it."""
        found = self._leaving[path]
        return int(found.stop - found.start)

    def count_arriving(self, path: str) -> int:
        """Return how many imports :meth:`arriving` gives."""
        found = self._arriving[path]
        return int(found.stop - found.start)

    def of_package(self, name: str) -> Sequence[ImportEdge]:
        """Return the imports of an external package."""
        return self._by_package.get(name, ())

    @cached_property
    def _by_source(self) -> tuple[ImportEdge, ...]:
        return tuple(sorted(self.edges, key=attrgetter("source")))

    @cached_property
    def _leaving(self) -> _Places:
        return _Places([edge.source for edge in self._by_source])

    @cached_property
    def _by_target(self) -> tuple[ImportEdge, ...]:
        return tuple(sorted((edge for edge in self.edges if edge.target is not None), key=attrgetter("target")))

    @cached_property
    def _arriving(self) -> _Places:
        return _Places([edge.target or "" for edge in self._by_target])

    @cached_property
    def _by_package(self) -> Mapping[str, list[ImportEdge]]:
        found: dict[str, list[ImportEdge]] = {}
        for edge in self.edges:
            if edge.target is None:
                found.setdefault(edge.external or "", []).append(edge)
        return found


class _Places(dict[str, slice]):
    """Where, among paths in order, those of a folder or file stand; each is asked for again and again, and found once."""

    def __init__(self, ordered: Sequence[str]) -> None:
        super().__init__()
        self._ordered = ordered

    def __missing__(self, path: str) -> slice:
        found = _within(path, self._ordered)
        if len(self) < _KNOWN:
            self[path] = found
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
