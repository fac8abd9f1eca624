"""Packs the stream into arrays, a batch at a time: columns are taken with comprehensions and NumPy, never commit by commit."""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from archaeology.git import LogBatch
from archaeology.git.spelling import TIME_LIMIT, clamp_time
from archaeology.history.columns import MAX_SENTENCES, MAX_UNDOINGS, Columns, People, Signature
from archaeology.history.log import ALONE, BOT, FIX, MERGE, PackedLog
from archaeology.history.messages import is_fix, may_undo, reasons

_UNDOING_BYTES = 2_000
_TITLE_BYTES = 200
_ENDING = 3  # newlines at most that end a message
_PULL_REQUEST = b"Merge pull request #"


class LogPacker:
    """Collects batches into a :class:`PackedLog`."""

    def __init__(self, oid_size: int) -> None:
        """Start empty; ``oid_size`` is 20 for sha1 and 32 for sha256."""
        self._oid_size = oid_size
        # One growing piece of memory for each column: many small ones would leave holes that are never given back.
        self._oids = bytearray()
        self._parents = bytearray()
        self._parent_ends = array("q")
        self._times = array("q")
        self._authors = array("i")
        self._flags = bytearray()
        self._subjects = bytearray()
        self._subject_ends = array("q")
        self._subject_end = 0
        self._starts = array("q", [0])
        self._path_ids = array("i")
        self._paths = _Ids()
        self._signatures = _Signatures()
        self._statuses = bytearray()
        self._blobs = bytearray()
        self._sentences: list[tuple[int, str, str]] = []
        self._titles: list[tuple[int, bytes]] = []
        self._undoings: list[tuple[int, bytes]] = []

    def __len__(self) -> int:
        return len(self._times)

    def add(self, batch: LogBatch) -> None:
        """Add the next older commits."""
        tokens, begins = batch.tokens, batch.begins
        first = len(self)
        self._oids += bytes.fromhex(b"".join([tokens[begin] for begin in begins]).decode("ascii"))
        self._times.extend(_times([tokens[begin + 2] for begin in begins]))
        authors = [self._signatures[tokens[begin + 3], tokens[begin + 4]] for begin in begins]
        self._authors.extend(authors)
        merges = self._add_parents([tokens[begin + 1] for begin in begins])
        messages = [tokens[begin + 5] for begin in begins]
        self._add_messages(first, messages, authors, merges)
        self._add_changes(batch)

    def columns(self) -> Columns:
        """Return the columns; the packer is empty after this."""
        texts: dict[str, bytes] = {}
        for name, growing in (("oids", self._oids), ("parents", self._parents), ("subjects", self._subjects)):
            texts[name] = bytes(growing)
            growing.clear()  # before the next is copied
        return Columns(
            oid_size=self._oid_size,
            **texts,
            parent_ends=np.frombuffer(self._parent_ends, dtype=np.int64),
            times=np.frombuffer(self._times, dtype=np.int64),
            authors=np.frombuffer(self._authors, dtype=np.int32),
            flags=np.frombuffer(self._flags, dtype=np.uint8),
            subject_ends=np.frombuffer(self._subject_ends, dtype=np.int64),
            signatures=tuple(self._signatures),
            starts=np.frombuffer(self._starts, dtype=np.int64),
            paths=tuple(self._paths),
            path_ids=np.frombuffer(self._path_ids, dtype=np.int32),
            statuses=np.frombuffer(self._statuses, dtype=np.uint8),
            blobs=np.frombuffer(self._blobs, dtype=np.uint8).reshape(-1, 2 * self._oid_size),
            sentences=self._sentences,
            titles=self._titles,
            undoings=self._undoings,
        )

    def finish(self, partial: str) -> PackedLog:
        """Return the packed log; ``partial`` says why it does not reach the first commit."""
        return self.columns().packed(partial)

    def _add_parents(self, printed: list[bytes]) -> list[bool]:
        """Note the parents of commits, and return which of these are merges."""
        self._parents += bytes.fromhex(b" ".join(printed).decode("ascii"))
        total = self._parent_ends[-1] if self._parent_ends else 0
        digits = 2 * self._oid_size
        for ids in printed:
            total += (len(ids) + 1) // (digits + 1)  # a blank stands between two
            self._parent_ends.append(total)
        return [len(ids) > digits for ids in printed]

    def _add_messages(self, first: int, messages: list[bytes], authors: list[int], merges: list[bool]) -> None:
        bots = self._signatures.bots
        subjects = [message.partition(b"\n")[0] for message in messages]
        for number, (message, subject, author, merge) in enumerate(
            zip(messages, subjects, authors, merges, strict=True), first
        ):
            # Text is searched twice as fast as bytes; which letters the bytes beyond ASCII stand for does not matter here.
            lowered = message.lower().decode("latin-1")
            flags = MERGE if merge else 0
            if len(message) <= len(subject) + _ENDING and not message[len(subject) :].strip():
                flags |= ALONE
            if is_fix(lowered[: len(subject)]):
                flags |= FIX
            if bots[author]:
                flags |= BOT
            elif not merge and len(self._sentences) < MAX_SENTENCES:
                for sentence, marker in reasons(message, lowered):
                    self._sentences.append((number, sentence, marker))
            if merge and subject.startswith(_PULL_REQUEST):
                self._titles.append((number, message[len(subject) :].lstrip(b"\n").partition(b"\n")[0][:_TITLE_BYTES]))
            if may_undo(lowered) and len(self._undoings) < MAX_UNDOINGS:
                self._undoings.append((number, message[:_UNDOING_BYTES]))
            self._flags.append(flags)
            self._subject_end += len(subject)
            self._subject_ends.append(self._subject_end)
        self._subjects += b"".join(subjects)

    def _add_changes(self, batch: LogBatch) -> None:
        """Turn headers into arrays: they are all of one width, so their bytes are columns."""
        tokens = batch.tokens
        headers: list[bytes] = []
        total = len(self._path_ids)
        for begin, end in zip(batch.begins, batch.ends, strict=True):
            if end - begin > _FIELDS:
                headers += tokens[begin + _FIELDS : end : 2]
                self._path_ids.extend(map(self._paths.__getitem__, tokens[begin + _FIELDS + 1 : end : 2]))
                total += (end - begin - _FIELDS) // 2
            self._starts.append(total)
        if not headers:
            return
        digits = 2 * self._oid_size
        size = 2 * digits + 18  # ":100644 100644 <old> <new> M"
        joined = b"".join(headers).replace(b"\n", b"")
        if len(joined) != size * len(headers):
            # Git prints all modes with six digits and all statuses with one letter; this is for one that does not.
            joined = b"".join([header.strip().ljust(size)[:size] for header in headers])
        table = np.frombuffer(joined, dtype=np.uint8).reshape(-1, size)
        old, new = _unhex(table[:, 15 : 15 + digits]), _unhex(table[:, 16 + digits : 16 + 2 * digits])
        self._blobs += np.concatenate([old, new], axis=1).data
        self._statuses += table[:, size - 1].tobytes()


_FIELDS = 6
_DIGITS = np.zeros(256, dtype=np.uint8)
_DIGITS[np.frombuffer(b"0123456789abcdef", dtype=np.uint8)] = np.arange(16, dtype=np.uint8)


class _Ids(dict[bytes, int]):
    """Numbers things in the order they are first asked for."""

    def __missing__(self, key: bytes) -> int:
        self[key] = number = len(self)
        return number


class _Signatures(dict[Signature, int]):
    """Numbers signatures in the order they are first asked for; ``bots`` tells whose belong to automation."""

    def __init__(self) -> None:
        super().__init__()
        self.bots: list[bool] = []
        self._people = People()

    def __missing__(self, key: Signature) -> int:
        self[key] = number = len(self)
        self.bots.append(self._people.bots[self._people.number(key)])
        return number


def _times(printed: list[bytes]) -> list[int]:
    try:
        times = list(map(int, printed))
    except ValueError:
        return list(map(clamp_time, printed))
    return times if max(times) < TIME_LIMIT else list(map(clamp_time, printed))


def _unhex(digits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    values = _DIGITS[digits]
    return np.left_shift(values[:, 0::2], 4, dtype=np.uint8) | values[:, 1::2]
