"""Hierarchies of errors that a code base made for itself: a root below a built-in error, with own kinds below it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from archaeology.detectors.places import production_paths
from archaeology.facts import Definition, Facts

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
    for path in production_paths(facts):
        for definition in facts.code[path].definitions:
            name = last_name(definition.name)
            if definition.bases and name not in defined:
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


def last_name(name: str) -> str:
    """Return the last part of a qualified name, whatever separates its parts."""
    return name.replace("::", ".").replace("\\", ".").rsplit(".", 1)[-1]


def _below(root: str, children: dict[str, list[str]]) -> list[str]:
    seen: dict[str, None] = {}
    waiting = sorted(children.get(root, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen and name != root:
            seen[name] = None
            waiting.extend(sorted(children.get(name, ())))
    return sorted(seen)
