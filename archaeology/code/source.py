"""The bytes of one file, with the little that everybody asks of them: text of a span, line of an offset."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from itertools import accumulate

Span = tuple[int, int]
"""Start and end as byte offsets, the end not included."""

_SPACE = re.compile(r"\s+")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Source:
    """UTF-8 bytes with line numbers. Bytes that are not UTF-8 become replacement characters in texts, never errors."""

    __slots__ = ("_ascii", "data", "lines", "next_lines")

    def __init__(self, data: bytes) -> None:
        """Find the lines.

        ``lines`` is how many there are, a last one without a newline included, and ``next_lines`` where each but the first begins.
        """
        self.data = data
        # Of plain ASCII, as most files are, a piece of the text costs half of what a piece of bytes and its decoding do.
        self._ascii = data.decode("ascii") if data.isascii() else None
        self.next_lines = _next_lines(data)
        self.lines = len(self.next_lines) + (not data.endswith(b"\n") and bool(data))

    def text(self, span: Span) -> str:
        """Return the span's text."""
        if self._ascii is not None:
            return self._ascii[span[0] : span[1]]
        return self.data[span[0] : span[1]].decode("utf-8", "replace")

    def short(self, span: Span, limit: int = 120) -> str:
        """Return the span's text on one line, cut at ``limit`` characters."""
        start, end = span
        if end - start > 4 * limit:
            end = start + 4 * limit
        text = self._ascii[start:end] if self._ascii is not None else self.data[start:end].decode("utf-8", "replace")
        if len(text) <= limit and "\n" not in text:
            return text.strip()
        return _SPACE.sub(" ", text).strip()[:limit]

    def line(self, offset: int) -> int:
        """Return the line of a byte offset, counted from 1."""
        return bisect_right(self.next_lines, offset) + 1

    def last_line(self, span: Span) -> int:
        """Return the last line that the span touches; a newline at its end belongs to the line it ends."""
        start, end = span
        return bisect_right(self.next_lines, end - 1 if end > start else start) + 1


def as_utf8(data: bytes) -> bytes:
    """Return UTF-16 text (told by its byte order mark) as UTF-8 with the same lines, and everything else unchanged."""
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def is_inside(spans: list[Span], offset: int) -> bool:
    """Tell whether one of the spans, which are in order, holds the offset."""
    index = bisect_right(spans, (offset, offset))
    return (index > 0 and offset < spans[index - 1][1]) or (index < len(spans) and spans[index][0] == offset)


def _next_lines(data: bytes) -> list[int]:
    """Return the offset after each newline, in order."""
    # Lengths are summed in C; a loop over matches would cost three times as much.
    if b"\r" in data:  # which `splitlines` takes for the end of a line too
        ends = [length + index for index, length in enumerate(accumulate(map(len, data.split(b"\n"))), 1)]
        ends.pop()
        return ends
    ends = list(accumulate(map(len, data.splitlines(keepends=True))))
    if ends and not data.endswith(b"\n"):
        ends.pop()
    return ends
