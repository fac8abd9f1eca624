"""How a long piece of work tells how far it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from archaeology.errors import ScanCancelledError

if TYPE_CHECKING:
    from archaeology.model import Survey


class Progress(NamedTuple):
    """A step of a stage: ``done`` of ``total`` units (``total`` is None while it is not known)."""

    stage: str  # inventory, history, parse, imports, tests, gates, documents, import history, observations, hypotheses
    done: int
    total: int | None = None
    unit: str = ""
    note: str = ""


ProgressSink = Callable[[Progress], None]
Cancelled = Callable[[], bool]
FindingsSink = Callable[["Survey"], object]
"""Takes a survey of what is known so far, while the scan goes on; everything in it is provisional."""


def ignore_progress(_: Progress) -> None:
    """Take no notice: the sink for callers without a screen."""


def never_cancelled() -> bool:
    """Go on: the signal for callers who cannot be interrupted."""
    return False


def stop_if(cancelled: Cancelled) -> None:
    """Raise ScanCancelledError where the person has asked to stop."""
    if cancelled():
        message = "The scan was stopped."
        raise ScanCancelledError(message, hint="What was read so far is cached; scan again to go on from there.")
