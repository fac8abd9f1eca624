"""Import boundaries: direct imports and the shortest chains of imports, with exceptions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archaeology.checks.globs import module_matches
from archaeology.checks.verdict import Step, Verdict, Violation
from archaeology.facts import ImportEdge, ImportGraph
from archaeology.facts.imports import lies_within, paths_within
from archaeology.model import End, ImportBoundary

# A node is a path, or an external package's name behind this mark, which no path begins with.
_EXTERNAL = "\0"


@dataclass(frozen=True)
class _Graph:
    """Which node imports which, with the line of the first such import."""

    imports: Mapping[str, Mapping[str, int]]
    importers: Mapping[str, frozenset[str]]


def evaluate_boundary(check: ImportBoundary, graph: ImportGraph, paths: Sequence[str]) -> Verdict:
    """Return whether no source imports anything forbidden, with each importing file and forbidden file that says otherwise.

    ``paths`` are those of all files, in order.

    Imports that an exception names are taken out of the graph first, so that chains through them are tolerated too. Between one
    source file and one forbidden file the shortest chain is given; chains inside the sources or inside the forbidden are not
    looked at, because what they begin or end with is reported itself.
    """
    sides = _Sides(check, graph, paths)
    missing = sides.missing()
    if check.sources and all(end in missing for end in check.sources):
        names = ", ".join(end.path or end.module for end in check.sources)
        return Verdict(None, (), f"Nothing is left at this revision of what the boundary is about: {names}.")
    links = _build(check, graph)
    found: dict[tuple[str, str], Violation] = {}
    for sources, forbidden in sides.pairs() if links.imports else ():
        for violation in _between(sources, forbidden, links, indirect=check.indirect):
            key = (violation.path, violation.chain[-1].target)
            if key not in found or len(violation.chain) < len(found[key].chain):
                found[key] = violation
    violations = tuple(sorted(found.values(), key=lambda item: (item.path, item.line or 0, item.detail)))
    detail = f"{len(violations)} violations." if violations else "No such import."
    if missing:
        detail += f" Not found at this revision: {', '.join(end.path or end.module for end in missing)}."
    return Verdict(not violations, violations, detail)


class _Sides:
    """The files, and the external packages, that lie in each end of a check; put together when they are asked for."""

    def __init__(self, check: ImportBoundary, graph: ImportGraph, paths: Sequence[str]) -> None:
        self._check, self._graph, self._paths = check, graph, paths

    def missing(self) -> list[End]:
        """The ends inside the repository of which nothing is there."""
        return [end for end in (*self._check.sources, *self._check.forbidden) if not self._is_there(end)]

    def pairs(self) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """What is judged against what: where ends overlap (siblings that never import each other) each by itself."""
        every = {end: self._members(end) for end in (*self._check.sources, *self._check.forbidden)}
        sources = frozenset[str]().union(*(every[end] for end in self._check.sources))
        forbidden = frozenset[str]().union(*(every[end] for end in self._check.forbidden))
        if sources.isdisjoint(forbidden):
            yield sources, forbidden
            return
        for one in self._check.sources:
            apart = [every[end] for end in self._check.forbidden if every[end].isdisjoint(every[one])]
            if apart:
                yield every[one], frozenset[str]().union(*apart)

    def _is_there(self, end: End) -> bool:
        if end.external or end.path is None:
            return True
        return lies_within(end.path, self._paths) or bool(self._graph.leaving(end.path))

    def _members(self, end: End) -> frozenset[str]:
        if end.external or end.path is None:
            return frozenset({_EXTERNAL + end.module})
        sources = (edge.source for edge in self._graph.leaving(end.path))
        return frozenset(paths_within(end.path, self._paths)).union(sources)


def _build(check: ImportBoundary, graph: ImportGraph) -> _Graph:
    imports: dict[str, dict[str, int]] = {}
    importers: dict[str, set[str]] = {}
    excuses = _Excuses(check, graph)
    for edge in graph.edges if check.indirect else _direct(check, graph):
        if (check.ignore_type_checking and edge.type_checking) or excuses.cover(edge):
            continue
        node = edge.target if edge.target is not None else _EXTERNAL + (edge.external or "")
        imports.setdefault(edge.source, {}).setdefault(node, edge.line)
        importers.setdefault(node, set()).add(edge.source)
    return _Graph(imports, {node: frozenset(sources) for node, sources in importers.items()})


def _direct(check: ImportBoundary, graph: ImportGraph) -> Iterator[ImportEdge]:
    """The imports from something inside the sources to something inside the forbidden: all that a check without chains looks at.

    Those inside one end are left out: ends are judged only where they have no file in common, and siblings make most imports inside.
    """
    starts = tuple([end.path for end in check.sources if end.path is not None])
    ends = tuple([end.path for end in check.forbidden if end.path is not None and not end.external])
    packages = [end.module for end in check.forbidden if end.external or end.path is None]
    # Either side has them all; the one with fewer is gone through.
    most = sum(map(graph.count_arriving, ends)) + sum(len(graph.of_package(package)) for package in packages)
    if sum(map(graph.count_leaving, starts)) > most:
        for end in ends:
            for edge in graph.arriving(end):
                if edge.source.startswith(starts) and not _is_in(edge.source, end):
                    yield edge
        for package in packages:
            yield from (edge for edge in graph.of_package(package) if edge.source.startswith(starts))
        return
    for start in starts:
        for edge in graph.leaving(start):
            if edge.target is None:
                wanted = edge.external in packages
            else:
                wanted = edge.target.startswith(ends) and not _is_in(edge.target, start)
            if wanted:
                yield edge


def _is_in(path: str, folder: str) -> bool:
    """Whether a path lies in a folder (with its trailing slash) or is that file's."""
    return path.startswith(folder) if folder.endswith("/") else path == folder


class _Excuses:
    """The exceptions of a check; which of them begin at a file is found once for each file."""

    def __init__(self, check: ImportBoundary, graph: ImportGraph) -> None:
        self._exceptions = check.except_
        self._modules = graph.modules
        self._beginning: dict[str, tuple[str, ...]] = {}
        self._ending: dict[tuple[str, str], bool] = {}

    def cover(self, edge: ImportEdge) -> bool:
        """Whether one of the exceptions names this import."""
        source = edge.source
        if source not in self._beginning:
            module = self._modules.get(source, source)
            self._beginning[source] = tuple(
                exception.to for exception in self._exceptions if module_matches(exception.from_, module, source)
            )
        return any(self._ends(pattern, edge) for pattern in self._beginning[source])

    def _ends(self, pattern: str, edge: ImportEdge) -> bool:
        if edge.target is not None:
            key = (pattern, edge.target)
            if key not in self._ending:
                module = self._modules.get(edge.target, edge.target)
                self._ending[key] = module_matches(pattern, module, edge.target)
            return self._ending[key]
        return module_matches(pattern, edge.external or "", None) or module_matches(pattern, edge.module, None)


def _between(
    sources: frozenset[str], forbidden: frozenset[str], links: _Graph, *, indirect: bool
) -> Iterator[Violation]:
    tainted = _leading_to(forbidden, sources, links) if indirect else frozenset()
    for source in sorted(sources.intersection(links.imports)):
        reachable = links.imports[source]
        if any(node in forbidden or node in tainted for node in reachable):
            for walk in _shortest(source, sources, forbidden, tainted, links):
                steps = tuple(_step(walk, position, links) for position in range(len(walk) - 1))
                yield Violation(source, steps[0].line, _said(walk), steps)


def _leading_to(forbidden: frozenset[str], sources: frozenset[str], links: _Graph) -> frozenset[str]:
    """The nodes outside both sides from which imports lead to something forbidden."""
    tainted: set[str] = set()
    waiting = deque(forbidden)
    while waiting:
        for importer in links.importers.get(waiting.popleft(), ()):
            if importer not in tainted and importer not in sources and importer not in forbidden:
                tainted.add(importer)
                waiting.append(importer)
    return frozenset(tainted)


def _shortest(
    source: str, sources: frozenset[str], forbidden: frozenset[str], tainted: frozenset[str], links: _Graph
) -> Iterator[tuple[str, ...]]:
    """For each forbidden node that is reached: the shortest chain from the source, the alphabetically first where several are."""
    came: dict[str, str] = {}
    waiting = deque([source])
    while waiting:
        node = waiting.popleft()
        for target in sorted(links.imports.get(node, {})):
            if target in came or target in sources:
                continue
            if target in forbidden:
                came[target] = node
                yield _walk(target, source, came)
            elif target in tainted:
                came[target] = node
                waiting.append(target)


def _walk(node: str, source: str, came: Mapping[str, str]) -> tuple[str, ...]:
    steps = [node]
    while steps[-1] != source:
        steps.append(came[steps[-1]])
    return tuple(reversed(steps))


def _step(walk: tuple[str, ...], position: int, links: _Graph) -> Step:
    source, target = walk[position], walk[position + 1]
    return Step(source, links.imports[source][target], target.removeprefix(_EXTERNAL))


def _said(walk: tuple[str, ...]) -> str:
    names = [node.removeprefix(_EXTERNAL) for node in walk]
    return " → ".join(names) if names[2:] else f"{names[0]} imports {names[1]}"
