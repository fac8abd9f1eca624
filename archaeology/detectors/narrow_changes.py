"""How often two files were changed for one reason: sweeps over the tree left out, and not only long ago.

A renamed type, a new licence header or a linter's new rule changes any two of seventy siblings together. What counts are commits of few
files, and that the newest changes of the two still come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from archaeology.detectors.file_versions import FileVersions
from archaeology.facts import Facts
from archaeology.history.log import BOT, PackedLog
from archaeology.history.model import CoChange

_FEW_FILES = 12
_NEWEST = 5
_STILL = 2


def narrowed(facts: Facts, pairs: Iterable[CoChange]) -> Iterator[CoChange]:
    """Yield the pairs that still change together, with their changes in commits of at most twelve files counted and no others.

    Where the history is not packed nothing can be counted anew; its pairs are yielded as they are.
    """
    versions = FileVersions(facts)
    log = versions.log
    if log is None:
        yield from pairs
        return
    narrow = _narrow_commits(log)
    for pair in pairs:
        one, other = (_within(versions.commits(path), narrow) for path in (pair.a, pair.b))
        both = np.intersect1d(one, other, assume_unique=True)
        if _goes_on(one, both) and _goes_on(other, both):
            yield replace(pair, together=len(both), revisions_a=len(one), revisions_b=len(other))


def _narrow_commits(log: PackedLog) -> npt.NDArray[np.bool_]:
    narrow: npt.NDArray[np.bool_] = (np.diff(log.starts) <= _FEW_FILES) & ((log.flags & BOT) == 0)
    return narrow


def _within(commits: npt.NDArray[np.int64], narrow: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return commits[narrow[commits]]


def _goes_on(own: npt.NDArray[np.int64], both: npt.NDArray[np.int64]) -> bool:
    """Whether some of a file's newest changes were made together; commits are numbered from the newest."""
    return int(np.isin(np.sort(own)[:_NEWEST], both).sum()) >= _STILL
