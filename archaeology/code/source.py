"""The bytes of one file, with the little that everybody asks of them: text of a span, line of an offset."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from itertools import accumulate

Span = tuple[int, int]
"""Start and end as byte offsets, the end not included."""

_SPACE = re.compile(r"\s+")
_PIECE = 256  # bytes
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Source:
    """UTF-8 bytes with line numbers. Bytes that are not UTF-8 become replacement characters in texts, never errors."""

    __slots__ = ("_ascii", "_passed", "data", "lines")

    def __init__(self, data: bytes) -> None:
        """Count the lines: ``lines`` is how many there are, a last one without a newline included."""
        self.data = data
        # Of plain ASCII, as most files are, a piece of the text costs half of what a piece of bytes and its decoding do.
        self._ascii = data.decode("ascii") if data.isascii() else None
        # Newlines before each piece of the file: few lines are asked for, and a list of all costs ten times as much.
        count = data.count
        self._passed = list(
            accumulate([count(b"\n", start, start + _PIECE) for start in range(0, len(data), _PIECE)], initial=0)
        )
        self.lines = self._passed[-1] + (not data.endswith(b"\n") and bool(data))

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
        return self._passed[offset // _PIECE] + self.data.count(b"\n", offset - offset % _PIECE, offset) + 1

    def last_line(self, span: Span) -> int:
        """Return the last line that the span touches; a newline at its end belongs to the line it ends."""
        start, end = span
        return self.line(end - 1 if end > start else start)


def as_utf8(data: bytes) -> bytes:
    """Return UTF-16 text (told by its byte order mark) as UTF-8 with the same lines, and everything else unchanged."""
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def is_inside(spans: list[Span], offset: int) -> bool:
    """Tell whether one of the spans, which are in order, holds the offset."""
    index = bisect_right(spans, (offset, offset))
    return (index > 0 and offset < spans[index - 1][1]) or (index < len(spans) and spans[index][0] == offset)


def with_pieces(data: bytes, pieces: list[tuple[Span, bytes]]) -> bytes:
    """Return the bytes with each span, which are in order, replaced by as many others."""
    if not pieces:
        return data
    parts: list[bytes] = []
    last = 0
    for (start, end), piece in pieces:
        parts += (data[last:start], piece)
        last = end
    parts.append(data[last:])
    return b"".join(parts)


def never_ends(data: bytes, opens: bytes, closes: bytes) -> bool:
    """Tell whether the last of what opens is not closed."""
    # To look backwards costs five times as much.
    return opens in data and closes not in data.split(opens)[-1]
