"""Runs requests to models beside the thread that asks for them: one event loop for the whole program, made with the first request."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import wait
from functools import cache
from typing import Any, TypeVar

Result = TypeVar("Result")
_SECONDS_TO_END = 2.0


def run_in_background(work: Coroutine[Any, Any, Result], on_interrupt: Callable[[], None]) -> Result:
    """Run a coroutine to its end and return what it gives, or raise what it raises.

    Where the person interrupts, ``on_interrupt`` is called, and work that then ends by itself gives what it has; other work is cancelled,
    and KeyboardInterrupt goes on.
    """
    future = asyncio.run_coroutine_threadsafe(work, _loop())
    try:
        return future.result()
    except KeyboardInterrupt:
        on_interrupt()
        ended, _ = wait([future], timeout=_SECONDS_TO_END)
        if ended and future.exception() is None:
            return future.result()
        future.cancel()
        raise


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop
