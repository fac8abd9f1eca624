"""The captures of one query run over one file, as byte spans in source order.

The capture names are the contract between the query files and everything else here; docs/adding-a-language.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tree_sitter import Parser, QueryCursor

from archaeology.code.languages import grammar, query

if TYPE_CHECKING:
    from archaeology.code.source import Span

MATCH_LIMIT = 1 << 16
"""How many unfinished matches the query may keep; more than any honest file needs."""

_DEFINITION = "definition."


@dataclass(frozen=True, slots=True)
class Captured:
    """Spans by capture name, each list sorted. ``broken`` is set where the syntax tree has errors."""

    spans: dict[str, list[Span]]
    broken: bool
    capped: bool

    def get(self, name: str) -> list[Span]:
        """Return the spans captured under the name, in source order."""
        return self.spans.get(name, [])

    def definitions(self) -> Iterator[tuple[str, list[Span]]]:
        """Yield ``(kind, spans)`` for every ``@definition.<kind>``, kinds in alphabetical order."""
        for name in sorted(self.spans):
            if name.startswith(_DEFINITION):
                yield name.removeprefix(_DEFINITION), self.spans[name]


def capture(language: str, data: bytes) -> Captured:
    """Parse the bytes and run the language's query once.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    root = Parser(grammar(language)).parse(data).root_node
    cursor = QueryCursor(query(language), match_limit=MATCH_LIMIT)
    captures = cursor.captures(root)
    spans = {
        name: sorted([node.byte_range for node in nodes])
        for name, nodes in captures.items()
        if not name.startswith("_")
    }
    return Captured(spans, root.has_error, cursor.did_exceed_match_limit)
