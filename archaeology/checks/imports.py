"""Import boundaries: direct imports and the shortest chains of imports, with exceptions."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archaeology.checks.globs import module_matches
from archaeology.checks.verdict import Step, Verdict, Violation
from archaeology.facts import ImportEdge, ImportGraph
from archaeology.model import End, ImportBoundary

# A node is a path, or an external package's name behind this mark, which no path begins with.
_EXTERNAL = "\0"
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class _Graph:
    """Which node imports which, with the line of the first such import."""

    imports: Mapping[str, Mapping[str, int]]
    importers: Mapping[str, frozenset[str]]


def evaluate_boundary(check: ImportBoundary, graph: ImportGraph, files: Iterable[str]) -> Verdict:
    """Return whether no source imports anything forbidden, with each importing file and forbidden file that says otherwise.

    Imports that an exception names are taken out of the graph first, so that chains through them are tolerated too. Between one
    source file and one forbidden file the shortest chain is given; chains inside the sources or inside the forbidden are not
    looked at, because what they begin or end with is reported itself.
    """
    known = sorted(set(files).union(edge.source for edge in graph.edges))
    missing = [end for end in (*check.sources, *check.forbidden) if not end.external and not _members(end, known)]
    if check.sources and all(end in missing for end in check.sources):
        names = ", ".join(end.path or end.module for end in check.sources)
        return Verdict(None, (), f"Nothing is left at this revision of what the boundary is about: {names}.")
    links = _build(check, graph)
    # Where ends overlap (siblings that never import each other), each pair is judged by itself.
    pairs = _pairs(check, known)
    found: dict[tuple[str, str], Violation] = {}
    for sources, forbidden in pairs:
        for violation in _between(sources, forbidden, links, indirect=check.indirect):
            key = (violation.path, violation.chain[-1].target)
            if key not in found or len(violation.chain) < len(found[key].chain):
                found[key] = violation
    violations = tuple(sorted(found.values(), key=lambda item: (item.path, item.line or 0, item.detail)))
    detail = f"{len(violations)} violations." if violations else "No such import."
    if missing:
        detail += f" Not found at this revision: {', '.join(end.path or end.module for end in missing)}."
    return Verdict(not violations, violations, detail)


def _build(check: ImportBoundary, graph: ImportGraph) -> _Graph:
    imports: dict[str, dict[str, int]] = {}
    importers: dict[str, set[str]] = {}
    exceptions = [(exception.from_, exception.to) for exception in check.except_]
    for edge in graph.edges if check.indirect else _direct(check, graph):
        if check.ignore_type_checking and edge.type_checking:
            continue
        if any(_excused(edge, graph, source, target) for source, target in exceptions):
            continue
        node = edge.target if edge.target is not None else _EXTERNAL + (edge.external or "")
        imports.setdefault(edge.source, {}).setdefault(node, edge.line)
        importers.setdefault(node, set()).add(edge.source)
    return _Graph(imports, {node: frozenset(sources) for node, sources in importers.items()})


def _direct(check: ImportBoundary, graph: ImportGraph) -> Iterator[ImportEdge]:
    """The imports from something inside the sources to something inside the forbidden: all that a check without chains looks at."""
    starts = tuple(end.path for end in check.sources if end.path is not None)
    ends = tuple(end.path for end in check.forbidden if end.path is not None)
    packages = {end.module for end in check.forbidden if end.external or end.path is None}
    for edge in graph.edges:
        if not edge.source.startswith(starts):
            continue
        if edge.external in packages if edge.target is None else edge.target.startswith(ends):
            yield edge


def _excused(edge: ImportEdge, graph: ImportGraph, source: str, target: str) -> bool:
    if not module_matches(source, graph.modules.get(edge.source, edge.source), edge.source):
        return False
    if edge.target is not None:
        return module_matches(target, graph.modules.get(edge.target, edge.target), edge.target)
    external = edge.external or ""
    return module_matches(target, external, None) or module_matches(target, edge.module, None)


def _members(end: End, nodes: Sequence[str]) -> frozenset[str]:
    """The nodes, given in their order, that lie in an end."""
    if end.external or end.path is None:
        return frozenset({_EXTERNAL + end.module})
    start = bisect_left(nodes, end.path)
    if end.path.endswith("/"):
        return frozenset(nodes[start : bisect_left(nodes, end.path + _LAST, start)])
    return frozenset(nodes[start : start + 1]) & {end.path}


def _pairs(check: ImportBoundary, known: Sequence[str]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    sources = [(end, _members(end, known)) for end in check.sources]
    forbidden = [(end, _members(end, known)) for end in check.forbidden]
    union = (
        frozenset().union(*(members for _, members in sources)),
        frozenset().union(*(members for _, members in forbidden)),
    )
    if not union[0] & union[1]:
        yield union
        return
    for _, inside in sources:
        outside = frozenset().union(*(members for _, members in forbidden if not members & inside))
        if outside:
            yield inside, outside


def _between(
    sources: frozenset[str], forbidden: frozenset[str], links: _Graph, *, indirect: bool
) -> Iterator[Violation]:
    tainted = _leading_to(forbidden, sources, links) if indirect else frozenset()
    for source in sorted(sources):
        reachable = links.imports.get(source, {})
        if any(node in forbidden or node in tainted for node in reachable):
            for chain in _shortest(source, sources, forbidden, tainted, links):
                steps = tuple(_step(chain, position, links) for position in range(len(chain) - 1))
                yield Violation(source, steps[0].line, _said(chain), steps)


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
    chain = [node]
    while chain[-1] != source:
        chain.append(came[chain[-1]])
    return tuple(reversed(chain))


def _step(chain: tuple[str, ...], position: int, links: _Graph) -> Step:
    source, target = chain[position], chain[position + 1]
    return Step(source, links.imports[source][target], target.removeprefix(_EXTERNAL))


def _said(chain: tuple[str, ...]) -> str:
    names = [node.removeprefix(_EXTERNAL) for node in chain]
    return " → ".join(names) if names[2:] else f"{names[0]} imports {names[1]}"
