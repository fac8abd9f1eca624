"""Bodies of functions between braces, told by the lines that begin and end them: what holds no fact becomes blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archaeology.code.source import Span

_SHORT = 40  # bytes of a body that cost as much to blank as to parse
_OPEN = 123
_BRACKETS = ((b"{", b"}"), (b"(", b")"), (b"[", b"]"))
_GOES_ON = frozenset(bytes((code,)) for code in b",(.+-*/&|<>=^%:{")


class Ways(NamedTuple):
    """How bodies of a language are found, and what must be parsed of them.

    ``header`` stands on the first line of a body's function, whose end is a brace. ``deep``
    are words with which a body is parsed as a whole, each with a longer one in which it means nothing, and ``facts`` match in lines
    that may hold other facts than calls.
    """

    header: bytes
    deep: tuple[tuple[bytes, bytes], ...]
    facts: tuple[re.Pattern[bytes], ...]


def needless(ways: Ways, code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    """Yield spans of bodies that hold nothing but calls, in order, each with the blanks that are to be parsed in its place.

    ``code`` are the bytes of the file with comments and literals blanked.
    """
    for body in _bodies(ways, code):
        for start, end in [body] if names_only else _without_facts(ways, code, body):
            yield (start, end), b" " * (end - start)


def _bodies(ways: Ways, code: bytes) -> Iterator[Span]:
    """Yield what stands between the braces of functions, where lines show both and nothing but functions' statements between."""
    find, header = code.find, ways.header
    end = 0
    place = find(header)
    while place >= 0:
        start = place + 1
        line_end = find(b"\n", start)
        place = find(header, start)
        if start < end or line_end < 0 or code[line_end - 1] != _OPEN:
            continue
        end = find(b"\n}\n", line_end)
        if end < 0:
            return
        if end - line_end > _SHORT and not 0 <= place < end and _is_plain(ways, code[line_end:end]):
            yield line_end, end


def _is_plain(ways: Ways, body: bytes) -> bool:
    count = body.count
    for opens, closes in _BRACKETS:
        if count(opens) != count(closes):
            return False
    for word, harmless in ways.deep:
        found = count(word)
        if found and (not harmless or found > count(harmless)):
            return False
    return True


def _without_facts(ways: Ways, code: bytes, body: Span) -> list[Span]:
    """Return the body without the lines that may hold a fact; nothing where one of these lines is no statement by itself."""
    start, end = body
    kept: list[Span] = []
    for pattern in ways.facts:
        for match in pattern.finditer(code, start, end):
            line_start = code.rfind(b"\n", start, match.start()) + 1
            line_end = code.find(b"\n", match.end(), end)
            line = line_start, line_end if line_end >= 0 else end
            if not _is_statement(code[line[0] : line[1]]):
                return []
            kept.append(line)
    needless: list[Span] = []
    for line_start, line_end in sorted(kept):
        if line_start > start:
            needless.append((start, line_start))
        start = min(line_end + 1, end)  # the end of the line ends the statement
    needless.append((start, end))
    return needless


def _is_statement(line: bytes) -> bool:
    return line.count(b"(") == line.count(b")") and line.count(b"{") == line.count(b"}") and line[-1:] not in _GOES_ON


GO = Ways(
    header=b"\nfunc ",
    deep=(
        (b"type ", b""),
        (b"struct", b"struct{}"),
        (b"interface", b"interface{}"),
        (b"](", b""),
        (b".\n", b""),
        (b"errors.Is(", b""),
        (b"errors.As(", b""),
    ),
    facts=(
        re.compile(rb"panic\("),
        re.compile(rb"return [^\n]{0,400}?(?:[,(]\n[^\n]{0,400}?){0,20}?(?:Err|err[A-Z]|errors\.)"),
        re.compile(
            rb"}\){0,9}, [^\n]{0,400}?(?:Err|err[A-Z])"
        ),  # where a return statement ends that began with a function or a literal
    ),
)
"""How bodies of Go are found."""
