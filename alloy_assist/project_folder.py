"""Where the data of a project is kept: its ``.alloy/``, which is ours alone and leads nowhere else."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from alloy_assist.errors import NoPlaceError

_NOT_WRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
GITIGNORE = "# Written by Alloy Assist: the database stays here, the projections are for committing.\n/alloy.db*\n/audit.head*\n/backups/\n/config.local.toml\n"


@dataclass(frozen=True)
class ProjectPaths:
    """Where a project's data lives, all below ``.alloy/`` at the root of the repository."""

    root: Path

    @property
    def folder(self) -> Path:
        """The folder ``.alloy/``."""
        return self.root / ".alloy"

    @property
    def database(self) -> Path:
        """The database, git-ignored."""
        return self.folder / "alloy.db"

    @property
    def config(self) -> Path:
        """The settings file, for committing."""
        return self.folder / "config.toml"

    @property
    def gitignore(self) -> Path:
        """The ignore file that keeps the database out of git."""
        return self.folder / ".gitignore"

    @property
    def bare(self) -> bool:
        """Whether the repository has no work tree, and so no place of its own for ``.alloy/``."""
        return not (self.root / ".git").exists()

    def check(self) -> None:
        """Raise NoPlaceError where ``.alloy/`` is no folder, or something in it is a link or a device: those lead elsewhere."""
        if _kind(self.folder) not in {0, stat.S_IFDIR}:
            message = f"{str(self.folder)!r} is not a folder but a file or a link, so nothing can be kept there."
            raise NoPlaceError(message, hint="Move it away; a folder of that name will be made.")
        for place in _entries(self.folder):
            if _kind(place) not in {0, stat.S_IFDIR, stat.S_IFREG}:
                message = f"{str(place)!r} is neither a file nor a folder but leads elsewhere, so it is not used."
                raise NoPlaceError(message, hint="Remove it; nothing was read or written there.")

    def create(self) -> None:
        """Make ``.alloy/`` with its ignore file; what exists stays as it is.

        Raises NoPlaceError where the repository is bare, where it may not be written, and as :meth:`check`.
        """
        hint = "Name a database elsewhere with --db FILE."
        if self.bare:
            message = f"{str(self.root)!r} is a bare repository: there is no work tree to keep .alloy/ in."
            raise NoPlaceError(message, hint=hint)
        self.check()
        try:
            self.folder.mkdir(exist_ok=True)
            if not self.gitignore.exists():
                write_whole(self.gitignore, GITIGNORE)
            if not self.database.exists() and not os.access(self.folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            if error.errno not in _NOT_WRITABLE:
                raise
            message = f"{str(self.folder)!r} cannot be written: {error.strerror}."
            raise NoPlaceError(message, hint=hint) from error


def write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all. Raises OSError."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with temporary.open("w", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _kind(place: Path) -> int:
    """What kind of file stands there, links not followed; 0 where nothing does, or nothing may be seen."""
    try:
        return stat.S_IFMT(place.lstat().st_mode)
    except OSError:
        return 0


def _entries(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        return ()  # there is none, or it says so itself when it is used
