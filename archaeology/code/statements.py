"""The import statements of a file, with how each is bent: for type checkers only, inside a function, conditional, handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from archaeology.code.adapters.base import Adapter, Part, Reference, Statement
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.scopes import NOWHERE, Scopes, outermost
from archaeology.code.source import Source, Span
from archaeology.facts import Import

_ROLES = ("module", "name", "alias", "default", "namespace", "kind")
_REGIONS = ("scope.type_checking", "scope.conditional", "scope.reexport", "scope.lazy")

# A third of what calling a named tuple costs.
_statement: Callable[[tuple[object, ...]], Statement] = partial(tuple.__new__, Statement)
_part: Callable[[tuple[str, str]], Part] = partial(tuple.__new__, Part)


def read_imports(source: Source, captured: Captured, adapter: Adapter, definitions: Definitions) -> tuple[Import, ...]:
    """Return the file's imports in source order."""
    spans = outermost(captured.get("import"))
    stated = [*captured.imports]
    if spans:
        stated += [
            found
            for statement in _statements(source, captured, definitions, spans)
            for found in adapter.imports(statement)
            if found.module or found.level
        ]
    references = _references(source, captured, definitions, spans)
    if references:
        stated += adapter.references(references, stated)
    return tuple(stated)


def _references(
    source: Source, captured: Captured, definitions: Definitions, statements: list[Span]
) -> list[Reference]:
    """Return names that may stand for modules: of each name inside one definition, the first place."""
    spans = captured.get("import.reference")
    if not spans:
        return []
    names = set(captured.get("name"))
    inside = Scopes(statements)
    seen: set[tuple[str, str | None]] = set()
    found: list[Reference] = []
    for span in outermost(spans):
        start = span[0]
        if span in names or inside.innermost(start) != NOWHERE:
            continue
        key = (source.short(span), definitions.symbol(start))
        if key not in seen:
            seen.add(key)
            found.append(Reference(key[0], source.line(start)))
    return found


def _statements(source: Source, captured: Captured, definitions: Definitions, spans: list[Span]) -> Iterator[Statement]:
    type_checking, conditional, reexport, lazy = [
        Scopes(regions) if (regions := captured.get(name)) else None for name in _REGIONS
    ]
    text, line, in_function = source.text, source.line, definitions.in_function
    for span, parts in zip(spans, _parts(source, captured, spans), strict=True):
        start = span[0]
        for_types = type_checking is not None and type_checking.innermost(start) != NOWHERE
        yield _statement(
            (
                text(span),
                line(start),
                tuple(parts),
                for_types,
                in_function(start) or (lazy is not None and lazy.innermost(start) != NOWHERE),
                not for_types and conditional is not None and conditional.innermost(start) != NOWHERE,
                reexport is not None and reexport.innermost(start) != NOWHERE,
            )
        )


def _parts(source: Source, captured: Captured, statements: list[Span]) -> Iterator[list[Part]]:
    """Yield the parts of each statement in source order; what stands in none is left out."""
    found = [(start, end, role) for role in _ROLES for start, end in captured.get(f"import.{role}")]
    found.sort()
    position, count, text = 0, len(found), source.text
    for start, end in statements:
        parts: list[Part] = []
        while position < count and (part := found[position])[0] < end:
            position += 1
            if part[0] >= start:
                parts.append(_part((part[2], text((part[0], part[1])))))
        yield parts
