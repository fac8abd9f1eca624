"""Reads the history: one stream from git into a packed log, then the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from archaeology.cache import Cache
from archaeology.errors import GitError, RepositoryGoneError
from archaeology.facts import File
from archaeology.git import LogBatch, Repository
from archaeology.history.churn import read_churn, with_lines
from archaeology.history.cochange import co_changes
from archaeology.history.columns import Columns
from archaeology.history.files import file_histories
from archaeology.history.grown import KeptHistory, Take
from archaeology.history.log import CommitSequence, PackedLog
from archaeology.history.model import History
from archaeology.history.packer import LogPacker
from archaeology.history.reasons import find_reasons
from archaeology.history.renames import find_renames
from archaeology.history.reverts import find_reverts
from archaeology.model import Limit
from archaeology.progress import Cancelled, Progress, ProgressSink, ignore_progress, never_cancelled, stop_if


def read_history(  # noqa: PLR0913 - what every stage of a scan takes
    repository: Repository,
    revision: str,
    files: Mapping[str, File],
    *,
    since: str | None = None,
    cache: Cache | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
    log: PackedLog | None = None,
    churn_seconds: float = 0.0,
) -> tuple[History, tuple[Limit, ...]]:
    """Return what the history up to ``revision`` (a full object id) says about the files that exist there, and its limits.

    Args:
        repository: an open repository.
        revision: the newest commit to count.
        files: the inventory at that commit.
        since: a date that git understands; older commits are left out.
        cache: keeps what commits say, and line churn.
        on_progress: told every few thousand commits.
        cancelled: asked as often.
        log: the packed log, where the caller has read it already with :func:`read_log`.
        churn_seconds: how long to count lines for; by default they are not counted, since that costs ten times all the rest.

    Raises:
        ScanCancelledError: the person stopped the scan.
    """
    if log is None:
        log = read_log(repository, revision, since=since, cache=cache, on_progress=on_progress, cancelled=cancelled)
    stop_if(cancelled)
    renames = find_renames(log, files)
    histories = file_histories(log, files, renames)
    partial = log.partial
    if churn_seconds > 0:
        churn = read_churn(
            repository,
            log,
            files,
            renames,
            seconds=churn_seconds,
            cache=cache,
            on_progress=on_progress,
            cancelled=cancelled,
        )
        histories = with_lines(histories, churn)
        partial = " ".join(filter(None, (partial, churn.partial)))
    history = History(
        commits=CommitSequence(log.settled(files)),
        files=histories,
        cochanges=co_changes(log, files, renames),
        reverts=find_reverts(log),
        reasons=find_reasons(log),
        renames={new: old for old, new in sorted(renames.items(), reverse=True) if new in files},
        first_time=int(log.times.min()) if len(log) else None,
        last_time=int(log.times.max()) if len(log) else None,
        authors=len(log.people),
        partial=partial,
    )
    return history, (Limit(kind="history", detail=partial),) if partial else ()


def read_log(  # noqa: PLR0913 - what every stage of a scan takes
    repository: Repository,
    revision: str,
    *,
    since: str | None = None,
    cache: Cache | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
) -> PackedLog:
    """Read the stream from ``revision`` back to the first commit, or to ``since``, into a packed log.

    With a cache, only commits are read that the last scan of this repository did not see; the log is the same. Where git cannot tell
    what a commit changed (missing trees in a partial clone, a broken object, a commit of absurd size), that commit is kept without its
    changes, and after a few such commits all older ones are; ``partial`` says so.

    Raises:
        ScanCancelledError: the person stopped the scan.
    """
    expected = " ".join(_expected_partial(repository, since))

    def take(packer: LogPacker, batches: Iterable[LogBatch]) -> None:
        for batch in batches:
            packer.add(batch)
            stop_if(cancelled)
            on_progress(Progress("history", len(packer), unit="commits"))

    # Which commits are newer than a date is for git to say.
    kept = KeptHistory(cache, repository) if cache is not None and since is None else None
    columns, problem = kept.up_to(revision, take) if kept is not None else None, ""
    if columns is None:
        columns, problem = _read_whole(repository, revision, since, take)
        if kept is not None and not problem:
            kept.keep(columns)
    on_progress(Progress("history", len(columns), len(columns), unit="commits"))
    return columns.packed(" ".join(filter(None, (expected, problem))))


def _read_whole(repository: Repository, revision: str, since: str | None, take: Take) -> tuple[Columns, str]:
    """Read every commit; return them, and what git could not tell, in words."""
    packer = LogPacker(len(revision) // 2)
    problem = ""
    for attempt in range(_ATTEMPTS + 1):
        try:
            take(
                packer,
                repository.log_batches(revision, since=since, skip=len(packer), changes=attempt < _ATTEMPTS),
            )
            break
        except RepositoryGoneError:
            raise  # more attempts would find no more
        except GitError as error:
            if attempt == _ATTEMPTS:
                problem = f"{problem} git stopped after {len(packer)} commits: {error}".lstrip()
            elif not problem:
                problem = f"{_UNTOLD}, the first of them after {len(packer)} commits: {error}"
        with suppress(GitError):
            # The one that git stumbled over, without its changes.
            take(packer, repository.log_batches(revision, since=since, skip=len(packer), max_count=1, changes=False))
    return packer.columns(), problem


_ATTEMPTS = 3
_UNTOLD = "What some commits changed could not be read"


def _expected_partial(repository: Repository, since: str | None) -> list[str]:
    reasons = []
    if since is not None:
        reasons.append(f"Only commits since {since!r} were read.")
    if repository.shallow:
        reasons.append("The clone is shallow, so older commits are not there.")
    return reasons
