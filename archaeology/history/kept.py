"""A history in the cache: its columns in pieces of a megabyte, so that neither writing nor reading takes it into memory twice."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from archaeology.cache import Cache
from archaeology.history.columns import Columns

_KIND = "history:3"
"""To be raised with whatever changes what columns hold: the form here, the packer, and what messages are searched for."""

_PIECE = 1 << 20
_BYTES = ("oids", "parents", "subjects")
_ARRAYS = {
    "parent_ends": np.int64,
    "times": np.int64,
    "authors": np.int32,
    "flags": np.uint8,
    "subject_ends": np.int64,
    "starts": np.int64,
    "path_ids": np.int32,
    "statuses": np.uint8,
    "blobs": np.uint8,
}


def keep_columns(cache: Cache, key: str, columns: Columns) -> None:
    """Keep a whole history under a key, in place of an older one; a cache that cannot write does without."""
    sums: dict[str, tuple[int, int]] = {}
    for name, data in _sections(columns):
        for number, begin in enumerate(range(0, len(data), _PIECE)):
            cache.put_many(_KIND, {f"{key}:{name}:{number}": bytes(data[begin : begin + _PIECE])})
        sums[name] = len(data), zlib.crc32(data)
    # What two scans wrote at the same time does not fit together, and is told by its sums.
    header = {"oid_size": columns.oid_size, "commits": len(columns), "sums": sums}
    cache.put_many(_KIND, {key: json.dumps(header).encode("ascii")})


def kept_columns(cache: Cache, key: str) -> Columns | None:
    """Return the history that was kept under a key, if it is there and whole."""
    header = cache.get_many(_KIND, [key]).get(key)
    if header is None:
        return None
    try:
        told = json.loads(header)
        sections = {name: _read(cache, f"{key}:{name}", *told["sums"][name]) for name in _NAMES}
        columns = _columns(told["oid_size"], sections)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # a damaged or foreign entry costs a reading, nothing more
    return columns if len(columns) == told["commits"] else None


_NAMES = (*_BYTES, *_ARRAYS, "paths", "signatures", "sentences", "titles", "undoings")


def _sections(columns: Columns) -> Iterator[tuple[str, memoryview]]:
    for name in _BYTES:
        yield name, memoryview(getattr(columns, name))
    for name, kind in _ARRAYS.items():
        yield name, np.ascontiguousarray(getattr(columns, name), dtype=kind).reshape(-1).view(np.uint8).data
    yield "paths", memoryview(b"\0".join(columns.paths))
    yield "signatures", _told([_letters(name), _letters(address)] for name, address in columns.signatures)
    yield "sentences", _told(columns.sentences)
    yield "titles", _told((commit, _letters(title)) for commit, title in columns.titles)
    yield "undoings", _told((commit, _letters(message)) for commit, message in columns.undoings)


def _read(cache: Cache, prefix: str, length: int, checksum: int) -> bytearray:
    """Read a section piece by piece. Raises KeyError for a piece that is not there, ValueError for a wrong sum."""
    data = bytearray()
    for number in range(-(-length // _PIECE)):
        key = f"{prefix}:{number}"
        data += cache.get_many(_KIND, [key])[key]
    if len(data) != length or zlib.crc32(data) != checksum:
        message = f"{prefix} is not whole"
        raise ValueError(message)
    return data


def _columns(oid_size: int, sections: dict[str, bytearray]) -> Columns:
    fields: dict[str, Any] = {name: np.frombuffer(sections.pop(name), dtype=kind) for name, kind in _ARRAYS.items()}
    fields["blobs"] = fields["blobs"].reshape(-1, 2 * oid_size)
    fields |= {name: bytes(sections.pop(name)) for name in _BYTES}
    paths = bytes(sections.pop("paths"))
    return Columns(
        oid_size=oid_size,
        **fields,
        signatures=[(_raw(name), _raw(address)) for name, address in _rows(sections.pop("signatures"))],
        paths=paths.split(b"\0") if paths else [],
        sentences=[(commit, sentence, marker) for commit, sentence, marker in _rows(sections.pop("sentences"))],
        titles=[(commit, _raw(title)) for commit, title in _rows(sections.pop("titles"))],
        undoings=[(commit, _raw(message)) for commit, message in _rows(sections.pop("undoings"))],
    )


def _told(rows: Iterable[Sequence[Any]]) -> memoryview:
    """A row a line, so that they are never in memory as one more tree."""
    data = bytearray()
    for row in rows:
        data += json.dumps(row).encode("ascii") + b"\n"
    return memoryview(data)


def _rows(data: bytearray) -> Iterator[list[Any]]:
    return map(json.loads, data.splitlines())


def _letters(raw: bytes) -> str:
    return raw.decode("latin-1")


def _raw(letters: str) -> bytes:
    return letters.encode("latin-1")
