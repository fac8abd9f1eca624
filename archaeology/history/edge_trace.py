"""The lives of import edges out of the imports of old versions: commits go by, oldest first, and edges come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archaeology.facts import FileFacts, ImportEdge, ImportGraph
from archaeology.git import Change
from archaeology.history.edge_versions import End, Meanings
from archaeology.history.log import PackedLog
from archaeology.history.model import EdgeLife

Edge = tuple[str, End]
"""From a folder (with a trailing slash) to a folder or an external package."""


@dataclass
class _Tracer:
    """Counts the importing files of each edge while commits go by, oldest first."""

    importers: dict[Edge, set[str]] = field(default_factory=dict)
    open: dict[Edge, tuple[str, int]] = field(default_factory=dict)
    lives: list[EdgeLife] = field(default_factory=list)

    def appear(self, edge: Edge, path: str, oid: str, time: int) -> None:
        """Note that a file began to import along the edge."""
        importers = self.importers.setdefault(edge, set())
        importers.add(path)
        self.open.setdefault(edge, (oid, time))

    def vanish(self, edge: Edge, path: str, end: tuple[str, int, str] | None) -> None:
        """Note that a file stopped importing along the edge; ``end`` is None where the file itself went away."""
        importers = self.importers.get(edge, set())
        importers.discard(path)
        if importers or edge not in self.open:
            return
        appeared, time = self.open.pop(edge)
        if end is not None:
            self.lives.append(_life(edge, appeared, time, end))


def trace(
    log: PackedLog,
    window: list[tuple[int, list[Change]]],
    facts: Mapping[str, FileFacts],
    meanings: Meanings,
    graph: ImportGraph,
) -> list[EdgeLife]:
    """Return the lives of edges.

    Args:
        log: the packed log.
        window: changes of source files by commit, newest first.
        facts: the imports of each version, by blob id.
        meanings: where those imports lead.
        graph: the imports of now, which decide what stands.
    """
    tracer = _Tracer()
    standing = _standing(graph)
    for edge, path in _before(window, facts, meanings, graph):
        oldest = window[-1][0]
        tracer.appear(edge, path, log.oid(oldest), int(log.times[oldest]))
    for commit, changes in reversed(window):
        oid, time = log.oid(commit), int(log.times[commit])
        gone = {change.path for change in changes if not change.new_blob.strip("0")}
        added: list[tuple[Edge, str]] = []
        removed: list[tuple[Edge, str, bool]] = []
        for change in changes:
            after, before = facts.get(change.new_blob), facts.get(change.old_blob)
            if after is not None and before is not None and after.imports == before.imports:
                continue  # most changes leave the imports alone
            new = _edges(change.path, after, meanings)
            old = _edges(change.path, before, meanings)
            added.extend((edge, change.path) for edge, _ in new.items() if edge not in old)
            removed.extend(
                (edge, change.path, change.path in gone or (bool(targets) and targets <= gone))
                for edge, targets in old.items()
                if edge not in new
            )
        # What a commit moves from one file of a folder to another never went away: first add, then remove.
        for edge, path in added:
            tracer.appear(edge, path, oid, time)
        for edge, path, is_gone in removed:
            tracer.vanish(edge, path, None if is_gone else (oid, time, log.commit(commit).subject))
    tracer.lives.extend(_life(edge, *since, None) for edge, since in sorted(tracer.open.items()) if edge in standing)
    return tracer.lives


def _before(
    window: list[tuple[int, list[Change]]], facts: Mapping[str, FileFacts], meanings: Meanings, graph: ImportGraph
) -> Iterator[tuple[Edge, str]]:
    """Yield the edges that stood before the oldest change: of files that never changed since, and of first old versions."""
    oldest: dict[str, Change] = {}
    for _, changes in window:
        for change in changes:
            oldest[change.path] = change
    for path, change in sorted(oldest.items()):
        for edge in sorted(_edges(path, facts.get(change.old_blob), meanings)):
            yield edge, path
    for found in graph.edges:
        if found.source not in oldest and not found.stdlib:
            reached = _edge(found.source, _end(found))
            if reached is not None:
                yield reached, found.source


def _standing(graph: ImportGraph) -> set[Edge]:
    edges = (_edge(found.source, _end(found)) for found in graph.edges)
    return {edge for edge in edges if edge is not None}


def _end(found: ImportEdge) -> End:
    return (found.target, False) if found.target is not None else (found.external or "", True)


def _edges(path: str, facts: FileFacts | None, meanings: Meanings) -> dict[Edge, set[str]]:
    """Return the edges of one version of a file, each with the files that it reaches."""
    found: dict[Edge, set[str]] = {}
    for end in meanings.ends(path, facts) if facts is not None else ():
        edge = _edge(path, end)
        if edge is not None:
            found.setdefault(edge, set()).update(() if end[1] else (end[0],))
    return found


def _edge(source: str, end: End) -> Edge | None:
    name, is_external = end
    folder = _folder(source)
    if is_external:
        return folder, end
    target = _folder(name)
    return (folder, (target, False)) if target != folder else None


def _folder(path: str) -> str:
    head, slash, _ = path.rpartition("/")
    return head + slash


def _life(edge: Edge, appeared: str, time: int, end: tuple[str, int, str] | None) -> EdgeLife:
    source, (target, is_external) = edge
    vanished, vanished_time, reason = end if end is not None else (None, None, "")
    return EdgeLife(source, target, is_external, appeared, time, vanished, vanished_time, reason)
