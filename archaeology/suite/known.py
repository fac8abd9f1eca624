"""What each test file says, read once for each content: kept under the path, the blob and the names of the product's types."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import Any, Protocol

from archaeology.facts import Fake, File, Reader, TestCase
from archaeology.reader import preload
from archaeology.suite.cases_others import cases_of
from archaeology.suite.cases_python import python_cases
from archaeology.suite.doubles import doubles_of
from archaeology.suite.isolation import devices_of, frameworks_of
from archaeology.suite.texts import TestText

MAX_CHARACTERS = 1024 * 1024
# What a row is made of, in the order that their makers take it.
_CASE = attrgetter(*(field.name for field in fields(TestCase)))
_FAKE = attrgetter(*(field.name for field in fields(Fake)))
_encoder = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, check_circular=False)


class CaseCache(Protocol):
    """Keeps bytes by kind and key."""

    def get_many(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """Return the values that are known."""
        ...

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep values."""
        ...


@dataclass(frozen=True, slots=True)
class TestFile:
    """What one file says; nothing where it cannot be read."""

    __test__ = False

    frameworks: tuple[str, ...] = ()
    cases: tuple[TestCase, ...] = ()
    fakes: tuple[Fake, ...] = ()
    isolation: tuple[tuple[str, str, int], ...] = ()


class KnownTests:
    """Reads test files, those that were read before from the cache. ``types`` are the names of the product's types."""

    def __init__(self, known: CaseCache | None, types: frozenset[str]) -> None:
        self._known = known
        self._types = types
        self._kind = f"tests:{_version()}"
        self._types_digest = hashlib.sha256("\0".join(sorted(types)).encode("utf-8", "replace")).hexdigest()

    def take(self, files: Sequence[File], reader: Reader) -> Iterator[TestFile]:
        """Yield what each file says, in their order."""
        keys = {file.path: self._key(file) for file in files}
        stored = self._known.get_many(self._kind, list(keys.values())) if self._known is not None else {}
        found = {path: _decoded(stored[key]) for path, key in keys.items() if key in stored}
        preload(reader, [file.path for file in files if found.get(file.path) is None])
        fresh: dict[str, bytes] = {}
        try:
            for file in files:
                known = found.get(file.path)
                if known is None:
                    known = self._read(file, reader)
                    fresh[keys[file.path]] = _encoded(known)
                yield known
        finally:
            if self._known is not None:
                self._known.put_many(self._kind, fresh)

    def _key(self, file: File) -> str:
        said = "\0".join((file.path, file.language or "", file.blob, self._types_digest))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()

    def _read(self, file: File, reader: Reader) -> TestFile:
        content = reader.text(file.path)
        if content is None or len(content) > MAX_CHARACTERS:
            return TestFile()
        text = TestText(file.path, file.language or "", content)
        return TestFile(
            tuple(frameworks_of(text)),
            tuple(python_cases(text) if text.language == "python" else cases_of(text)),
            tuple(doubles_of(text, self._types)),
            tuple(devices_of(text)),
        )


def _encoded(found: TestFile) -> bytes:
    rows = (found.frameworks, list(map(_CASE, found.cases)), list(map(_FAKE, found.fakes)), found.isolation)
    return _encoder.encode(rows).encode("ascii")


def _decoded(data: bytes) -> TestFile | None:
    """Return what the bytes hold, or None where they hold none of it (a damaged or foreign cache entry)."""
    try:
        frameworks, cases, fakes, isolation = json.loads(data)
        return TestFile(
            tuple(frameworks),
            tuple([_case(row) for row in cases]),
            tuple([Fake(*row) for row in fakes]),
            tuple([(str(what), str(path), int(line)) for what, path, line in isolation]),
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _case(row: list[Any]) -> TestCase:
    identity, path, line, end_line, kind, markers, issue = row
    # The same few words for thousands of cases.
    return TestCase(identity, intern(path), line, end_line, intern(kind), tuple(markers), issue)


@cache
def _version() -> str:
    """What reads test files, so that a new version never meets what an old one kept."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in own)).hexdigest()[:16]
