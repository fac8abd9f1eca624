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

    __slots__ = ("_line_ends", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        # Lengths are summed in C; a list of matches would cost three times as much.
        lengths = accumulate(map(len, data.split(b"\n")))
        self._line_ends = [length + index for index, length in enumerate(lengths)]
        self._line_ends.pop()

    @property
    def lines(self) -> int:
        """How many lines there are; a last line without a newline counts."""
        return len(self._line_ends) + (not self.data.endswith(b"\n") and bool(self.data))

    def text(self, span: Span) -> str:
        """Return the span's text."""
        return self.data[span[0] : span[1]].decode("utf-8", "replace")

    def short(self, span: Span, limit: int = 120) -> str:
        """Return the span's text on one line, cut at ``limit`` characters."""
        start, end = span
        text = self.data[start : min(end, start + 4 * limit)].decode("utf-8", "replace")
        if "\n" not in text and len(text) <= limit:
            return text.strip()
        return _SPACE.sub(" ", text).strip()[:limit]

    def line(self, offset: int) -> int:
        """Return the line of a byte offset, counted from 1."""
        return bisect_right(self._line_ends, offset - 1) + 1

    def last_line(self, span: Span) -> int:
        """Return the last line that the span touches; a newline at its end belongs to the line it ends."""
        return self.line(max(span[0], span[1] - 1))


def as_utf8(data: bytes) -> bytes:
    """Return UTF-16 text (told by its byte order mark) as UTF-8 with the same lines, and everything else unchanged."""
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data
