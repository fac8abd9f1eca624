"""The history that the last scan read, and what was committed since: only that is asked of git."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archaeology.cache import Cache
from archaeology.errors import GitError, RepositoryGoneError
from archaeology.git import LogBatch, Repository
from archaeology.history.columns import Columns
from archaeology.history.join import joined
from archaeology.history.kept import keep_columns, kept_columns
from archaeology.history.packer import LogPacker
from archaeology.identity import stable_id

# A history takes some tens of megabytes to write, and a few hundred commits a moment to read again.
_WORTH_WRITING = 500

Take = Callable[[LogPacker, Iterable[LogBatch]], None]
"""Adds batches to a packer, tells how far it is, and stops where the person said so."""


class KeptHistory:
    """The one history of a repository that is in the cache."""

    def __init__(self, cache: Cache, repository: Repository) -> None:
        """Say where it is; nothing is read yet."""
        self._cache = cache
        self._repository = repository
        # What a shallow clone says of the commits at its edge changes when it is deepened.
        self._key = stable_id("history", repository.shown_root, repository.edge)

    def keep(self, columns: Columns) -> None:
        """Keep a history that reaches its first commit, or the edge of a shallow clone."""
        keep_columns(self._cache, self._key, columns)

    def up_to(self, revision: str, take: Take) -> Columns | None:
        """Return the history up to ``revision`` (a full object id), or None where all of it has to be read.

        Raises:
            RepositoryGoneError: it was moved or deleted.
            ScanCancelledError: ``take`` raised it.
        """
        old = kept_columns(self._cache, self._key)
        size = len(revision) // 2
        if old is None or not len(old) or old.oid_size != size:
            return None
        newest = old.oids[:size].hex()
        if newest == revision:
            return old
        packer = LogPacker(size)
        try:
            take(packer, self._repository.log_batches(revision, exclude=newest))
        except RepositoryGoneError:
            raise
        except GitError:
            return None  # of commits that were thrown away meanwhile, or that cannot be read, the long way tells more
        columns = joined(packer.columns(), old, bytes.fromhex(revision))
        if columns is not None and len(packer) > _WORTH_WRITING:
            self.keep(columns)
        return columns
