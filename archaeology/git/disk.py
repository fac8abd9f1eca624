"""One tracked file on disk, read without trusting the disk: no link is followed, nothing but regular files is opened."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Not blocking: should a pipe take the file's place in between, opening it must not wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Kind(Enum):
    """What stands at a path."""

    FILE = "file"
    LINK = "link"
    FOLDER = "folder"
    ABSENT = "absent"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class DiskFile:
    """What was found. ``content`` is None where there is none or it is too large; of a link it is the words it holds."""

    kind: Kind
    size: int = 0
    content: bytes | None = None
    oid: str = ""


def read_tracked(root: Path, path: bytes, max_bytes: int, digest: str) -> DiskFile:
    """Read a path relative to ``root`` through real folders only; ``digest`` (sha1 or sha256) makes the id.

    A path that leads through a link counts as absent, as it does for git. What may not be read counts as odd.
    """
    *folders, name = path.split(b"/")
    if not name or any(part in {b"", b".", b".."} for part in (*folders, name)):
        return DiskFile(Kind.ODD)
    try:
        with _folder(root, folders) as parent:
            return _read(parent, name, max_bytes, digest)
    except (FileNotFoundError, NotADirectoryError):
        return DiskFile(Kind.ABSENT)
    except OSError as error:
        # ELOOP: a link where a folder was. Anything else (permission, input and output) is said.
        return DiskFile(Kind.ABSENT if error.errno == errno.ELOOP else Kind.ODD)


def blob_id(content: bytes, digest: str) -> str:
    """Return the id that git gives to these bytes as a blob."""
    return hashlib.new(digest, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@contextmanager
def _folder(root: Path, parts: list[bytes]) -> Iterator[int]:
    with ExitStack() as opened:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        opened.callback(os.close, descriptor)
        for part in parts:
            descriptor = os.open(part, _FOLDER, dir_fd=descriptor)
            opened.callback(os.close, descriptor)
        yield descriptor


def _read(parent: int, name: bytes, max_bytes: int, digest: str) -> DiskFile:
    status = os.stat(name, dir_fd=parent, follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode):
        target = os.readlink(name, dir_fd=parent)
        return DiskFile(Kind.LINK, len(target), target, blob_id(target, digest))
    if stat.S_ISDIR(status.st_mode):
        return DiskFile(Kind.FOLDER)
    if not stat.S_ISREG(status.st_mode):
        return DiskFile(Kind.ODD)
    descriptor = os.open(name, _FILE, dir_fd=parent)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return DiskFile(Kind.ODD)
        content = file.read(max_bytes + 1) if status.st_size <= max_bytes else None
    if content is None or len(content) > max_bytes:
        return DiskFile(Kind.FILE, status.st_size)
    return DiskFile(Kind.FILE, len(content), content, blob_id(content, digest))
