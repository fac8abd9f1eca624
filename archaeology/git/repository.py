"""A repository that is open for reading: what everybody else calls instead of git."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from archaeology.errors import RefusedRepositoryError
from archaeology.git.layout import Layout
from archaeology.git.objects import MAX_TREE_ENTRIES, list_tree, read_objects, sizes
from archaeology.git.past import Past
from archaeology.git.references import read_references
from archaeology.git.revisions import require_presence
from archaeology.git.server import ObjectServer
from archaeology.git.shadow import Shadow
from archaeology.git.standing import Standing
from archaeology.git.values import Reference, TreeEntry, TreeListing
from archaeology.progress import Cancelled, never_cancelled
from archaeology.text import visible_line

if TYPE_CHECKING:
    from archaeology.git.work_tree import WorkTree
    from archaeology.model import Limit, RepositoryInfo

_BLOB_BYTES = 1 << 20


class Repository(Standing, Past):
    """A repository as it was when it was opened. Not for use by several threads at once."""

    def __init__(self, layout: Layout, shadow: Shadow, program: str, cancelled: Cancelled = never_cancelled) -> None:
        """Take a checked layout and its shadow; see :func:`archaeology.git.open_repository`."""
        super().__init__(layout, shadow, program, cancelled)
        self._server = ObjectServer(self._runner)
        self._removal.detach()
        self._removal = weakref.finalize(self, _ending(self._server, shadow))

    @cached_property
    def edge(self) -> str:
        """Where a shallow history is cut off, as a digest; empty where it is whole."""
        return hashlib.sha256((self._shadow.folder / "shallow").read_bytes()).hexdigest() if self.shallow else ""

    def info(self, revision: str | None = None) -> RepositoryInfo:
        """Return which repository this is and where it stands; ``revision`` is resolved to a full object id.

        Raises:
            UnknownRevisionError: there is no such revision.
        """
        from archaeology.model import RepositoryInfo  # who only reads blobs need not wait for pydantic

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

    def references(self) -> tuple[Reference, ...]:
        """Return branches, remote branches and tags, sorted by kind and name.

        Raises:
            GitError: they cannot be read.
        """
        return read_references(self._shadow.folder, self._program)

    def require_presence(self, oid: str | None) -> None:
        """See that the repository is still where it was, and the commit ``oid`` still in it.

        Missing objects are otherwise told from vanished ones by nobody: git passes over both.

        Raises:
            RepositoryGoneError: it was moved or deleted, or its objects were.
        """
        require_presence(self._runner, oid)

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

    def blobs(
        self, oids: Iterable[str], max_bytes: int = _BLOB_BYTES, sizes: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield each blob's id and content in order; None where it is missing, no blob, or over ``max_bytes``.

        ``sizes`` are those that a listing told already; the others are asked for.

        Raises:
            GitError: git failed on the way.
        """
        return read_objects(self._runner, self._server, oids, max_bytes, told=sizes)

    def blob(self, oid: str, max_bytes: int = _BLOB_BYTES, size: int | None = None) -> bytes | None:
        """Return one blob's content; None where it is missing, no blob, or over ``max_bytes``. Its ``size`` is asked for where no listing told it.

        Raises:
            GitError: git failed.
        """
        return self._server.blob(oid, max_bytes, size)

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
        from archaeology.git.looking import open_work_tree

        if self.bare:
            raise RefusedRepositoryError(
                "A bare repository has no work tree.", hint="Scan a revision of it, or a clone with a work tree."
            )
        head = self.resolve(None)
        return open_work_tree(self, self._runner, self._layout, head)


def _ending(server: ObjectServer, shadow: Shadow) -> Callable[[], None]:
    def end() -> None:
        server.close()
        shadow.remove()

    return end
