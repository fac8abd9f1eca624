"""What git tells, as plain values. Object ids are full hexadecimal strings; times are seconds since the epoch, UTC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archaeology.git.spelling import decode_path

MODE_SYMLINK = "120000"
MODE_SUBMODULE = "160000"
MODE_TREE = "040000"
MODE_FILE = "100644"
MODE_EXECUTABLE = "100755"


class TreeEntry(NamedTuple):
    """One file of a tree: ``mode`` in octal as git prints it; ``size`` in bytes, or -1 where the object is missing."""

    path: str
    mode: str
    blob: str
    size: int


@dataclass(frozen=True, slots=True)
class TreeListing:
    """The files of a tree. ``truncated`` tells that the cap on entries bit; ``undecodable`` lists names that are not UTF-8."""

    entries: tuple[TreeEntry, ...]
    truncated: bool = False
    missing_sizes: int = 0
    undecodable: tuple[str, ...] = ()


class Change(NamedTuple):
    """One path in one commit. A blob id of zeros means that the file was not there; ``status`` is A, M, D or T."""

    path: str
    old_blob: str
    new_blob: str
    status: str


class RawCommit(NamedTuple):
    """A commit as it came out of the stream; bytes are undecoded.

    ``entries`` alternates raw headers (``:100644 100644 <old> <new> M``) and paths; merges have none.
    """

    oid: str
    parents: int
    time: int
    author: bytes
    email: bytes
    message: bytes
    entries: list[bytes]

    def changes(self) -> Iterator[Change]:
        """Decode the entries one by one; malformed headers are passed over."""
        for header, path in zip(self.entries[0::2], self.entries[1::2], strict=False):
            fields = header.split()
            if len(fields) == RAW_FIELDS:
                yield Change(decode_path(path), fields[2].decode(), fields[3].decode(), fields[4][:1].decode())


RAW_FIELDS = 5


@dataclass(frozen=True, slots=True)
class CommitDetail:
    """One commit to look at. ``diff`` is text capped by the caller; ``truncated`` tells that the cap bit."""

    oid: str
    message: str
    author: str
    email: str
    time: int
    parents: tuple[str, ...]
    diff: str = ""
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class BlameLine:
    """Which commit last touched a line (counted from 1)."""

    line: int
    commit: str
    author: str
    time: int
    summary: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A branch or tag: its short name, its kind (``branch``, ``remote``, ``tag``) and the object it names."""

    name: str
    kind: str
    oid: str
