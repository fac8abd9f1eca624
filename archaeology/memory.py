"""Memory of a scan: what is free inside the program is given back to the system between the stages, and what stays is left alone.

The C library keeps what was freed for later, in pieces between what is still in use; after reading a hundred thousand commits that
is a tenth of all memory. Only glibc can be asked to give it back; elsewhere nothing happens.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def staying() -> Iterator[None]:
    """Let the garbage collector pass over all that is there while the block runs: what was read stays, and to look through it costs a tenth."""
    gc.collect(1)  # what was made last may be garbage, and would stay as well
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


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
