"""Where a repository stands: which commit its HEAD names, and which files differ from it.

That is all that has to be asked of one that was read before, so it is kept apart from what reading takes to load.
"""

from __future__ import annotations

import os
import weakref
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archaeology.git.revisions import commit_id, named_commit, require_head
from archaeology.git.runner import GitRunner
from archaeology.git.shadow import Shadow, shadow_environment
from archaeology.git.spelling import decode_path
from archaeology.git.status import changed_paths, fingerprint
from archaeology.progress import Cancelled, never_cancelled
from archaeology.text import visible_line

if TYPE_CHECKING:
    from types import TracebackType

    from archaeology.git.layout import Layout

_BRANCH_PREFIX = "ref: refs/heads/"


class Standing:
    """Where a repository stood when it was opened. Not for use by several threads at once."""

    def __init__(self, layout: Layout, shadow: Shadow, program: str, cancelled: Cancelled = never_cancelled) -> None:
        """Take a checked layout and its shadow; see :func:`archaeology.git.opening.open_standing`."""
        self._layout = layout
        self._shadow = shadow
        self._program = program
        self._runner = GitRunner(program, shadow_environment(layout, shadow, program), shadow.folder, cancelled)
        # Also when nobody closes it, and when the interpreter ends.
        self._removal = weakref.finalize(self, shadow.remove)

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

    def resolve(self, revision: str | None) -> str | None:
        """Return the full id of the commit that ``revision`` (default HEAD) names; None while HEAD has no commit.

        Raises:
            UnknownRevisionError: there is no such commit.
        """
        if revision is None:
            return require_head(self._head, self._shadow.head)
        return named_commit(self._runner, revision, self._names)

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

    @cached_property
    def _head(self) -> str | None:
        # It cannot change: the shadow's refs are copies.
        return commit_id(self._runner, "HEAD")

    def _names(self) -> list[str]:
        from archaeology.git.references import read_references  # only for whoever misspelt one

        return [reference.name for reference in read_references(self._shadow.folder, self._program)]
