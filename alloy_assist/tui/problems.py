"""How an error reaches the person: what happened and what to do next; the traceback goes to the log file."""

from __future__ import annotations

from dataclasses import dataclass

from alloy_assist.errors import AlloyError
from alloy_assist.person import write_crash_log
from alloy_assist.tui.plain import home_path
from archaeology.errors import ArchaeologyError
from store.errors import StoreError

EXPECTED = (AlloyError, StoreError, ArchaeologyError)


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in words. ``foreseen`` is False for a fault of this program, which was written to the crash log."""

    message: str
    hint: str
    foreseen: bool = True

    @property
    def text(self) -> str:
        """Both parts, one below the other."""
        return f"{self.message}\n{self.hint}".strip()


def explain(error: BaseException) -> Problem:
    """Put an error into words; an unforeseen one is written to the crash log first."""
    if isinstance(error, EXPECTED):
        return Problem(str(error) or type(error).__name__, error.hint)
    place = write_crash_log(error)
    if isinstance(error, OSError):
        return Problem(
            f"The system refused: {error.strerror or error}.",
            f"{error.filename or 'Details'}: see {home_path(place)}.",
            foreseen=True,
        )
    return Problem(
        f"Something went wrong that nobody foresaw: {error!r}",
        f"Nothing that was saved is lost. Details: {home_path(place)}",
        foreseen=False,
    )
