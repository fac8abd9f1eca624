"""The shadow git directory: what git is given instead of the repository's own.

It holds a configuration that we wrote and copies of HEAD, refs, index and shallow file. The repository's configuration, hooks,
attributes, grafts and replacements are never seen by git, so nothing in them can run a program, fetch, or change what is read.
Only the object store is used in place, which :mod:`archaeology.git.layout` has checked.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from archaeology.errors import RefusedRepositoryError
from archaeology.git.environment import hardened_environment
from archaeology.git.foreign import check_config, own_config, read_config
from archaeology.git.layout import Layout, read_metadata
from archaeology.git.leftovers import PREFIX, Claim, sweep_once

_MEGABYTE = 1 << 20
_PACKED_REFS_BYTES = 64 * _MEGABYTE
_SHALLOW_BYTES = 64 * _MEGABYTE
_INDEX_BYTES = 1024 * _MEGABYTE
_FAR_FUTURE = 4_102_444_800  # the year 2100, which still fits an index
_MAX_LOOSE_REFS = 100_000
_MAX_REF_DEPTH = 32
_REF_CONTENT = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64}|ref: refs/[^\x00-\x20\x7f~^:?*\[\\]+)\s*")
# Texts, since few repositories have what they name: they are compiled where they do.
_SHARED_INDEX = r"sharedindex\.[0-9a-f]{40,64}"
_TABLE = r"0x[0-9a-f]+-0x[0-9a-f]+-[0-9a-f]+\.ref|tables\.list"


class Shadow(NamedTuple):
    """A shadow directory in place.

    Attributes:
        folder: where it is.
        head: what HEAD says: ``ref: refs/heads/main`` or an object id.
        shallow: the history is cut off.
        partial: the repository is a partial clone: objects may be missing, and are not fetched.
        grafts: the repository has grafts or replacements, which are not followed.
        skipped_refs: refs that were left out because they are no proper ref files.
        claim: tells other runs that the directory is in use; the system takes it back when the program dies, however it dies.
    """

    folder: Path
    head: str
    claim: Claim
    shallow: bool = False
    partial: bool = False
    grafts: bool = False
    skipped_refs: int = 0

    def remove(self) -> None:
        """Delete the directory."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.claim.release()


def build_shadow(layout: Layout, program: str) -> Shadow:
    """Make a shadow directory for a repository in the system's folder for temporary files.

    Raises:
        RefusedRepositoryError: metadata is not what it should be, or leads elsewhere.
        GitError: git cannot be run.
    """
    sweep_once(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    claim = Claim(folder)
    try:
        return _fill(layout, program, folder, claim)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        claim.release()
        raise


def shadow_environment(layout: Layout, shadow: Shadow, program: str) -> dict[str, str]:
    """Return the environment in which git reads the shadow directory and the repository's object store, and no work tree."""
    environment = hardened_environment(program)
    environment["GIT_DIR"] = str(shadow.folder)
    environment["GIT_OBJECT_DIRECTORY"] = str(layout.objects)
    return environment


def _fill(layout: Layout, program: str, folder: Path, claim: Claim) -> Shadow:
    config = read_config(layout, program, folder)
    check_config(layout, config)
    (folder / "config").write_text(own_config(config), encoding="utf-8")
    (folder / "objects").mkdir()
    (folder / "refs").mkdir()
    head = _head(layout)
    (folder / "HEAD").write_bytes(head + b"\n")
    skipped = _copy_loose_refs(layout.common_dir / "refs", folder / "refs")
    replaced = _copy_packed_refs(layout.common_dir, folder)
    if config.get("extensions.refstorage", "files") == "reftable":
        _copy_tables(layout.common_dir / "reftable", folder / "reftable")
    shallow = _copy(layout.common_dir / "shallow", folder / "shallow", _SHALLOW_BYTES)
    _copy_index(layout.git_dir, folder)
    return Shadow(
        folder=folder,
        head=head.decode("utf-8", "replace"),
        claim=claim,
        shallow=shallow,
        partial="extensions.partialclone" in config or any(key.endswith(".promisor") for key in config),
        grafts=replaced or os.path.lexists(layout.common_dir / "info" / "grafts"),
        skipped_refs=skipped,
    )


def _head(layout: Layout) -> bytes:
    content = read_metadata(layout.git_dir / "HEAD")
    if content is None or not _REF_CONTENT.fullmatch(content) or b".." in content:
        raise RefusedRepositoryError(
            "The repository's HEAD names neither a branch nor a commit.", hint="Check out a branch: git checkout main"
        )
    return content.strip()


def _copy_loose_refs(source: Path, target: Path) -> int:
    """Copy proper ref files and return how many others were left out; links and odd files among them are refused."""
    skipped = copied = 0
    pending = [(source, target, 0)]
    while pending:
        folder, copy, depth = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _odd(folder, error.strerror or "cannot be read") from error
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if depth < _MAX_REF_DEPTH and not (depth == 0 and entry.name == "replace"):
                    (copy / entry.name).mkdir()
                    pending.append((path, copy / entry.name, depth + 1))
                continue
            content = read_metadata(path)
            copied += 1
            if (
                content is None
                or not _REF_CONTENT.fullmatch(content)
                or b".." in content
                or entry.name.endswith(".lock")
            ):
                skipped += 1
            elif copied > _MAX_LOOSE_REFS:
                raise _odd(source, f"holds more than {_MAX_LOOSE_REFS} loose refs")
            else:
                (copy / entry.name).write_bytes(content)
    return skipped


def _copy_packed_refs(common_dir: Path, folder: Path) -> bool:
    """Copy packed refs without replacements; tell whether there were any, loose or packed."""
    content = read_metadata(common_dir / "packed-refs", _PACKED_REFS_BYTES)
    replaced = os.path.lexists(common_dir / "refs" / "replace")
    if content is not None:
        if b" refs/replace/" in content:
            replaced = True
            content = _without_replacements(content)
        (folder / "packed-refs").write_bytes(content)
    return replaced


def _without_replacements(content: bytes) -> bytes:
    kept: list[bytes] = []
    dropping = False
    for line in content.splitlines(keepends=True):
        if line.startswith(b"^"):
            if not dropping:
                kept.append(line)
            continue
        dropping = b" refs/replace/" in line
        if not dropping:
            kept.append(line)
    return b"".join(kept)


def _copy_tables(source: Path, target: Path) -> None:
    target.mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            if re.fullmatch(_TABLE, entry.name):
                _copy(Path(entry.path), target / entry.name, _PACKED_REFS_BYTES)


def _copy_index(git_dir: Path, folder: Path) -> None:
    if _copy(git_dir / "index", folder / "index", _INDEX_BYTES):
        # Git opens files whose time is not before the index's, to be sure of them; what it opens is for us to decide.
        os.utime(folder / "index", (_FAR_FUTURE, _FAR_FUTURE))
    with os.scandir(git_dir) as entries:
        for entry in entries:
            if entry.name.startswith("sharedindex.") and re.fullmatch(_SHARED_INDEX, entry.name):
                _copy(Path(entry.path), folder / entry.name, _INDEX_BYTES)


def _copy(source: Path, target: Path, limit: int) -> bool:
    """Copy a regular file; tell whether it was there."""
    content = read_metadata(source, limit)
    if content is None:
        return False
    target.write_bytes(content)
    return True


def _odd(path: Path, problem: str) -> RefusedRepositoryError:
    return RefusedRepositoryError(
        f"The repository was not read: {str(path)!r} {problem}.", hint="Scan a fresh git clone of it."
    )
