"""What comes out of git, read with as few switches between git and us as can be."""

from __future__ import annotations

import fcntl
import time
from contextlib import suppress
from typing import IO

CHUNK_BYTES = 1 << 20
TICK_SECONDS = 0.1
_PIECE_BYTES = 4 * 1024  # that git writes at once where it has small things to say
_MUCH_BYTES = 8 * 1024
_PLENTY_BYTES = 128 * 1024
_FILL_SECONDS = 0.001


def widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold as much as is read at once; only Linux can, and it is no loss elsewhere."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, CHUNK_BYTES)


def let_fill(came: int) -> None:
    """Wait a moment before the next look where so many bytes came at the last that git is in the middle of much.

    Otherwise half of the time goes into switching.
    """
    if _PIECE_BYTES <= came < _PLENTY_BYTES:
        time.sleep(_FILL_SECONDS if came > _MUCH_BYTES else _FILL_SECONDS / 2)
