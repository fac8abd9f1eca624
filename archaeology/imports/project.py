"""What a resolver is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from archaeology.facts import File, FileFacts, Flag, Import, ImportEdge

ReadText = Callable[[str], str | None]


@dataclass(frozen=True)
class Project:
    """A repository's files as resolvers see them. ``read_text`` gives a tracked file's text, or None where it may not be read."""

    files: Mapping[str, File]
    code: Mapping[str, FileFacts]
    read_text: ReadText

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a tracked file, without a trailing slash; the root is the empty string."""
        found = {""}
        for path in self.files:
            folder = parent(path)
            while folder not in found:
                found.add(folder)
                folder = parent(folder)
        return frozenset(found)

    def of_languages(self, *languages: str) -> Iterator[tuple[str, FileFacts]]:
        """Yield ``(path, facts)`` of the files that were read in one of the languages, by path."""
        for path in sorted(self.code):
            facts = self.code[path]
            if facts.language in languages:
                yield path, facts

    def named(self, *names: str) -> Iterator[str]:
        """Yield the paths of files with one of these names, shallow ones first; files inside vendored code are left out."""
        wanted = frozenset(names)
        found = [
            path
            for path, file in self.files.items()
            if path.rpartition("/")[2] in wanted and Flag.VENDORED not in file.flags
        ]
        yield from sorted(found, key=lambda path: (path.count("/"), path))


@dataclass
class Resolved:
    """What a resolver adds to the graph. ``modules`` maps paths to module names."""

    edges: list[ImportEdge] = field(default_factory=list)
    modules: dict[str, str] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    unresolved: int = 0


class Resolver(Protocol):
    """Resolves the imports of one language family."""

    def __call__(self, project: Project) -> Resolved:
        """Return the edges of all files of the family."""
        ...


def parent(path: str) -> str:
    """Return the folder of a path, without a trailing slash; the root is the empty string."""
    return path.rpartition("/")[0]


def join(folder: str, name: str) -> str:
    """Join a folder ('' is the root) and a relative path that has no dots in it."""
    return f"{folder}/{name}" if folder else name


def normalize(path: str) -> str | None:
    """Return the path with ``.`` and ``..`` worked out, or None where it leaves the repository."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def edge_to(
    source: str, found: Import, target: str, names: tuple[str, ...] | None = None, *, reexport: bool = False
) -> ImportEdge:
    """Return the edge of an import that reaches a file of the repository."""
    return ImportEdge(
        source=source,
        line=found.line,
        target=target,
        module="." * found.level + found.module,
        names=found.names if names is None else names,
        type_checking=found.type_checking,
        lazy=found.lazy,
        conditional=found.conditional,
        reexport=found.reexport or reexport,
    )


def edge_out(source: str, found: Import, external: str, *, stdlib: bool = False) -> ImportEdge:
    """Return the edge of an import that leaves the repository, to a package or to the standard library."""
    return ImportEdge(
        source=source,
        line=found.line,
        target=None,
        external=external,
        stdlib=stdlib,
        module=found.module,
        names=found.names,
        type_checking=found.type_checking,
        lazy=found.lazy,
        conditional=found.conditional,
        reexport=found.reexport,
    )
