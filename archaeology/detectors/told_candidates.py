"""Which commits' messages are worth reading whole: small ones about the product, and those first of which a sentence gave a reason already.

The history picks sentences by a few words while it passes, and every witness asks it. Reasons are told in many more words ("since", "due
to", "... led to"), so the newest small commits are read whatever words they use: the fewer years ago, the likelier their lines stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from archaeology.detectors.caution_witnesses import is_housework
from archaeology.facts import Facts
from archaeology.git import decode_text
from archaeology.history.log import BOT, MERGE, CommitSequence, Ints, PackedLog
from archaeology.readings.messages import is_housekeeping
from archaeology.readings.told_reasons import may_tell
from archaeology.text import visible_line

_MOST_PICKED, _MOST_NEWEST = 150, 900
_MOST_LOOKED_AT = 5_000
# Of the words by which the history picks sentences, those that join no reason to anything and stand where none that do is there.
_NO_JOINTS = frozenset(
    {
        "instead of",
        "make it possible",
        "decouple",
        "isolate",
        "testable",
        "this allows",
        "rather than",
        "do not depend",
        "circular import",
    }
)
_MOST_FILES, _MOST_SOURCES = 11, 5
_AT_ONCE = 1_000
_GONE, _ELSE, _SOURCE = -1, 0, 1


def worth_reading(facts: Facts, log: PackedLog) -> dict[str, int]:
    """Return the commits whose whole messages are worth reading, by id with their numbers: the newest small ones, and others of the best reasons."""
    undone = {revert.commit for revert in facts.history.reverts}
    undone |= {revert.undone for revert in facts.history.reverts if revert.undone}
    product = _Product(facts)
    small = ((log.oid(number), number) for number in _small(log, product))
    newest = dict(islice((one for one in small if one[0] not in undone), _MOST_NEWEST))
    return newest | _picked(facts, log, product, undone, newest)


def _picked(
    facts: Facts, log: PackedLog, product: _Product, undone: set[str], known: Mapping[str, int]
) -> dict[str, int]:
    """The commits of which the history picked a sentence that tells a reason: the best of all, without those that are known to be read."""
    told = [
        (reason.commit, reason.sentence)
        for reason in islice(facts.history.reasons, _MOST_LOOKED_AT)
        if len(reason.paths) <= _MOST_FILES
        and reason.commit not in undone
        and reason.marker not in _NO_JOINTS
        and product.is_touched(reason.paths)
    ]
    weigh = cache(may_tell)
    best = _best((one for one in told if one[0] not in known), weigh)
    if len(best) + len(known.keys() & {oid for oid, _ in told}) > _MOST_PICKED:
        best = _best(told, weigh)  # there is no room for all, so those that are known take theirs, too
    history = facts.history.commits
    commits = history if isinstance(history, CommitSequence) else CommitSequence(log)
    # Only those are made out that are wanted: it looks through all commits for each.
    numbers = ((oid, known[oid] if oid in known else commits.number_of(oid)) for oid in best)
    work = ((oid, number) for oid, number in numbers if number is not None and _is_work(log.subject(number)))
    return {oid: number for oid, number in islice(work, _MOST_PICKED) if oid not in known}


def _best(told: Iterable[tuple[str, str]], weigh: Callable[[str], float]) -> list[str]:
    """The commits that told a reason, best first; as they came among equals."""
    best: dict[str, float] = {}
    for oid, sentence in told:
        points = weigh(sentence)
        if points > best.get(oid, 0.0):
            best[oid] = points
    return sorted(best, key=lambda oid: -best[oid])


def _small(log: PackedLog, product: _Product) -> Iterator[int]:
    """The commits of the product and of few files, newest first."""
    sizes = np.diff(log.starts)
    small = np.flatnonzero((sizes > 0) & (sizes <= _MOST_FILES) & ((log.flags & (MERGE | BOT)) == 0))
    for first in range(0, len(small), _AT_ONCE):
        some = small[first : first + _AT_ONCE]
        for number in some[_touched(log, some, product)].tolist():
            if _is_work(log.subject(number)):
                yield number


def _touched(log: PackedLog, commits: Ints, product: _Product) -> npt.NDArray[np.bool_]:
    """For each of some commits whether it changed the product, as :meth:`_Product.is_touched` has it; none changed nothing."""
    counts = log.starts[commits + 1] - log.starts[commits]
    begins = np.cumsum(counts) - counts  # of each commit among the changes of all
    changes = np.arange(counts.sum()) + np.repeat(log.starts[commits] - begins, counts)
    paths, place = np.unique(log.path_ids[changes], return_inverse=True)
    kinds = np.array([product.kind(log.paths[path]) for path in paths.tolist()], dtype=np.int64)[place]
    sources = np.add.reduceat(kinds == _SOURCE, begins, dtype=np.int64)
    gone = np.logical_or.reduceat(kinds == _GONE, begins)
    return np.asarray(gone | ((sources > 0) & (sources <= _MOST_SOURCES)))


class _Product:
    """Which files are the product's; of most it is asked many times."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, int] = {}

    def is_touched(self, paths: Iterable[str]) -> bool:
        """Whether one of some files that were changed is gone since, or a few of them are sources."""
        kinds = [self.kind(path) for path in paths]
        return _GONE in kinds or 0 < kinds.count(_SOURCE) <= _MOST_SOURCES

    def kind(self, path: str) -> int:
        """Whether a file is gone, a source of the product, or something else."""
        kind = self._known.get(path)
        if kind is None:
            file = self._facts.files.get(path)
            is_source = file is not None and path in self._facts.code and file.is_production
            kind = self._known[path] = _GONE if file is None else _SOURCE if is_source else _ELSE
        return kind


def _is_work(subject: bytes) -> bool:
    said = visible_line(decode_text(subject))
    return not is_housekeeping(said) and not is_housework(said)
