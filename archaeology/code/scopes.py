"""Which of a file's nested spans surrounds a place, computed from byte spans alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from archaeology.code.source import Span

NOWHERE = -1


class Scopes:
    """Nested spans in the order of their starts, the outer first, each knowing the one around it.

    Spans come from one syntax tree, so two of them are either nested or apart. ``edges`` are the offsets at which the innermost
    span changes, in order, and ``inner`` says what it is before the first of them and from each of them on.
    """

    __slots__ = ("_starts", "edges", "inner", "parents", "spans")

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take spans in any order; equal ones stay apart."""
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]
        if len(set(self._starts)) < len(self._starts):
            self.spans.sort(key=_outer_first)
        self.parents: list[int] = []
        self.edges: list[int] = []
        self.inner = [NOWHERE]
        self._nest()

    def innermost(self, offset: int) -> int:
        """Return the index of the innermost span that contains the offset, or NOWHERE."""
        return self.inner[bisect_right(self.edges, offset)]

    def following(self, offset: int) -> int:
        """Return the index of the first span that starts at the offset or after it, or NOWHERE."""
        index = bisect_left(self._starts, offset)
        return index if index < len(self.spans) else NOWHERE

    def _nest(self) -> None:
        parents, edges, inner = self.parents, self.edges, self.inner
        stack: list[int] = []
        ends: list[int] = []
        for index, (start, end) in enumerate(self.spans):
            while ends and ends[-1] <= start:
                edges.append(ends.pop())
                stack.pop()
                inner.append(stack[-1] if stack else NOWHERE)
            parents.append(stack[-1] if stack else NOWHERE)
            stack.append(index)
            ends.append(end)
            edges.append(start)
            inner.append(index)
        while ends:
            edges.append(ends.pop())
            stack.pop()
            inner.append(stack[-1] if stack else NOWHERE)


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that no other of them contains, in order, each once."""
    found: list[Span] = []
    start = end = -1
    for span in sorted(spans):
        if span[0] >= end:
            found.append(span)
            start, end = span
        elif span[0] == start:  # of those that begin together the longest comes last
            found[-1] = span
            end = span[1]
    return found


def _outer_first(span: Span) -> tuple[int, int]:
    return span[0], -span[1]
