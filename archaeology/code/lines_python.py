"""Expressions for what of Python may hold a fact, over code in which comments and literals are blank.

Each takes time in proportion to the text: what repeats gives nothing back, and brackets are followed to a few levels only.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archaeology.code.source import Span

TEXTS = re.compile(
    rb'(#[^\n]*|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""|\'\'\'[^\'\\]*(?:(?:\\.|\'(?!\'\'))[^\'\\]*)*\'\'\''
    rb'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\'[^\'\\\n]*(?:\\.[^\'\\\n]*)*\')',
    re.DOTALL,
)
"""Comments and literals, each as the one group."""

_DEPTH = 3


def _with_brackets(plain: bytes) -> bytes:
    """Return an expression for runs of ``plain`` with pairs of brackets between them, in which anything may stand."""
    inside = rb"[^()\[\]{}]*+"
    for _ in range(_DEPTH - 1):
        inside = rb"[^()\[\]{}]*+(?:[(\[{]" + inside + rb"[)\]}][^()\[\]{}]*+)*+"
    return plain + rb"*+(?:[(\[{]" + inside + rb"[)\]}]" + plain + rb"*+)*+"


_ANY = _with_brackets(rb"[^()\[\]{}]")
_FUNCTION = rb"def +\w+ *+(\()" + _ANY + rb"\)" + _with_brackets(rb"[^:()\[\]{}]") + rb":(?=([ \n]*+))"
_CLASS = rb"class +\w+ *+(?:\(" + _ANY + rb"\) *+)?:(?=([ \n]*+))"
_PLAIN = rb"[^\n()\[\]{}\\]*+()"
# To try what begins with a certain letter costs nothing where another stands, so nothing else is grouped.
_LINE = b"|".join(
    [
        rb"( *+)(?:" + _FUNCTION,
        rb"async +" + _FUNCTION,
        _CLASS,
        rb"def\b()",
        rb"async +def\b()",
        rb"class\b()",
        rb"@" + _PLAIN,
        rb"import\b" + _PLAIN,
        rb"from\b" + _PLAIN,
        rb"raise\b()",
        rb"except\b()",
        rb"case\b()",
        rb"(?<! )(?:_*[A-Z][A-Z0-9_]+|__all__) *+()[:=+])",
    ]
)
INDENT = 1
FUNCTION, ASYNC_FUNCTION, CLASS, _, _, CUT_OFF, DECORATOR, IMPORT, FROM, RAISE, EXCEPT, CASE, CONSTANT = (
    3,
    *range(5, 17),
)
"""The last group of a match tells what it is, that of a header are the blanks after it. Headers above CLASS, up to CUT_OFF, are matched in part;
before those of a function's header stands that of its bracket."""

TELLING = re.compile(rb"\n" + _LINE)
"""What may hold a fact, from the newline before it on: headers of functions and classes, of other statements the first word, or all up to a bracket."""

FIRST = re.compile(_LINE)
"""The same for the first line of a file, before which is no newline."""

DOCSTRING = re.compile(rb'([rRuUbBfF]{0,2})(?:"+|\$+)')
"""A literal, with what stands before its quotes as the one group."""

BEHIND_COLON = re.compile(rb": *+(?:raise|import|from)\b")
BEHIND_SEMICOLON = re.compile(rb"; *+(?:(?:raise|import|from)\b|[A-Z_])")
"""Statements that may hold a fact and are not the first of their line."""

_BRACKETS = bytes(40 if char in b"([{" else 41 if char in b")]}" else char for char in range(256))
_NO_BLANK = re.compile(rb"[^ \n]")
_TRIES = 20  # lines that seem to end a block and stand inside brackets
_BLANKS = b" \n"
_NEWLINE, _BACKSLASH = b"\n\\"


class Lines:
    """Where statements and blocks end, in code with comments and literals blanked."""

    def __init__(self, code: bytes) -> None:
        """Make all brackets round, to be counted."""
        self.code = code
        self._round = code.translate(_BRACKETS)

    def is_balanced(self, begin: int, end: int) -> bool:
        """Tell whether as many brackets are closed as are opened."""
        count = self._round.count
        return count(b"(", begin, end) == count(b")", begin, end)

    def end(self, begin: int, end: int) -> int:
        """Return where the blanks before the end begin, in what begins with no blank."""
        if self.code[end - 1] not in _BLANKS:
            return end
        return begin + len(self.code[begin:end].rstrip())

    def end_of_line(self, begin: int) -> int:
        """Return where the line ends in which the offset is, outside of brackets: behind what goes on below, and before blanks."""
        code = self.code
        if code[begin : begin + 1] == b"\n" and code[begin - 1] not in b" \\":
            return begin
        find, count = code.find, self._round.count
        depth, done = 0, begin
        end = find(b"\n", begin)
        while end >= 0:
            depth += count(b"(", done, end) - count(b")", done, end)
            if depth == 0 and code[end - 1] != _BACKSLASH:
                break
            done, end = end, find(b"\n", end + 1)
        return self.end(code.rfind(b"\n", 0, begin) + 1, end if end >= 0 else len(code))

    def next_word(self, begin: int) -> int:
        """Return where the first thing from the offset on begins that is no blank."""
        found = _NO_BLANK.search(self.code, begin)
        return found.start() if found is not None else len(self.code)

    def block_end(self, begin: int, indent: int) -> Span:
        """Return where a block ends that begins at the offset and is indented deeper, and the line after it begins; -1 where none is found."""
        code, search = self.code, _ends_block(indent).search
        place = begin
        for _ in range(_TRIES):
            found = search(code, place)
            stop = found.start() if found is not None else len(code)
            if self.is_balanced(begin, stop) and code[stop - 1] != _BACKSLASH:
                return self.end(begin, stop), stop
            if found is None:
                break
            place = found.end()
        return -1, -1


@lru_cache(maxsize=256)
def begins_statement(indent: int) -> re.Pattern[bytes]:
    """Return an expression for the beginning of a line that is indented so far, and goes on with no statement above it."""
    return re.compile(rb"\n {%d}(?![ \n)\]}])(?!(?:else|elif|except|finally)\b)" % indent)


@lru_cache(maxsize=256)
def _ends_block(indent: int) -> re.Pattern[bytes]:
    """Return an expression for the beginning of a line that is indented no deeper."""
    return re.compile(rb"\n {0,%d}+[^ \n]" % indent)
