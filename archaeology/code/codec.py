"""Facts as bytes and back: what workers send and the cache keeps.

JSON, not pickle or marshal: whatever the bytes are, decoding them runs no code and cannot bring the interpreter down. A file's
facts are one array with the fields in their order, and inside it one array for each item with *its* fields, so there are no keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import Any

from archaeology.facts import Call, Catch, Comment, Definition, FileFacts, Import, Raise
from archaeology.facts.rows import Packing

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
_Share = Callable[[Any, Any], Any]
_Decoder = Callable[[Any, _Share, Packing | None], Any]
_encoder = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False, default=tuple)


def encode_facts(facts: FileFacts) -> bytes:
    """Return the facts as bytes; the same facts always give the same bytes."""
    return _encoder.encode(_values(facts)).encode("utf-8", "replace")


def decode_facts(data: bytes, packing: Packing | None = None) -> FileFacts | None:
    """Return the facts that the bytes hold, or None where they hold none (a damaged or foreign cache entry).

    Equal texts, numbers and lists of names of the items become one: they stand in the files over and over, and in memory until the scan
    ends. With ``packing``, which the caller keeps from one call to the next, this holds across files, and of what files hold by the dozen no
    more is kept than its numbers.
    """
    try:
        values = json.loads(data)
        share: _Share = dict[Any, Any]().setdefault if packing is None else packing.share
        return FileFacts(*[decode(value, share, packing) for decode, value in zip(_DECODERS, values, strict=True)])
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
        return None


def _items(kind: type[tuple[Any, ...]]) -> _Decoder:
    """Return a decoder for a list of items: column by column, since a loop over rows would cost twice as much."""
    columns = [_column(str(annotation)) for annotation in kind.__annotations__.values()]
    make = partial(tuple.__new__, kind)
    lists = ["tuple[" in str(annotation) for annotation in kind.__annotations__.values()]

    def decode(rows: list[list[Any]], share: _Share, packing: Packing | None) -> Sequence[Any]:
        if not rows:
            return ()
        given = zip(*rows, strict=True)
        if packing is not None and packing.holds(kind):
            return packing.rows(
                kind, [map(tuple, values) if is_list else values for is_list, values in zip(lists, given, strict=True)]
            )
        made = [column(values, share) for column, values in zip(columns, given, strict=True)]
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


def _same(value: Any, *_: object) -> Any:
    return value


def _names(value: Any, *_: object) -> tuple[Any, ...]:
    return tuple(value)


_DECODERS: tuple[_Decoder, ...] = tuple(
    _items(_ITEMS[name]) if name in _ITEMS else (_names if name == "exports" else _same) for name in _FIELDS
)
