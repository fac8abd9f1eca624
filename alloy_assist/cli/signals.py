"""Ctrl-C, and the system's request to end (SIGTERM), handled alike: what is open is closed, what runs is ended, then the program ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_IMPORTING = "<frozen importlib._bootstrap>"
_LOOK_SECONDS = 0.25


class Terminated(KeyboardInterrupt):
    """The system asked the program to end."""


@contextmanager
def terminable() -> Iterator[None]:
    """Raise :class:`Terminated` in the block when SIGTERM arrives; outside of the main thread nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGTERM, _raise)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C or SIGTERM into an event, for work that stops cleanly by itself; the second one ends at once.

    So does the first while a module is loaded, which takes seconds on a busy machine and asks no event.

    Raises:
        Terminated: the block ended after SIGTERM, however it ended.
        KeyboardInterrupt: it was interrupted while a module was loaded, or for the second time.
    """
    stopped = threading.Event()
    received: list[int] = []
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        stopped.set()
        signal.signal(number, previous[signal.Signals(number)])
        if _is_loading(frame):
            raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    for number in previous:
        signal.signal(number, stop)
    try:
        yield stopped
    except Exception as error:
        if signal.SIGTERM in received:
            raise Terminated from error
        raise
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    if signal.SIGTERM in received:
        raise Terminated


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end a wait for a line at any moment; outside of the main thread nothing changes.

    Python's ``input`` looks for signals, makes the terminal ready and waits: one that comes in between would be noticed at the next key
    only. What a signal raises while ``input`` still empties the standard streams it throws away. A timer breaks the wait off now and then:
    Python looks for signals, and what was asked for before is asked for again.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    asked: list[int] = []
    looks = 0  # since then: at the first of them what was raised may still be on its way
    raising = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if callable(handler := signal.getsignal(number)) and handler in {signal.default_int_handler, _raise}
    }

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        raising[signal.Signals(number)](number, frame)

    def ask_again(_number: int, frame: FrameType | None) -> None:
        nonlocal looks
        # Python may come here while what the other signal raised is on its way, and then a call would end in a SystemError.
        if asked:
            looks += 1
            if looks > 1:
                raising[signal.Signals(asked[0])](asked[0], frame)

    previous = signal.signal(signal.SIGALRM, ask_again)
    for number in raising:
        signal.signal(number, ask)
    timer = signal.setitimer(signal.ITIMER_REAL, _LOOK_SECONDS, _LOOK_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, previous)
        for number, handler in raising.items():
            signal.signal(number, handler)


def _is_loading(frame: FrameType | None) -> bool:
    """Whether a module is being loaded where the program stands."""
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTING:
            return True
        frame = frame.f_back
    return False


def _raise(_number: int, _frame: object) -> None:
    raise Terminated
