"""The captures of one query run over one file, as byte spans in source order.

The capture names are the contract between the query files and everything else here; docs/adding-a-language.md lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Parser, QueryCursor

from archaeology.code.languages import absent_patterns, grammar, query

if TYPE_CHECKING:
    from tree_sitter import Node

    from archaeology.code.source import Span

MATCH_LIMIT = 1 << 16
"""How many unfinished matches the query may keep; more than any honest file needs."""


class Captured:
    """The nodes of one file by capture name. ``broken`` is set where the syntax tree has errors."""

    __slots__ = ("_nodes", "broken", "capped")

    def __init__(self, nodes: Mapping[str, list[Node]], *, broken: bool, capped: bool) -> None:
        """Keep the captures; ``capped`` says that the query ran out of room and some are missing."""
        self._nodes = nodes
        self.broken = broken
        self.capped = capped

    def names(self) -> list[str]:
        """Return the names under which anything was captured, in alphabetical order."""
        return sorted(self._nodes)

    def get(self, name: str) -> list[Span]:
        """Return the spans captured under the name, in source order."""
        nodes = self._nodes.get(name)
        # Most names are captured in few files.
        return sorted([node.byte_range for node in nodes]) if nodes else []


def capture(language: str, data: bytes, *, names_only: bool = False) -> Captured:
    """Parse the bytes and run the language's query once; with ``names_only`` without what definitions and imports do not need.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    root = _parser(language).parse(data).root_node
    patterns = query(language, absent_patterns(language, data), names_only=names_only)
    cursor = QueryCursor(patterns, match_limit=MATCH_LIMIT)
    captures = cursor.captures(root)
    return Captured(captures, broken=root.has_error, capped=cursor.did_exceed_match_limit)


@cache
def _parser(language: str) -> Parser:
    # Nothing of a file is left in it: a parse that is not told of an old tree begins anew.
    return Parser(grammar(language))
