"""Looks at a work tree: which tracked files are on disk, which of them changed, and what is in those.

Git says which files may have changed; those, and only those, are read here, once, without following links and within caps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archaeology.git.disk import DiskFile, Kind, read_tracked
from archaeology.git.index import Tracked, touched_files, tracked_files
from archaeology.git.layout import Layout
from archaeology.git.objects import MAX_TREE_ENTRIES
from archaeology.git.runner import GitRunner
from archaeology.git.values import MODE_FILE, MODE_SUBMODULE, MODE_SYMLINK, TreeEntry, TreeListing
from archaeology.git.work_tree import ObjectStore, WorkTree

COPY_BYTES = 4 << 20
"""The largest file that is read from disk."""

ALL_COPIES_BYTES = 512 << 20
"""How much is read from disk in all."""


def open_work_tree(store: ObjectStore, runner: GitRunner, layout: Layout, head: str | None) -> WorkTree:
    """Look at the work tree of a repository; ``head`` is the commit that HEAD names.

    Raises:
        GitError: git failed.
    """
    tracked = tracked_files(runner)
    try:
        index_time = (layout.git_dir / "index").lstat().st_mtime_ns
    except FileNotFoundError:
        index_time = 0  # nothing is tracked yet
    copies = runner.folder / "work-tree"
    copies.mkdir(exist_ok=True)
    disk = Disk(
        root=layout.root,
        touched=touched_files(runner, layout.root, tracked, index_time),
        copies=copies,
        digest="sha256" if any(len(file.oid) == _SHA256_DIGITS for file in tracked[:1]) else "sha1",
    )
    before = store.list_tree(head, MAX_TREE_ENTRIES) if head is not None else TreeListing(())
    return look_at(store, head, before, tracked, disk)


_SHA256_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Disk:
    """Where to look for what may have changed.

    Attributes:
        root: the folder that the tracked paths are relative to.
        touched: undecoded paths that may differ from the index; no others are looked at.
        copies: an empty folder for what is read.
        digest: the name of the hash that ids are made with.
    """

    root: Path
    touched: frozenset[bytes]
    copies: Path
    digest: str


def look_at(
    store: ObjectStore,
    head_oid: str | None,
    head: TreeListing,
    tracked: Sequence[Tracked],
    disk: Disk,
) -> WorkTree:
    """Return the work tree that ``disk`` shows.

    Args:
        store: gives what did not change.
        head_oid: the commit that HEAD names; None where there is none.
        head: its files.
        tracked: the files of the index.
        disk: where and how to look for what may have changed.
    """
    before = {entry.path: entry for entry in head.entries}
    look = _Look(disk, known={entry.blob: entry.size for entry in head.entries if entry.size >= 0})
    entries = [entry for file in tracked if (entry := look.entry(file)) is not None]
    lacking = {entry.blob for entry in entries if entry.size < 0 and entry.blob.strip("0")}
    sizes = store.blob_sizes(sorted(lacking)) if lacking else {}
    listed = tuple(entry if entry.size >= 0 else entry._replace(size=sizes.get(entry.blob, -1)) for entry in entries)
    after = {entry.path: (entry.blob, entry.mode == MODE_SYMLINK) for entry in listed}
    changed = {
        path
        for path in before.keys() | after.keys()
        if path not in before
        or path not in after
        or after[path] != (before[path].blob, before[path].mode == MODE_SYMLINK)
    }
    names = {file.path for file in tracked}
    return WorkTree(
        store=store,
        head=head_oid,
        listing=TreeListing(
            listed,
            missing_sizes=sum(entry.size < 0 for entry in listed),
            undecodable=tuple(path for path in head.undecodable if path in names),
        ),
        uncommitted=frozenset(changed),
        on_disk=look.on_disk,
        unmerged=tuple(file.path for file in tracked if file.unmerged),
        sparse=tuple(file.path for file in tracked if file.sparse),
        odd=tuple(look.odd),
        unread=tuple(look.unread),
    )


@dataclass
class _Look:
    """Reads what was touched, and remembers what it met."""

    disk: Disk
    known: Mapping[str, int]
    on_disk: dict[str, Path] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    spent: int = 0

    def entry(self, file: Tracked) -> TreeEntry | None:
        """Return a tracked file as it is now, or None where it is not there."""
        if file.raw not in self.disk.touched or file.mode == MODE_SUBMODULE:
            size = 0 if file.mode == MODE_SUBMODULE else self.known.get(file.oid, -1)
            return TreeEntry(file.path, file.mode, file.oid, size)
        most = min(COPY_BYTES, ALL_COPIES_BYTES - self.spent)
        found = read_tracked(self.disk.root, file.raw, most, self.disk.digest)
        if found.kind in {Kind.ABSENT, Kind.FOLDER}:
            return None
        if found.kind is Kind.ODD:
            self.odd.append(file.path)
            return None
        if found.content is None:
            self.unread.append(file.path)
            # The id of nothing; where only the room for all copies was used up, the size is as unknown as the content.
            size = found.size if found.size > COPY_BYTES else -1
            return TreeEntry(file.path, MODE_FILE, "0" * len(file.oid), size)
        if found.oid not in self.known:
            self._copy(found)
        return TreeEntry(file.path, _mode(file, found), found.oid, found.size)

    def _copy(self, found: DiskFile) -> None:
        if found.oid in self.on_disk or found.content is None:
            return
        place = self.disk.copies / found.oid
        place.write_bytes(found.content)
        self.spent += found.size
        self.on_disk[found.oid] = place


def _mode(file: Tracked, found: DiskFile) -> str:
    if found.kind is Kind.LINK:
        return MODE_SYMLINK
    return file.mode if file.mode != MODE_SYMLINK else MODE_FILE
