"""Facts as bytes and back: what workers send and the cache keeps.

JSON, not pickle or marshal: whatever the bytes are, decoding them runs no code and cannot bring the interpreter down. A file's
facts are one array with the fields in their order, and inside it one array for each item with *its* fields, so there are no keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial
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
Shared = dict[Any, Any]
"""Values by themselves; see :func:`decode_facts`."""

_Share = Callable[[Any, Any], Any]
_Decoder = Callable[[Any, _Share], Any]
_encoder = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False)


def encode_facts(facts: FileFacts) -> bytes:
    """Return the facts as bytes; the same facts always give the same bytes."""
    return _encoder.encode(_values(facts)).encode("utf-8", "replace")


def decode_facts(data: bytes, shared: Shared | None = None) -> FileFacts | None:
    """Return the facts that the bytes hold, or None where they hold none (a damaged or foreign cache entry).

    Equal texts, numbers and lists of names of the items become one: they stand in the files over and over, and in memory until the scan
    ends. With ``shared``, which the caller keeps from one call to the next, this holds across files.
    """
    try:
        values = json.loads(data)
        share = ({} if shared is None else shared).setdefault
        return FileFacts(*[decode(value, share) for decode, value in zip(_DECODERS, values, strict=True)])
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def _items(kind: type[tuple[Any, ...]]) -> _Decoder:
    """Return a decoder for a list of items: column by column, since a loop over rows would cost twice as much."""
    columns = [_column(str(annotation)) for annotation in kind.__annotations__.values()]
    make = partial(tuple.__new__, kind)

    def decode(rows: list[list[Any]], share: _Share) -> tuple[Any, ...]:
        if not rows:
            return ()
        made = [column(values, share) for column, values in zip(columns, zip(*rows, strict=True), strict=True)]
        return tuple(map(make, zip(*made, strict=True)))

    return decode


def _column(annotation: str) -> Callable[[tuple[Any, ...], _Share], Iterable[Any]]:
    if "tuple[" in annotation:
        return _shared_names
    if "bool" in annotation:  # not shared: False would become the 0 that it equals
        return lambda values, _: values
    return lambda values, share: map(share, values, values)


def _shared_names(values: tuple[Any, ...], share: _Share) -> Iterable[Any]:
    # Most lists are empty, and the empty tuple is one already.
    return [share(names, names) if (names := tuple(value)) else names for value in values]


def _same(value: Any, _: _Share) -> Any:
    return value


def _names(value: Any, _: _Share) -> tuple[Any, ...]:
    return tuple(value)


_DECODERS: tuple[_Decoder, ...] = tuple(
    _items(_ITEMS[name]) if name in _ITEMS else (_names if name == "exports" else _same) for name in _FIELDS
)
