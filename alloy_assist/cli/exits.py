"""Exit codes, and which error ends with which: the one place that knows."""

from __future__ import annotations

from enum import IntEnum

from alloy_assist import errors
from alloy_assist.cli.signals import Terminated
from archaeology import errors as archaeology_errors
from store import errors as store_errors


class ExitCode(IntEnum):
    """What scripts may rely on."""

    DONE = 0
    NOT_SO = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    OUTSIDE_FAILED = 5
    INTERRUPTED = 130
    TERMINATED = 143


_BY_ERROR: tuple[tuple[type[BaseException], ExitCode], ...] = (
    (errors.NotSoError, ExitCode.NOT_SO),
    (errors.UsageError, ExitCode.USAGE),
    (errors.SettingsError, ExitCode.USAGE),
    (errors.MissingError, ExitCode.NOT_FOUND),
    (errors.RefusedError, ExitCode.REFUSED),
    (errors.OutsideError, ExitCode.OUTSIDE_FAILED),
    (archaeology_errors.ScanCancelledError, ExitCode.INTERRUPTED),
    (archaeology_errors.NotARepositoryError, ExitCode.NOT_FOUND),
    (archaeology_errors.UnknownRevisionError, ExitCode.NOT_FOUND),
    (archaeology_errors.RefusedRepositoryError, ExitCode.REFUSED),
    (archaeology_errors.ArchaeologyError, ExitCode.OUTSIDE_FAILED),
    (store_errors.NotFoundError, ExitCode.NOT_FOUND),
    (store_errors.IllegalTransitionError, ExitCode.REFUSED),
    (store_errors.ConflictError, ExitCode.REFUSED),
    (store_errors.NewerSchemaError, ExitCode.REFUSED),
    (store_errors.DigestMismatchError, ExitCode.REFUSED),
    (store_errors.ImportRefusedError, ExitCode.REFUSED),
    (store_errors.ReadOnlyStoreError, ExitCode.REFUSED),
    (store_errors.RefusedRecordError, ExitCode.REFUSED),
    (store_errors.StoreError, ExitCode.OUTSIDE_FAILED),
    (errors.AlloyError, ExitCode.OUTSIDE_FAILED),
    (Terminated, ExitCode.TERMINATED),
    (KeyboardInterrupt, ExitCode.INTERRUPTED),
    (OSError, ExitCode.OUTSIDE_FAILED),
)
EXPECTED_ERRORS: tuple[type[BaseException], ...] = (
    errors.AlloyError,
    archaeology_errors.ArchaeologyError,
    store_errors.StoreError,
    OSError,
)


def exit_code_for(error: BaseException) -> ExitCode:
    """Return the exit code for an error; what nobody foresaw counts as a failure outside."""
    for kind, code in _BY_ERROR:
        if isinstance(error, kind):
            return code
    return ExitCode.OUTSIDE_FAILED
