"""What a language may have to say beside its query: how it spells visibility, imports and names.

The defaults fit a language with explicit modifiers and ``import module`` / ``import names from module`` statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from archaeology.facts import Import

CONTAINERS = frozenset({"class", "interface", "trait", "protocol", "struct", "enum"})
"""Kinds of definitions whose functions are methods."""

_import: Callable[[tuple[object, ...]], Import] = partial(tuple.__new__, Import)  # a third of what calling it costs


class Part(NamedTuple):
    """A piece of an import statement: ``role`` is what follows ``@import.``: module, name, alias, default, namespace or kind."""

    role: str
    text: str


class Statement(NamedTuple):
    """An import statement as the query found it. ``parts`` are in source order; the flags come from ``@scope.*`` captures."""

    text: str
    line: int
    parts: tuple[Part, ...]
    type_checking: bool = False
    lazy: bool = False
    conditional: bool = False
    reexport: bool = False

    def make(  # noqa: PLR0913 - the fields of an import
        self,
        module: str,
        names: tuple[str, ...] = (),
        alias: str | None = None,
        *,
        level: int = 0,
        type_checking: bool = False,
        reexport: bool = False,
    ) -> Import:
        """Return an import of this statement, with its line and flags."""
        _, line, _, for_types, lazy, conditional, is_reexport = self
        return _import(
            (
                module,
                line,
                names,
                level,
                alias,
                for_types or type_checking,
                lazy,
                conditional,
                is_reexport or reexport,
            )
        )

    def first(self, role: str) -> str | None:
        """Return the text of the first part with this role."""
        for part in self.parts:
            if part.role == role:
                return part.text
        return None


class Reference(NamedTuple):
    """A name in the midst of the code that may stand for a module."""

    text: str
    line: int


class Named(NamedTuple):
    """A definition while it is being put together: what the adapter may decide on. ``sign`` is what :meth:`Adapter.sign` says."""

    sign: str
    kind: str
    parent_kind: str | None
    modifiers: tuple[str, ...]
    bases: tuple[str, ...]
    decorators: tuple[str, ...]
    exported: bool = False


class Adapter:
    """A language's own ways. Subclasses override what differs."""

    method_kinds = frozenset({"function"})
    """Kinds that become ``method`` directly inside a class, interface, trait or struct."""

    ambient: frozenset[str] = frozenset()
    """Names that need no import but reach the outside (``open``); calls to them are kept as ``<ambient_root>.<name>``."""

    ambient_root = ""

    default_visibility = "public"

    call_pattern = re.compile(rb"[\w$.\x80-\xff]+")
    """What of a called expression is looked at, from its start; the match is what ``call_target`` gets."""

    joint = "."
    """What stands between a definition's name and the name of the one around it."""

    def sign(self, name: str) -> str:  # noqa: ARG002 - names say nothing in most languages
        """Return what the spelling of a name says about its visibility, as one of few words; '' for nothing."""
        return ""

    def kind(self, named: Named) -> str:
        """Return the final kind of a definition."""
        if named.kind in self.method_kinds and named.parent_kind in CONTAINERS:
            return "method"
        return named.kind

    def visibility(self, named: Named) -> str:
        """Return public, private, protected or internal."""
        if named.modifiers:
            for word in ("private", "protected", "internal", "public"):
                if word in named.modifiers:
                    return word
        return self.default_visibility

    def abstract(self, named: Named) -> bool:
        """Tell whether the definition must be completed by another."""
        return "abstract" in named.modifiers

    def imports(self, statement: Statement) -> list[Import]:
        """Return the imports of a statement: one for each module, or for its names.

        Names without an alias share an import, each name with an alias has its own.
        """
        modules = [self.module_text(part.text) for part in statement.parts if part.role == "module"]
        named = with_aliases(statement.parts, "name")
        if named and modules:
            plain = tuple(name for name, alias in named if alias is None)
            found = [statement.make(modules[0], plain)] if plain else []
            return found + [statement.make(modules[0], (name,), alias) for name, alias in named if alias is not None]
        return [
            statement.make(self.module_text(module), (), alias)
            for module, alias in with_aliases(statement.parts, "module")
        ]

    def module_text(self, text: str) -> str:
        """Return a module as it is to be kept, from the captured text."""
        return text.strip("'\"`")

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Return ``(local name, what it stands for)`` for each name that the import brings into the file."""
        if found.names:
            return [(found.alias or name, f"{found.module}.{name}") for name in found.names if name != "*"]
        return [(found.alias or found.module.rpartition(".")[2], found.module)]

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:
        """Return what a call of ``text`` (see ``call_pattern``) reaches, with the first part replaced by what it stands for.

        None for everything that was not imported.
        """
        first, dot, rest = text.rstrip(".").partition(".")
        if first in bound:
            return bound[first] + dot + rest
        if first in self.ambient:
            return f"{self.ambient_root}.{first}{dot}{rest}"
        return None

    def error_type(self, text: str) -> str | None:
        """Return the name of a raised or caught type from the captured text, or None where it names no type."""
        return text

    def caught_type(self, text: str) -> str:
        """Return the name of a caught type from the captured text."""
        return text

    def owner_name(self, owners: list[str]) -> str:
        """Return the type that a method outside of it belongs to, from the captured texts; '' where there is none."""
        return owners[0] if owners else ""

    def references(self, texts: list[Reference], imports: list[Import]) -> list[Import]:  # noqa: ARG002 - most have none
        """Return the imports that need no statement: names of modules in the midst of the code."""
        return []

    def package(self, texts: list[str]) -> str | None:
        """Return the package that the file declares, from the captured texts."""
        return texts[0] if texts else None


def with_aliases(parts: Sequence[Part], role: str) -> list[tuple[str, str | None]]:
    """Return the texts of the parts with this role, each with the alias that follows it."""
    found: list[tuple[str, str | None]] = []
    last = ""
    for part in parts:
        if part.role == role:
            found.append((part.text, None))
        elif part.role == "alias" and last == role and found:
            found[-1] = (found[-1][0], part.text)
        last = part.role
    return found
