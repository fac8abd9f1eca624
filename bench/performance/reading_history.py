"""The history against raw git: commits and coupling, then lines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from archaeology.git import Repository, open_repository
from archaeology.history.churn import read_churn
from archaeology.history.cochange import co_changes
from archaeology.history.packer import LogPacker
from archaeology.history.read import read_history, read_log
from archaeology.history.renames import find_renames
from archaeology.inventory import take_inventory
from bench.performance.clock import cost_of, interleaved, run
from bench.performance.rows import Row, Tell, ratio

_LARGE = 10_000
_HUGE = 90_000
_COUPLING_SECONDS = 0.1


def history_rows(path: Path, runs: int, *, churn: bool, tell: Tell) -> Iterator[Row]:
    """Yield the rows about history. ``churn`` counts the lines of all commits, which takes a minute on 60,000 of them."""
    with open_repository(path) as repository:
        revision = _head(repository)
        files = take_inventory(repository, revision).files
        log = read_log(repository, revision)
        raw = ["git", "-C", str(path), "log", "--raw", "-z", "--no-renames", revision, "--"]
        tell("history against git log --raw")
        costs = interleaved(
            {"ours": lambda: read_history(repository, revision, files), "git": lambda: run(raw)},
            runs,
        )
        is_large = len(log) > _LARGE
        yield ratio(
            "history without churn / git log --raw",
            costs["ours"].cpu,
            costs["git"].cpu,
            2.0 if is_large else None,
            f"{len(log)} commits" + ("" if is_large else "; the goal is for more than 10,000"),
        )
        renames = find_renames(log, files)
        coupling = interleaved({"ours": lambda: co_changes(log, files, renames)}, max(runs, 3))["ours"]
        yield Row(
            "coupling",
            coupling.cpu,
            "s",
            _COUPLING_SECONDS if len(log) > _HUGE else None,
            note=f"{len(log)} commits" + ("" if len(log) > _HUGE else "; the goal is for 100,000"),
        )
        if churn:
            tell("lines of all commits against git log --numstat")
            yield from _churn_rows(path, repository, revision)


def newest_lines(path: Path, commits: int) -> tuple[list[str], str]:
    """Count the lines of the newest commits without a cache: what peers are compared with.

    Return the commits' ids, and why not all of them could be counted; it is empty where they were.

    Which paths they changed is not read beforehand, for counting does not need it, and peers are handed the ids.
    """
    with open_repository(path) as repository:
        revision = _head(repository)
        packer = LogPacker(len(revision) // 2)
        for batch in repository.log_batches(revision, max_count=commits, changes=False):
            packer.add(batch)
        log = packer.finish("")
        churn = read_churn(repository, log, {}, {}, seconds=math.inf)
        return [log.oid(number) for number in range(len(log))], churn.partial


def _churn_rows(path: Path, repository: Repository, revision: str) -> Iterator[Row]:
    files = take_inventory(repository, revision).files
    log = read_log(repository, revision)
    renames = find_renames(log, files)
    numstat = ["git", "-C", str(path), "log", "--numstat", "--no-renames", revision, "--"]
    theirs, status = cost_of(lambda: run(numstat))
    ours, churn = cost_of(lambda: read_churn(repository, log, files, renames, seconds=math.inf))
    problems = ["git gave up midway: objects are missing"] * bool(status) + [churn.partial] * bool(churn.partial)
    what = "churn / git log --numstat"
    if problems:
        # Neither side counted all there is, and they stop at different commits.
        yield Row(what, None, goal=1.25, note="; ".join(problems))
        yield Row(f"{what}, on the clock", None, goal=0.7, note="; ".join(problems))
        return
    yield ratio(what, ours.cpu, theirs.cpu, 1.25, "one run each")
    yield ratio(f"{what}, on the clock", ours.wall, theirs.wall, 0.7, "one run each; the goal is for two idle cores")


def _head(repository: Repository) -> str:
    revision = repository.resolve(None)
    if revision is None:
        raise SystemExit(f"{repository.root} has no commit: there is nothing to measure.")
    return revision
