"""Files that change together, counted with packed integer pairs and one sort."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from archaeology.distinct import distinct
from archaeology.facts import File
from archaeology.history.files import change_commits, present_ids
from archaeology.history.log import BOT, PackedLog
from archaeology.history.model import CoChange

MAX_FILES_A_COMMIT = 30
MIN_REVISIONS = 5
MIN_TOGETHER = 3
MAX_PAIRS = 20_000


def co_changes(log: PackedLog, files: Mapping[str, File], renames: Mapping[str, str]) -> tuple[CoChange, ...]:
    """Return pairs of present files that changed in the same commits, most often together first.

    Commits of bots, and those that touch more than 30 files, say nothing about coupling and are left out; so are files with fewer than
    5 revisions and pairs that met fewer than 3 times. At most 20,000 pairs are returned.
    """
    if not len(log.path_ids):
        return ()
    paths, mapped = present_ids(log, files, renames)
    sizes = np.diff(log.starts)
    useful = (sizes <= MAX_FILES_A_COMMIT) & ((log.flags & BOT) == 0)
    changes, commits = mapped[log.path_ids], change_commits(log)
    kept = (changes >= 0) & useful[commits]
    width = len(paths)
    rows = distinct(commits[kept] * width + changes[kept])
    members = rows % width
    revisions = np.bincount(members, minlength=width)
    rows = rows[revisions[members] >= MIN_REVISIONS]
    packed, together = _count_pairs(rows // width, rows % width, width)
    frequent = together >= MIN_TOGETHER
    packed, together = packed[frequent], together[frequent]
    order = np.lexsort((packed, -together))[:MAX_PAIRS]
    return tuple(
        CoChange(
            paths[pair // width],
            paths[pair % width],
            number,
            int(revisions[pair // width]),
            int(revisions[pair % width]),
        )
        for pair, number in zip(packed[order].tolist(), together[order].tolist(), strict=True)
    )


def _count_pairs(
    commits: npt.NDArray[np.int64], members: npt.NDArray[np.int64], width: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Count pairs of members of the same commit; the input is sorted by commit, then member."""
    _, begins, sizes = np.unique(commits, return_index=True, return_counts=True)
    parts: list[npt.NDArray[np.int64]] = []
    for size in range(2, MAX_FILES_A_COMMIT + 1):
        # All commits of one size form a table, whose pairs of columns are the pairs of files.
        starts = begins[sizes == size]
        if len(starts):
            table = members[starts[:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            parts.append((table[:, left] * width + table[:, right]).ravel())
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    pairs = np.concatenate(parts)
    parts.clear()  # there are millions of pairs, so no more copies are made than must be
    pairs.sort()
    firsts = np.flatnonzero(np.diff(pairs, prepend=pairs[0] - 1))
    return pairs[firsts], np.diff(firsts, append=len(pairs))
