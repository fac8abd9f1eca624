"""What differs from HEAD: which tracked paths, and a fingerprint of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from archaeology.git.runner import GitRunner

_STATUS_TIMEOUT = 120.0
_LETTERS = 3  # two of them and a blank, before each path
# Git opens these in every folder above a file that it compares, and waits where one is a pipe.
_OPENED = (".gitattributes",)


def changed_paths(runner: GitRunner, root: Path, head: str | None) -> tuple[bytes, ...]:
    """Return the tracked paths, undecoded, that differ from ``head`` in the index or in the work tree at ``root``.

    Sizes and times are compared first. Only where they differ are contents, and only where git would open nothing but regular files;
    elsewhere a difference of times counts as a change.

    Raises:
        GitError: git failed.
    """
    working = runner.at_work_tree(root)
    touched = _names(working.run(["diff-files", "-z", "--name-only"], timeout=_STATUS_TIMEOUT))
    if touched and _safe_to_compare(root, touched):
        arguments = ["status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames"]
        return tuple(line[_LETTERS:] for line in _names(working.run(arguments, timeout=_STATUS_TIMEOUT)))
    staged = ["diff-index", "-z", "--name-only", "--cached", "--no-renames", head] if head else ["ls-files", "-z"]
    return tuple(sorted({*touched, *_names(runner.run(staged, timeout=_STATUS_TIMEOUT))}))


def fingerprint(root: Path, head: str, changed: Iterable[bytes]) -> str:
    """Return a digest of where HEAD stands and of the kind, size and time of every changed path."""
    digest = hashlib.sha256(f"{head}\0".encode("utf-8", "surrogateescape"))
    for path in sorted(changed):
        digest.update(path + b"\0")
        with suppress(OSError):
            status = (root / os.fsdecode(path)).lstat()
            digest.update(f"{status.st_mode} {status.st_size} {status.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _names(output: bytes) -> list[bytes]:
    return [name for name in output.split(b"\0") if name]


def _safe_to_compare(root: Path, touched: Iterable[bytes]) -> bool:
    folders = {b""}
    for path in touched:
        folder = path.rpartition(b"/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition(b"/")[0]
    return all(_is_regular_or_absent(root / os.fsdecode(folder) / name) for folder in folders for name in _OPENED)


def _is_regular_or_absent(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
