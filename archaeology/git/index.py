"""The index: which files are tracked, and which of them may be different on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archaeology.git.runner import GitRunner
from archaeology.git.spelling import decode_path

_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file as the index has it. ``sparse`` tells that it is not meant to be on disk."""

    path: str
    raw: bytes
    mode: str
    oid: str
    unmerged: bool = False
    sparse: bool = False


def tracked_files(runner: GitRunner) -> tuple[Tracked, ...]:
    """Return the files of the index, each path once: of an unresolved merge, our side.

    Raises:
        GitError: the index cannot be read.
    """
    seen: dict[bytes, Tracked] = {}
    for line in runner.run(["ls-files", "-z", "-s", "-t"], timeout=_TIMEOUT).split(b"\0"):
        head, _, raw = line.partition(b"\t")
        if not raw:
            continue
        tag, mode, oid, stage = head.decode("ascii", "replace").split()
        if raw not in seen or stage == _OURS:
            seen[raw] = Tracked(decode_path(raw), raw, mode, oid, unmerged=stage != _MERGED, sparse=tag == _SKIPPED)
    return tuple(seen.values())


_MERGED, _OURS, _SKIPPED = "0", "2", "S"


def touched_files(runner: GitRunner, root: Path, tracked: Iterable[Tracked], index_time: int) -> frozenset[bytes]:
    """Return the undecoded paths that may differ from the index on disk: by size or time, or because they are as young as it.

    Nothing is opened. ``index_time`` is the time of the index in nanoseconds since the epoch.

    Raises:
        GitError: git failed.
    """
    working = runner.at_work_tree(root)
    named = working.run(["diff-files", "-z", "--name-only"], timeout=_TIMEOUT).split(b"\0")
    young = _changed_since(root, (file.raw for file in tracked if not file.sparse), index_time)
    return frozenset((*filter(None, named), *young))


def _changed_since(root: Path, paths: Iterable[bytes], nanoseconds: int) -> Iterator[bytes]:
    """Yield the paths that may have changed in the same tick of the clock as the index, which sizes and times cannot tell."""
    base = os.fsencode(root)
    for path in paths:
        try:
            status = os.lstat(base + b"/" + path)
        except (OSError, ValueError):
            continue  # git says so itself
        if status.st_mtime_ns >= nanoseconds:
            yield path
