"""Revisions as people name them, turned into full object ids."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from archaeology.errors import UnknownRevisionError
from archaeology.git.objects import is_oid
from archaeology.git.runner import GitRunner

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


def suggestion(revision: str, names: Sequence[str]) -> str:
    """Return what to tell somebody who named a revision that is not there: names like it, if there are any."""
    close = difflib.get_close_matches(revision, names, n=3)
    return f"Did you mean {' or '.join(close)}?" if close else "Name a branch, a tag or a commit that is here."
