"""Uses that come through a folder's index: who takes a name from a file that only hands it on, uses where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from archaeology.facts import Facts

_MAX_HANDED = 3
_EVERYTHING = frozenset({(), ("*",)})


def through_an_index(facts: Facts) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield who uses which files in this way, as paths; a file may come more than once."""
    handed = _Handed(facts)
    indices = handed.indices
    for edge in facts.imports.edges:
        if edge.target in indices and edge.names and not edge.type_checking:
            for name in edge.names:
                yield edge.source, handed.origins(edge.target or "", name, _MAX_HANDED)


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

    @property
    def indices(self) -> Collection[str]:
        """The files that hand names on."""
        return self._named.keys()

    def origins(self, index: str, name: str, depth: int) -> frozenset[str]:
        """The files that a name comes from which an index (one that hands names on) hands on, over at most ``depth`` steps."""
        key = index, name, depth
        known = self._known.get(key)
        if known is None:
            named, whole = self._named[index].get(name, ()), self._whole.get(index, ())
            found = {*named, *(target for target in whole if name in self._defined[target])}
            inner = {*named, *whole}.intersection(self._named) if depth > 1 else ()
            known = frozenset(found).union(*(self.origins(target, name, depth - 1) for target in inner))
            self._known[key] = known
        return known


class _Defined(dict[str, frozenset[str]]):
    """The names that each file defines, put together when it is first asked about."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._code = facts.code

    def __missing__(self, path: str) -> frozenset[str]:
        code = self._code.get(path)
        found = self[path] = frozenset() if code is None else frozenset([one.name for one in code.definitions])
        return found
