"""Branches and tags by name, through GitPython over the shadow directory.

GitPython reads refs in Python, which is safe there: it sees only files that we wrote. It would run git by itself for objects, so none
are asked of it; its check of the git program at import is pointed at the one that we found, and it is imported only when somebody
wants names.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from archaeology.errors import GitError
from archaeology.git.values import Reference
from archaeology.text import visible_line

_KINDS = {"heads": "branch", "remotes": "remote", "tags": "tag"}
_PREFIX_PARTS = 2
_MAX_NAMES = 10_000


def read_references(shadow: Path, program: str) -> tuple[Reference, ...]:
    """Return all branches, remote branches and tags, sorted by kind and name; at most 10,000.

    Raises:
        GitError: the refs cannot be read.
    """
    os.environ.setdefault("GIT_PYTHON_GIT_EXECUTABLE", program)
    from git import Repo  # costs 70 ms, and only those who want names pay it
    from git.exc import GitError as GitPythonError

    try:
        with Repo(shadow) as repository:
            found = [(reference.path, _target(reference)) for reference in list(repository.references)[:_MAX_NAMES]]
    except (GitPythonError, OSError, ValueError) as error:
        raise GitError(
            f"The branches and tags could not be read: {error}.", hint="Look at them with git show-ref."
        ) from error
    return tuple(sorted((_named(path, oid) for path, oid in found if oid), key=lambda item: (item.kind, item.name)))


def _target(reference: Any) -> str | None:
    try:
        return str(reference.dereference_recursive(reference.repo, reference.path))
    except (ValueError, OSError):
        return None  # a ref to nothing is not worth a name


def _named(path: str, oid: str) -> Reference:
    parts = path.split("/", _PREFIX_PARTS)
    kind = _KINDS.get(parts[1], "other") if len(parts) > _PREFIX_PARTS else "other"
    return Reference(name=visible_line(parts[-1] if kind != "other" else path), kind=kind, oid=oid)
