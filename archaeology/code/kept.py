"""Bytes of a file of which only some spans are to be parsed, put together from the beginning to the end."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import NamedTuple

from archaeology.code.source import Span

_NEAR = 3  # blank lines that cost less to parse than to leave out
_MOST = 250  # spans: the parser looks through all of them at each word
_NEWLINE = 10

LONG = 100
"""Blanks that cost more to parse than to leave out."""


class Skeleton(NamedTuple):
    """The bytes of a file of which only those ``kept`` are to be parsed. Where one of them is another than in the file, something was left out.

    ``told`` are captures of which the query would find the same spans.
    """

    text: bytes
    kept: list[Span]
    told: dict[str, list[Span]]


def around(blanks: list[Span], size: int) -> list[Span] | None:
    """Return what of so many bytes is to be parsed where the spans, which are in order, are blank; None where that is all of it.

    Short blanks are parsed, and all but the longest where there are very many.
    """
    gaps = [span for span in blanks if span[1] - span[0] >= LONG]
    if not gaps:
        return None
    if len(gaps) >= _MOST:
        gaps = sorted(sorted(gaps, key=_negative_length)[: _MOST - 1])
    edges = [0, *chain.from_iterable(gaps), size]
    return [span for span in zip(edges[::2], edges[1::2], strict=True) if span[0] < span[1]]


def _negative_length(span: Span) -> int:
    return span[0] - span[1]


class Kept:
    """What is kept of a file so far, up to the offset ``kept``; what is not yet may be overwritten in its ``buffer``.

    ``told`` is what is left out because the bytes tell it.
    """

    def __init__(self, data: bytes) -> None:
        """Begin with nothing."""
        self.data = data
        self.buffer = bytearray(data)
        self.kept = 0
        self.told: dict[str, list[Span]] = {}
        self._starts: list[int] = []
        self._ends: list[int] = []

    def keep(self, begin: int, end: int) -> None:
        """Keep what begins with a newline, or with the file: that is told by -1."""
        kept = self.kept
        if begin - kept > _NEAR or not self._ends:
            self._starts.append(begin)
            self._ends.append(end)
        else:
            if begin > kept:
                self.buffer[kept:begin] = b"\n" * (begin - kept)
            self._ends[-1] = end
        self.kept = end

    def keep_on(self, begin: int, end: int) -> None:
        """Keep what goes on with the same statement."""
        self._starts.append(begin)
        self._ends.append(end)
        self.kept = end

    def keep_more(self, end: int) -> None:
        """Keep what follows, up to the offset."""
        self.kept = self._ends[-1] = end

    def take_back(self, begin: int, end: int) -> None:
        """Keep nothing from one offset on, and let the bytes up to the other be those of the file."""
        starts, ends = self._starts, self._ends
        while starts and starts[-1] >= begin:
            starts.pop()
            ends.pop()
        if ends:
            ends[-1] = min(ends[-1], begin)
        self.kept = ends[-1] if ends else 0
        self.buffer[begin:end] = self.data[begin:end]

    def skeleton(self) -> Skeleton:
        """Return what is kept."""
        spans = list(zip(self._starts, self._ends, strict=True))
        if spans and spans[0][0] < 0:
            spans[0] = 0, spans[0][1]
        if len(spans) > _MOST:
            spans = self._with_gaps_filled(spans)
        return Skeleton(bytes(self.buffer), spans, self.told)

    def _with_gaps_filled(self, spans: list[Span]) -> list[Span]:
        """Return the spans with blanks in all but the longest gaps between them."""
        buffer = self.buffer
        gaps = [after[0] - before[1] for before, after in pairwise(spans)]
        longest = set(sorted(range(len(gaps)), key=gaps.__getitem__, reverse=True)[: _MOST - 1])
        begin, end = spans[0]
        found: list[Span] = []
        for index, (start, stop) in enumerate(spans[1:]):
            if index in longest:
                found.append((begin, end))
                begin = start
            else:
                buffer[end:start] = (b"\n" if buffer[start] == _NEWLINE else b" ") * (start - end)
            end = stop
        return [*found, (begin, end)]
