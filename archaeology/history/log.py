"""The packed log: a whole history in arrays, a few dozen bytes a change, made in one pass over the stream.

Everything that history facts are computed from is here, so the stream is read once and the arithmetic is NumPy's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from archaeology.git import Change, decode_text
from archaeology.history.blobs import Blobs
from archaeology.history.model import Commit
from archaeology.text import visible_line

MERGE, BOT, FIX, ALONE = 1, 2, 4, 8
_MADE = 20_000
_KEY_BYTES = 4
_SHORT = 1 << 16

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PackedLog:
    """Commits newest first, numbered from 0, with their changes; merges have none.

    Attributes:
        oids: object ids as raw bytes, ``oid_size`` bytes each.
        times: commit times in seconds since the epoch.
        authors: for each commit an index into ``people``.
        flags: for each commit a sum of MERGE, BOT, FIX and, where the first line of its message is all of it, ALONE.
        subjects: first lines of the messages, as printed by git; ``subject_ends`` are their ends in it.
        people: the names of authors, safe to show on one line.
        starts: changes of commit i are those from ``starts[i]`` up to ``starts[i + 1]``.
        path_ids: for each change an index into ``paths``.
        statuses: for each change the letter A, M, D or T.
        blobs: for each change the old and the new blob id.
        sentences: reasons found in messages as (commit, sentence, marker).
        titles: titles of pull requests that merges brought, as (commit, title).
        undoings: the beginnings of messages that speak of undoing something, by commit.
        partial: why the history does not reach its first commit; empty when it does.
    """

    oid_size: int
    oids: bytes
    times: Ints
    authors: npt.NDArray[np.int32]
    flags: npt.NDArray[np.uint8]
    subjects: bytes
    subject_ends: Ints
    people: tuple[str, ...]
    starts: Ints
    paths: tuple[str, ...]
    path_ids: npt.NDArray[np.int32]
    statuses: npt.NDArray[np.uint8]
    blobs: Blobs
    sentences: tuple[tuple[int, str, str], ...] = ()
    titles: tuple[tuple[int, bytes], ...] = ()
    undoings: Mapping[int, bytes] = field(default_factory=dict)
    partial: str = ""

    def __len__(self) -> int:
        return len(self.times)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The index of each path in ``paths``."""
        return {path: number for number, path in enumerate(self.paths)}

    def changes_of(self, path: int) -> Ints:
        """Return the numbers of the changes of a path, by its index in ``paths``, newest first."""
        order, ends = self._by_path
        begin = int(ends[path - 1]) if path else 0
        return order[begin : int(ends[path])].astype(np.int64)

    @cached_property
    def _by_path(self) -> tuple[npt.NDArray[np.int32], Ints]:
        """The numbers of all changes ordered by path, those of a path newest first, and where those of each path end."""
        return by_path(self.path_ids, len(self.paths)), np.cumsum(np.bincount(self.path_ids, minlength=len(self.paths)))

    def settled(self, files: Iterable[str]) -> PackedLog:
        """Return the log without what only the facts of the history are computed from, once they are.

        Of paths that are among ``files`` it has the same text, and not another that equals it.
        """
        same = {path: path for path in files}
        paths = tuple([same.get(path, path) for path in self.paths])
        return replace(self, paths=paths, sentences=(), titles=(), undoings={})

    def oid(self, commit: int) -> str:
        """Return the full id of a commit."""
        return self.oids[commit * self.oid_size : (commit + 1) * self.oid_size].hex()

    def by_oid(self) -> list[int]:
        """Return all commits in the order of their ids."""
        # Raw bytes of one length sort as their digits do; the ids themselves, as text, would take more than all columns do.
        order: list[int] = np.argsort(np.frombuffer(self.oids, dtype=f"S{self.oid_size}"), kind="stable").tolist()
        return order

    def subject(self, commit: int) -> bytes:
        """Return the first line of a commit's message as git printed it."""
        begin = int(self.subject_ends[commit - 1]) if commit else 0
        return self.subjects[begin : int(self.subject_ends[commit])]

    def subjects_of(self, commits: Ints) -> Iterator[bytes]:
        """Yield the first lines of many commits' messages, as :meth:`subject` gives them."""
        begins = np.where(commits > 0, self.subject_ends[commits - 1], 0)
        for begin, end in zip(begins.tolist(), self.subject_ends[commits].tolist(), strict=True):
            yield self.subjects[begin:end]

    def message(self, commit: int) -> str | None:
        """Return the whole message of a commit where it is its first line, in plain letters, as that of most is; None where git has to be asked."""
        subject = self.subject(commit) if int(self.flags[commit]) & ALONE else None
        return subject.decode("ascii") if subject is not None and subject.isascii() else None

    def commit(self, commit: int) -> Commit:
        """Return a commit as others see it; texts are safe to show on one line."""
        flags = int(self.flags[commit])
        return Commit(
            oid=self.oid(commit),
            time=int(self.times[commit]),
            author=self.people[self.authors[commit]],
            subject=visible_line(decode_text(self.subject(commit))),
            merge=bool(flags & MERGE),
            bot=bool(flags & BOT),
            fix=bool(flags & FIX),
        )

    def paths_of(self, commit: int, limit: int) -> tuple[str, ...]:
        """Return up to ``limit`` paths that a commit changed."""
        begin, end = int(self.starts[commit]), int(self.starts[commit + 1])
        return tuple([self.paths[index] for index in self.path_ids[begin : min(end, begin + limit)].tolist()])

    def blobs_of(self, commit: int) -> Iterator[tuple[str, str, str]]:
        """Yield for each path that a commit changed the ids of its old and its new blob; zeros where there was none."""
        for index in range(int(self.starts[commit]), int(self.starts[commit + 1])):
            change = self._change(index)
            yield change.path, change.old_blob, change.new_blob

    def changes(self, wanted: Callable[[str], bool]) -> Iterator[tuple[int, list[Change]]]:
        """Yield (commit, changes) newest first, for the paths that ``wanted`` accepts; commits without any are left out."""
        accepted = np.fromiter((wanted(path) for path in self.paths), dtype=bool, count=len(self.paths))
        chosen = np.flatnonzero(accepted[self.path_ids]) if len(self.path_ids) else np.empty(0, np.int64)
        commits = np.searchsorted(self.starts, chosen, side="right") - 1
        current, found = -1, list[Change]()
        for change, commit in zip(chosen.tolist(), commits.tolist(), strict=True):
            if commit != current:
                if found:
                    yield current, found
                current, found = commit, []
            found.append(self._change(change))
        if found:
            yield current, found

    def _change(self, index: int) -> Change:
        old, new = self.blobs.old(index).hex(), self.blobs.new(index).hex()
        return Change(self.paths[self.path_ids[index]], old, new, chr(self.statuses[index]))


def by_path(path_ids: npt.NDArray[np.int32], paths: int) -> npt.NDArray[np.int32]:
    """Return the numbers of all changes ordered by path, those of a path newest first, where there are so many paths."""
    # Two bytes a number are sorted by their digits, in a fraction of the time that four take.
    order = np.argsort(path_ids.astype(np.uint16) if paths <= _SHORT else path_ids, kind="stable")
    return order.astype(np.int32)


class CommitSequence(Sequence[Commit]):
    """The commits of a packed log, made on demand."""

    def __init__(self, log: PackedLog) -> None:
        """Look at ``log``; nothing is copied."""
        self._log = log
        self._made: dict[int, Commit] = {}

    @property
    def log(self) -> PackedLog:
        """The packed log itself, for whoever needs the changes too."""
        return self._log

    def number_of(self, oid: str) -> int | None:
        """Return the number of a commit by its full id, or None where it is not among them."""
        size, wanted = self._log.oid_size, bytes.fromhex(oid)
        beginning = int.from_bytes(wanted[:_KEY_BYTES], "little")
        alike: list[int] = np.flatnonzero(self._keys == beginning).tolist()
        return next((number for number in alike if self._log.oids[number * size : (number + 1) * size] == wanted), None)

    @cached_property
    def _keys(self) -> npt.NDArray[np.uint32]:
        """How the ids begin, as numbers: looking through these is ten times quicker than through the ids."""
        keys = np.frombuffer(self._log.oids, np.uint8).reshape(-1, self._log.oid_size)[:, :_KEY_BYTES]
        return np.ascontiguousarray(keys).view("<u4").ravel()

    def time_of(self, oid: str) -> int | None:
        """Return the time of a commit by its full id, or None where it is not among them."""
        number = self.number_of(oid)
        return int(self._log.times[number]) if number is not None else None

    def oldest_since(self, time: int) -> int | None:
        """Return the number of the oldest commit that is no older than ``time``, of equally old ones the last; None where all are older."""
        times, numbers = self._by_time
        at = int(np.searchsorted(times, time))
        return int(numbers[at]) if at < len(times) else None

    @cached_property
    def _by_time(self) -> tuple[Ints, npt.NDArray[np.int32]]:
        """The times of all commits in order, and the numbers of the commits, the highest first among equals."""
        backwards = self._log.times[::-1]  # which is nearly in order already
        order = np.argsort(backwards, kind="stable")
        return backwards[order], (len(backwards) - 1 - order).astype(np.int32)

    def __len__(self) -> int:
        return len(self._log)

    def __iter__(self) -> Iterator[Commit]:
        return map(self._commit, range(len(self)))

    def __reversed__(self) -> Iterator[Commit]:
        return map(self._commit, reversed(range(len(self))))

    def __getitem__(self, index: int | slice) -> Commit | Sequence[Commit]:  # type: ignore[override]
        if isinstance(index, slice):
            return [self._commit(number) for number in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        return self._commit(number)

    def _commit(self, number: int) -> Commit:
        # Detectors walk the same commits over and over; making one costs far more than finding it again.
        commit = self._made.get(number)
        if commit is None:
            commit = self._log.commit(number)
            if len(self._made) < _MADE:
                self._made[number] = commit
        return commit


def oldest_since(commits: Sequence[Commit], time: int) -> Commit | None:
    """Return the oldest commit that is no older than ``time`` (seconds since the epoch), or None.

    The log's order does not tell: a branch that was merged late stands before commits that are younger than its own.
    """
    if isinstance(commits, CommitSequence):
        number = commits.oldest_since(time)
        return None if number is None else commits.log.commit(number)
    return min((commit for commit in reversed(commits) if commit.time >= time), key=lambda one: one.time, default=None)
