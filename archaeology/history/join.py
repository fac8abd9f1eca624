"""Joins new commits with a history that was read before, so that the result is what reading everything anew would give.

What a commit says never changes, so it is read once. What may change is where it stands in the log, which is worked out from times
and parents as git does it, and what depends on the order: how paths and people are numbered, what somebody is called, and which
sentences still fit under the cap. Where the old commits would stand in another order among themselves, or somebody turns out to be a
bot or none, nothing is joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, TypeVarTuple

import numpy as np
import numpy.typing as npt

from archaeology.git.spelling import TIME_LIMIT
from archaeology.history.columns import MAX_SENTENCES, MAX_UNDOINGS, Columns, People
from archaeology.history.log import BOT, Ints
from archaeology.history.walk import walked

Scalar = TypeVar("Scalar", bound=np.generic)
Value = TypeVar("Value", bytes, tuple[bytes, bytes])
Rest = TypeVarTuple("Rest")


def joined(new: Columns, old: Columns, tip: bytes) -> Columns | None:
    """Return the history up to ``tip``, a raw id, or None where it cannot be told without reading everything anew.

    Args:
        new: the commits that ``tip`` reaches and the newest of ``old`` does not, in any order.
        old: a whole history. Commits of it that ``tip`` does not reach are left out.
        tip: one of the commits.
    """
    order = _order(new, old, tip)
    if order is None:
        return None
    whole = _Rows(new, old, order).columns()
    people = People()
    is_bot = np.array([people.bots[people.number(signature)] for signature in whole.signatures], dtype=bool)
    return whole if np.array_equal(is_bot[whole.authors], (whole.flags & BOT) > 0) else None


def _order(new: Columns, old: Columns, tip: bytes) -> Ints | None:
    """Return the commits in git's order, numbered from the first new one to the last old one."""
    size, total = old.oid_size, len(new) + len(old)
    oids = new.oids + old.oids
    numbers = {oids[place * size : (place + 1) * size]: place for place in range(total)}
    times = np.concatenate([new.times, old.times])
    if len(numbers) < total or tip not in numbers or np.abs(times).max() >= TIME_LIMIT:
        return None
    ids = new.parents + old.parents
    try:
        parents = [numbers[ids[place : place + size]] for place in range(0, len(ids), size)]
    except KeyError:
        return None
    ends = np.concatenate([new.parent_ends, old.parent_ends + len(new.parents) // size])
    order = np.array(walked(numbers[tip], parents, ends.tolist(), times.tolist()), dtype=np.int64)
    kept = order[order >= len(new)]
    is_whole = len(order) - len(kept) == len(new)
    # Of a history that was cut at a cap, what stands behind the cut is not known.
    is_capped = len(old.sentences) >= MAX_SENTENCES or len(old.undoings) >= MAX_UNDOINGS
    if not is_whole or bool((np.diff(kept) < 0).any()) or (is_capped and len(kept) < len(old)):
        return None
    return order


@dataclass(frozen=True)
class _Run:
    """Commits that follow each other in one of the two histories, from ``begin`` up to ``end``."""

    part: Columns
    begin: int
    end: int

    @property
    def commits(self) -> slice:
        return slice(self.begin, self.end)

    @property
    def changes(self) -> slice:
        return slice(int(self.part.starts[self.begin]), int(self.part.starts[self.end]))

    def below(self, ends: Ints, width: int = 1) -> slice:
        """Return what lies between the ends of these commits, in bytes."""
        return slice(_start(ends, self.begin) * width, int(ends[self.end - 1]) * width)

    def lengths(self, ends: Ints) -> Ints:
        return np.diff(ends[self.commits], prepend=_start(ends, self.begin))


def _start(ends: Ints, commit: int) -> int:
    return int(ends[commit - 1]) if commit else 0


class _Rows:
    """The commits of two histories in a new order, taken column by column in runs as long as possible."""

    def __init__(self, new: Columns, old: Columns, order: Ints) -> None:
        self._new, self._old = new, old
        self._runs = tuple(_runs(new, old, order))
        self._places = np.full(len(new) + len(old), -1, dtype=np.int64)
        self._places[order] = np.arange(len(order))

    def columns(self) -> Columns:
        new, old, runs, size = self._new, self._old, self._runs, self._old.oid_size
        authors, signatures = self._numbered(new.signatures, old.signatures, lambda run: run.part.authors[run.commits])
        path_ids, paths = self._numbered(new.paths, old.paths, lambda run: run.part.path_ids[run.changes])
        return Columns(
            oid_size=size,
            oids=b"".join([run.part.oids[run.begin * size : run.end * size] for run in runs]),
            parents=b"".join([run.part.parents[run.below(run.part.parent_ends, size)] for run in runs]),
            parent_ends=self._ends(lambda part: part.parent_ends),
            times=self._taken(lambda run: run.part.times[run.commits]),
            authors=authors,
            flags=self._taken(lambda run: run.part.flags[run.commits]),
            subjects=b"".join([run.part.subjects[run.below(run.part.subject_ends)] for run in runs]),
            subject_ends=self._ends(lambda part: part.subject_ends),
            signatures=signatures,
            starts=np.concatenate([np.zeros(1, dtype=np.int64), self._ends(lambda part: part.starts[1:])]),
            paths=paths,
            path_ids=path_ids,
            statuses=self._taken(lambda run: run.part.statuses[run.changes]),
            blobs=self._taken(lambda run: run.part.blobs[run.changes]),
            sentences=_under(MAX_SENTENCES, self._noted(new.sentences, old.sentences)),
            titles=self._noted(new.titles, old.titles),
            undoings=_under(MAX_UNDOINGS, self._noted(new.undoings, old.undoings)),
        )

    def _taken(self, column: Callable[[_Run], npt.NDArray[Scalar]]) -> npt.NDArray[Scalar]:
        return np.concatenate([column(run) for run in self._runs])

    def _ends(self, ends: Callable[[Columns], Ints]) -> Ints:
        lengths: Ints = np.concatenate([run.lengths(ends(run.part)) for run in self._runs])
        return np.cumsum(lengths)

    def _numbered(
        self, new: Sequence[Value], old: Sequence[Value], column: Callable[[_Run], npt.NDArray[np.int32]]
    ) -> tuple[npt.NDArray[np.int32], tuple[Value, ...]]:
        """Number values anew, in the order in which the commits use them first."""
        numbers: dict[Value, int] = {}
        of_new, of_old = (
            np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
            for values in (new, old)
        )
        codes = self._taken(lambda run: (of_new if run.part is self._new else of_old)[column(run)])
        used, firsts = np.unique(codes, return_index=True)
        used = used[np.argsort(firsts)]
        ranks = np.zeros(len(numbers), dtype=np.int32)
        ranks[used] = np.arange(len(used), dtype=np.int32)
        values = list(numbers)
        return ranks[codes], tuple(values[number] for number in used.tolist())

    def _noted(self, new: Sequence[tuple[int, *Rest]], old: Sequence[tuple[int, *Rest]]) -> list[tuple[int, *Rest]]:
        """Return what was noted of commits under their new numbers, in order."""
        found: list[tuple[int, *Rest]] = []
        for notes, first in ((new, 0), (old, len(self._new))):
            for note in notes:
                place = int(self._places[note[0] + first])
                if place >= 0:
                    found.append((place, *note[1:]))
        return sorted(found, key=lambda note: note[0])


def _runs(new: Columns, old: Columns, order: Ints) -> Iterator[_Run]:
    of_old = order >= len(new)
    borders = np.flatnonzero((np.diff(order) != 1) | np.diff(of_old)) + 1
    for begin, end in zip([0, *borders.tolist()], [*borders.tolist(), len(order)], strict=True):
        part, first = (old, int(order[begin]) - len(new)) if of_old[begin] else (new, int(order[begin]))
        yield _Run(part, first, first + end - begin)


def _under(most: int, notes: list[tuple[int, *Rest]]) -> list[tuple[int, *Rest]]:
    """Cut as the packer does: a commit that begins under the cap is noted whole."""
    if len(notes) < most:
        return notes
    last = notes[most - 1][0]
    return [note for note in notes if note[0] <= last]
