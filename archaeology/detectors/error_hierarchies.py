"""Hierarchies of errors that a code base made for itself: a root below a built-in error, with own kinds below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass

from archaeology.detectors.places import production_paths
from archaeology.facts import Definition, Facts, FileFacts, Raise
from archaeology.facts.rows import Choice

_FOREIGN_ROOTS = frozenset(
    {
        "Exception",
        "BaseException",
        "RuntimeError",
        "ValueError",
        "TypeError",
        "Error",
        "StandardError",
        "RuntimeException",
        "Throwable",
    }
    | {
        "ApplicationException",
        "SystemException",
        "LogicException",
        "IllegalStateException",
        "OSError",
        "IOError",
        "KeyError",
        "LookupError",
    }
)
_MIN_KINDS = 3


@dataclass(frozen=True)
class Hierarchy:
    """An error root with everything below it. ``kinds`` maps a type's name to where it is defined, the root among them."""

    root: str
    kinds: dict[str, tuple[str, Definition]]

    @property
    def path(self) -> str:
        """The file that defines the root."""
        return self.kinds[self.root][0]


def hierarchies(facts: Facts) -> list[Hierarchy]:
    """Return the error hierarchies of the production code, largest first: a root below a built-in error, with own kinds below it."""
    defined: dict[str, tuple[str, Definition]] = {}
    children: dict[str, list[str]] = defaultdict(list)
    derived = Choice[Definition](lambda definition: bool(definition.bases))
    for path in production_paths(facts):
        for definition in derived.of(facts.code[path].definitions):
            if (name := last_name(definition.name)) not in defined:
                defined[name] = (path, definition)
    for name, (_, definition) in defined.items():
        for base in definition.bases:
            children[last_name(base)].append(name)
    found = []
    for name, (_, definition) in sorted(defined.items()):
        if name not in _FOREIGN_ROOTS and any(last_name(base) in _FOREIGN_ROOTS for base in definition.bases):
            below = _below(name, children)
            if len(below) >= _MIN_KINDS:
                found.append(Hierarchy(name, {kind: defined[kind] for kind in (name, *below)}))
    return sorted(found, key=lambda item: (-len(item.kinds), item.root))


class Raises:
    """What the production code raises, looked through once for all hierarchies."""

    def __init__(self, facts: Facts) -> None:
        """Take the facts of a survey."""
        self._facts = facts
        self._all = [
            (path, last_name(item.type), item) for path in production_paths(facts) for item in facts.code[path].raises
        ]
        self._outside: dict[str, set[str]] = defaultdict(set)
        for edge in facts.imports.edges:
            if edge.external:
                self._outside[edge.source].add(edge.external)
        self._foreign: dict[str, frozenset[str]] = {}

    def of(self, kinds: Container[str], folder: str = "") -> Iterator[tuple[str, Raise]]:
        """Yield path and raise where an error of this name is raised below a folder, whoever's it is."""
        return ((path, item) for path, name, item in self._all if name in kinds and path.startswith(folder))

    def own(self, hierarchy: Hierarchy) -> dict[str, list[Raise]]:
        """Return for each production file its raises of the hierarchy's kinds; an error that the file imports from outside is none."""
        found: dict[str, list[Raise]] = {}
        for path, item in self.of(hierarchy.kinds):
            if _first_name(item.type) not in self._foreign_names(path):
                found.setdefault(path, []).append(item)
        return found

    def _foreign_names(self, path: str) -> frozenset[str]:
        known = self._foreign.get(path)
        if known is None:
            outside = self._outside.get(path)
            known = _foreign_names(self._facts.code[path], outside) if outside else frozenset()
            self._foreign[path] = known
        return known


def last_name(name: str) -> str:
    """Return the last part of a qualified name, whatever separates its parts."""
    if "::" in name or "\\" in name:
        name = name.replace("::", ".").replace("\\", ".")
    return name.rpartition(".")[2]


def _first_name(name: str) -> str:
    return name.replace("::", ".").replace("\\", ".").lstrip(".").partition(".")[0]


def _foreign_names(code: FileFacts, outside: set[str]) -> frozenset[str]:
    """The names of a file that imports from outside alone give a meaning."""
    foreign: set[str] = set()
    own: set[str] = set()
    below = tuple([f"{package}{separator}" for package in outside for separator in (".", "/", "::")])
    for item in code.imports:
        ours = item.level or not (item.module in outside or item.module.startswith(below))
        bound = item.names or (_first_name(item.module), last_name(item.module))
        (own if ours else foreign).update([item.alias] if item.alias else bound)
    return frozenset(foreign - own)


def _below(root: str, children: dict[str, list[str]]) -> list[str]:
    seen: dict[str, None] = {}
    waiting = sorted(children.get(root, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen and name != root:
            seen[name] = None
            waiting.extend(sorted(children.get(name, ())))
    return sorted(seen)
