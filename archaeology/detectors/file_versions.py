"""The changes of each file, and its versions, from the packed history."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from archaeology.facts import Facts
from archaeology.history.log import CommitSequence, PackedLog


class FileVersions:
    """The changes of each file, from the packed history; empty for histories that are not packed."""

    def __init__(self, facts: Facts) -> None:
        """Look at the history of these facts."""
        commits = facts.history.commits
        self._log: PackedLog | None = commits.log if isinstance(commits, CommitSequence) else None
        self._renames: Mapping[str, str] = facts.history.renames

    @property
    def log(self) -> PackedLog | None:
        """The packed history, or None."""
        return self._log

    def changes(self, path: str) -> npt.NDArray[np.int64]:
        """Return the numbers of the changes of a path under this name, newest first."""
        number = self._log.numbers.get(path) if self._log is not None else None
        if self._log is None or number is None:
            return np.empty(0, np.int64)
        order, ids = self._log.by_path
        low, high = np.searchsorted(ids, (number, number + 1))
        return order[low:high]

    def commits(self, path: str) -> npt.NDArray[np.int64]:
        """Return the numbers of the commits that changed a path under this name, newest first."""
        if self._log is None:
            return np.empty(0, np.int64)
        found = np.searchsorted(self._log.starts, self.changes(path), side="right") - 1
        first = np.ones(len(found), np.bool_)
        np.not_equal(found[1:], found[:-1], out=first[1:])
        return found[first]  # they are in order, so no sorting is needed to have each once

    def versions(self, path: str) -> list[tuple[int, str]]:
        """Return (commit number, blob id) of every version of a file that exists, oldest first, one rename followed."""
        log, found = self._log, list[tuple[int, str]]()
        if log is None:
            return found
        for name in filter(None, (path, self._renames.get(path))):
            changes, digits = self.changes(name), 2 * log.oid_size
            blobs = log.blobs[changes, log.oid_size :].tobytes().hex()
            numbers = (np.searchsorted(log.starts, changes, side="right") - 1).tolist()
            for place, number in enumerate(numbers):
                blob = blobs[place * digits : (place + 1) * digits]
                if blob.strip("0"):
                    found.append((number, blob))
        return sorted(found, key=lambda version: -version[0])
