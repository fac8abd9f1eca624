"""Calls in bodies of Rust that were left out of the parse. What looks like one may be a pattern or stand in a macro's arguments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from archaeology.code.source import Span, is_inside

_MACRO = re.compile(rb"!(?<=\w!) ?[(\[{]")
_PATH_MACRO = re.compile(rb"::\w+!")
_PATH = re.compile(rb"(?<![\w:])(?:\w+::)*\w*\Z")
_USUAL = 400
_MAX_BRACKETS = 200
_CLOSES = {b"(": b")", b"[": b"]", b"{": b"}"}
_ENDS_VALUE = (b"}", b".", b"?")
_DOT, _COLON, _HASH, _BRACKET = b".:#("


def calls_left_out(
    code: bytes,
    spans: list[Span],
    letters: bytes,
    wanted: Callable[[set[bytes]], set[bytes]],
    parsed: Callable[[Span], dict[int, int]],
) -> Iterator[Span]:
    """Yield from where to where a name stands that is called, of several inside one body the first; macros with a path among them.

    Args:
        code: the bytes of the file with comments and literals blanked.
        spans: the bodies, in order.
        letters: a translation that keeps what names consist of and opening brackets, and makes all else blanks.
        wanted: of names, those that reach anything.
        parsed: of what is called in a span of the file returns by where it ends where it begins; asked where the bytes do not tell.
    """
    text = b"(".join([code[start:end] for start, end in spans])
    ends = list(accumulate([end - start + 1 for start, end in spans]))
    shifts = [span[1] + 1 - end for span, end in zip(spans, ends, strict=True)]
    pieces = text.translate(letters).split(b"(")
    names = [piece.rpartition(b" ")[2] for piece in pieces]
    called = wanted(set(names))
    bodies: dict[int, _Body] = {}

    def body_at(offset: int) -> tuple[_Body, int]:
        number = bisect_right(ends, offset)
        if number not in bodies:
            bodies[number] = _Body(code, spans[number], parsed)
        return bodies[number], offset + shifts[number]

    lengths = list(accumulate(map(len, pieces)))
    for index in [index for index, name in enumerate(names) if name in called]:
        body, bracket = body_at(lengths[index] + index)
        name = names[index]
        if code[bracket] == _BRACKET and name not in body.told and (start := body.called(name, bracket)) >= 0:
            body.told.add(name)
            yield start, bracket
    for match in _PATH_MACRO.finditer(text):
        body, end = body_at(match.end() - 1)
        start = body.macro(end)
        if start >= 0:
            yield start, end


class _Body:
    def __init__(self, code: bytes, span: Span, parsed: Callable[[Span], dict[int, int]]) -> None:
        self.told: set[bytes] = set()
        self._code = code
        self._span = span
        self._parsed = parsed
        self._known: dict[int, int] | None = None
        self._macros: list[Span] | None = None

    def called(self, name: bytes, bracket: int) -> int:
        """Return where that begins which is called with the arguments that the bracket opens, behind the name; -1 where nothing is."""
        start = bracket - len(name)
        before = self._code[start - 1]
        if before == _HASH or (before == _DOT and self._code[start - 2] != _DOT):
            return -1  # a name that is spelled like a word of the language, or a method
        if self._is_in_macro(start):
            return -1
        if name[0] == _COLON or name.count(b":") != 2 * name.count(b"::"):
            return self._calls().get(bracket, -1)
        if name.rpartition(b":")[2][:1].isupper() and not self._is_value(start, bracket):
            return self._calls().get(bracket, -1)
        return start

    def macro(self, end: int) -> int:
        """Return where the path of the macro begins whose name ends at the offset; -1 where it is an argument of another."""
        path = _PATH.search(self._code, max(self._span[0], end - _USUAL), end)
        return -1 if path is None or self._is_in_macro(path.start()) else path.start()

    def _is_value(self, start: int, bracket: int) -> bool:
        """Tell whether what looks like a call of a type is no pattern for certain, by what stands on its line."""
        before = self._code[self._code.rfind(b"\n", 0, start) + 1 : start]
        assigned, bound = before.rfind(b"="), max(before.rfind(b"let "), before.rfind(b"|"))
        if bound < assigned:
            return True
        if bound >= 0:
            return False
        after = self._code[start : self._code.find(b"\n", start)]
        if after.endswith(b";"):
            return after.find(b"=>") < 0 and after.find(b"|") < 0
        closed = _closing(self._code, bracket, self._span[1])
        return (not before or before.isspace()) and self._code[closed : self._span[1] + 1].lstrip()[:1] in _ENDS_VALUE

    def _calls(self) -> dict[int, int]:
        if self._known is None:
            self._known = self._parsed(self._span)
        return self._known

    def _is_in_macro(self, offset: int) -> bool:
        if self._macros is None:
            self._macros = list(self._macro_arguments())
        return is_inside(self._macros, offset)

    def _macro_arguments(self) -> Iterator[Span]:
        code, (begin, end) = self._code, self._span
        done = begin
        for match in _MACRO.finditer(code, begin, end):
            start = match.end() - 1
            if start >= done:
                done = _closing(code, start, end)
                yield start, done


def _closing(code: bytes, start: int, end: int) -> int:
    """Return where the bracket at the offset is closed; the end where it is not, or holds very many others."""
    opens = code[start : start + 1]
    closes = _CLOSES[opens]
    depth, place = 0, start
    for _ in range(_MAX_BRACKETS):
        close = code.find(closes, place, end)
        if close < 0:
            return end
        depth += code.count(opens, place, close) - 1
        place = close + 1
        if depth == 0:
            return place
    return end
