"""A repository that is open for reading: what everybody else calls instead of git."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archaeology.errors import RefusedRepositoryError
from archaeology.git.details import blame_lines, read_commit, read_message
from archaeology.git.layout import Layout
from archaeology.git.objects import MAX_TREE_ENTRIES, list_tree, read_blobs, require_oid, sizes
from archaeology.git.references import read_references
from archaeology.git.revisions import commit_id, named_commit, require_head, require_presence
from archaeology.git.runner import GitRunner
from archaeology.git.shadow import Shadow, shadow_environment
from archaeology.git.status import changed_paths, fingerprint
from archaeology.git.stream import LogBatch, log_arguments, parse_batches, parse_log, parse_tokens
from archaeology.git.values import (
    BlameLine,
    CommitDetail,
    RawCommit,
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


class Repository:
    """A repository as it was when it was opened. Not for use by several threads at once."""

    def __init__(self, layout: Layout, shadow: Shadow, program: str, cancelled: Cancelled = never_cancelled) -> None:
        """Take a checked layout and its shadow; see :func:`archaeology.git.open_repository`."""
        self._layout = layout
        self._shadow = shadow
        self._program = program
        # Also when nobody closes it, and when the interpreter ends.
        self._removal = weakref.finalize(self, shadow.remove)
        self._runner = GitRunner(program, shadow_environment(layout, shadow, program), shadow.folder, cancelled)

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
        return read_blobs(self._runner, oids, max_bytes)

    def blob(self, oid: str, max_bytes: int = _BLOB_BYTES) -> bytes | None:
        """Return one blob's content; None where it is missing, no blob, or over ``max_bytes``."""
        return next(content for _, content in read_blobs(self._runner, [oid], max_bytes))

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

    def raw_log(
        self, tip: str, *, since: str | None = None, max_count: int | None = None, exclude: str | None = None
    ) -> Iterator[RawCommit]:
        """Stream the commits reachable from ``tip``, newest first. Merges carry no changes, so nothing counts twice.

        Args:
            tip: a full object id.
            since: leave out commits before this date, in any form that git understands (``2 years ago``, ``2024-01-31``).
            max_count: stop after this many.
            exclude: a full object id; its ancestors and itself are left out.

        Raises:
            GitError: git failed on the way (a missing or broken object); what was yielded stays good.
        """
        limits = [] if max_count is None else [f"--max-count={max_count}"]
        return parse_log(self._log(tip, since, limits, exclude, changes=True))

    def log_batches(
        self, tip: str, *, since: str | None = None, skip: int = 0, max_count: int | None = None, changes: bool = True
    ) -> Iterator[LogBatch]:
        """Stream the same commits in batches of undecoded tokens, for whoever reads them by the hundred thousand.

        ``skip`` passes over the newest ones; ``changes`` False leaves out the changed paths, which needs no trees. Raises as
        :meth:`raw_log`.
        """
        limits = [f"--skip={skip}"] if max_count is None else [f"--skip={skip}", f"--max-count={max_count}"]
        return parse_batches(self._log(tip, since, limits, None, changes=changes))

    def line_counts(self, oids: Sequence[str]) -> Iterator[bytes]:
        """Yield for each commit that is no merge its id, then a ``numstat`` line for each path; may be used by several threads.

        Raises:
            GitError: git failed on the way, for instance at a blob that a partial clone lacks.
        """
        arguments = ["diff-tree", "--stdin", "-r", "--root", "-z", "--numstat", "--no-renames"]
        request = "".join(f"{require_oid(oid)}\n" for oid in oids).encode()
        return parse_tokens(self._runner.stream(arguments, stdin=request, timeout=_HISTORY_TIMEOUT))

    def commit_message(self, oid: str) -> str:
        """Return a commit's whole message.

        Raises:
            GitError: the commit cannot be read.
        """
        return read_message(self._runner, oid)

    def show(self, oid: str, max_diff_bytes: int = 64 * 1024) -> CommitDetail:
        """Return a commit with its message and its diff, capped.

        Raises:
            GitError: the commit cannot be read.
        """
        return read_commit(self._runner, oid, max_diff_bytes)

    def blame(self, path: str, start: int, end: int, revision: str) -> tuple[BlameLine, ...]:
        """Return which commit last touched each of the lines ``start`` to ``end`` at ``revision`` (a full object id).

        Raises:
            GitError: the path is not there, or has fewer lines.
        """
        return blame_lines(self._runner, path, start, end, revision)

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

    def _log(
        self, tip: str, since: str | None, limits: Sequence[str], exclude: str | None, *, changes: bool
    ) -> Iterator[bytes]:
        arguments = log_arguments(require_oid(tip), since, limits, exclude and require_oid(exclude), changes=changes)
        return self._runner.stream(arguments, timeout=_HISTORY_TIMEOUT)
