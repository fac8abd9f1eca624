"""The error types that a file raises and catches."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.scopes import NOWHERE, Scopes
from archaeology.code.source import Source
from archaeology.facts import Catch, Raise


def raises(source: Source, captured: Captured, adapter: Adapter, definitions: Definitions) -> tuple[Raise, ...]:
    """Return the raised types in source order; what passes a caught error on names no type and is left out."""
    found = []
    for span in captured.get("raise"):
        name = adapter.error_type(source.short(span))
        if name:
            found.append(Raise(name, source.line(span[0]), definitions.symbol(span[0])))
    return tuple(found)


def catches(source: Source, captured: Captured, adapter: Adapter, definitions: Definitions) -> tuple[Catch, ...]:
    """Return the handlers in source order, each with the types that it names."""
    spans = captured.get("catch")
    if not spans:
        return ()
    handlers = Scopes(spans)
    types: dict[int, list[str]] = {}
    for span in captured.get("catch.type"):
        index = handlers.innermost(span[0])
        if index != NOWHERE:
            types.setdefault(index, []).append(adapter.caught_type(source.short(span)))
    return tuple(
        Catch(tuple(types.get(index, ())), source.line(start), definitions.symbol(start))
        for index, (start, _) in enumerate(handlers.spans)
    )
