"""Facts as bytes and back: what workers send and the cache keeps.

JSON, not pickle or marshal: whatever the bytes are, decoding them runs no code and cannot bring the interpreter down. A file's
facts are one array with the fields in their order, and inside it one array for each item with *its* fields, so there are no keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from archaeology.facts import Call, Catch, Comment, Definition, FileFacts, Import, Raise

_ITEMS: dict[str, type] = {
    "definitions": Definition,
    "imports": Import,
    "raises": Raise,
    "catches": Catch,
    "calls": Call,
    "comments": Comment,
}
_FIELDS = tuple(field.name for field in fields(FileFacts))
_encoder = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False)


def encode_facts(facts: FileFacts) -> bytes:
    """Return the facts as bytes; the same facts always give the same bytes."""
    return _encoder.encode([_plain(name, getattr(facts, name)) for name in _FIELDS]).encode("utf-8", "replace")


def decode_facts(data: bytes) -> FileFacts | None:
    """Return the facts that the bytes hold, or None where they hold none (a damaged or foreign cache entry)."""
    try:
        values = json.loads(data)
        return FileFacts(*[_DECODERS[name](value) for name, value in zip(_FIELDS, values, strict=True)])
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def _plain(name: str, value: Any) -> Any:
    if name in _ITEMS:
        return list(map(_GETTERS[name], value))
    return value


def _items(kind: type) -> Callable[[list[list[Any]]], tuple[Any, ...]]:
    """Return a decoder for a list of items; lists inside an item become tuples."""
    lists = [index for index, field in enumerate(fields(kind)) if str(field.type).startswith("tuple")]
    if not lists:
        return lambda rows: tuple([kind(*row) for row in rows])

    def decode(rows: list[list[Any]]) -> tuple[Any, ...]:
        for row in rows:
            for index in lists:
                row[index] = tuple(row[index])
        return tuple([kind(*row) for row in rows])

    return decode


def _same(value: Any) -> Any:
    return value


_GETTERS = {name: attrgetter(*(field.name for field in fields(kind))) for name, kind in _ITEMS.items()}
_DECODERS: dict[str, Callable[[Any], Any]] = {
    name: _items(_ITEMS[name]) if name in _ITEMS else (tuple if name == "exports" else _same) for name in _FIELDS
}
