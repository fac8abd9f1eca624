"""Texts and citations of a repository at one revision: the one thing in the facts that does input and output."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, runtime_checkable

from archaeology.citing import Citing
from archaeology.facts import File, Flag

MAX_TEXT_BYTES = 4 * 1024 * 1024
MAX_MESSAGE_BYTES = 64 * 1024
MAX_CACHED_CHARACTERS = 3 * 1024 * 1024
_NAMESAKE_SUFFIXES = (".json", ".toml", ".mod", ".cfg", ".yml", ".yaml")
_MAX_NAMESAKES = 2_000
_MAX_NAMESAKE_BYTES = 256 * 1024
# To ask git for one text after the other costs more than a folder of them in one go, which comes after a few single ones.
_SINGLE_TEXTS = 8
_AHEAD_BYTES = 2 * 1024 * 1024
_AHEAD_TIMES = 12
_UNREADABLE = frozenset({Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.SUBMODULE})


class BlobSource(Protocol):
    """What a reader needs of a repository."""

    def blob(self, oid: str, max_bytes: int, size: int | None = None) -> bytes | None:
        """Return a blob's bytes, or None where it is missing or larger; ``size`` is what a listing told of it."""
        ...

    def blobs(
        self, oids: Iterable[str], max_bytes: int, sizes: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """Yield many blobs in one go; ``sizes`` are those that a listing told."""
        ...


@runtime_checkable
class Preloading(Protocol):
    """A reader that can fetch many texts at once, which costs one process and not one request a file."""

    def preload(self, paths: Iterable[str]) -> None:
        """Fetch these texts into the cache."""
        ...


@runtime_checkable
class Remembering(Protocol):
    """A reader that can also give old versions of files, by the ids of their blobs."""

    def versions(self, blobs: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Yield each blob's id and text; None where it is missing, too large or no text."""
        ...


@runtime_checkable
class Recounting(Protocol):
    """A repository, or a reader of one, that can give whole messages of commits."""

    def messages(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, str | None]]:
        """Yield each commit's id and message; None where it is missing, larger, or in another encoding than UTF-8."""
        ...


def whole_messages(reader: object, oids: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the whole messages of commits as (commit id, message), in one batch; nothing where the reader cannot."""
    if isinstance(reader, Recounting):
        yield from reader.messages(oids, MAX_MESSAGE_BYTES)


def old_versions(reader: object, blobs: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield old versions of files as (blob id, text), in one batch; nothing where the reader cannot."""
    if isinstance(reader, Remembering):
        yield from reader.versions(blobs)


def preload(reader: object, paths: Iterable[str]) -> None:
    """Let the reader fetch these texts at once, where it can."""
    if isinstance(reader, Preloading):
        reader.preload(paths)


def in_parts(paths: Iterable[str], files: Mapping[str, File]) -> Iterator[list[str]]:
    """Cut a list of paths into parts of which a reader keeps all texts: to be fetched at once, and looked at before the next."""
    part: list[str] = []
    size = 0
    for path in paths:
        own = max(files[path].size, 0)
        if part and size + own > _AHEAD_BYTES:
            yield part
            part, size = [], 0
        part.append(path)
        size += own
    if part:
        yield part


class RepositoryReader(Citing):
    """Implements :class:`archaeology.facts.Reader` over the blobs of one revision.

    Texts are UTF-8 with replacement characters and without a byte order mark; binary files, links and files over 4 MiB
    have none. ``times`` tells a commit's time in seconds since the epoch, for the date in its citation. Files in ``uncommitted`` are
    not as the revision has them, so citations of them name no commit.
    """

    def __init__(
        self,
        repository: BlobSource,
        revision: str | None,
        files: Mapping[str, File],
        *,
        times: Callable[[str], int | None] | None = None,
        uncommitted: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(revision, files, times=times, uncommitted=uncommitted)
        self._repository = repository
        self._texts: OrderedDict[str, str | None] = OrderedDict()
        self._cached = 0
        self._misses = 0

    def text(self, path: str) -> str | None:
        """Return a tracked file's text, or None where it may not or cannot be read."""
        file = self._files.get(path)
        if file is None or not _may_be_read(file):
            return None
        if file.blob not in self._texts:
            self._preload_namesakes(path)
        if file.blob not in self._texts:
            self._read_ahead(path)
        if file.blob not in self._texts:
            size = file.size if file.size >= 0 else None
            self._keep(file.blob, decode(self._repository.blob(file.blob, MAX_TEXT_BYTES, size)))
        self._texts.move_to_end(file.blob)
        return self._texts[file.blob]

    def preload(self, paths: Iterable[str]) -> None:
        """Fetch the texts of these paths in one batch; unknown and unreadable ones are passed over."""
        wanted = [file for path in paths if (file := self._files.get(path)) is not None and _may_be_read(file)]
        oids = {file.blob for file in wanted} - self._texts.keys()
        if oids:
            sizes = {file.blob: file.size for file in wanted if file.size >= 0}
            for oid, data in self._repository.blobs(sorted(oids), MAX_TEXT_BYTES, sizes):
                self._keep(oid, decode(data))

    def forget(self) -> None:
        """Let go of the texts that are kept; what is asked for again is read again."""
        self._texts.clear()
        self._cached = 0

    def versions(self, blobs: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Yield blobs' ids and texts in one batch; they are not kept."""
        for oid, data in self._repository.blobs(blobs, MAX_TEXT_BYTES):
            yield oid, decode(data)

    def messages(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, str | None]]:
        """Yield the whole messages of commits in one batch, where the repository can give them."""
        if isinstance(self._repository, Recounting):
            yield from self._repository.messages(oids, max_bytes)

    def _preload_namesakes(self, path: str) -> None:
        """Fetch all configuration files of the same name: who asks for one ``package.json`` asks for the others next."""
        if path.endswith(_NAMESAKE_SUFFIXES):
            namesakes = self._namesakes.pop(path.rpartition("/")[2], [])
            if len(namesakes) > 1:
                self.preload(namesakes[:_MAX_NAMESAKES])

    def _read_ahead(self, path: str) -> None:
        """Fetch the source files of the largest folder around this one that is no more than a few megabytes."""
        self._misses += 1
        if self._files[path].language is None or not _SINGLE_TEXTS < self._misses <= _SINGLE_TEXTS + _AHEAD_TIMES:
            return
        chosen: list[str] = []
        folder = path
        while folder:
            folder = folder.rstrip("/").rpartition("/")[0]
            folder += "/" if folder else ""
            inside = [(found, size) for found, size in self._sources if found.startswith(folder)]
            if sum(size for _, size in inside) > _AHEAD_BYTES:
                break
            chosen = [found for found, _ in inside]
        self.preload(chosen)

    @cached_property
    def _sources(self) -> list[tuple[str, int]]:
        files = (self._files[path] for path in sorted(self._files))
        return [(file.path, file.size) for file in files if file.language is not None and not file.flags]

    @cached_property
    def _namesakes(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self._files):
            if path.endswith(_NAMESAKE_SUFFIXES) and self._files[path].size <= _MAX_NAMESAKE_BYTES:
                found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def _keep(self, oid: str, text: str | None) -> None:
        self._texts[oid] = text
        self._cached += len(text or "")
        while self._cached > MAX_CACHED_CHARACTERS and len(self._texts) > 1:
            _, dropped = self._texts.popitem(last=False)
            self._cached -= len(dropped or "")


def decode(data: bytes | None) -> str | None:
    """Decode a file's bytes: UTF-8 with replacement, no byte order mark; None for what is missing or holds a NUL."""
    if data is None or b"\0" in data[:8192]:
        return None
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _may_be_read(file: File) -> bool:
    return file.size <= MAX_TEXT_BYTES and not (file.flags & _UNREADABLE)
