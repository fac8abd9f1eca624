"""Files that moved, told from one commit each: a deleted and an added path with the same content, or the same unusual name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from archaeology.facts import File
from archaeology.history.log import PackedLog

_ADDED, _DELETED = ord("A"), ord("D")
_MAX_MOVES = 5_000


def find_renames(log: PackedLog, files: Mapping[str, File]) -> dict[str, str]:
    """Return old path -> next path for files that moved and do not exist under the old path any more.

    The newest move of a path wins. A move is believed where blob ids are equal, or where the file name is the only one of its kind among
    both the deleted and the added paths of the commit. Moves with a new name and changed content are not seen.
    """
    moves: dict[str, str] = {}
    moved = np.flatnonzero((log.statuses == _ADDED) | (log.statuses == _DELETED))
    if not len(moved):
        return moves
    commits = np.searchsorted(log.starts, moved, side="right") - 1
    borders = np.flatnonzero(np.diff(commits)) + 1
    for group in np.split(moved, borders):
        letters = log.statuses[group]
        added, deleted = group[letters == _ADDED], group[letters == _DELETED]
        if not len(added) or not len(deleted) or len(group) > _MAX_MOVES:
            continue
        for old, new in _pairs(log, deleted.tolist(), added.tolist()):
            if old not in files and old not in moves:
                moves[old] = new
    return moves


def follow(renames: Mapping[str, str], path: str) -> str:
    """Return the path that ``path`` has in the end; a ring of moves ends where it began."""
    seen = {path}
    while (following := renames.get(path)) is not None and following not in seen:
        seen.add(following)
        path = following
    return path


def _pairs(log: PackedLog, deleted: list[int], added: list[int]) -> list[tuple[str, str]]:
    by_blob: dict[bytes, list[int]] = {}
    for index in added:
        by_blob.setdefault(log.blobs.new(index), []).append(index)
    pairs: list[tuple[str, str]] = []
    left: list[str] = []
    taken: set[int] = set()
    for index in deleted:
        old = log.paths[log.path_ids[index]]
        twins = [twin for twin in by_blob.get(log.blobs.old(index), ()) if twin not in taken]
        if twins:
            best = max(twins, key=lambda twin: (_name(log.paths[log.path_ids[twin]]) == _name(old), -twin))
            taken.add(best)
            pairs.append((old, log.paths[log.path_ids[best]]))
        else:
            left.append(old)
    new_names = {
        path: _name(path) for path in (log.paths[log.path_ids[index]] for index in added if index not in taken)
    }
    old_count, new_count = Counter(map(_name, left)), Counter(new_names.values())
    by_name = {name: path for path, name in new_names.items()}
    pairs += [(old, by_name[_name(old)]) for old in left if old_count[_name(old)] == 1 == new_count[_name(old)]]
    return pairs


def _name(path: str) -> str:
    return path.rpartition("/")[2]
