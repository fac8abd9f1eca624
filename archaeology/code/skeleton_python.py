"""A Python file without what holds no fact: headers of functions and classes, imports, errors and constants are left.

All else is told from the bytes, decorators and docstrings among it, or is no fact. The statements that are left stand where they stood, under the
function or class that they stood under, but not under the ``if`` or ``with`` around them, for no fact depends on that. Only where an import does (it
may be conditional), or where an error is caught or a pattern may look like a call, the whole statement around it is left as it is. Each function and
class ends where it ended, with a name if need be.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from archaeology.code.kept import Kept, Skeleton
from archaeology.code.lines_python import (
    ASYNC_FUNCTION,
    BEHIND_COLON,
    BEHIND_SEMICOLON,
    CASE,
    CLASS,
    CONSTANT,
    DECORATOR,
    DOCSTRING,
    EXCEPT,
    FIRST,
    FROM,
    FUNCTION,
    IMPORT,
    INDENT,
    RAISE,
    TELLING,
    Lines,
    begins_statement,
)

_NOT_TOLD = (b"\t", b"\r", b"\f", b"\v", b"'")
_NEAR = 3  # bytes between two lines in which nothing but blanks can be
_SHORT = 12  # bytes in the midst of a statement that cost less to parse than to leave out
_FAR = 4_000  # bytes between what is tried and its last handler
_DEEPEST = 40  # blocks around each other, each of which is searched to its end
_BLANKS = b" \n"
_QUOTES_OR_PREFIX = b'"rRuUbBfF'
_EXPORTS = (b"__all__", b"\n__all__")
_TRY = b"try:x"
_NEWLINE, _COLON, _NAME = b"\n:x"


class _NotToldError(Exception):
    """What stands there is not understood."""


def skeleton(data: bytes, code: bytes, *, names_only: bool) -> Skeleton | None:
    """Return what is to be parsed of a file; None where all of it is.

    ``code`` are the bytes of the file with comments and literals blanked.
    """
    if any(char in code for char in _NOT_TOLD) or BEHIND_COLON.search(code):
        return None
    if b";" in code and BEHIND_SEMICOLON.search(code):
        return None
    lines = Lines(code)
    if not lines.is_balanced(0, len(code)):
        return None
    found = _Skeleton(data, lines, names_only=names_only)
    try:
        found.read()
    except _NotToldError:
        return None
    return found.skeleton()


class _Skeleton(Kept):
    """What is left of a file, while it is read from its beginning to its end.

    The innermost block begins at ``begin``, is indented by ``width`` and stops at ``stop``, up to ``below`` there are comments; ``outer`` are those
    around it. What begins before ``done`` was looked at, and up to ``seen`` all brackets are closed.
    """

    def __init__(self, data: bytes, lines: Lines, *, names_only: bool) -> None:
        super().__init__(data)
        self.lines = lines
        self.code = lines.code
        self.names_only = names_only
        self.begin = self.width = self.done = self.seen = 0
        self.stop = self.below = len(data)
        self.outer: list[tuple[int, int, int, int]] = []

    def read(self) -> None:
        """Read the file."""
        self._docstring(self.lines.next_word(0), "docstring.module")
        readers = _FOR_NAMES if self.names_only else _READERS
        first = FIRST.match(self.code)
        if first is not None:
            readers[first.lastindex or 0](self, first, -1)
        for match in TELLING.finditer(self.code):
            start = match.start()
            # What stands inside a statement that was kept goes on with it. Its last byte may be where the newline was.
            if start >= self.done and start >= self.kept - 1 and start >= self.seen:
                while start >= self.stop:
                    self._end_block()
                readers[match.lastindex or 0](self, match, start)
        while self.outer:
            self._end_block()

    def function(self, match: re.Match[bytes], start: int) -> None:
        """Keep the header of a function without its parameters, and begin its body."""
        kind = match.lastindex or 0
        bracket, end = match.end(kind - 1), match.end()
        if end - bracket > _SHORT:
            self.buffer[end - 2 : end] = b"):"
            self.keep(self._begin(match, start), bracket)
            self.keep_on(end - 2, end)
        else:
            self.keep(self._begin(match, start), end)
        self._begin_block(match, start, end, match[kind])

    def scope(self, match: re.Match[bytes], start: int) -> None:
        """Keep the header of a class, or a function's that is not understood, and begin the body."""
        kind = match.lastindex or 0
        end = match.end() if kind == CLASS else self.lines.end_of_line(match.end())
        if self.code[end - 1] != _COLON:
            raise _NotToldError
        blanks = match[kind] if kind == CLASS else self.code[end : self.lines.next_word(end)]
        self.keep(self._begin(match, start), end)
        self._begin_block(match, start, end, blanks)

    def decorator(self, match: re.Match[bytes], start: int) -> None:
        """Tell what decorates."""
        self._check(start)
        begin, end = match.end(INDENT) + 1, self.lines.end_of_line(match.end())
        begin = self.lines.next_word(begin)
        if begin >= end:
            raise _NotToldError
        self.told.setdefault("decorator", []).append((begin, end))
        self.seen = end

    def imported(self, match: re.Match[bytes], start: int) -> None:
        """Keep an import; where it is indented deeper than its block with the statement around it."""
        if match.lastindex != IMPORT:
            self._check(start)
        if match.end(INDENT) - start - 1 > self.width:
            self.compound(match, start)
        else:
            self.keep(self._begin(match, start), self.lines.end_of_line(match.end()))

    def error(self, match: re.Match[bytes], start: int) -> None:
        """Keep what raises an error."""
        self.keep(self._begin(match, start), self.lines.end_of_line(match.end()))

    def handler(self, match: re.Match[bytes], start: int) -> None:
        """Keep what begins a handler below a ``try`` of its own; where that has no room the whole statement."""
        begin, end = match.end(INDENT) - self.width - 1, self.lines.end_of_line(match.end())
        lead = b"\n".ljust(self.width + 1) + _TRY
        room = begin - len(lead)
        has_room = begin >= start and room >= self.kept and room >= self.begin and end < self.stop
        tried = match[0][: match.end(INDENT) - start] + b"try:"
        if (
            not has_room
            or self.code[end - 1] != _COLON
            or self.code.rfind(tried, max(self.begin, start - _FAR), start) < 0
        ):
            self.compound(match, start)
            return
        self.buffer[room : begin + 1] = lead + b"\n"
        self.buffer[end] = _NAME
        self.keep(room, end + 1)

    def constant(self, match: re.Match[bytes], start: int) -> None:
        """Keep the name of a constant, and what is exported."""
        begin = self._begin(match, start)
        operator = match.end()
        end = self.lines.end_of_line(operator)
        self._check(start)
        # What is longer than that has another byte behind the sign.
        if end - operator > _SHORT and self._is_assigned(match, operator):
            self.keep(begin, operator)
            self.buffer[end - 1] = _NAME
            self.keep_on(end - 1, end)
        else:
            self.keep(begin, end)

    def _is_assigned(self, match: re.Match[bytes], operator: int) -> bool:
        """Tell whether a constant that is not ``__all__`` is given a value, and no type."""
        signs = self.code[operator - 1 : operator + 1]
        return signs[:1] == b"=" != signs[1:] and not match[0].startswith(_EXPORTS)

    def compound(self, match: re.Match[bytes], start: int) -> None:
        """Keep the whole statement of the innermost block around a line."""
        begins = begins_statement(self.width)
        lead = b"\n".ljust(self.width + 1)
        first = match.end()
        while True:
            first = self.code.rfind(lead, self.begin, first)
            if first < 0:
                raise _NotToldError
            if begins.match(self.code, first) is not None:
                break
        following = begins.search(self.code, max(start, 0))
        stop = min(following.start(), self.stop) if following is not None else self.stop
        if first < self.kept:
            self.take_back(first, stop)
        if not self.lines.is_balanced(first, stop):
            raise _NotToldError
        self.keep(first, self.lines.end(first, stop))
        self.done = stop

    def nothing(self, match: re.Match[bytes], start: int) -> None:
        """Leave the line out."""

    def _begin_block(self, match: re.Match[bytes], start: int, header_end: int, blanks: bytes) -> None:
        """Begin the block behind a header, of which the blanks are known that follow it."""
        line_end = blanks.rfind(b"\n")
        if line_end < 0:
            self.keep_more(self.lines.end_of_line(header_end))
            return
        width = len(blanks) - line_end - 1
        indent = match.end(INDENT) - start - 1
        stop, below = self.lines.block_end(header_end, indent)
        if width <= indent or not 0 < stop <= self.stop or len(self.outer) > _DEEPEST:
            raise _NotToldError
        self.outer.append((self.begin, self.width, self.stop, self.below))
        self.begin, self.width, self.stop = header_end, width, stop
        self.below = below if self.data.find(b"#", stop, below) >= 0 else stop
        begin = header_end + len(blanks)
        if begin < stop and self.code[begin] in _QUOTES_OR_PREFIX:
            self._docstring(begin, "docstring")

    def _end_block(self) -> None:
        stop, width = self.stop, self.width
        if self.kept < stop:
            begin = stop - width - 2
            if begin < self.kept:
                raise _NotToldError
            self.buffer[begin:stop] = b"\n".ljust(width + 1) + b"x"
            self.keep(begin, stop)
        if self.below > stop:
            # Comments below may belong to the block, which only the parser knows.
            self.keep_more(self.below)
        self.begin, self.width, self.stop, self.below = self.outer.pop()

    def _docstring(self, begin: int, name: str) -> None:
        found = DOCSTRING.match(self.code, begin) if not self.names_only else None
        if found is None:
            return
        end = self.lines.end_of_line(found.end())
        if end == found.end():
            self.told.setdefault(name, []).append((begin, end))
        else:
            self.keep(begin - self.width - 1, end)

    def _check(self, start: int) -> None:
        """Raise an error where a line stands inside brackets."""
        seen = max(self.kept, self.seen)
        if start - seen > _NEAR and not self.lines.is_balanced(seen, start):
            raise _NotToldError

    def _begin(self, match: re.Match[bytes], start: int) -> int:
        """Return where what is kept of a line begins, which is indented as its block is."""
        begin = match.end(INDENT) - self.width - 1
        if begin != start:
            if begin < start:
                raise _NotToldError
            self.buffer[begin] = _NEWLINE
        return begin


_Reader = Callable[[_Skeleton, re.Match[bytes], int], None]


def _readers(*, names_only: bool) -> list[_Reader]:
    """Return what reads a line, by the last group of its match."""
    readers: list[_Reader] = [_Skeleton.scope] * (CONSTANT + 1)
    readers[FUNCTION] = readers[ASYNC_FUNCTION] = _Skeleton.function
    readers[DECORATOR] = _Skeleton.decorator
    readers[IMPORT] = readers[FROM] = _Skeleton.imported
    readers[RAISE] = _Skeleton.nothing if names_only else _Skeleton.error
    readers[EXCEPT] = _Skeleton.nothing if names_only else _Skeleton.handler
    readers[CASE] = _Skeleton.nothing if names_only else _Skeleton.compound
    readers[CONSTANT] = _Skeleton.constant
    return readers


_READERS = _readers(names_only=False)
_FOR_NAMES = _readers(names_only=True)
