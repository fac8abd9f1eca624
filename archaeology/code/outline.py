"""What of a file need not be parsed: the bodies of functions, but for the statements in them that may hold a fact.

Parsing costs most of what reading a file does, and most of a file are bodies. Definitions and imports stand in few of them, and a
call can be told from the bytes once comments and texts are known. So these are found first, by an expression that costs a
twentieth of a parse, and bodies are blanked, so that everything keeps its place. What is left is parsed. Where that shows an error, or where
a body cannot be told with certainty from the lines that begin and end it, the whole is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from archaeology.code.source import Span

_SHORT = 40  # bytes of a body that cost as much to blank as to parse
_SLASH = 47
_OPEN = 123
_USUAL = 400
_CALLED = re.compile(rb"(?<![\w.])\w[\w.]*(?:\[[^\[\]]*\][\w.]*)*[ \t]*\Z")
_BRACKETS = ((b"{", b"}"), (b"(", b")"), (b"[", b"]"))
_GOES_ON = frozenset(bytes((code,)) for code in b",(.+-*/&|<>=^%:{")


class Ways(NamedTuple):
    """How bodies of a language are found, and what must be parsed of them.

    ``texts`` matches comments and literals, ``header`` stands on the first line of a body's function, whose end is a brace. ``deep``
    are words with which a body is parsed as a whole, each with a longer one in which it means nothing, and ``facts`` match in lines
    that may hold other facts than calls.
    """

    texts: re.Pattern[bytes]
    header: bytes
    deep: tuple[tuple[bytes, bytes], ...]
    facts: tuple[re.Pattern[bytes], ...]


class Outline(NamedTuple):
    """A file before it is parsed.

    ``text`` is what is to be parsed, ``code`` the file with blanks in place of comments and quotes in place of texts, ``comments`` are
    the spans of comments and ``skipped`` those that are blank in ``text``. All offsets are those of the file.
    """

    text: bytes
    code: bytes
    comments: list[Span]
    skipped: list[Span]


def outline(language: str, data: bytes, *, names_only: bool) -> Outline | None:
    """Find what of the file is to be parsed; with ``names_only`` that is less, since nothing but definitions and imports is wanted."""
    ways = WAYS.get(language)
    # Each comment that never ends would be looked through to the end of the file.
    if ways is None or data.rfind(b"/*") > data.rfind(b"*/"):
        return None
    code, comments = _masked(ways.texts, data)
    bodies = _bodies(ways, code)
    skipped = list(bodies) if names_only else [span for body in bodies for span in _needless(ways, code, body)]
    return Outline(blanked(data, skipped), code, comments, skipped)


def blanked(data: bytes, spans: list[Span]) -> bytes:
    """Return the bytes with blanks in place of the spans, which are in order."""
    if not spans:
        return data
    pieces: list[bytes] = []
    last = 0
    for start, end in spans:
        pieces += (data[last:start], b" " * (end - start))
        last = end
    pieces.append(data[last:])
    return b"".join(pieces)


def called_in(code: bytes, bracket: int) -> int:
    """Return where the name begins that is called with the arguments that the bracket opens, through an index or not; -1 where none does."""
    found = _CALLED.search(code, max(0, bracket - _USUAL), bracket)
    return found.start() if found is not None else -1


def is_inside(spans: list[Span], offset: int) -> bool:
    """Tell whether one of the spans, which are in order, holds the offset."""
    index = bisect_right(spans, (offset, len(spans) and spans[-1][1])) - 1
    return index >= 0 and offset < spans[index][1]


def _masked(texts: re.Pattern[bytes], data: bytes) -> tuple[bytes, list[Span]]:
    comments: list[Span] = []
    pieces: list[bytes] = []
    add = pieces.append
    last = 0
    for match in texts.finditer(data):
        start, end = span = match.span()
        add(data[last:start])
        if data[start] == _SLASH:
            comments.append(span)
            add(b" " * (end - start))
        else:
            add(b'"' * (end - start))
        last = end
    add(data[last:])
    return b"".join(pieces), comments


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
    for opens, closes in _BRACKETS:
        if body.count(opens) != body.count(closes):
            return False
    for word, harmless in ways.deep:
        if word in body and (not harmless or body.count(word) > body.count(harmless)):
            return False
    return True


def _needless(ways: Ways, code: bytes, body: Span) -> list[Span]:
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


_GO = Ways(
    texts=re.compile(
        rb'//[^\n]*|/\*.*?\*/|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`|\'[^\'\\\n]*(?:\\.[^\'\\\n]*)*\'', re.DOTALL
    ),
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
WAYS = {"go": _GO}
"""By language how its bodies are found, for languages of which they are."""
