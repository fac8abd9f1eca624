"""Shadow directories that nobody uses any more: a program that was killed could not take its own away.

Each one in use holds a locked file. The lock goes with the program, also when it is killed, and also across containers that
share a folder for temporary files, where process numbers would mislead.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import time
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path

PREFIX = "alloy-git-"
_CLAIM = "in-use"
_OPEN = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# Between making a directory and claiming it, it looks like a leftover.
_NEW_SECONDS = 60.0
# Without a claim: made by an older version, which may still be running.
_OLD_SECONDS = 86_400.0
_MOST_ENTRIES = 50_000


class Claim:
    """Marks a directory as in use for as long as this program runs or until it is released."""

    def __init__(self, folder: Path) -> None:
        """Lock a file in the folder; where locks cannot be had, the folder goes unclaimed."""
        self._descriptor: int | None = None
        with suppress(OSError):
            self._descriptor = os.open(folder / _CLAIM, _OPEN | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(self) -> None:
        """Give the claim up; the second time does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


@cache
def sweep_once(folder: str) -> int:
    """Sweep a folder for temporary files, once in the life of the program."""
    return sweep(Path(folder), time.time())


def sweep(folder: Path, now: float) -> int:
    """Delete shadow directories of dead programs of the same person; return how many. ``now`` is in seconds since the epoch."""
    swept = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, _MOST_ENTRIES):
            if entry.name.startswith(PREFIX) and _is_left_over(entry, now):
                shutil.rmtree(entry.path, ignore_errors=True)
                swept += 1
    return swept


def _is_left_over(folder: os.DirEntry[str], now: float) -> bool:
    age = 0.0
    try:
        status = folder.stat(follow_symlinks=False)
        age = now - status.st_mtime
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or age < _NEW_SECONDS:
            return False
        descriptor = os.open(f"{folder.path}/{_CLAIM}", _OPEN)
    except FileNotFoundError:
        return age > _OLD_SECONDS
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False  # its owner lives
    finally:
        os.close(descriptor)
    return True
