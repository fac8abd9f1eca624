"""Which classes build upon which interfaces, and what methods classes have, looked up as far as somebody asks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from archaeology.facts import Definition, Facts
from archaeology.facts.rows import Choice

_TYPE_KINDS = frozenset({"class", "struct", "interface", "protocol", "trait"})
_METHOD_KINDS = frozenset({"method", "function"})
_STAND_IN = re.compile(r"(?:^|\.)(?:Fake|Mock|Stub|Failing|Test|Noop|NoOp|Dummy|Null|InMemory)|(?:Fake|Mock|Stub|Spy)$")


class Methods:
    """The public methods of each class, by path and class; read file by file as they are asked for."""

    def __init__(self, facts: Facts, product: Sequence[str]) -> None:
        """Look into these files of the product."""
        self._facts = facts
        self._product = product
        self._known: dict[str, dict[str, frozenset[str]]] = {}

    def of(self, path: str, owner: str) -> frozenset[str]:
        """Return the methods of one class."""
        return self._in(path).get(owner, frozenset())

    def all(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """Yield path, class and methods of every class."""
        for path in self._product:
            yield from ((path, owner, names) for owner, names in self._in(path).items())

    def _in(self, path: str) -> dict[str, frozenset[str]]:
        if path not in self._known:
            found: dict[str, set[str]] = defaultdict(set)
            for definition in self._facts.code[path].definitions:
                if definition.kind in _METHOD_KINDS:
                    owner, _, name = definition.name.rpartition(".")
                    if owner and not name.startswith("_"):
                        found[owner].add(name)
            self._known[path] = {owner: frozenset(names) for owner, names in found.items()}
        return self._known[path]


def by_base(facts: Facts, product: Sequence[str], wanted: Collection[str]) -> dict[str, list[tuple[str, Definition]]]:
    """Classes and interfaces, abstract ones among them, by the last name of each of their bases where it is wanted.

    A base that comes from outside is none of ours.
    """
    found: dict[str, list[tuple[str, Definition]]] = defaultdict(list)
    derived = Choice[Definition](lambda definition: bool(definition.bases) and definition.kind in _TYPE_KINDS)
    for path in product:
        # A struct of Go that names an interface carries it, which is how one wraps another implementation.
        if facts.code[path].language == "go":
            continue
        outside: set[str] | None = None
        for definition in derived.of(facts.code[path].definitions):
            if _STAND_IN.search(definition.name):
                continue
            for base in definition.bases:
                holder, _, name = base.split("<")[0].split("[")[0].rpartition(".")
                if name in wanted:
                    outside = _from_outside(facts, path) if outside is None else outside
                    if (holder.split(".")[0] or name) not in outside:
                        found[name].append((path, definition))
    return found


def _from_outside(facts: Facts, path: str) -> set[str]:
    """The names that a file imports from external packages and the standard library: `Action` may be that of `argparse`."""
    found: set[str] = set()
    for edge in facts.imports.leaving(path):
        if edge.external:
            parts = edge.module.split(".")
            found.update(edge.names or {parts[0], parts[-1]})
    return found
