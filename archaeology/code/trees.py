"""Trees of a file, of some of its bytes, or of one literal in it. Everything in them stands where it does in the file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Parser, Range

from archaeology.code.languages import grammar

if TYPE_CHECKING:
    from tree_sitter import Node

    from archaeology.code.source import Span

_PREFIXES = b"rRfF"


def parsed(language: str, text: bytes, spans: list[Span] | None = None) -> Node:
    """Return the root of the tree of all of the text, or of what stands in the spans alone, which are in order and apart.

    What is left out costs nothing, where blanks cost half of what code does; what stands before and after it may be one word. Raises KeyError for
    a language that is not in LANGUAGES.
    """
    parser = _parser(language)
    if spans is None:
        return parser.parse(text).root_node
    if not spans:
        return parser.parse(b"").root_node
    # Rows only have to grow: nobody asks for them.
    parser.included_ranges = [Range((start, 0), (end, 0), start, end) for start, end in spans]
    try:
        return parser.parse(text).root_node
    finally:
        parser.included_ranges = []


def tree_of(language: str, data: bytes, literal: Span | None) -> Node:
    """Return the root of the tree of a literal alone, with what stands before its quotes; of all of the file where there is none.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    if literal is None:
        return parsed(language, data)
    start, end = literal
    while start and data[start - 1] in _PREFIXES and literal[0] - start < len(_PREFIXES):
        start -= 1
    return parsed(language, data, [(start, end)])


@cache
def _parser(language: str) -> Parser:
    # Nothing of a file is left in it: a parse that is not told of an old tree begins anew.
    return Parser(grammar(language))
