"""Files, and what the bytes of one say: definitions, imports, errors, calls and comments.

Plain values, cheap to make by the hundred thousand: what a file holds by the dozen is a named tuple, since a frozen dataclass costs
four times as much. :class:`FileFacts` holds nothing of the path, so that it can be cached by blob id; everything that needs a path
(module names, resolved imports, tests) is computed from it afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Flag(StrEnum):
    """What kind of file it is, beside its language."""

    GENERATED = "generated"
    VENDORED = "vendored"
    MINIFIED = "minified"
    TEST = "test"
    EXAMPLE = "example"
    MIGRATION = "migration"
    DOCUMENTATION = "documentation"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


_PRODUCTION = frozenset({Flag.MIGRATION})


@dataclass(frozen=True, slots=True)
class File:
    """A tracked file. ``reasons`` says for each flag why it is set; ``size`` is in bytes."""

    path: str
    blob: str
    size: int
    language: str | None = None
    flags: frozenset[Flag] = frozenset()
    reasons: tuple[tuple[Flag, str], ...] = ()

    @property
    def is_production(self) -> bool:
        """Whether people write it and the product runs it: no test, example, generated, vendored or documentation file."""
        return not self.flags or self.flags <= _PRODUCTION


class Definition(NamedTuple):
    """A named thing in a file. ``name`` is qualified inside the file (``Checkout.pay``); lines count from 1."""

    name: str
    kind: str  # class, interface, trait, protocol, struct, enum, function, method, module, type, constant
    visibility: str  # public, private, protected, internal
    start_line: int
    end_line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    abstract: bool = False


class Import(NamedTuple):
    """An import as written. ``level`` counts leading dots of a relative Python import.

    ``names`` are the imported names of a from-import (empty for a plain one; ``("*",)`` for a star).
    """

    module: str
    line: int
    names: tuple[str, ...] = ()
    level: int = 0
    alias: str | None = None
    type_checking: bool = False
    lazy: bool = False
    conditional: bool = False
    reexport: bool = False


class Raise(NamedTuple):
    """A type that is raised, thrown or returned as an error, and where."""

    type: str
    line: int
    symbol: str | None = None


class Catch(NamedTuple):
    """The types that a handler catches; empty for a bare handler."""

    types: tuple[str, ...]
    line: int
    symbol: str | None = None


class Call(NamedTuple):
    """A call through a dotted name whose first part is an imported name (``requests.get``)."""

    target: str
    line: int
    symbol: str | None = None


class Comment(NamedTuple):
    """A comment or docstring that carries a reason, a ban or a warning; ``kind`` says which word raised it."""

    text: str
    start_line: int
    end_line: int
    kind: str  # reason, ban, workaround, warning, todo, docstring
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file's bytes say. ``error`` tells why nothing, or not everything, could be read.

    What files hold most of is in sequences that may make their items on demand (:mod:`archaeology.facts.rows`).
    """

    language: str
    lines: int = 0
    definitions: Sequence[Definition] = ()
    imports: Sequence[Import] = ()
    raises: tuple[Raise, ...] = ()
    catches: tuple[Catch, ...] = ()
    calls: Sequence[Call] = ()
    comments: tuple[Comment, ...] = ()
    package: str | None = None  # the package or namespace that the file declares (Java, Kotlin, C#, PHP, Go, Elixir)
    exports: tuple[str, ...] = ()  # names the file declares public (``__all__``, export lists)
    error: str | None = None
