"""The life of import edges between folders, and from folders to external packages: when they appeared, when they vanished.

Cost: one read of each blob that a commit made out of a source file, newest first within a budget, and plain searches for the words of
import statements; nothing is parsed and no diff is made. Results are cached by blob id, so that the next scan reads only what is new.
The budget grows with the source and the history: at most 10,000 blobs, and about thirty bytes of old versions for each byte of
present source, 256 MB at most. What it finds lies years back, so a cold trace costs nearly as much as parsing does.

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

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archaeology.facts import File, FileFacts, ImportGraph
from archaeology.history.edge_trace import trace
from archaeology.history.edge_versions import Meanings, read_versions
from archaeology.history.edge_window import changes_to_read
from archaeology.history.log import CommitSequence
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

MAX_LIVES = 5_000
"""How many lives are returned at most; those that ended go before those that last."""


def trace_edges(  # noqa: PLR0913 - what every stage of a scan takes
    repository: Repository,
    revision: str,
    graph: ImportGraph,
    history: History,
    *,
    files: Mapping[str, File] | None = None,
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
        files: the files of that commit, where they are known already.
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
    if files is None:
        files = {entry.path: File(entry.path, entry.blob, max(entry.size, 0)) for entry in repository.tree(revision)}
    window, is_whole = changes_to_read(log, files, max_blobs)
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
    lives = trace(log, window, facts, meanings, graph)
    kept = sorted(lives, key=lambda life: (life.vanished is None, -life.appeared_time, life.source, life.target))[
        :MAX_LIVES
    ]
    ordered = sorted(kept, key=lambda life: (life.appeared_time, life.source, life.target, life.appeared))
    return tuple(ordered), _limits(is_whole, len(window), len(lives))


def _versions(window: list[tuple[int, list[Change]]], facts: Mapping[str, FileFacts]) -> dict[str, list[FileFacts]]:
    """Return all facts that each path ever had, newest first."""
    versions: dict[str, list[FileFacts]] = {}
    for _, changes in window:
        for change in changes:
            for blob in (change.new_blob, change.old_blob):
                if blob in facts:
                    versions.setdefault(change.path, []).append(facts[blob])
    return versions


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
