"""Reads all source files of a repository into facts: from the cache where they are known, through worker processes where not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from archaeology.code.codec import decode_facts
from archaeology.code.extract import MAX_BYTES, only_names
from archaeology.code.languages import LANGUAGES
from archaeology.code.pool import Caps, Job, run_jobs
from archaeology.facts import File, FileFacts, Flag
from archaeology.facts.rows import Packing
from archaeology.progress import Cancelled, Progress, ProgressSink, ignore_progress, never_cancelled, stop_if

if TYPE_CHECKING:
    from archaeology.model import Limit

_NOT_READ = frozenset({Flag.BINARY, Flag.SYMLINK, Flag.SUBMODULE, Flag.MINIFIED, Flag.VENDORED})
_WRITE_AT = 500
_SHOWN_PATHS = 20
_BYTES_A_WORKER = 1_500_000  # starting a process costs what reading a third of this does


class BlobReader(Protocol):
    """Gives the contents of blobs: the part of a repository that parsing needs."""

    def blobs(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
        """Yield ``(oid, content)`` for each id; None where it is missing or larger than ``max_bytes``."""
        ...


class FactsCache(Protocol):
    """Keeps encoded facts by kind and blob id."""

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values of the keys that are known."""
        ...

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep values by key."""
        ...


def parse_files(  # noqa: PLR0913 - what every stage of a scan takes
    repository: BlobReader,
    files: Mapping[str, File],
    *,
    jobs: int | None = None,
    cache: FactsCache | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
    caps: Caps | None = None,
    names_only: bool = False,
) -> tuple[Mapping[str, FileFacts], tuple[Limit, ...]]:
    """Return the facts of every readable source file by path, and what was left out.

    Binary, minified and vendored files, links and submodules are not read; nor is anything larger than ``MAX_BYTES``. The result
    does not depend on ``jobs`` or on what was cached.

    Args:
        repository: gives the blobs.
        files: the inventory, by path.
        jobs: worker processes at most; by default one for each CPU that we may use. Little work gets fewer.
        cache: facts by blob id; new ones are added, also when the work is stopped.
        on_progress: told about stage ``parse`` in files.
        cancelled: asked several times a second.
        caps: what one file may cost before its worker is killed.
        names_only: read definitions and imports alone, see :func:`archaeology.code.extract.extract_names`.

    Raises:
        ScanCancelledError: ``cancelled`` said so; the facts so far are cached.
    """
    work = _Work(files, names_only=names_only)
    on_progress(Progress("parse", 0, len(work.paths), "files"))
    work.take_cached(cache)
    store = _Store(cache)
    done = len(work.paths) - len(work.missing)
    on_progress(Progress("parse", done, len(work.paths), "files"))
    workers = min(jobs or _cpus(), 1 + work.missing_bytes() // _BYTES_A_WORKER)
    pool = run_jobs(work.jobs(repository), workers, caps or Caps(), lambda: stop_if(cancelled))
    try:
        for answer in pool if work.missing else ():
            language, _, blob = answer.key.partition(":")
            facts = decode_facts(answer.facts, work.packing) if answer.facts is not None else None
            if facts is None:
                problem = answer.problem or "its parser gave no answer"
                (work.passed_over if answer.passed_over else work.failed).add(answer.key)
                facts = FileFacts(language, error=problem)
            elif answer.facts is not None:
                store.add(work.cache_kind(language), blob, answer.facts)
            work.found[answer.key] = facts
            done += 1
            on_progress(Progress("parse", done, len(work.paths), "files"))
    finally:
        pool.close()
        store.flush()
    return work.facts(), work.limits()


class _Work:
    """Which files are to be read, under the key ``language:blob``: equal files are read once."""

    def __init__(self, files: Mapping[str, File], *, names_only: bool) -> None:
        self._names_only = names_only
        source = {
            path: file for path, file in files.items() if file.language in LANGUAGES and not file.flags & _NOT_READ
        }
        self.too_large = sorted(
            path for path, file in source.items() if file.size > MAX_BYTES or Flag.TOO_LARGE in file.flags
        )
        self.vendored = sum(file.language in LANGUAGES and Flag.VENDORED in file.flags for file in files.values())
        large = frozenset(self.too_large)
        self._sizes = {f"{file.language}:{file.blob}": file.size for file in source.values()}
        self.paths = {
            path: f"{file.language}:{file.blob}" for path, file in sorted(source.items()) if path not in large
        }
        self.found: dict[str, FileFacts] = {}
        self.packing = Packing()
        self.failed: set[str] = set()
        self.passed_over: set[str] = set()
        self.missing: list[str] = list(dict.fromkeys(self.paths.values()))
        self._gone: set[str] = set()

    def take_cached(self, cache: FactsCache | None) -> None:
        """Take from the cache what it has."""
        if cache is None:
            return
        languages = sorted({key.partition(":")[0] for key in self.missing})
        for language in languages:
            self._take(cache, language, LANGUAGES[language].cache_kind)
            if self.cache_kind(language) != LANGUAGES[language].cache_kind:
                self._take(cache, language, self.cache_kind(language))
        self.missing = [key for key in self.missing if key not in self.found]

    def _take(self, cache: FactsCache, language: str, kind: str) -> None:
        blobs = [
            key.partition(":")[2] for key in self.missing if key.startswith(f"{language}:") and key not in self.found
        ]
        for blob, data in cache.get_many(kind, blobs).items():
            facts = decode_facts(data, self.packing)
            if facts is not None and facts.language == language:
                self.found[f"{language}:{blob}"] = only_names(facts) if self._names_only else facts

    def cache_kind(self, language: str) -> str:
        """Return the kind under which what is read is kept. Whoever wants names alone can also use all facts."""
        return LANGUAGES[language].names_cache_kind if self._names_only else LANGUAGES[language].cache_kind

    def missing_bytes(self) -> int:
        """Return how much is still to be read."""
        return sum(self._sizes[key] for key in self.missing)

    def jobs(self, repository: BlobReader) -> Iterator[Job]:
        """Yield a job for each file that is still missing, with its content."""
        by_blob: dict[str, list[str]] = {}
        for key in self.missing:
            by_blob.setdefault(key.partition(":")[2], []).append(key)
        for blob, content in repository.blobs(by_blob, MAX_BYTES):
            for key in by_blob.get(blob, ()):
                if content is None:
                    self._gone.add(key)
                else:
                    yield Job(key, key.partition(":")[0], content, self._names_only)

    def facts(self) -> dict[str, FileFacts]:
        """Return the facts by path, in the order of paths."""
        return {path: self.found[key] for path, key in self.paths.items() if key in self.found}

    def limits(self) -> tuple[Limit, ...]:
        """Say what was not read, and why."""
        killed = [path for path, key in self.paths.items() if key in self.failed]
        passed_over = [path for path, key in self.paths.items() if key in self.passed_over]
        gone = [path for path, key in self.paths.items() if key in self._gone]
        found = [
            _limit("source_too_large", f"Source files larger than {MAX_BYTES} bytes were not parsed.", self.too_large),
            _limit(
                "parser_stopped", "Files whose parser used too much time or memory, or crashed, were not read.", killed
            ),
            _limit(
                "parser_given_up",
                "So many files of one language had to be given up that its other files of that size were not tried.",
                passed_over,
            ),
            _limit("content_missing", "Source files whose content is not in the object store were not read.", gone),
        ]
        limits = [limit for limit in found if limit.count]
        if self.vendored:
            limits.append(_limit("vendored_not_parsed", "Vendored source files were not parsed.", [], self.vendored))
        return tuple(limits)


class _Store:
    """Writes new facts to the cache in handfuls, so that stopping loses little."""

    def __init__(self, cache: FactsCache | None) -> None:
        self._cache = cache
        self._items: dict[str, dict[str, bytes]] = {}
        self._count = 0

    def add(self, kind: str, blob: str, data: bytes) -> None:
        """Keep one file's facts."""
        if self._cache is not None:
            self._items.setdefault(kind, {})[blob] = data
            self._count += 1
            if self._count >= _WRITE_AT:
                self.flush()

    def flush(self) -> None:
        """Write what was kept."""
        for kind, items in sorted(self._items.items()):
            if self._cache is not None:
                self._cache.put_many(kind, items)
        self._items, self._count = {}, 0


def _limit(kind: str, detail: str, paths: list[str], count: int | None = None) -> Limit:
    from archaeology.model import Limit  # here, so that workers need not load pydantic

    return Limit(
        kind=kind, detail=detail, count=len(paths) if count is None else count, paths=tuple(paths[:_SHOWN_PATHS])
    )


def _cpus() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1
