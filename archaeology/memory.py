"""Memory of a scan: what is free inside the program is given back to the system between the stages, and what stays is left alone.

The C library keeps what was freed for later, in pieces between what is still in use; after reading a hundred thousand commits that
is a tenth of all memory. Only glibc can be asked to give it back; elsewhere nothing happens.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MANY = 50_000


@contextmanager
def staying() -> Iterator[None]:
    """Let the garbage collector pass over all that is there while the block runs: what was read stays, and to look through it costs a tenth."""
    gc.collect(1)  # what was made last may be garbage, and would stay as well
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def piling_up() -> Iterator[None]:
    """As :func:`staying`, for a block that makes small things by the hundred thousand, nearly all of which stay: it is looked through seldom."""
    with staying(), _SELDOM:
        yield


def give_back() -> None:
    """Give free memory back, where the C library can."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    import ctypes  # not before a scan has really something to read

    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found


class _Seldom:
    """Lets the garbage collector begin late while somebody is inside; two scans in one program do not undo each other's doing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._usual = gc.get_threshold()

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._usual = gc.get_threshold()
                gc.set_threshold(_MANY, *self._usual[1:])

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                gc.set_threshold(*self._usual)


_SELDOM = _Seldom()
