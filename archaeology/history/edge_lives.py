"""The life of import edges between folders, and from folders to external packages: when they appeared, when they vanished.

Cost: one read of each blob that a commit made out of a source file, newest first within a budget, and plain searches for the words of
import statements; nothing is parsed and no diff is made. Results are cached by blob id, so that the next scan reads only what is new.
The budget grows with the source and the history, so that a cold trace costs about half of parsing and reading the history: at most
10,000 blobs, and about twelve bytes of old versions for each byte of present source.

How: each change of a file is taken as a *difference* (what the new version imports and the old one does not, and the other way
round), because commits of parallel branches come interleaved and whole states would seem to flicker.

Blind spots:
- Merge commits carry no changes, so what was only changed while resolving a conflict is not seen; the end is set right by what
  the surveyed revision imports.
- Import lines inside strings or comments count as imports; lazy, conditional and type-checking ones are not told apart.
- Imports without a statement (Ruby constants, qualified calls in Rust and Elixir) are not seen.
- An import that could mean different files at different times means the one that the final configuration gives.
- Where a file with imports is deleted or moved, its edges end without anybody having repaired anything; such ends are left out.
- A commit that changes more than 300 source files (a move, a reformatting) is passed over.
- Beyond the budget nothing is known: an edge that stood before is said to have appeared with the oldest commit that was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archaeology.code.import_lines import can_read_import_lines
from archaeology.facts import File, FileFacts, ImportEdge, ImportGraph
from archaeology.history.edge_versions import End, Meanings, read_versions
from archaeology.history.log import CommitSequence, PackedLog
from archaeology.history.model import EdgeLife, History
from archaeology.inventory.languages import language_of
from archaeology.model import Limit
from archaeology.progress import Cancelled, Progress, ProgressSink, ignore_progress, never_cancelled, stop_if
from archaeology.reader import RepositoryReader

if TYPE_CHECKING:
    from archaeology.cache import Cache
    from archaeology.git import Change, Repository

MAX_BLOBS = 10_000
"""How many versions of files are read at most, newest first."""

_BYTES_A_SOURCE_BYTE = 32
_BYTES_A_COMMIT = 1_000
_MIN_BYTES = 96_000_000
_MOST_BYTES = 256_000_000
_USUAL_BYTES = 8_000  # a file that is no longer there

MAX_LIVES = 5_000
"""How many lives are returned at most; those that ended go before those that last."""

_MAX_FILES_A_COMMIT = 300

Edge = tuple[str, End]
"""From a folder (with a trailing slash) to a folder or an external package."""


def trace_edges(  # noqa: PLR0913 - what every stage of a scan takes
    repository: Repository,
    revision: str,
    graph: ImportGraph,
    history: History,
    *,
    cache: Cache | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
    max_blobs: int = MAX_BLOBS,
) -> tuple[tuple[EdgeLife, ...], tuple[Limit, ...]]:
    """Return the lives of import edges, oldest first, and what limited them.

    An edge that was taken out again has one life for each time that it stood, so a boundary that was broken and repaired shows as
    a life with ``vanished`` set; ``reason`` is then the first line of the message of the commit that ended it. Edges inside one
    folder and to the standard library are left out.

    Args:
        repository: gives the blobs.
        revision: the surveyed commit, a full object id.
        graph: the imports at that commit; they decide which edges stand.
        history: as :func:`archaeology.history.read_history` returned it; without its log there is nothing to trace.
        cache: keeps import lines by blob id.
        on_progress: told about stage ``import history`` in old versions of files.
        cancelled: asked between batches.
        max_blobs: the budget.

    Raises:
        ScanCancelledError: ``cancelled`` said so; what was read is cached.
    """
    log = history.commits.log if isinstance(history.commits, CommitSequence) else None
    if log is None or not len(log):
        return (), ()
    files = {entry.path: File(entry.path, entry.blob, max(entry.size, 0)) for entry in repository.tree(revision)}
    window, is_whole = _window(log, files, max_blobs)
    if not window:
        return (), ()
    wanted = {
        blob: language_of(change.path) or ""
        for _, changes in window
        for change in changes
        for blob in (change.old_blob, change.new_blob)
        if blob.strip("0")
    }

    def pause(done: int) -> None:
        stop_if(cancelled)
        on_progress(Progress("import history", done, len(wanted), "old versions"))

    facts = read_versions(repository, wanted, cache, pause)
    stop_if(cancelled)
    meanings = Meanings(
        _versions(window, facts), [*files, *log.paths], RepositoryReader(repository, revision, files).text
    )
    lives = _trace(log, window, facts, meanings, graph)
    kept = sorted(lives, key=lambda life: (life.vanished is None, -life.appeared_time, life.source, life.target))[
        :MAX_LIVES
    ]
    ordered = sorted(kept, key=lambda life: (life.appeared_time, life.source, life.target, life.appeared))
    return tuple(ordered), _limits(is_whole, len(window), len(lives))


def _window(log: PackedLog, files: Mapping[str, File], max_blobs: int) -> tuple[list[tuple[int, list[Change]]], bool]:
    """Return changes of source files by commit, newest first, within the budget, and whether that is all there are."""
    window: list[tuple[int, list[Change]]] = []
    blobs: set[str] = set()
    size = 0
    max_bytes = _budget(log, files)
    for commit, changes in log.changes(lambda path: can_read_import_lines(language_of(path))):
        if len(blobs) >= max_blobs or size >= max_bytes:
            return window, False
        if len(changes) <= _MAX_FILES_A_COMMIT or int(log.starts[commit + 1]) == len(log.path_ids):
            for change in changes:
                if change.new_blob not in blobs:
                    blobs.add(change.new_blob)
                    # Old versions are about as large as the present one, and asking git would cost as much as reading them.
                    size += files[change.path].size if change.path in files else _USUAL_BYTES
            window.append((commit, changes))
    return window, not log.partial


def _budget(log: PackedLog, files: Mapping[str, File]) -> int:
    """Return how many bytes of old versions may be read."""
    source = sum(file.size for path, file in files.items() if can_read_import_lines(language_of(path)))
    return min(_MOST_BYTES, max(_MIN_BYTES, _BYTES_A_SOURCE_BYTE * source + _BYTES_A_COMMIT * len(log)))


def _versions(window: list[tuple[int, list[Change]]], facts: Mapping[str, FileFacts]) -> dict[str, list[FileFacts]]:
    """Return all facts that each path ever had, newest first."""
    versions: dict[str, list[FileFacts]] = {}
    for _, changes in window:
        for change in changes:
            for blob in (change.new_blob, change.old_blob):
                if blob in facts:
                    versions.setdefault(change.path, []).append(facts[blob])
    return versions


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


def _trace(
    log: PackedLog,
    window: list[tuple[int, list[Change]]],
    facts: Mapping[str, FileFacts],
    meanings: Meanings,
    graph: ImportGraph,
) -> list[EdgeLife]:
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


def _limits(is_whole: bool, commits: int, lives: int) -> tuple[Limit, ...]:  # noqa: FBT001 - a fact, not a switch
    limits = []
    if not is_whole:
        detail = f"The life of import edges was traced through the newest {commits} commits that changed source files."
        limits.append(Limit(kind="edge_lives_window", detail=detail, count=commits))
    if lives > MAX_LIVES:
        limits.append(
            Limit(kind="edge_lives", detail="Only some lives of import edges are kept.", count=lives - MAX_LIVES)
        )
    return tuple(limits)
