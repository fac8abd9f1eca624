"""Uses that come through a folder's index: who takes a name from a file that only hands it on, uses where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archaeology.facts import Facts

_MAX_HANDED = 3
_EVERYTHING = frozenset({(), ("*",)})


def through_an_index(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield who uses which file in this way, as paths; a pair may come more than once."""
    handed = _Handed(facts)
    for edge in facts.imports.edges:
        index = edge.target
        if index is not None and index in handed and not edge.type_checking:
            for name in edge.names:
                for target in handed.origins(index, name, _MAX_HANDED):
                    yield edge.source, target


class _Handed:
    """Which files hand names on, and where each name comes from: asked for again and again, found once."""

    def __init__(self, facts: Facts) -> None:
        self._named: dict[str, dict[str, list[str]]] = {}
        self._whole: dict[str, list[str]] = defaultdict(list)
        for edge in facts.imports.edges:
            if edge.target is None or not edge.reexport:
                continue
            by_name = self._named.setdefault(edge.source, {})
            if edge.names in _EVERYTHING:
                self._whole[edge.source].append(edge.target)
            else:
                for name in edge.names:
                    by_name.setdefault(name, []).append(edge.target)
        self._defined = _Defined(facts)
        self._known: dict[tuple[str, str, int], frozenset[str]] = {}

    def __contains__(self, index: str) -> bool:
        return index in self._named

    def origins(self, index: str, name: str, depth: int) -> frozenset[str]:
        """The files that a name comes from which an index hands on, over at most ``depth`` steps."""
        if not depth or index not in self._named:
            return frozenset()
        key = index, name, depth
        if key not in self._known:
            named, whole = self._named[index].get(name, ()), self._whole.get(index, ())
            found = {*named, *(target for target in whole if name in self._defined[target])}
            further = [self.origins(target, name, depth - 1) for target in {*named, *whole}]
            self._known[key] = frozenset(found).union(*further)
        return self._known[key]


class _Defined(dict[str, frozenset[str]]):
    """The names that each file defines, put together when it is first asked about."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._code = facts.code

    def __missing__(self, path: str) -> frozenset[str]:
        code = self._code.get(path)
        found = self[path] = frozenset() if code is None else frozenset([one.name for one in code.definitions])
        return found
