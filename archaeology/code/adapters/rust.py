"""Rust: use trees, ``pub`` with its scopes, paths that need no import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archaeology.code.adapters.base import Adapter, Named, Statement
from archaeology.facts import Import

_TOKEN = re.compile(r"::|[{},*]|(?:r#)?\w+")
_PATH = re.compile(r"(?:\w+::)*\w+")
_PLAIN = re.compile(r"(?:\w+::)*(?:\w+|\*)")
_MAX_TOKENS = 20_000
_MAX_PATH = 64
_LONG = 300


class Rust(Adapter):
    """Rust's ways."""

    joint = "::"
    call_pattern = re.compile(rb"(?:::)?(?:\w+::)*\w+")

    def visibility(self, named: Named) -> str:
        """``pub`` is public, ``pub(crate)`` and its like internal; members of a trait are as public as the trait."""
        if named.parent_kind == "trait":
            return "public"
        for word in named.modifiers:
            if word.startswith("pub"):
                return "public" if word == "pub" else "internal"
        return "private"

    def abstract(self, named: Named) -> bool:
        """Traits are for others to fill."""
        return named.kind == "trait"

    def kind(self, named: Named) -> str:
        """Functions of impl blocks are methods too."""
        return "method" if named.kind == "function" and named.parent_kind == "_silent" else super().kind(named)

    def imports(self, statement: Statement) -> list[Import]:
        """Return one import for each leaf of the use tree: the path before it is the module, the leaf the name."""
        tree = statement.first("module") or ""
        make = statement.make
        # What is long comes once, and hostile files could fill the memory with it.
        found = _known(tree) if len(tree) < _LONG else _imported(tree)
        return [make(module, names, alias) for module, names, alias in found]

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Bind the leaf."""
        if not found.names:
            return [(found.alias or found.module.rpartition("::")[2], found.module)]
        return [(found.alias or name, f"{found.module}::{name}") for name in found.names if name != "*"]

    def caught_type(self, text: str) -> str:
        """Leave out what the pattern binds."""
        return text.partition("(")[0].partition("{")[0].strip()

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:
        """Replace the first part where it was imported; keep paths that begin with a crate or a module."""
        match = _PATH.match(text.removeprefix("::"))
        if match is None:
            return None
        first, joint, rest = match.group().partition("::")
        if first in bound:
            return bound[first] + joint + rest
        return match.group() if joint and first != "self" and first[:1].islower() else None


def _imported(tree: str) -> tuple[tuple[str, tuple[str, ...], str | None], ...]:
    """Return module, names and alias for each leaf."""
    return tuple((*_module_and_names(path), alias) for path, alias in _leaves(tree))


_known = lru_cache(maxsize=4_096)(_imported)  # the files of a crate use the same few things


def _module_and_names(path: list[str]) -> tuple[str, tuple[str, ...]]:
    if path[-1] == "self" and len(path) > 1:
        path = path[:-1]
        return "::".join(path[:-1]) or path[0], (path[-1],) if len(path) > 1 else ()
    if len(path) == 1:
        return path[0], ()
    return "::".join(path[:-1]), (path[-1],)


def _leaves(tree: str) -> Iterator[tuple[list[str], str | None]]:  # noqa: C901 - a small state machine reads best in one piece
    """Yield ``(path, alias)`` for each leaf. Iterative, since a hostile tree may be nested without end."""
    if _PLAIN.fullmatch(tree):
        yield tree.split("::")[:_MAX_PATH], None
        return
    prefixes: list[list[str]] = []
    base: list[str] = []
    path: list[str] = []
    alias: str | None = None
    expects_alias = False
    for token in _TOKEN.findall(tree)[:_MAX_TOKENS]:
        if token == "{":
            prefixes.append(base)
            base, path = path, list(path)
        elif token in {"}", ","}:
            if len(path) > len(base):
                yield path, alias
            path, alias, expects_alias = list(base), None, False
            if token == "}" and prefixes:
                base = prefixes.pop()
                path = list(base)
        elif token == "as":
            expects_alias = True
        elif token != "::":
            if expects_alias:
                alias = token
            elif len(path) < _MAX_PATH:  # no honest path is longer
                path.append(token.removeprefix("r#"))
    if len(path) > len(base):
        yield path, alias


ADAPTER = Rust()
