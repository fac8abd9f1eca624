"""The import statements of a file, with how each is bent: for type checkers only, inside a function, conditional, handed on."""

from __future__ import annotations

from collections.abc import Iterator

from archaeology.code.adapters.base import Adapter, Part, Reference, Statement
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.scopes import NOWHERE, Scopes, outermost
from archaeology.code.source import Source, Span
from archaeology.facts import Import

_ROLES = ("module", "name", "alias", "default", "namespace", "kind")


def read_imports(source: Source, captured: Captured, adapter: Adapter, definitions: Definitions) -> tuple[Import, ...]:
    """Return the file's imports in source order."""
    spans = outermost(captured.get("import"))
    stated = [
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
    type_checking = _Regions(captured, "scope.type_checking")
    conditional = _Regions(captured, "scope.conditional")
    reexport = _Regions(captured, "scope.reexport")
    lazy = _Regions(captured, "scope.lazy")
    for span, parts in zip(spans, _parts(source, captured, spans), strict=True):
        start = span[0]
        for_types = type_checking.hold(start)
        yield Statement(
            source.text(span),
            source.line(start),
            tuple(parts),
            for_types,
            definitions.in_function(start) or lazy.hold(start),
            not for_types and conditional.hold(start),
            reexport.hold(start),
        )


def _parts(source: Source, captured: Captured, statements: list[Span]) -> Iterator[list[Part]]:
    """Yield the parts of each statement in source order; what stands in none is left out."""
    found = [(span, role) for role in _ROLES for span in captured.get(f"import.{role}")]
    found.sort()
    position = 0
    for start, end in statements:
        parts: list[Part] = []
        while position < len(found) and found[position][0][0] < end:
            span, role = found[position]
            position += 1
            if span[0] >= start:
                parts.append(Part(role, source.text(span)))
        yield parts


class _Regions:
    """The places that are captured as one kind of scope; most files have none."""

    __slots__ = ("_scopes",)

    def __init__(self, captured: Captured, name: str) -> None:
        spans = captured.get(name)
        self._scopes = Scopes(spans) if spans else None

    def hold(self, offset: int) -> bool:
        return self._scopes is not None and self._scopes.innermost(offset) != NOWHERE
