"""Where a repository begins, told by looking at folders only: no git, no configuration, nothing read."""

from __future__ import annotations

from pathlib import Path

from archaeology.errors import NotARepositoryError


def find_root(path: Path) -> Path:
    """Return the root of the repository around ``path``: the folder that holds ``.git``, or a bare repository itself.

    Raises NotARepositoryError where the path does not exist, cannot be entered, or is in no repository.
    """
    try:
        start = path.expanduser().resolve(strict=True)
    except (OSError, RuntimeError) as error:
        message = f"There is no folder {str(path)!r}."
        raise NotARepositoryError(message, hint="Name the folder of a git repository.") from error
    try:
        for folder in (start, *start.parents):
            if (folder / ".git").exists() or _is_bare(folder):
                # Inside a work tree's own .git the work tree is meant.
                return folder.parent if folder.name == ".git" else folder
    except PermissionError as error:
        message = f"The folder {str(path)!r} may not be read."
        raise NotARepositoryError(message, hint="Ask for permission to read it, or name another folder.") from error
    message = f"{str(path)!r} is not inside a git repository."
    raise NotARepositoryError(
        message, hint="Name the folder of a git repository, or run `git init` and commit something first."
    )


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
