"""Calls to imported names, with the name replaced by what it was imported as."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.source import Source
from archaeology.facts import Call, Import

_USUAL = 100  # bytes


def calls(
    source: Source, captured: Captured, adapter: Adapter, definitions: Definitions, imports: tuple[Import, ...]
) -> tuple[Call, ...]:
    """Return calls in source order: of several calls to one target inside one symbol, the first."""
    spans = captured.get("call")
    if not spans:
        return ()
    bound = dict(pair for found in imports for pair in adapter.bindings(found))
    data = source.data
    known: dict[bytes, str | None] = {}
    seen: set[tuple[str, str | None]] = set()
    found: list[Call] = []
    last = -1
    for start, end in spans:
        # Of a chain of calls all begin at its first name, and only that is looked at.
        if start == last:
            continue
        last = start
        if end - start > _USUAL:
            target = _target(data, start, end, adapter, bound)
        else:
            # The same few things are called again and again.
            written = data[start:end]
            if written not in known:
                known[written] = _target(data, start, end, adapter, bound)
            target = known[written]
        if target is None:
            continue
        key = (target, definitions.symbol(start))
        if key not in seen:
            seen.add(key)
            found.append(Call(target, source.line(start), key[1]))
    return tuple(found)


def _target(data: bytes, start: int, end: int, adapter: Adapter, bound: dict[str, str]) -> str | None:
    match = adapter.call_pattern.match(data, start, end)
    return adapter.call_target(match.group().decode("utf-8", "replace"), bound) if match is not None else None
