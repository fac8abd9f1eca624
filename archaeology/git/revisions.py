"""Revisions as people name them, turned into full object ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from archaeology.errors import ArchaeologyError, RepositoryGoneError, UnknownRevisionError
from archaeology.git.failures import vanished
from archaeology.git.runner import GitRunner
from archaeology.git.spelling import is_oid

_REVISION_CHARACTERS = 512


def require_name(revision: str) -> str:
    """Return ``revision`` if it may be handed to git.

    Raises:
        UnknownRevisionError: it is empty, overlong, holds odd characters, or could be taken for an option or a path.
    """
    if not revision or len(revision) > _REVISION_CHARACTERS or revision[0] in "-:" or not revision.isprintable():
        raise UnknownRevisionError(f"{revision[:80]!r} is not a revision.", hint="Name a branch, a tag or a commit.")
    return revision


def commit_id(runner: GitRunner, revision: str) -> str | None:
    """Return the full id of the commit that ``revision`` names, or None where there is none.

    Raises:
        GitError: git could not be run.
    """
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    answer = runner.run(arguments, accept=(0, 1, 128)).decode("ascii", "replace").strip()
    return answer if is_oid(answer) else None


def named_commit(runner: GitRunner, revision: str, names: Callable[[], Sequence[str]]) -> str:
    """Return the full id of the commit that ``revision`` names; ``names`` gives those to suggest where there is none.

    Raises:
        UnknownRevisionError: there is no such commit, or it may not be handed to git.
    """
    found = commit_id(runner, require_name(revision))
    if found is None:
        known: Sequence[str] = ()
        with suppress(ArchaeologyError):
            known = names()
        raise UnknownRevisionError(f"There is no revision {revision!r}.", hint=suggestion(revision, known))
    return found


def require_head(found: str | None, head: str) -> str | None:
    """Return the commit that was ``found`` for HEAD; None while its branch has none. ``head`` is what HEAD says.

    Raises:
        UnknownRevisionError: HEAD names a commit that is not there.
    """
    if found is None and not head.startswith("ref: "):
        raise UnknownRevisionError(f"HEAD names {head!r}, which is not there.", hint="Look at it with git fsck.")
    return found


def require_presence(runner: GitRunner, oid: str | None) -> None:
    """See that the object store is in its place, and holds the commit ``oid``.

    Raises:
        RepositoryGoneError: it does not.
    """
    gone = vanished(runner.environment.get("GIT_OBJECT_DIRECTORY"), runner.folder)
    if gone is not None:
        raise gone
    if oid is not None and commit_id(runner, oid) is None:
        raise RepositoryGoneError(
            f"The commit {oid} that was being read is not in the repository any more: its objects were deleted meanwhile.",
            hint="If git was cleaning up at the same time, scan again; otherwise scan a fresh clone.",
        )


def suggestion(revision: str, names: Sequence[str]) -> str:
    """Return what to tell somebody who named a revision that is not there: names like it, if there are any."""
    import difflib  # only for whoever misspelt one

    close = difflib.get_close_matches(revision, names, n=3)
    return f"Did you mean {' or '.join(close)}?" if close else "Name a branch, a tag or a commit that is here."
