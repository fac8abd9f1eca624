"""The changes of each file, and its versions, from the packed history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archaeology.facts import Facts
from archaeology.history.log import CommitSequence, PackedLog

_KNOWN = 64  # files: what was undone is asked about several times in a row, and much of it was done in the same few


class Versions(NamedTuple):
    """The versions of one file, oldest first: the ``numbers`` of their commits, and the ids of their blobs as bytes, ``size`` each.

    There may be thousands, of which a dozen are looked at: only an id that is asked for becomes text.
    """

    numbers: list[int]
    ids: bytes
    size: int

    def blob(self, at: int) -> str:
        """Return the blob id of a version."""
        return self.ids[at * self.size : (at + 1) * self.size].hex()


class FileVersions:
    """The changes of each file, from the packed history; empty for histories that are not packed."""

    def __init__(self, facts: Facts) -> None:
        """Look at the history of these facts."""
        commits = facts.history.commits
        self._log: PackedLog | None = commits.log if isinstance(commits, CommitSequence) else None
        self._renames: Mapping[str, str] = facts.history.renames
        self._commits: dict[str, npt.NDArray[np.int64]] = {}

    @property
    def log(self) -> PackedLog | None:
        """The packed history, or None."""
        return self._log

    def changes(self, path: str) -> npt.NDArray[np.int64]:
        """Return the numbers of the changes of a path under this name, newest first."""
        number = self._log.numbers.get(path) if self._log is not None else None
        if self._log is None or number is None:
            return np.empty(0, np.int64)
        return self._log.changes_of(number)

    def commits(self, path: str) -> npt.NDArray[np.int64]:
        """Return the numbers of the commits that changed a path under this name, newest first."""
        if path not in self._commits:
            if len(self._commits) >= _KNOWN:
                self._commits.clear()
            self._commits[path] = self._commits_of(path)
        return self._commits[path]

    def versions(self, path: str) -> Versions:
        """Return every version of a file that exists, oldest first, one rename followed."""
        log = self._log
        if log is None:
            return Versions([], b"", 0)
        before = self._renames.get(path)
        changes = np.concatenate([self.changes(name) for name in ((path, before) if before else (path,))])
        blobs = log.blobs.new_ones(changes)
        commits = np.searchsorted(log.starts, changes, side="right") - 1
        there = np.flatnonzero(blobs.any(axis=1))  # zeros stand for a file that was taken away
        order = there[np.argsort(-commits[there], kind="stable")]
        return Versions(commits[order].tolist(), blobs[order].tobytes(), log.oid_size)

    def _commits_of(self, path: str) -> npt.NDArray[np.int64]:
        if self._log is None:
            return np.empty(0, np.int64)
        found = np.searchsorted(self._log.starts, self.changes(path), side="right") - 1
        first = np.ones(len(found), np.bool_)
        np.not_equal(found[1:], found[:-1], out=first[1:])
        return found[first]  # they are in order, so no sorting is needed to have each once
