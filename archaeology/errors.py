"""Everything that can go wrong while a repository is read, under one root.

Each error says what happened, why, and what to do next; front doors print ``str(error)`` and, below it, ``error.hint``.
"""

from __future__ import annotations


class ArchaeologyError(Exception):
    """The root of all errors raised by this package."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message for the first line and the hint (what to do next) for the second."""
        super().__init__(message)
        self.hint = hint


class NotARepositoryError(ArchaeologyError):
    """The path is not inside a git repository, or does not exist."""


class RefusedRepositoryError(ArchaeologyError):
    """The repository's layout is one that cannot be read safely (odd metadata, another owner, foreign object stores)."""


class UnknownRevisionError(ArchaeologyError):
    """A revision was named that the repository does not have."""


class GitError(ArchaeologyError):
    """Git failed, timed out, or gave more output than the cap allows."""


class RepositoryGoneError(GitError):
    """The repository, or what was made for reading it, was moved or deleted while it was read: nothing more can be known."""


class ScanCancelledError(ArchaeologyError):
    """The scan was stopped by the person; what was cached stays good."""
