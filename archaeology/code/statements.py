"""The import statements of a file, with how each is bent: for type checkers only, inside a function, conditional, handed on."""

from __future__ import annotations

from collections.abc import Iterator

from archaeology.code.adapters.base import Adapter, Part, Reference, Statement
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.scopes import NOWHERE, Scopes
from archaeology.code.source import Source, Span
from archaeology.facts import Import

_ROLES = ("module", "name", "alias", "default", "namespace", "kind")


def read_imports(source: Source, captured: Captured, adapter: Adapter, definitions: Definitions) -> tuple[Import, ...]:
    """Return the file's imports in source order."""
    stated = [
        found
        for statement in _statements(source, captured, definitions)
        for found in adapter.imports(statement)
        if found.module or found.level
    ]
    references = _references(source, captured, definitions)
    if references:
        stated += adapter.references(references, stated)
    return tuple(stated)


def _references(source: Source, captured: Captured, definitions: Definitions) -> list[Reference]:
    """Return names that may stand for modules: of each name inside one definition, the first place."""
    spans = Scopes(captured.get("import.reference"))
    statements = Scopes(captured.get("import"))
    names = set(captured.get("name"))
    seen: set[tuple[str, str | None]] = set()
    found: list[Reference] = []
    for span, outer in zip(spans.spans, spans.parents, strict=True):
        if outer != NOWHERE or span in names or statements.innermost(span[0]) != NOWHERE:
            continue
        key = (source.short(span), definitions.symbol(span[0]))
        if key not in seen:
            seen.add(key)
            found.append(Reference(key[0], source.line(span[0])))
    return found


def _statements(source: Source, captured: Captured, definitions: Definitions) -> Iterator[Statement]:
    nested = Scopes(set(captured.get("import")))
    spans = [span for span, outer in zip(nested.spans, nested.parents, strict=True) if outer == NOWHERE]
    if not spans:
        return
    parts = _parts_by_statement(source, captured, Scopes(spans))
    type_checking = Scopes(captured.get("scope.type_checking"))
    conditional = Scopes(captured.get("scope.conditional"))
    reexport = Scopes(captured.get("scope.reexport"))
    lazy = Scopes(captured.get("scope.lazy"))
    for span in spans:
        start = span[0]
        for_types = type_checking.innermost(start) != NOWHERE
        in_function = definitions.in_function(start) or lazy.innermost(start) != NOWHERE
        yield Statement(
            text=source.text(span),
            line=source.line(start),
            parts=tuple(parts.get(span, ())),
            type_checking=for_types,
            lazy=in_function,
            conditional=not for_types and conditional.innermost(start) != NOWHERE,
            reexport=reexport.innermost(start) != NOWHERE,
        )


def _parts_by_statement(source: Source, captured: Captured, statements: Scopes) -> dict[Span, list[Part]]:
    found = sorted((span, role) for role in _ROLES for span in captured.get(f"import.{role}"))
    parts: dict[Span, list[Part]] = {}
    for span, role in found:
        index = statements.innermost(span[0])
        if index != NOWHERE:
            parts.setdefault(statements.spans[index], []).append(Part(role, source.text(span)))
    return parts
