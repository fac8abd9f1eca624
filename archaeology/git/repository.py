"""A repository that is open for reading: what everybody else calls instead of git."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archaeology.errors import RefusedRepositoryError
from archaeology.git.layout import Layout
from archaeology.git.objects import MAX_TREE_ENTRIES, list_tree, read_blobs, sizes
from archaeology.git.past import Past
from archaeology.git.references import read_references
from archaeology.git.revisions import commit_id, named_commit, require_head, require_presence
from archaeology.git.runner import GitRunner
from archaeology.git.server import BlobServer
from archaeology.git.shadow import Shadow, shadow_environment
from archaeology.git.status import changed_paths, fingerprint
from archaeology.git.values import (
    Reference,
    TreeEntry,
    TreeListing,
    decode_path,
)
from archaeology.progress import Cancelled, never_cancelled
from archaeology.text import visible_line

if TYPE_CHECKING:
    from archaeology.git.work_tree import WorkTree
    from archaeology.model import Limit, RepositoryInfo

_HISTORY_TIMEOUT = 1800.0
_BLOB_BYTES = 1 << 20
_BRANCH_PREFIX = "ref: refs/heads/"


class Repository(Past):
    """A repository as it was when it was opened. Not for use by several threads at once."""

    def __init__(self, layout: Layout, shadow: Shadow, program: str, cancelled: Cancelled = never_cancelled) -> None:
        """Take a checked layout and its shadow; see :func:`archaeology.git.open_repository`."""
        self._layout = layout
        self._shadow = shadow
        self._program = program
        super().__init__(GitRunner(program, shadow_environment(layout, shadow, program), shadow.folder, cancelled))
        self._server = BlobServer(self._runner)
        # Also when nobody closes it, and when the interpreter ends.
        self._removal = weakref.finalize(self, _end, self._server, shadow)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete the shadow directory; the repository cannot be read after this."""
        self._removal()

    @property
    def root(self) -> Path:
        """The work tree, or the git directory of a bare repository."""
        return self._layout.root

    @property
    def shadow_folder(self) -> Path:
        """Where git is told that the repository is."""
        return self._shadow.folder

    @property
    def shown_root(self) -> str:
        """The root as it is printed."""
        return visible_line(os.fsencode(self.root).decode("utf-8", "backslashreplace"))

    @property
    def bare(self) -> bool:
        """Whether there is no work tree."""
        return self._layout.bare

    @property
    def shallow(self) -> bool:
        """Whether the history is cut off."""
        return self._shadow.shallow

    @cached_property
    def edge(self) -> str:
        """Where a shallow history is cut off, as a digest; empty where it is whole."""
        return hashlib.sha256((self._shadow.folder / "shallow").read_bytes()).hexdigest() if self.shallow else ""

    @property
    def partial(self) -> bool:
        """Whether it is a partial clone, in which objects may be missing; they are never fetched."""
        return self._shadow.partial

    @property
    def branch(self) -> str | None:
        """The branch that HEAD is on; None when it is detached."""
        return self._shadow.head.removeprefix(_BRANCH_PREFIX) if self._shadow.head.startswith(_BRANCH_PREFIX) else None

    def info(self, revision: str | None = None) -> RepositoryInfo:
        """Return which repository this is and where it stands; ``revision`` is resolved to a full object id.

        Raises:
            UnknownRevisionError: there is no such revision.
        """
        from archaeology.model import RepositoryInfo  # who only asks for the cache's key need not wait for pydantic

        head = self.resolve(None)
        return RepositoryInfo(
            root=self.shown_root,
            head=head,
            branch=None if self.branch is None else visible_line(self.branch),
            shallow=self.shallow,
            bare=self.bare,
            revision=head if revision is None else self.resolve(revision),
        )

    def limits(self) -> tuple[Limit, ...]:
        """Return what cannot be known of this repository whatever is asked."""
        from archaeology.git.about import limits_of

        return limits_of(self._shadow)

    def resolve(self, revision: str | None) -> str | None:
        """Return the full id of the commit that ``revision`` (default HEAD) names; None while HEAD has no commit.

        Raises:
            UnknownRevisionError: there is no such commit.
        """
        if revision is None:
            return require_head(self._head, self._shadow.head)
        return named_commit(self._runner, revision, lambda: [reference.name for reference in self.references()])

    def require_presence(self, oid: str | None) -> None:
        """See that the repository is still where it was, and the commit ``oid`` still in it.

        Missing objects are otherwise told from vanished ones by nobody: git passes over both.

        Raises:
            RepositoryGoneError: it was moved or deleted, or its objects were.
        """
        require_presence(self._runner, oid)

    @cached_property
    def _head(self) -> str | None:
        # It cannot change: the shadow's refs are copies.
        return commit_id(self._runner, "HEAD")

    def references(self) -> tuple[Reference, ...]:
        """Return branches, remote branches and tags, sorted by kind and name.

        Raises:
            GitError: they cannot be read.
        """
        return read_references(self._shadow.folder, self._program)

    def tree(self, oid: str) -> tuple[TreeEntry, ...]:
        """Return the files of a commit or tree; use :meth:`list_tree` to learn whether a cap bit.

        Raises:
            GitError: the tree cannot be read.
        """
        return self.list_tree(oid).entries

    def list_tree(self, oid: str, max_entries: int = MAX_TREE_ENTRIES) -> TreeListing:
        """Return up to ``max_entries`` files of a commit or tree, and what could not be told of them.

        Raises:
            GitError: the tree cannot be read.
        """
        return list_tree(self._runner, oid, max_entries)

    def blobs(self, oids: Iterable[str], max_bytes: int = _BLOB_BYTES) -> Iterator[tuple[str, bytes | None]]:
        """Yield each blob's id and content in order; None where it is missing, no blob, or over ``max_bytes``.

        Raises:
            GitError: git failed on the way.
        """
        return read_blobs(self._runner, oids, max_bytes, self._server)

    def blob(self, oid: str, max_bytes: int = _BLOB_BYTES) -> bytes | None:
        """Return one blob's content; None where it is missing, no blob, or over ``max_bytes``.

        Raises:
            GitError: git failed.
        """
        return self._server.blob(oid, max_bytes)

    def blob_sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """Return the sizes in bytes of those objects that are blobs and are there.

        Raises:
            GitError: git failed.
        """
        return sizes(self._runner, list(oids))

    def work_tree(self) -> WorkTree:
        """Return the tracked files as they are on disk now; good while the repository is open.

        Raises:
            RefusedRepositoryError: it is bare.
            GitError: git failed.
        """
        from archaeology.git.work_tree import open_work_tree

        if self.bare:
            raise RefusedRepositoryError(
                "A bare repository has no work tree.", hint="Scan a revision of it, or a clone with a work tree."
            )
        head = self.resolve(None)
        return open_work_tree(self, self._runner, self._layout, head)

    def changed_paths(self) -> frozenset[str]:
        """Return tracked paths that differ from HEAD, in the index or the work tree; empty for a bare repository.

        Raises:
            GitError: git failed.
        """
        return frozenset(decode_path(path) for path in self._changed())

    def fingerprint(self) -> str:
        """Return a value that is equal as long as HEAD and all tracked files are as they were.

        Raises:
            GitError: git failed.
        """
        head = f"{self._shadow.head} {self.resolve(None)} {self.shallow}"
        return fingerprint(self.root, head, self._changed())

    def _changed(self) -> tuple[bytes, ...]:
        return () if self.bare else changed_paths(self._runner, self.root, self.resolve(None))


def _end(server: BlobServer, shadow: Shadow) -> None:
    server.close()
    shadow.remove()
