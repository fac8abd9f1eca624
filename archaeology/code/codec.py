"""Facts as bytes and back: what workers send and the cache keeps.

JSON, not pickle or marshal: whatever the bytes are, decoding them runs no code and cannot bring the interpreter down. A file's
facts are one array with the fields in their order, and inside it one array for each item with *its* fields, so there are no keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from itertools import starmap
from operator import attrgetter
from typing import Any

from archaeology.facts import Call, Catch, Comment, Definition, FileFacts, Import, Raise

_ITEMS: dict[str, type[tuple[Any, ...]]] = {
    "definitions": Definition,
    "imports": Import,
    "raises": Raise,
    "catches": Catch,
    "calls": Call,
    "comments": Comment,
}
_FIELDS = tuple(field.name for field in fields(FileFacts))
_values = attrgetter(*_FIELDS)
_SHARED = frozenset({str, int})
_encoder = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False)


def encode_facts(facts: FileFacts) -> bytes:
    """Return the facts as bytes; the same facts always give the same bytes."""
    return _encoder.encode(_values(facts)).encode("utf-8", "replace")


def decode_facts(data: bytes) -> FileFacts | None:
    """Return the facts that the bytes hold, or None where they hold none (a damaged or foreign cache entry)."""
    try:
        values = _shared(json.loads(data))
        return FileFacts(*[decode(value) for decode, value in zip(_DECODERS, values, strict=True)])
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def _shared(values: list[Any]) -> list[Any]:
    """Let equal texts and numbers of the items be one: they stand in a file over and over, and in memory until the scan ends."""
    known: dict[Any, Any] = {}
    share = known.setdefault
    for items in values:
        if type(items) is list:
            for row in items:
                if type(row) is list:
                    # No truth values: False would become the 0 that it equals.
                    row[:] = [share(value, value) if type(value) in _SHARED else value for value in row]
    return values


def _items(kind: type[tuple[Any, ...]]) -> Callable[[list[list[Any]]], tuple[Any, ...]]:
    """Return a decoder for a list of items; lists inside an item become tuples."""
    annotations = kind.__annotations__.values()
    lists = [index for index, annotation in enumerate(annotations) if "tuple[" in str(annotation)]

    def decode(rows: list[list[Any]]) -> tuple[Any, ...]:
        for row in rows:
            for index in lists:
                row[index] = tuple(row[index])
        return tuple(starmap(kind, rows))

    return decode


def _same(value: Any) -> Any:
    return value


_DECODERS: tuple[Callable[[Any], Any], ...] = tuple(
    _items(_ITEMS[name]) if name in _ITEMS else (tuple if name == "exports" else _same) for name in _FIELDS
)
