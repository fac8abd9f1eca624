"""Why git failed, in words that say what to do next."""

from __future__ import annotations

import re
from pathlib import Path

from archaeology.errors import GitError, RepositoryGoneError
from archaeology.text import visible

INSTALL_HINT = "Install git 2.36 or later and see that it is on the PATH."
OBJECTS_HINT = (
    "Objects are missing or damaged: git fsck, run in the repository, says which. "
    "If git was at work there at the same time (a clean-up, a clone that is still going on), scan again."
)
_SAID_CHARACTERS = 500
# A text: it is compiled once git failed.
_ABOUT_OBJECTS = (
    r"(?i)bad object|bad tree|missing|unable to (?:read|find)|could not (?:read|get|parse)|failed to (?:read|unpack)|"
    r"corrupt|inflate|loose object|packfile|invalid object|not a (?:tree|valid object)"
)


def failure(name: str, status: int, errors: bytes, objects: str | None, folder: Path) -> GitError:
    """Return the error for a git command that ended with ``status``.

    Args:
        name: the command.
        status: how it ended.
        errors: what it wrote on standard error.
        objects: the object store that it was pointed at, if any.
        folder: the shadow directory that it ran in.
    """
    if (gone := vanished(objects, folder)) is not None:
        return gone
    said = visible(errors.decode("utf-8", "replace")).strip() or f"exit status {status}"
    hint = OBJECTS_HINT if re.search(_ABOUT_OBJECTS, said) else "Look at the repository with git fsck."
    return GitError(f"git {name} failed: {said[:_SAID_CHARACTERS]}", hint=hint)


def not_started(error: OSError, objects: str | None, folder: Path) -> GitError:
    """Return the error for a git that could not even be started."""
    return vanished(objects, folder) or GitError(f"git could not be started: {error.strerror}.", hint=INSTALL_HINT)


def vanished(objects: str | None, folder: Path) -> RepositoryGoneError | None:
    """Return the error that says what was taken away while it was read; None where everything is in its place."""
    if objects is not None and not Path(objects).is_dir():
        return RepositoryGoneError(
            f"The repository's objects are not at {objects!r} any more: it was moved or deleted while it was read.",
            hint="Scan it where it is now.",
        )
    if not folder.is_dir():
        return RepositoryGoneError(
            f"The temporary folder {str(folder)!r} was removed while it was in use.",
            hint="Scan again; if it happens often, see what cleans the folder for temporary files.",
        )
    return None
