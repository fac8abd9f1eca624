"""Everything that can go wrong in the store, under one root, each with what to do next."""

from __future__ import annotations


class StoreError(Exception):
    """The root of all errors raised by this package."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message for the first line and the hint (what to do next) for the second."""
        super().__init__(message)
        self.hint = hint


class NotFoundError(StoreError):
    """No such record, interview, brief or artifact."""


class IllegalTransitionError(StoreError):
    """The state change is not one that the lifecycle knows, or it lacks what it requires (a reason, a successor, a person)."""


class ConflictError(StoreError):
    """Somebody else changed the thing since it was read; nothing was written."""


class CorruptStoreError(StoreError):
    """The file is damaged, foreign, empty, or its audit chain does not verify."""


class NewerSchemaError(StoreError):
    """The file was written by a newer version of this program."""


class ReadOnlyStoreError(StoreError):
    """The store was opened for reading because its folder cannot be written."""


class StoreUnavailableError(StoreError):
    """The file cannot be opened or locked: a full disk, a missing folder, a lock held for too long."""


class DigestMismatchError(StoreError):
    """Bytes do not have the digest that they are filed under."""


class ImportRefusedError(StoreError):
    """A file to be imported is malformed or hostile; nothing was taken from it."""


class RefusedRecordError(StoreError):
    """The record cannot be kept as it is: a malformed id, an empty title, a scope that leads outside the repository."""


class AmbiguousIdError(NotFoundError):
    """More than one thing has an id that starts like this."""
