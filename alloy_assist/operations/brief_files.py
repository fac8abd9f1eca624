"""Writing what was compiled into ``.alloy/``: whole files or none, only ours replaced, and a list of it beforehand."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from alloy_assist.briefs.views import read_manifest
from alloy_assist.errors import OutsideError, RefusedError

_LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """What an export does with one file. ``path`` is relative to the root of the repository."""

    path: Path
    action: Literal["create", "replace", "unchanged", "refused"]
    reason: str


def plan_files(root: Path, files: Mapping[str, bytes], manifest: str) -> tuple[PlannedFile, ...]:
    """Say what an export would do. A file that is there and that no earlier export of the same brief wrote is not replaced."""
    ours = _written_before(root / manifest)
    return tuple(_planned(root, path, data, ours, is_manifest=path == manifest) for path, data in sorted(files.items()))


def write_files(root: Path, files: Mapping[str, bytes], manifest: str) -> tuple[PlannedFile, ...]:
    """Write the files, the list of them last. Raises RefusedError if one is not ours, before anything is written, and OutsideError."""
    plan = plan_files(root, files, manifest)
    refused = [item for item in plan if item.action == "refused"]
    if refused:
        message = f"{refused[0].path.as_posix()!r} is not overwritten: {refused[0].reason}."
        raise RefusedError(message, hint="Nothing was written. Move the file away and export again.")
    todo = [item.path.as_posix() for item in plan if item.action != "unchanged"]
    for path in sorted(todo, key=lambda each: (each == manifest, each)):
        write_file(root / path, files[path])
    return plan


def read_file(path: Path) -> bytes | None:
    """Return the bytes of a regular file of at most 8 MiB, or None where there is no such file. Raises OutsideError."""
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        message = f"{str(path)!r} cannot be read: {error}"
        raise OutsideError(message) from error
    if len(data) > _LARGEST:
        message = f"{str(path)!r} is larger than {_LARGEST // 2**20} MiB: no artifact is."
        raise RefusedError(message)
    return data


def _written_before(manifest: Path) -> dict[str, str]:
    data = read_file(manifest)
    return read_manifest(data.decode("utf-8", "replace")) if data else {}


def _planned(root: Path, path: str, data: bytes, ours: Mapping[str, str], *, is_manifest: bool) -> PlannedFile:
    place = root / path
    link = link_on_the_way(root, path)
    if link is not None:
        return PlannedFile(Path(path), "refused", f"{link!r} is a symbolic link and could lead anywhere")
    blocked = next(
        (folder for folder in place.parents if folder != root and root in folder.parents and folder.is_file()), None
    )
    if blocked is not None:
        return PlannedFile(
            Path(path), "refused", f"{blocked.relative_to(root).as_posix()!r} is a file and not a folder"
        )
    if place.is_dir():
        return PlannedFile(Path(path), "refused", "there is a folder of that name")
    there = read_file(place)
    if there is None:
        return PlannedFile(Path(path), "create", "new")
    if there == data:
        return PlannedFile(Path(path), "unchanged", "it is there already")
    if is_manifest and ours:
        return PlannedFile(Path(path), "replace", "an earlier export of this brief wrote it")
    if ours.get(path) == hashlib.sha256(there).hexdigest():
        return PlannedFile(Path(path), "replace", "an earlier export of this brief wrote it")
    return PlannedFile(Path(path), "refused", "it was not written by an export, or was changed since")


def read_below(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file below a root as :func:`read_file`; None where a symbolic link on the way could lead out of it."""
    return None if link_on_the_way(root, path) else read_file(root / path)


def link_on_the_way(root: Path, path: str) -> str | None:
    """Return the first part of a path below a root that is a symbolic link, or None."""
    place = root
    for part in Path(path).parts:
        place /= part
        if place.is_symlink():
            return place.relative_to(root).as_posix()
    return None


def write_file(place: Path, data: bytes) -> None:
    """Write a whole file or nothing: beside its place first, then moved there. Raises OutsideError."""
    temporary: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".alloy-", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(place)
        _sync_folder(place.parent)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        message = f"{str(place)!r} cannot be written: {error}"
        raise OutsideError(
            message, hint="What was there before is unchanged. Export again when there is room and permission."
        ) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
