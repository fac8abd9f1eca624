"""The definitions of a file, put together from the spans of their names, bases, modifiers and decorators."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from archaeology.code.adapters.base import Adapter, Named
from archaeology.code.captured import Captured
from archaeology.code.scopes import NOWHERE, Scopes
from archaeology.code.source import Source, Span
from archaeology.facts import Definition

_MAX_PARTS = 40
_CALLABLE = frozenset({"function", "method"})
_SILENT = "_silent"
_DEFINITION = "definition."

# What is made by the thousand: to call a named tuple costs three times as much.
_named: Callable[[tuple[object, ...]], Named] = partial(tuple.__new__, Named)
_definition: Callable[[tuple[object, ...]], Definition] = partial(tuple.__new__, Definition)


class Definitions:
    """All definitions of a file in source order, and the answer to what surrounds a place.

    ``all`` holds what is published; scopes that only give names their context (``@definition._silent``) are left out of it.
    """

    def __init__(self, source: Source, captured: Captured, adapter: Adapter) -> None:
        kinds: dict[Span, str] = {}
        for name in captured.names():
            if name.startswith(_DEFINITION):
                kinds.update(dict.fromkeys(captured.get(name), name.removeprefix(_DEFINITION)))
        self._scopes = Scopes(kinds)
        self._kinds = [kinds[span] for span in self._scopes.spans]
        self._names, self._name_starts = self._find_names(source, captured)
        self._qualified: list[str] = []
        self.all = self._assemble(source, captured, adapter)
        self._symbols = self._find_symbols()

    def symbol(self, offset: int) -> str | None:
        """Return the qualified name of the innermost named definition around the offset."""
        return self._symbols[bisect_right(self._scopes.edges, offset)]

    def symbol_until(self, offset: int) -> tuple[str | None, int]:
        """Return the same as :meth:`symbol`, and the offset from which on it may be another."""
        edges = self._scopes.edges
        position = bisect_right(edges, offset)
        return self._symbols[position], edges[position] if position < len(edges) else sys.maxsize

    def in_function(self, offset: int) -> bool:
        """Tell whether the offset lies inside the body of a function or method."""
        index = self._scopes.innermost(offset)
        while index != NOWHERE:
            if self._kinds[index] in _CALLABLE:
                return True
            index = self._scopes.parents[index]
        return False

    def _find_symbols(self) -> list[str | None]:
        """Return what :meth:`symbol` answers before the first edge of the scopes and from each of them on."""
        named: list[str | None] = []
        for index, parent in enumerate(self._scopes.parents):
            if self._names[index] and self._kinds[index] != "constant":
                named.append(self._qualified[index])
            else:
                named.append(named[parent] if parent != NOWHERE else None)
        named.append(None)  # found under NOWHERE, which is the index of the last
        return [named[index] for index in self._scopes.inner]

    def _find_names(self, source: Source, captured: Captured) -> tuple[list[str], list[int]]:
        names = [""] * len(self._kinds)
        starts = [end for _, end in self._scopes.spans]
        edges, inner, short = self._scopes.edges, self._scopes.inner, source.short
        for span in captured.get("name"):
            index = inner[bisect_right(edges, span[0])]
            if index != NOWHERE and not names[index]:
                names[index] = short(span)
                starts[index] = span[0]
        return names, starts

    def _assemble(self, source: Source, captured: Captured, adapter: Adapter) -> tuple[Definition, ...]:
        gathered_bases = self._gather(source, captured, "base", in_header=False)
        self._lend_bases(gathered_bases)
        bases = _as_tuples(gathered_bases)
        modifiers = _as_tuples(self._gather(source, captured, "modifier", in_header=True))
        decorators = _as_tuples(self._gather(source, captured, "decorator", in_header=True))
        owners = self._gather(source, captured, "owner", in_header=False)
        sections = self._sections(source, captured)
        exported = {source.short(span) for span in captured.get("export")}
        found: list[Definition] = []
        final_kinds: list[str] = []
        qualified, joint, sign, line = self._qualified, adapter.joint, adapter.sign, source.line
        for index, ((start, end), parent, name, kind) in enumerate(
            zip(self._scopes.spans, self._scopes.parents, self._names, self._kinds, strict=True)
        ):
            of_parent = final_kinds[parent] if parent != NOWHERE else None
            words, its_bases, notes = modifiers.get(index, ()), bases.get(index, ()), decorators.get(index, ())
            if sections:
                words += _section_at(sections.get(parent, ()), start)
            named = _named((sign(name), kind, of_parent, words, its_bases, notes, name in exported))
            final_kind, visibility, is_abstract = _decided(adapter, named)
            final_kinds.append(final_kind)
            outer = qualified[parent] if parent != NOWHERE else adapter.owner_name(owners.get(index, []))
            full_name = f"{outer}{joint}{name}" if outer and name else name or outer
            qualified.append(full_name)
            if name and kind != _SILENT:
                first, last = line(start), line(end - 1 if end > start else start)
                found.append(
                    _definition((full_name, final_kind, visibility, first, last, its_bases, notes, is_abstract))
                )
        return tuple(found)

    def _lend_bases(self, bases: dict[int, list[str]]) -> None:
        """Give the bases of a silent scope (a Rust impl block) to the definition of the same name."""
        if _SILENT not in self._kinds:
            return
        named = {
            name: index
            for index, name in enumerate(self._names)
            if self._kinds[index] != _SILENT and self._scopes.parents[index] == NOWHERE
        }
        for index in sorted(bases):
            owner = named.get(self._names[index].partition("<")[0]) if self._kinds[index] == _SILENT else None
            if owner is not None:
                bases.setdefault(owner, []).extend(bases[index])

    def _sections(self, source: Source, captured: Captured) -> dict[int, list[tuple[int, str]]]:
        """Return the words that set the visibility of what follows them, by the definition in which they stand."""
        sections: dict[int, list[tuple[int, str]]] = {}
        for span in captured.get("section"):
            sections.setdefault(self._scopes.innermost(span[0]), []).append((span[0], source.short(span)))
        return sections

    def _gather(self, source: Source, captured: Captured, capture: str, *, in_header: bool) -> dict[int, list[str]]:
        gathered: dict[int, list[str]] = {}
        for span in captured.get(capture):
            index = self._scopes.innermost(span[0])
            if in_header and (index == NOWHERE or span[0] > self._name_starts[index]):
                index = self._scopes.following(span[0])
            if index != NOWHERE:
                texts = gathered.setdefault(index, [])
                if len(texts) < _MAX_PARTS:
                    texts.append(source.short(span))
        return gathered


def _as_tuples(texts: Mapping[int, list[str]]) -> dict[int, tuple[str, ...]]:
    return {index: tuple(found) for index, found in texts.items()}


@lru_cache(maxsize=1_024)
def _decided(adapter: Adapter, named: Named) -> tuple[str, str, bool]:
    """Return final kind, visibility and whether another must complete it: the same few cases come again and again."""
    return adapter.kind(named), adapter.visibility(named), adapter.abstract(named)


def _section_at(sections: Sequence[tuple[int, str]], offset: int) -> tuple[str, ...]:
    before = [word for start, word in sections if start < offset]
    return (before[-1],) if before else ()
