"""Calls to imported names, with the name replaced by what it was imported as."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.source import Source
from archaeology.facts import Call, Import

_USUAL = 400
"""Bytes of a called name that are looked at."""


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
    here: set[bytes] = set()
    seen: set[tuple[str, str | None]] = set()
    found: list[Call] = []
    symbol: str | None = None
    last = until = -1
    for start, end in spans:
        # Of a chain of calls all begin at its first name, and only that is looked at.
        if start == last:
            continue
        last = start
        if start >= until:
            symbol, until = definitions.symbol_until(start)
            here = set()
        # The same few things are called again and again; a name that is longer is rare.
        written = data[start : end if end - start < _USUAL else start + _USUAL]
        if written in here:
            continue
        here.add(written)
        if written not in known:
            known[written] = _target(written, adapter, bound)
        target = known[written]
        if target is not None and (target, symbol) not in seen:
            seen.add((target, symbol))
            found.append(Call(target, source.line(start), symbol))
    return tuple(found)


def _target(written: bytes, adapter: Adapter, bound: dict[str, str]) -> str | None:
    match = adapter.call_pattern.match(written)
    return adapter.call_target(match.group().decode("utf-8", "replace"), bound) if match is not None else None
