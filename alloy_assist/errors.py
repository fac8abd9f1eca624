"""The root of the application's own errors: what happened, why, and what to do next."""

from __future__ import annotations


class AlloyError(Exception):
    """The root of all errors raised by ``alloy_assist`` itself."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message for the first line and the hint (what to do next) for the second."""
        super().__init__(message)
        self.hint = hint


class UsageError(AlloyError):
    """The caller asked for something that makes no sense: a wrong value or a combination that cannot be."""


class MissingError(AlloyError):
    """The thing that was named does not exist here."""


class RefusedError(AlloyError):
    """The thing could be done but must not be: a stale approval, a digest that does not match, a missing authority."""


class NoPlaceError(RefusedError):
    """There is nowhere to keep anything: a read-only repository, a bare one, a ``.alloy/`` that leads elsewhere."""


class NotSoError(AlloyError):
    """The thing that was asked about is not so: a check fails, an artifact does not verify."""


class OutsideError(AlloyError):
    """Something outside failed: git, a model, the disk."""


class SettingsError(AlloyError):
    """The configuration file is malformed."""
