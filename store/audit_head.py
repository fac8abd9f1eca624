"""The newest link of the audit chain, kept outside the database too.

It is written after each commit. A process that dies between the two leaves a head that is older than the database, which is
recognised (its entry is in the chain) and healed by the next write. A head that is *newer* than the database, or that is not in its
chain, means that the database was cut, replaced or rewritten.
"""

from __future__ import annotations

import glob
import json
import os
import secrets
import time
from pathlib import Path

from pydantic import ValidationError

from store.errors import CorruptStoreError
from store.records import Frozen

_STALE_SECONDS = 3600.0
HEAD_SCHEMA = "alloy.audit_head.v1"


class Head(Frozen):
    """The sequence number and hash of an audit entry; sequence 0 is before the first."""

    sequence: int
    hash: str


def head_path(database: Path) -> Path:
    """Return where the head of a database is kept: beside it."""
    return database.with_name(f"{database.name}.audit.head")


def read_head(path: Path) -> Head | None:
    """Return the head that was kept, or None where there is none. Raises CorruptStoreError if the file makes no sense."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{str(path)!r} cannot be read: {error.strerror}."
        raise CorruptStoreError(message, hint="Check its permissions.") from error
    try:
        body = json.loads(data)
        return Head(sequence=body["sequence"], hash=body["hash"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        message = f"{str(path)!r} is damaged, so the audit trail cannot be compared with it."
        raise CorruptStoreError(
            message, hint="If the database verifies otherwise, delete this file; the next write makes it anew."
        ) from error


def write_head(path: Path, head: Head) -> None:
    """Replace the head atomically and durably, unless a newer one is there. Raises OSError."""
    try:
        kept = read_head(path)
    except CorruptStoreError:
        kept = None  # what cannot be read is replaced by what the database says; opening has already refused or reported it
    if kept is not None and kept.sequence >= head.sequence:
        return
    text = json.dumps({"schema_version": HEAD_SCHEMA, "sequence": head.sequence, "hash": head.hash}) + "\n"
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def clear_leftovers(database: Path) -> None:
    """Remove what killed processes left beside a database: heads and new files that were never put in place."""
    for pattern in (f"{database.name}.audit.head.*.tmp", f"{database.name}.*.new*"):
        for leftover in database.parent.glob(glob.escape(pattern).replace("[*]", "*")):
            try:
                if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
                    leftover.unlink()
            except OSError:
                continue  # another process was faster, or it may not be removed: it is small and harmless


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
