"""Imports that were resolved: which file or package each of them means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter


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

    @cached_property
    def by_source(self) -> tuple[ImportEdge, ...]:
        """The edges in the order of their sources: those of a folder stand together. Else as they are."""
        return tuple(sorted(self.edges, key=attrgetter("source")))

    @cached_property
    def by_target(self) -> tuple[ImportEdge, ...]:
        """The edges in the order of what they lead to, external packages first. Else as they are."""
        # The second order keeps the first where it makes no difference: that costs half of one with pairs.
        by_package = sorted(self.edges, key=lambda edge: edge.external or "")
        return tuple(sorted(by_package, key=lambda edge: edge.target or ""))
