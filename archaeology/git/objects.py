"""Trees and blobs through git's plumbing: listings and batches, with caps that bound time and memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from archaeology.errors import GitError, RepositoryGoneError
from archaeology.git.failures import OBJECTS_HINT
from archaeology.git.runner import GitRunner
from archaeology.git.spelling import decode_path, require_oid
from archaeology.git.values import MODE_SUBMODULE, TreeEntry, TreeListing

_BATCH = 5_000
_LITTLE_BYTES = 1 << 19  # what git unpacks in some milliseconds, in which nobody else works; it is held twice
_MUCH_BYTES = 16 << 20  # from here on it pays to start a process, which has unpacked nothing yet but works while we do
_TREE_TIMEOUT = 120.0
_BLOB_TIMEOUT = 300.0
_MAX_PATH_BYTES = 8192
_TREE_FIELDS = 4
_BLOB_FIELDS = 3
_MISSING = b"missing"
MAX_TREE_ENTRIES = 1_000_000


class Serving(Protocol):
    """Something that stays, and tells of objects at less cost than a process each time."""

    def sizes(self, oids: Sequence[str], kind: bytes = b"blob") -> Mapping[str, int]:
        """Return the sizes of those that are of this kind and are there."""
        ...

    def contents(self, oids: Sequence[str]) -> Sequence[bytes | None]:
        """Return the contents of objects in order, None for those that are missing."""
        ...


def list_tree(runner: GitRunner, oid: str, max_entries: int = MAX_TREE_ENTRIES) -> TreeListing:
    """List all files under a commit or tree, with sizes, up to ``max_entries``.

    Raises:
        GitError: the tree cannot be read.
    """
    try:
        return _listing(runner, ["ls-tree", "-r", "-z", "-l", "--full-tree", require_oid(oid)], max_entries)
    except RepositoryGoneError:
        raise
    except GitError:
        # A partial clone lacks blobs, and git gives up at the first size that it cannot tell.
        listing = _listing(runner, ["ls-tree", "-r", "-z", "--full-tree", oid], max_entries)
        return _with_sizes(runner, listing)


def sizes(runner: GitRunner, oids: Sequence[str]) -> dict[str, int]:
    """Return the sizes in bytes of those objects that are blobs and are there, however many are asked for."""
    found: dict[str, int] = {}
    request = "".join(f"{require_oid(oid)}\n" for oid in dict.fromkeys(oids)).encode()
    if not request:
        return found
    answer = runner.run(["cat-file", "--batch-check", "--buffer"], stdin=request, timeout=_BLOB_TIMEOUT)
    for line in answer.splitlines():
        fields = line.split()
        if len(fields) == _BLOB_FIELDS and fields[1] == b"blob":
            found[fields[0].decode()] = int(fields[2])
    return found


def read_objects(  # noqa: PLR0913, PLR0917 - who reads, what, and within which bounds
    runner: GitRunner,
    server: Serving,
    oids: Iterable[str],
    max_bytes: int,
    kind: bytes = b"blob",
    told: Mapping[str, int] | None = None,
) -> Iterator[tuple[str, bytes | None]]:
    """Yield each object's id and content in the order asked for; None where it is missing, not of this ``kind``, or too large.

    Sizes that nobody has ``told`` are asked first, so that a blob of a gibibyte costs nothing. ``server`` gives the contents, some at a time: it still has what it
    unpacked for others, of which versions of a file are made. For much there is a process that goes on while we look at what it gave.
    """
    remaining = iter(oids)
    while batch := list(islice(remaining, _BATCH)):
        unknown = [oid for oid in batch if oid not in told] if told else batch
        known = {**(told or {}), **server.sizes(unknown, kind)} if unknown else told or {}
        wanted = [oid for oid in batch if known.get(oid, max_bytes + 1) <= max_bytes]
        contents: Iterator[bytes | None]
        if sum(known[oid] for oid in wanted) > _MUCH_BYTES:
            contents = (content for _, content in _contents(runner, wanted))
        else:
            contents = (content for some in _portions(wanted, known) for content in server.contents(some))
        for oid in batch:
            yield oid, next(contents) if known.get(oid, max_bytes + 1) <= max_bytes else None


def _portions(oids: Sequence[str], known: Mapping[str, int]) -> Iterator[Sequence[str]]:
    """So many at a time as may be kept at once."""
    some: list[str] = []
    size = 0
    for oid in oids:
        if some and size + known[oid] > _LITTLE_BYTES:
            yield some
            some, size = [], 0
        some.append(oid)
        size += known[oid]
    if some:
        yield some


def _listing(runner: GitRunner, arguments: list[str], max_entries: int) -> TreeListing:
    entries: list[TreeEntry] = []
    odd: list[str] = []
    missing = 0
    rest = b""
    for chunk in runner.stream(arguments, timeout=_TREE_TIMEOUT):
        *lines, rest = (rest + chunk).split(b"\0")
        if len(rest) > _MAX_PATH_BYTES:
            raise GitError("A path in the tree is too long.", hint="Look at the repository with git fsck.")
        for line in lines:
            if len(entries) >= max_entries:
                return TreeListing(tuple(entries), truncated=True, missing_sizes=missing, undecodable=tuple(odd))
            head, _, raw = line.partition(b"\t")
            fields = head.split()
            path = decode_path(raw)
            if not _is_utf8(raw):
                odd.append(path)
            mode = fields[0].decode()
            size = _size(fields, mode)
            missing += size < 0
            entries.append(TreeEntry(path, mode, fields[2].decode(), size))
    return TreeListing(tuple(entries), missing_sizes=missing, undecodable=tuple(odd))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _size(fields: list[bytes], mode: str) -> int:
    if mode == MODE_SUBMODULE:
        return 0
    return int(fields[3]) if len(fields) == _TREE_FIELDS and fields[3].isdigit() else -1


def _with_sizes(runner: GitRunner, listing: TreeListing) -> TreeListing:
    known: dict[str, int] = {}
    oids = [entry.blob for entry in listing.entries if entry.mode != MODE_SUBMODULE]
    for start in range(0, len(oids), 100 * _BATCH):
        known |= sizes(runner, oids[start : start + 100 * _BATCH])
    entries = tuple(
        entry if entry.mode == MODE_SUBMODULE else entry._replace(size=known.get(entry.blob, -1))
        for entry in listing.entries
    )
    missing = sum(entry.size < 0 for entry in entries)
    return TreeListing(entries, listing.truncated, missing, listing.undecodable)


def _contents(runner: GitRunner, oids: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield what ``git cat-file --batch`` says of objects; None for those that are missing."""
    if not oids:
        return
    chunks = runner.stream(
        ["cat-file", "--batch", "--buffer"], stdin="".join(f"{oid}\n" for oid in oids).encode(), timeout=_BLOB_TIMEOUT
    )
    buffer = bytearray()
    for oid in oids:
        while (end := buffer.find(b"\n")) < 0:
            buffer += _next(chunks)
        fields = bytes(buffer[:end]).split()
        if fields[1:] == [_MISSING]:
            yield oid, None
            del buffer[: end + 1]
            continue
        if len(fields) != _BLOB_FIELDS:
            raise GitError(f"git cat-file could not read {oid}.", hint=OBJECTS_HINT)
        size = int(fields[2])
        del buffer[: end + 1]
        while len(buffer) < size + 1:
            buffer += _next(chunks)
        with memoryview(buffer) as whole:
            content = bytes(whole[:size])  # one copy and not two: this is the way of every byte that is read
        yield oid, content
        del buffer[: size + 1]
    for _ in chunks:
        pass


def _next(chunks: Iterator[bytes]) -> bytes:
    chunk = next(chunks, None)
    if chunk is None:
        raise GitError("git cat-file ended too early.", hint=OBJECTS_HINT)
    return chunk
