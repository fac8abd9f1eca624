"""Where a repository keeps its things, found and checked without git.

A repository may come from anyone. Its metadata must be regular files in real folders, belong to the person who scans, and lead
nowhere else: what git would follow silently (links, ``.git`` files, alternates, ``core.worktree``) is checked here or refused.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from archaeology.errors import NotARepositoryError, RefusedRepositoryError
from archaeology.git.ownership import check_owner

_METADATA_BYTES = 4096
_ALTERNATES_BYTES = 64 * 1024
_FANOUT = frozenset(f"{number:02x}" for number in range(256))


class Layout(NamedTuple):
    """Where a repository keeps its things.

    Attributes:
        root: the work tree, or the git directory of a bare repository.
        git_dir: where HEAD and the index are (of this work tree).
        common_dir: where refs, objects and the configuration are.
        bare: there is no work tree.
        submodule: the git directory belongs to a superproject, so its ``core.worktree`` must lead back to ``root``.
    """

    root: Path
    git_dir: Path
    common_dir: Path
    bare: bool = False
    submodule: bool = False

    @property
    def objects(self) -> Path:
        """The object store."""
        return self.common_dir / "objects"


def find_layout(path: Path, object_stores: Sequence[Path] = ()) -> Layout:
    """Find the repository that ``path`` is in, and check that it can be read safely.

    Args:
        path: any folder or file inside a work tree, or a bare repository.
        object_stores: folders outside the repository that the person trusts it to borrow objects from.

    Raises:
        NotARepositoryError: there is none at or above ``path``.
        RefusedRepositoryError: its metadata is odd, belongs to somebody else, cannot be read, or leads elsewhere.
    """
    layout = _discover(path)
    for folder in {layout.root, layout.git_dir, layout.common_dir}:
        check_owner(folder)
    _require_folder(layout.objects)
    _require_folder(layout.common_dir / "refs", optional=True)
    _check_store(layout.objects, (layout.common_dir, *object_stores), depth=0)
    return layout


def read_metadata(path: Path, limit: int = _METADATA_BYTES) -> bytes | None:
    """Return the bytes of a metadata file, or None where it does not exist.

    Raises:
        RefusedRepositoryError: it is not a regular file, is larger than ``limit`` bytes, or may not be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _odd(path, error.strerror or "cannot be opened") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _odd(path, "is not a regular file")
        if status.st_size > limit:
            raise _odd(path, f"is larger than {limit} bytes")
        # Not the limit: as much as is asked for is set aside at once, and an index may have a gibibyte.
        return file.read(min(limit, status.st_size) + 1)


def _discover(path: Path) -> Layout:
    try:
        start = path.expanduser().resolve(strict=True)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NotARepositoryError(
            f"{str(path)!r} cannot be opened: {reason}.", hint="Name a folder that exists."
        ) from error
    if not start.is_dir():
        start = start.parent
    if start.name == ".git" and _looks_like_git_dir(start):
        start = start.parent
    elif _looks_like_git_dir(start):
        return Layout(root=start, git_dir=start, common_dir=start, bare=True)
    for folder in (start, *start.parents):
        found = _layout_at(folder)
        if found is not None:
            return found
    raise NotARepositoryError(
        f"{str(path)!r} is not inside a git repository.", hint="Go to a repository, or make one with: git init"
    )


def _layout_at(folder: Path) -> Layout | None:
    entry = folder / ".git"
    try:
        mode = entry.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise RefusedRepositoryError(
            f"{str(folder)!r} cannot be read: {error.strerror}.", hint="Ask its owner for read and search permission."
        ) from error
    if stat.S_ISDIR(mode):
        if read_metadata(entry / "HEAD") is None:
            return None  # as for git: a .git folder without HEAD is no repository, and the search goes on above
        return _with_common_dir(folder, entry)
    if stat.S_ISREG(mode):
        return _linked(folder, entry)
    raise _odd(entry, "is neither a folder nor a regular file")


def _with_common_dir(folder: Path, git_dir: Path) -> Layout:
    if read_metadata(git_dir / "commondir") is not None:
        raise _odd(git_dir / "commondir", "makes the repository lead elsewhere")
    return Layout(root=folder, git_dir=git_dir, common_dir=git_dir)


def _linked(folder: Path, entry: Path) -> Layout:
    """Follow a ``.git`` file, if what it names leads back to it (as linked worktrees and submodules do)."""
    git_dir = _pointer(folder, read_metadata(entry), b"gitdir: ")
    if git_dir is None or not git_dir.is_dir():
        raise _odd(entry, "names no git directory")
    common = _pointer(git_dir, read_metadata(git_dir / "commondir"), b"")
    if common is None:
        return Layout(root=folder, git_dir=git_dir, common_dir=git_dir, submodule=True)
    back = _pointer(git_dir, read_metadata(git_dir / "gitdir"), b"")
    registered = git_dir.parent == common / "worktrees"
    if back != entry.resolve() or not registered:
        raise _odd(entry, "names a git directory that does not lead back to it")
    return Layout(root=folder, git_dir=git_dir, common_dir=common)


def _pointer(base: Path, content: bytes | None, prefix: bytes) -> Path | None:
    if content is None or not content.startswith(prefix):
        return None
    name = os.fsdecode(content[len(prefix) :].rstrip(b"\r\n"))
    if not name or "\0" in name:
        return None
    try:
        return (base / name).resolve()
    except (OSError, RuntimeError):
        return None


def _looks_like_git_dir(folder: Path) -> bool:
    try:
        return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
    except OSError:
        return False


def _require_folder(folder: Path, *, optional: bool = False) -> None:
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError:
        if optional:
            return
        raise _odd(folder, "is missing") from None
    except OSError as error:
        raise _odd(folder, error.strerror or "cannot be read") from error
    if not stat.S_ISDIR(mode):
        raise _odd(folder, "is not a folder of the repository itself")


def _check_store(objects: Path, trusted: Sequence[Path], depth: int) -> None:
    """Refuse an object store that leads elsewhere: by links, odd files or alternates."""
    try:
        with os.scandir(objects) as entries:
            for entry in entries:
                if entry.is_symlink():
                    raise _odd(Path(entry.path), "is a link")
                if entry.is_dir() and (entry.name in {"pack", "info"} or entry.name in _FANOUT):
                    _check_files(Path(entry.path))
    except OSError as error:
        raise _odd(objects, error.strerror or "cannot be read") from error
    for name in ("alternates", "http-alternates"):
        listed = read_metadata(objects / "info" / name, _ALTERNATES_BYTES)
        for line in (listed or b"").splitlines():
            if line.strip() and not line.startswith(b"#"):
                _check_alternate(objects, os.fsdecode(line), trusted, depth)


def _check_files(folder: Path) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)):
                raise _odd(Path(entry.path), "is not a regular file")


def _check_alternate(objects: Path, line: str, trusted: Sequence[Path], depth: int) -> None:
    store = (objects / line).resolve() if "\0" not in line else objects
    inside = any(store.is_relative_to(folder.resolve()) for folder in trusted)
    if line.startswith('"') or not inside or depth >= _ALTERNATE_DEPTH:
        raise RefusedRepositoryError(
            f"The repository borrows objects from {line!r}, which is outside it.",
            hint="Make it whole with: git repack -a -d && rm .git/objects/info/alternates. "
            "If the folder is yours, name it in GIT_ALTERNATE_OBJECT_DIRECTORIES.",
        )
    _require_folder(store)
    _check_store(store, trusted, depth + 1)


_ALTERNATE_DEPTH = 5


def _odd(path: Path, problem: str) -> RefusedRepositoryError:
    return RefusedRepositoryError(
        f"The repository was not read: {str(path)!r} {problem}.",
        hint="Only repositories whose metadata are regular files of their own are read. A fresh git clone is one.",
    )
