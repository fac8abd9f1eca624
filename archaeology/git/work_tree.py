"""The tracked files as they are on disk, uncommitted changes included.

Git says which tracked files may have changed (it compares sizes and times and opens nothing); those, and only those, are read here,
once, without following links and within caps. Their ids are computed from the raw bytes, as git computes them where no filter
applies, and copies of them lie in the shadow directory for as long as the repository is open, so that a file that changes meanwhile
is still read as it was. Everything else comes from the object store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from archaeology.git.values import TreeEntry, TreeListing


class ObjectStore(Protocol):
    """What a work tree needs of the repository that it belongs to."""

    def list_tree(self, oid: str, max_entries: int) -> TreeListing:
        """Return the files of a commit."""
        ...

    def blobs(
        self, oids: Iterable[str], max_bytes: int, sizes: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield each blob's id and content in order; ``sizes`` are those that are known."""
        ...

    def commit_message(self, oid: str) -> str:
        """Return a commit's whole message."""
        ...

    def messages(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, str | None]]:
        """Yield the whole messages of commits."""
        ...

    def blob_sizes(self, oids: Iterable[str]) -> Mapping[str, int]:
        """Return the sizes of those blobs that are there."""
        ...


@dataclass(frozen=True)
class WorkTree:
    """Implements what a scan reads of a revision over the files on disk.

    Attributes:
        listing: the tracked files, in the order of their paths, as :meth:`Repository.list_tree` gives those of a commit.
        uncommitted: paths that are not as in HEAD, those that are gone included.
        on_disk: contents that were read from disk, by id; each value is the copy's place.
        unmerged: paths of an unresolved merge.
        sparse: paths that a sparse checkout leaves out; they are as in the index.
        odd: tracked paths that are something else on disk than a file or a link (pipes, devices); they are left out.
        unread: paths of changed files that are too large to be read.
    """

    store: ObjectStore
    head: str | None
    listing: TreeListing
    uncommitted: frozenset[str] = frozenset()
    on_disk: Mapping[str, Path] = field(default_factory=dict)
    unmerged: tuple[str, ...] = ()
    sparse: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def resolve(self, revision: str | None) -> str | None:
        """Return the commit below the work tree; there is no other ``revision`` here."""
        del revision
        return self.head

    def list_tree(self, oid: str, max_entries: int) -> TreeListing:
        """Return up to ``max_entries`` files, whatever commit ``oid`` names."""
        del oid
        if len(self.listing.entries) <= max_entries:
            return self.listing
        return TreeListing(
            self.listing.entries[:max_entries],
            truncated=True,
            missing_sizes=self.listing.missing_sizes,
            undecodable=self.listing.undecodable,
        )

    def tree(self, oid: str) -> tuple[TreeEntry, ...]:
        """Return the files, whatever commit ``oid`` names."""
        del oid
        return self.listing.entries

    def blobs(
        self, oids: Iterable[str], max_bytes: int, sizes: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield each content in order, from disk where it was changed; None where it is missing or over ``max_bytes``.

        Raises:
            GitError: git failed on the way.
        """
        wanted = list(oids)
        stored = self.store.blobs([oid for oid in wanted if oid not in self.on_disk], max_bytes, sizes)
        for oid in wanted:
            yield (oid, self._copied(oid, max_bytes)) if oid in self.on_disk else next(stored)

    def blob(self, oid: str, max_bytes: int, size: int | None = None) -> bytes | None:
        """Return one content; None where it is missing or over ``max_bytes``."""
        return next(content for _, content in self.blobs([oid], max_bytes, {oid: size} if size is not None else None))

    def commit_message(self, oid: str) -> str:
        """Return a commit's message. Raises GitError where there is no such commit."""
        return self.store.commit_message(oid)

    def messages(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, str | None]]:
        """Yield the whole messages of commits, as the repository has them. Raises GitError as it does."""
        return self.store.messages(oids, max_bytes)

    def _copied(self, oid: str, max_bytes: int) -> bytes | None:
        copy = self.on_disk[oid]
        return copy.read_bytes() if copy.stat().st_size <= max_bytes else None
