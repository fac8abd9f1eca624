"""Packs the stream into arrays, a batch at a time: columns are taken with comprehensions and NumPy, never commit by commit."""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from archaeology.git import LogBatch, decode_path, decode_text
from archaeology.git.values import clamp_time
from archaeology.history.log import BOT, FIX, MERGE, PackedLog
from archaeology.history.messages import is_bot, is_fix, may_undo, reasons

_MAX_SENTENCES = 20_000
_MAX_UNDOINGS = 20_000
_UNDOING_BYTES = 2_000
_TITLE_BYTES = 200
_PULL_REQUEST = b"Merge pull request #"


class LogPacker:
    """Collects batches into a :class:`PackedLog`."""

    def __init__(self, oid_size: int) -> None:
        """Start empty; ``oid_size`` is 20 for sha1 and 32 for sha256."""
        self._oid_size = oid_size
        # One growing piece of memory for each column: many small ones would leave holes that are never given back.
        self._oids = bytearray()
        self._times = array("q")
        self._authors = array("q")
        self._flags = bytearray()
        self._subjects = bytearray()
        self._subject_ends = array("q")
        self._subject_end = 0
        self._starts = array("q", [0])
        self._path_ids = array("i")
        self._paths = _Ids()
        self._people = _People()
        self._statuses = bytearray()
        self._blobs = bytearray()
        self._sentences: list[tuple[int, str, str]] = []
        self._titles: list[tuple[int, bytes]] = []
        self._undoings: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._times)

    def add(self, batch: LogBatch) -> None:
        """Add the next older commits."""
        tokens, begins = batch.tokens, batch.begins
        first = len(self)
        self._oids += bytes.fromhex(b"".join([tokens[begin] for begin in begins]).decode("ascii"))
        self._times.extend(_times([tokens[begin + 2] for begin in begins]))
        people = [self._people[tokens[begin + 3], tokens[begin + 4]] for begin in begins]
        self._authors.extend(people)
        # Two ids and a blank between them make a merge.
        merges = [len(tokens[begin + 1]) > 2 * self._oid_size for begin in begins]
        messages = [tokens[begin + 5] for begin in begins]
        self._add_messages(first, messages, people, merges)
        self._add_changes(batch)

    def finish(self, partial: str) -> PackedLog:
        """Return the packed log."""
        width = 2 * self._oid_size
        return PackedLog(
            oid_size=self._oid_size,
            oids=bytes(self._oids),
            times=np.frombuffer(self._times, dtype=np.int64),
            authors=np.frombuffer(self._authors, dtype=np.int64),
            flags=np.frombuffer(self._flags, dtype=np.uint8),
            subjects=bytes(self._subjects),
            subject_ends=np.frombuffer(self._subject_ends, dtype=np.int64),
            people=tuple(self._people.names),
            starts=np.frombuffer(self._starts, dtype=np.int64),
            paths=tuple(decode_path(path) for path in self._paths),
            path_ids=np.frombuffer(self._path_ids, dtype=np.int32),
            statuses=np.frombuffer(self._statuses, dtype=np.uint8),
            blobs=np.frombuffer(self._blobs, dtype=np.uint8).reshape(-1, width),
            sentences=tuple(self._sentences),
            titles=tuple(self._titles),
            undoings=self._undoings,
            partial=partial,
        )

    def _add_messages(self, first: int, messages: list[bytes], people: list[int], merges: list[bool]) -> None:
        bots = self._people.bots
        subjects = [message.partition(b"\n")[0] for message in messages]
        for number, (message, subject, person, merge) in enumerate(
            zip(messages, subjects, people, merges, strict=True), first
        ):
            # Text is searched twice as fast as bytes; which letters the bytes beyond ASCII stand for does not matter here.
            lowered = message.lower().decode("latin-1")
            flags = MERGE if merge else 0
            if is_fix(lowered[: len(subject)]):
                flags |= FIX
            if bots[person]:
                flags |= BOT
            elif not merge and len(self._sentences) < _MAX_SENTENCES:
                for sentence, marker in reasons(message, lowered):
                    self._sentences.append((number, sentence, marker))
            if merge and subject.startswith(_PULL_REQUEST):
                self._titles.append((number, message[len(subject) :].lstrip(b"\n").partition(b"\n")[0][:_TITLE_BYTES]))
            if may_undo(lowered) and len(self._undoings) < _MAX_UNDOINGS:
                self._undoings[number] = message[:_UNDOING_BYTES]
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


class _People(dict[tuple[bytes, bytes], int]):
    """Numbers people by their address; without an address the name must do."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[tuple[str, str]] = []
        self.bots: list[bool] = []
        self._identities: dict[bytes, int] = {}

    def __missing__(self, key: tuple[bytes, bytes]) -> int:
        author, email = key
        identity = email.strip().lower() or author.strip().lower()
        person = self._identities.setdefault(identity, len(self._identities))
        if person == len(self.names):
            self.names.append(
                (decode_text(author).strip() or decode_text(email).strip() or "unknown", decode_text(email))
            )
            self.bots.append(is_bot(author, email))
        self[key] = person
        return person


def _times(printed: list[bytes]) -> list[int]:
    try:
        times = list(map(int, printed))
    except ValueError:
        return list(map(clamp_time, printed))
    return times if max(times) < _FAR else list(map(clamp_time, printed))


_FAR = 2**62


def _unhex(digits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    values = _DIGITS[digits]
    return np.left_shift(values[:, 0::2], 4, dtype=np.uint8) | values[:, 1::2]
