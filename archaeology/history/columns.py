"""The columns of a history as git printed it: what a log is packed from, kept in the cache, and joined with what came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archaeology.git import decode_path, decode_text
from archaeology.history.blobs import blobs_of
from archaeology.history.log import Ints, PackedLog, by_path
from archaeology.history.messages import is_bot
from archaeology.text import visible_line

MAX_SENTENCES = 20_000
MAX_UNDOINGS = 20_000

Signature = tuple[bytes, bytes]
"""An author's name and address as git printed them."""


@dataclass(frozen=True)
class Columns:
    """Commits newest first, one after the other in every column; names as in :class:`archaeology.history.log.PackedLog`.

    Attributes:
        oids: object ids as raw bytes, ``oid_size`` bytes each.
        parents: the ids of all parents in the same form, commit after commit; ``parent_ends`` counts them up to each commit.
        authors: for each commit an index into ``signatures``.
        signatures: name and address, in the order in which the commits use them first.
        starts: changes of commit i are those from ``starts[i]`` up to ``starts[i + 1]``.
        blobs: for each change the old and the new blob id as raw bytes, twice ``oid_size``; zeros where there was none.
        paths: in the order in which the changes use them first.
    """

    oid_size: int
    oids: bytes
    parents: bytes
    parent_ends: Ints
    times: Ints
    authors: npt.NDArray[np.int32]
    flags: npt.NDArray[np.uint8]
    subjects: bytes
    subject_ends: Ints
    signatures: Sequence[Signature]
    starts: Ints
    paths: Sequence[bytes]
    path_ids: npt.NDArray[np.int32]
    statuses: npt.NDArray[np.uint8]
    blobs: npt.NDArray[np.uint8]
    sentences: Sequence[tuple[int, str, str]]
    titles: Sequence[tuple[int, bytes]]
    undoings: Sequence[tuple[int, bytes]]

    def __len__(self) -> int:
        return len(self.times)

    def packed(self, partial: str) -> PackedLog:
        """Return the log that everything is computed from; ``partial`` says why it does not reach the first commit."""
        people = People()
        of_signature = np.array([people.number(signature) for signature in self.signatures], dtype=np.int32)
        return PackedLog(
            oid_size=self.oid_size,
            oids=self.oids,
            times=self.times,
            authors=of_signature[self.authors],
            flags=self.flags,
            subjects=self.subjects,
            subject_ends=self.subject_ends,
            people=tuple(map(visible_line, people.names)),
            starts=self.starts,
            paths=tuple(map(decode_path, self.paths)),
            path_ids=self.path_ids,
            statuses=self.statuses,
            blobs=blobs_of(self.blobs, by_path(self.path_ids, len(self.paths)), self.path_ids),
            sentences=tuple(self.sentences),
            titles=tuple(self.titles),
            undoings=dict(self.undoings),
            partial=partial,
        )


class People:
    """Numbers people by their address, without an address by their name; the first signature decides what they are called."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self.names: list[str] = []
        self.bots: list[bool] = []
        self._identities: dict[bytes, int] = {}

    def number(self, signature: Signature) -> int:
        """Return the number of the person who signs so."""
        author, email = signature
        identity = email.strip().lower() or author.strip().lower()
        person = self._identities.setdefault(identity, len(self._identities))
        if person == len(self.names):
            self.names.append(decode_text(author).strip() or decode_text(email).strip() or "unknown")
            self.bots.append(is_bot(author, email))
        return person
