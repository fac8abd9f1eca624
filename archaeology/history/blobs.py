"""The blob ids of all changes: most begin with what an older change of the same path ended with, which is held once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
_NONE = -1


@dataclass(frozen=True, eq=False)
class Blobs:
    """The old and the new blob of each change, by its number; zeros where there was none.

    Attributes:
        ids: raw ids, one a row: the new blob of each change, then old ones that no other change tells.
        begun: for each change the row of its old blob, or -1 where there was none.
    """

    ids: Bytes
    begun: npt.NDArray[np.int32]

    def new(self, change: int) -> bytes:
        """Return the id of the blob that a change put there."""
        new: bytes = self.ids[change].tobytes()
        return new

    def old(self, change: int) -> bytes:
        """Return the id of the blob that was there before a change."""
        row = int(self.begun[change])
        old: bytes = bytes(self.ids.shape[1]) if row == _NONE else self.ids[row].tobytes()
        return old

    def new_ones(self, changes: npt.NDArray[np.int64]) -> Bytes:
        """Return the ids of the blobs that some changes put there, one a row."""
        return self.ids[changes]


def blobs_of(pairs: Bytes, order: npt.NDArray[np.integer], path_ids: npt.NDArray[np.int32]) -> Blobs:
    """Return the blobs of changes.

    Args:
        pairs: for each change the old and the new id as raw bytes, side by side.
        order: the numbers of all changes, those of a path one after the other, newest first.
        path_ids: for each change the number of its path.
    """
    size = pairs.shape[1] // 2
    words = np.ascontiguousarray(pairs).view(np.uint32)
    width = words.shape[1] // 2
    later, earlier = order[:-1], order[1:]
    known = path_ids[later] == path_ids[earlier]
    for word in range(width):  # one after the other: to compare whole ids takes as much room again as all of them
        known &= words[later, word] == words[earlier, width + word]
    begun = np.full(len(pairs), _NONE, dtype=np.int32)
    begun[later[known]] = earlier[known]
    untold = np.flatnonzero(begun == _NONE)
    untold = untold[words[untold, :width].any(axis=1)]
    begun[untold] = np.arange(len(pairs), len(pairs) + len(untold), dtype=np.int32)
    return Blobs(np.concatenate([pairs[:, size:], pairs[untold, :size]]), begun)
