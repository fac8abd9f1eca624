"""One part of a reading that fails must not cost the rest: what was not foreseen is told as a limit, and the scan goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from archaeology.errors import ArchaeologyError
from archaeology.model import Limit

T = TypeVar("T")
_LONGEST = 200


class Shield(Protocol):
    """Calls a part of the reading, by the name under which people know it."""

    def __call__(self, part: str, call: Callable[[], T], otherwise: T) -> T:
        """Return what the call gives, or ``otherwise`` where it failed and the shield has taken note."""
        ...


def exposed(part: str, call: Callable[[], T], otherwise: T) -> T:
    """Call without a shield: a failure is an error. For tests, and for whoever wants to know."""
    del part, otherwise
    return call()


def part_of(function: Callable[..., object]) -> str:
    """Return what a detector, a resolver or the like is called where people read it: ``detect_typed_errors`` by its words."""
    return f"`{getattr(function, '__name__', 'a part').replace('_', ' ')}`"


def shielded(limits: list[Limit]) -> Shield:
    """Return a shield that notes a failure in ``limits``.

    Errors of our own (a cancelled scan, a repository that is gone), of the operating system and of memory are no defects of one
    part, and go through.
    """

    def call_behind(part: str, call: Callable[[], T], otherwise: T) -> T:
        try:
            return call()
        except (ArchaeologyError, OSError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever else goes wrong in one part is what this is for
            cause = f"{type(error).__name__}: {error}"[:_LONGEST]
            detail = f"{part} failed on something in this repository and left out what it would have found ({cause})."
            limits.append(Limit(kind="failed", detail=detail))
            return otherwise

    return call_behind
