"""Opens a repository: finds it, checks that it can be read safely, and puts the shadow directory in place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archaeology.git.environment import find_git
from archaeology.git.layout import find_layout
from archaeology.git.shadow import build_shadow
from archaeology.git.standing import Standing
from archaeology.progress import Cancelled, never_cancelled

if TYPE_CHECKING:
    from archaeology.git.repository import Repository


def open_repository(
    path: Path, *, object_stores: Sequence[Path] | None = None, cancelled: Cancelled = never_cancelled
) -> Repository:
    """Open the repository that ``path`` is in. Close it, or use it in a ``with`` statement.

    Args:
        path: any folder inside a work tree, or a bare repository.
        object_stores: folders that the person trusts the repository to borrow objects from. By default those that the person
            named in ``GIT_ALTERNATE_OBJECT_DIRECTORIES``, and what lies inside them.
        cancelled: asked while git runs; git is killed when it says yes.

    Raises:
        NotARepositoryError: there is no repository at or above ``path``.
        RefusedRepositoryError: its layout is one that cannot be read safely.
        GitError: git is not there.
    """
    from archaeology.git.repository import Repository  # asked where it stands, an unchanged repository needs none of it

    program = find_git()
    layout = find_layout(path, _trusted_stores() if object_stores is None else object_stores)
    return Repository(layout, build_shadow(layout, program), program, cancelled)


def open_standing(path: Path, *, cancelled: Cancelled = never_cancelled) -> Standing:
    """Open the repository that ``path`` is in, to ask where it stands and no more. As :func:`open_repository` in all else."""
    program = find_git()
    layout = find_layout(path, _trusted_stores())
    return Standing(layout, build_shadow(layout, program), program, cancelled)


def _trusted_stores() -> tuple[Path, ...]:
    named = os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "").split(os.pathsep)
    return tuple(Path(name) for name in named if name.startswith("/"))
