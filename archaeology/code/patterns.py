"""A language's query file as compiled queries: to be run over a whole tree, or only where certain words stand.

Walking a tree with a query costs a third of what parsing does, however little the query asks for. But there is no class where the
bytes hold no ``class``, and looking for a word is nearly free. So a pattern may say by ``(#set! word "class")`` which word is a child
of its root node, with ``(#set! height "2")`` where the root stands higher above the word. A language in which any pattern does so is
read *sparsely*: its trees are walked near the top, where most definitions and imports stand, and words tell what is deeper. Patterns
without a word are then for nodes that stand near the top alone. Comments say by what they begin (``(#set! mark "#")``), and calls are
looked for by the names that a file imports.
"""

from __future__ import annotations

import ctypes
import re
from functools import cache
from itertools import pairwise
from string import ascii_letters, digits
from typing import NamedTuple

from tree_sitter import Parser, Query

from archaeology.code.languages import LANGUAGES, grammar, query_source

_CAPTURE = re.compile(rb"@([\w.]+)")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|;[^\n]*|[()\[\]]')
_SETTING = re.compile(rb'#set! (\w+) "([^"]*)"')
_ROOT = re.compile(rb"[\s(\[]*(\w+)")
_DEEP = (b"catch", b"raise", b"scope.type_checking", b"_")
_NOT_NAMES = (b"call", b"catch", b"raise", b"comment", b"docstring", b"_")

PART_OF_WORD = frozenset(char.encode() for char in f"{ascii_letters}{digits}_")
"""Bytes next to which a word is only a piece of a longer one."""


class Landmark(NamedTuple):
    """A word near which patterns match.

    ``heights`` says how far above it their roots may stand, ``opens`` and ``closes`` whether it begins and ends like a word, and ``holds``
    what a root that begins with the word must contain.
    """

    word: bytes
    heights: tuple[int, ...]
    opens: bool
    closes: bool
    holds: bytes


class Sparse(NamedTuple):
    """What is needed to read a file without walking its tree.

    A query for the nodes down to a ``depth`` below the file's own, where most definitions and imports are; one to be run near words; the
    same for calls. For a tree that was parsed from little there are a query for all of it and one for its root.
    """

    shallow: Query
    depth: int
    query: Query
    landmarks: tuple[Landmark, ...]
    calls: Query
    call_kinds: frozenset[int]
    whole: Query
    top: Query


class Marks(NamedTuple):
    """What the comments of a language begin with, and the kinds of their nodes."""

    texts: tuple[bytes, ...]
    kinds: frozenset[int]


class _Pattern(NamedTuple):
    text: bytes
    captures: tuple[bytes, ...]
    root: str
    settings: dict[str, str]

    def is_for(self, prefixes: tuple[bytes, ...]) -> bool:
        return all(capture.startswith(prefixes) for capture in self.captures)


def query(name: str, *, names_only: bool = False) -> Query:
    """Return the compiled query of a language, to be run over whole trees, but for what :func:`top_query` has.

    With ``names_only`` the patterns that capture only prose, or what else imports do not need, are left out: it is the same file, so
    that the two cannot differ. Raises KeyError for a language that is not in LANGUAGES.
    """
    return _whole(name, names_only)


def top_query(name: str, *, names_only: bool = False) -> Query | None:
    """Return the compiled patterns that begin with the root of the tree, None where there are none: to be run at depth 0.

    A pattern that has begun at the root is tried at all that is in it. Raises KeyError as :func:`query` does.
    """
    return _top(name, names_only)


def comment_marks(name: str) -> Marks | None:
    """Return by what the comments of a language are found; None where the query captures them.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    return _marks(name)


def sparse(name: str, *, names_only: bool = False) -> Sparse | None:
    """Return how to read a language without walking whole trees; None where that cannot be.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    return _sparse(name, names_only)


@cache
def _whole(name: str, names_only: bool) -> Query:  # noqa: FBT001 - a key of the cache
    return _compiled(name, [pattern for pattern in _wanted(name, names_only) if pattern.root != _root(name)])


@cache
def _top(name: str, names_only: bool) -> Query | None:  # noqa: FBT001 - a key of the cache
    found = [pattern for pattern in _wanted(name, names_only) if pattern.root == _root(name)]
    return _compiled(name, found) if found else None


@cache
def _root(name: str) -> str:
    """Return the kind of node that is the root of every tree of the language."""
    return Parser(grammar(name)).parse(b"").root_node.type


@cache
def _marks(name: str) -> Marks | None:
    comments = [pattern for pattern in _patterns(name) if "mark" in pattern.settings]
    if not comments:
        return None
    marks = {mark.encode() for pattern in comments for mark in pattern.settings["mark"].split()}
    return Marks(tuple(sorted(marks)), _kinds(name, comments))


@cache
def _sparse(name: str, names_only: bool) -> Sparse | None:  # noqa: FBT001 - a key of the cache
    if not any("word" in pattern.settings for pattern in _patterns(name)):
        return None
    wanted = _wanted(name, names_only)
    calls = [pattern for pattern in wanted if pattern.is_for((b"call",)) and "word" not in pattern.settings]
    others = [pattern for pattern in wanted if pattern not in calls]
    heights: dict[tuple[str, str], set[int]] = {}
    for pattern in others:
        if "word" in pattern.settings:
            key = pattern.settings["word"], pattern.settings.get("holds", "")
            heights.setdefault(key, set()).add(int(pattern.settings.get("height", "1")))
    return Sparse(
        _compiled(name, [pattern for pattern in others if not pattern.is_for(_DEEP)]),
        LANGUAGES[name].shallow,
        _compiled(name, others),
        tuple(_landmark(*key, found) for key, found in sorted(heights.items())),
        _compiled(name, calls),
        _kinds(name, calls),
        _compiled(name, [pattern for pattern in others if pattern.root != _root(name)]),
        _compiled(name, [pattern for pattern in others if pattern.root == _root(name)]),
    )


def _wanted(name: str, names_only: bool) -> list[_Pattern]:  # noqa: FBT001 - passed on
    needless = tuple(use for use in _NOT_NAMES if use.decode() not in LANGUAGES[name].imports_by_use)
    # What begins with an underscore is for predicates, and matters only beside another capture.
    return [
        pattern
        for pattern in _patterns(name)
        if "mark" not in pattern.settings and not (names_only and pattern.is_for(needless))
    ]


def _compiled(name: str, patterns: list[_Pattern]) -> Query:
    # Compiling takes longer than reading most files, so only what is wanted is compiled.
    query = Query(grammar(name), b"\n".join(pattern.text for pattern in patterns).decode("utf-8"))
    # py-tree-sitter 0.26 frees the predicates of a query twice when the query goes, so none ever goes, not even when the interpreter ends.
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(query))
    return query


@cache
def _patterns(name: str) -> tuple[_Pattern, ...]:
    source = query_source(name)
    starts = []
    depth = 0
    for token in _TOKEN.finditer(source):
        if token.group() in {b"(", b"["}:
            if depth == 0:
                starts.append(token.start())
            depth += 1
        elif token.group() in {b")", b"]"}:
            depth -= 1
    return tuple(_pattern(source[start:end]) for start, end in pairwise([*starts, len(source)]))


def _pattern(text: bytes) -> _Pattern:
    root = _ROOT.match(text)
    settings = {key.decode(): value.decode() for key, value in _SETTING.findall(text)}
    return _Pattern(text, tuple(_CAPTURE.findall(text)), root.group(1).decode() if root else "", settings)


def _landmark(word: str, holds: str, heights: set[int]) -> Landmark:
    text = word.encode()
    return Landmark(
        text,
        tuple(sorted(heights)),
        text[:1] in PART_OF_WORD,
        text[-1:] in PART_OF_WORD,
        holds.encode(),
    )


def _kinds(name: str, patterns: list[_Pattern]) -> frozenset[int]:
    kinds = {grammar(name).id_for_node_kind(pattern.root, True) for pattern in patterns}
    return frozenset(kind for kind in kinds if kind is not None)
