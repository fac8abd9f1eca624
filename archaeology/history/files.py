"""How each file that exists now has changed: counts over the packed log, moved files under their present names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from archaeology.distinct import distinct
from archaeology.facts import File
from archaeology.history.log import FIX, PackedLog
from archaeology.history.model import FileHistory
from archaeology.history.renames import follow


def present_ids(
    log: PackedLog, files: Mapping[str, File], renames: Mapping[str, str]
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the present paths, and for each path id of the log the index of its present path, or -1."""
    present = {path: number for number, path in enumerate(files)}
    mapped = np.fromiter(
        (present.get(path if path in present else follow(renames, path), -1) for path in log.paths),
        dtype=np.int64,
        count=len(log.paths),
    )
    return list(present), mapped


def change_commits(log: PackedLog) -> npt.NDArray[np.int64]:
    """Return for each change the number of its commit."""
    return np.repeat(np.arange(len(log), dtype=np.int64), np.diff(log.starts))


def file_histories(log: PackedLog, files: Mapping[str, File], renames: Mapping[str, str]) -> dict[str, FileHistory]:
    """Return revisions, authors, fixes and times of every file that exists now and was changed in the log."""
    paths, mapped = present_ids(log, files, renames)
    changes = mapped[log.path_ids]
    kept = changes >= 0
    # One line for each pair of file and commit: a move inside a commit touches a file twice.
    width = max(len(log), 1)
    pairs = distinct(changes[kept] * width + change_commits(log)[kept])
    owners, commits = pairs // width, pairs % width
    count = len(paths)
    revisions = np.bincount(owners, minlength=count)
    fixes = np.bincount(owners[(log.flags[commits] & FIX) > 0], minlength=count)
    people = max(len(log.people), 1)
    authors = np.bincount(distinct(owners * people + log.authors[commits]) // people, minlength=count)
    first = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
    last = np.full(count, np.iinfo(np.int64).min, dtype=np.int64)
    np.minimum.at(first, owners, log.times[commits])
    np.maximum.at(last, owners, log.times[commits])
    columns = (column.tolist() for column in (revisions, authors, fixes, first, last))
    return {
        path: FileHistory(path, number, people_count, fixed, begin, end)
        for path, number, people_count, fixed, begin, end in zip(paths, *columns, strict=True)
        if number
    }
