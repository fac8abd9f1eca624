"""Which definition surrounds a place in a file, computed from byte spans alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from archaeology.code.source import Span

NOWHERE = -1


class Scopes:
    """Nested spans in the order of their starts, each knowing the one around it.

    Spans come from one syntax tree, so two of them are either nested or apart.
    """

    __slots__ = ("_starts", "parents", "spans")

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans, key=_outer_first)
        self._starts = [start for start, _ in self.spans]
        self.parents = self._find_parents()

    def innermost(self, offset: int) -> int:
        """Return the index of the innermost span that contains the offset, or NOWHERE."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self.spans[index][1] <= offset:
            index = self.parents[index]
        return index

    def following(self, offset: int) -> int:
        """Return the index of the first span that starts at the offset or after it, or NOWHERE."""
        index = bisect_left(self._starts, offset)
        return index if index < len(self.spans) else NOWHERE

    def _find_parents(self) -> list[int]:
        parents = []
        stack: list[int] = []
        for index, (start, _) in enumerate(self.spans):
            while stack and self.spans[stack[-1]][1] <= start:
                stack.pop()
            parents.append(stack[-1] if stack else NOWHERE)
            stack.append(index)
        return parents


def _outer_first(span: Span) -> tuple[int, int]:
    return span[0], -span[1]
