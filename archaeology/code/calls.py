"""Calls to imported names, with the name replaced by what it was imported as."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.source import Source
from archaeology.facts import Call, Import


def calls(
    source: Source, captured: Captured, adapter: Adapter, definitions: Definitions, imports: tuple[Import, ...]
) -> tuple[Call, ...]:
    """Return calls in source order: of several calls to one target inside one symbol, the first."""
    bound = dict(pair for found in imports for pair in adapter.bindings(found))
    data = source.data
    match_call = adapter.call_pattern.match
    targets: dict[bytes, str | None] = {}
    seen: set[tuple[str, str | None]] = set()
    found: list[Call] = []
    for start, end in captured.get("call"):
        match = match_call(data, start, end)
        if match is None:
            continue
        written = match.group()
        if written not in targets:
            targets[written] = adapter.call_target(written.decode("utf-8", "replace"), bound)
        target = targets[written]
        if target is None:
            continue
        key = (target, definitions.symbol(start))
        if key not in seen:
            seen.add(key)
            found.append(Call(target, source.line(start), key[1]))
    return tuple(found)
