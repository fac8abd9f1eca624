"""Which commits' messages are worth reading whole: small ones about the product, and those first of which a sentence gave a reason already.

The history picks sentences by a few words while it passes, and every witness asks it. Reasons are told in many more words ("since", "due
to", "... led to"), so the newest small commits are read whatever words they use: the fewer years ago, the likelier their lines stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from archaeology.detectors.caution_witnesses import is_housework
from archaeology.facts import Facts
from archaeology.git import decode_text
from archaeology.history.log import BOT, MERGE, CommitSequence, PackedLog
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
_GONE = -1


def worth_reading(facts: Facts, log: PackedLog) -> list[int]:
    """Return the numbers of commits whose whole messages are worth reading, each once: best reasons first, then the newest small ones."""
    undone = {revert.commit for revert in facts.history.reverts}
    undone |= {revert.undone for revert in facts.history.reverts if revert.undone}
    product = _Product(facts)
    picked = list(islice(_picked(facts, log, product, undone), _MOST_PICKED))
    known = set(picked)
    newest = islice((number for number in _small(log, product) if log.oid(number) not in undone), _MOST_NEWEST)
    return picked + [number for number in newest if number not in known]


def _picked(facts: Facts, log: PackedLog, product: _Product, undone: set[str]) -> Iterator[int]:
    """The commits of which the history picked a sentence that tells a reason, best first; newest first among equals, as they came."""
    best: dict[str, float] = {}
    for reason in islice(facts.history.reasons, _MOST_LOOKED_AT):
        if len(reason.paths) > _MOST_FILES or reason.commit in undone or reason.marker in _NO_JOINTS:
            continue
        if not product.is_touched(reason.paths):
            continue
        points = may_tell(reason.sentence)
        if points > best.get(reason.commit, 0.0):
            best[reason.commit] = points
    known = facts.history.commits
    commits = known if isinstance(known, CommitSequence) else CommitSequence(log)
    for oid in sorted(best, key=lambda oid: -best[oid]):
        number = commits.number_of(oid)  # which looks through all of them
        if number is not None and _is_work(log.subject(number)):
            yield number


def _small(log: PackedLog, product: _Product) -> Iterator[int]:
    """The commits of few files, newest first."""
    sizes = np.diff(log.starts)
    small = np.flatnonzero((sizes > 0) & (sizes <= _MOST_FILES) & ((log.flags & (MERGE | BOT)) == 0))
    paths, path_ids = log.paths, log.path_ids
    for first in range(0, len(small), _AT_ONCE):
        some = small[first : first + _AT_ONCE]
        for number, begin, end in zip(
            some.tolist(), log.starts[some].tolist(), log.starts[some + 1].tolist(), strict=True
        ):
            if product.is_touched([paths[index] for index in path_ids[begin:end].tolist()]) and _is_work(
                log.subject(number)
            ):
                yield number


class _Product:
    """Which files are the product's; of most it is asked many times."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, int] = {}

    def is_touched(self, paths: Iterable[str]) -> bool:
        """Whether one of some files that were changed is gone since, or a few of them are sources."""
        known, sources = self._known, 0
        for path in paths:
            kind = known.get(path)
            if kind is None:
                kind = known[path] = self._kind(path)
            if kind == _GONE:
                return True
            sources += kind
        return 0 < sources <= _MOST_SOURCES

    def _kind(self, path: str) -> int:
        file = self._facts.files.get(path)
        return _GONE if file is None else int(path in self._facts.code and file.is_production)


def _is_work(subject: bytes) -> bool:
    said = visible_line(decode_text(subject))
    return not is_housekeeping(said) and not is_housework(said)
