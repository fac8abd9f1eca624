"""Lines added and deleted, the dearest fact of all: newest commits first, on several cores, under a time budget.

Each commit's counts are cached by its id, so that the next scan goes on where this one stopped.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from archaeology.cache import Cache
from archaeology.errors import GitError
from archaeology.facts import File
from archaeology.git import Repository, decode_path
from archaeology.history.log import MERGE, PackedLog
from archaeology.history.model import FileHistory
from archaeology.history.renames import follow
from archaeology.progress import Cancelled, Progress, ProgressSink, ignore_progress, never_cancelled, stop_if

_KIND = "churn:1"
_BLOCK = 4_000
_LEAST_BLOCK = 1_000
_FEW = 2_000  # which one git counts in about a second, at a tenth less than two do, since it makes use of what it has unpacked
_BLOCKS_A_JOB = 3
_MAX_FILES = 1_000
_TICK_SECONDS = 0.2


@dataclass(frozen=True)
class Churn:
    """Lines by present path as (added, deleted), over ``counted`` of ``total`` commits; ``partial`` says why not over all."""

    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    counted: int = 0
    total: int = 0
    partial: str = ""


def read_churn(  # noqa: PLR0913 - what every stage of a scan takes, and a budget
    repository: Repository,
    log: PackedLog,
    files: Mapping[str, File],
    renames: Mapping[str, str],
    *,
    seconds: float,
    jobs: int = 2,
    cache: Cache | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
) -> Churn:
    """Count lines of the commits of ``log``, merges left out, for at most about ``seconds``.

    Binary files count no lines, and the part of a commit beyond its first 1,000 paths is left out.

    Raises:
        ScanCancelledError: the person stopped the scan; what was counted is cached.
    """
    wanted = [log.oid(commit) for commit in range(len(log)) if not int(log.flags[commit]) & MERGE]
    tally = _Tally(files, renames)
    known = cache.get_many(_KIND, wanted) if cache else {}
    for value in known.values():
        tally.add(value)
    missing = [oid for oid in wanted if oid not in known]
    problem = ""
    for part in _counted(repository, missing, seconds, jobs):
        if isinstance(part, GitError):
            problem = f" {part}"
            continue
        for value in part.values():
            tally.add(value)
        if cache:
            cache.put_many(_KIND, part)
        stop_if(cancelled)
        on_progress(Progress("history", tally.commits, len(wanted), unit="commits", note="counting lines"))
    partial = ""
    if tally.commits < len(wanted):
        partial = f"Lines were counted in {tally.commits} of {len(wanted)} commits, the newest first.{problem}"
    return Churn(tally.lines(), tally.commits, len(wanted), partial)


def with_lines(histories: Mapping[str, FileHistory], churn: Churn) -> dict[str, FileHistory]:
    """Return file histories with the lines that were counted."""
    return {
        path: replace(history, lines_added=churn.lines[path][0], lines_deleted=churn.lines[path][1])
        if path in churn.lines
        else history
        for path, history in histories.items()
    }


def _counted(
    repository: Repository, oids: Sequence[str], seconds: float, jobs: int
) -> Iterator[dict[str, bytes] | GitError]:
    """Yield counts block by block as threads, each with a git of its own, come back with them, until the time is up."""
    deadline = time.monotonic() + seconds
    size = _block_size(len(oids), jobs)
    blocks = iter([oids[start : start + size] for start in range(0, len(oids), size)])
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        running: set[Future[dict[str, bytes]]] = set()
        while True:
            while len(running) < jobs and time.monotonic() < deadline and (block := next(blocks, None)):
                running.add(pool.submit(_count, repository, block, max(deadline - time.monotonic(), 0.1)))
            if not running:
                return
            done, running = wait(running, _TICK_SECONDS, FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                if isinstance(error, GitError):
                    yield error
                    deadline = 0.0  # a broken or partial repository will not get better further on
                else:
                    yield future.result()


def _block_size(commits: int, jobs: int) -> int:
    """Return how many commits one git counts: so few that all threads end at about the same time, also where there are not many."""
    if commits <= _FEW:
        return _FEW
    return min(_BLOCK, max(_LEAST_BLOCK, -(-commits // (_BLOCKS_A_JOB * max(1, jobs)))))


def _count(repository: Repository, oids: Sequence[str], seconds: float) -> dict[str, bytes]:
    """Return what git counted, by commit: numstat lines joined by NUL. Out of time, return those that are complete."""
    counts: dict[str, list[bytes]] = {}
    current: list[bytes] = []
    deadline = time.monotonic() + seconds
    for token in repository.line_counts(oids):
        if b"\t" not in token:
            if time.monotonic() > deadline:
                return {oid: b"\0".join(lines) for oid, lines in counts.items()}
            current = counts.setdefault(token.decode("ascii", "replace"), [])
        elif len(current) < _MAX_FILES:
            current.append(token)
    # Commits that changed nothing are not printed, and are counted all the same.
    return {oid: b"\0".join(counts.get(oid, ())) for oid in oids}


class _Tally:
    """Adds up lines under the present names of files."""

    def __init__(self, files: Mapping[str, File], renames: Mapping[str, str]) -> None:
        self.commits = 0
        self._files = files
        self._renames = renames
        self._lines: dict[bytes, list[int]] = {}

    def add(self, value: bytes) -> None:
        self.commits += 1
        for line in value.split(b"\0") if value else ():
            added, deleted, path = line.split(b"\t", 2)
            if added != b"-":
                sums = self._lines.setdefault(path, [0, 0])
                sums[0] += int(added)
                sums[1] += int(deleted)

    def lines(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for raw, (added, deleted) in self._lines.items():
            path = decode_path(raw)
            present = path if path in self._files else follow(self._renames, path)
            if present in self._files:
                before = found.get(present, (0, 0))
                found[present] = (before[0] + added, before[1] + deleted)
        return found
