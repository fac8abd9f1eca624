"""What of a file need not be parsed: the bodies of functions, but for the statements in them that may hold a fact.

Parsing costs most of what reading a file does, and most of a file are bodies. Definitions and imports stand in few of them, and a
call can be told from the bytes once comments and texts are known. So these are found first, by an expression that costs a
twentieth of a parse, and bodies are blanked, so that everything keeps its place. What is left is parsed. Where that shows an error, or where
a body cannot be told with certainty from the lines that begin and end it, the whole is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from archaeology.code import bodies_braced, bodies_python, bodies_script
from archaeology.code.source import Span

_COMMENT = frozenset(b"/#")
_FORMAT = frozenset(b"fF")
_RAW = frozenset(b"rR")
_BACKTICK = 96
_USUAL = 400
_INDEXED = rb"(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\][\w.]*|[ \t\r\n\\]+\.[\w.]*)"
_CALLED = re.compile(rb"(?<![\w.])\w[\w.]*" + _INDEXED + rb"{0,20}(?<=\w)[ \t]*\Z")


class Outline(NamedTuple):
    """A file before it is parsed.

    ``text`` is what is to be parsed, ``code`` the file with blanks in place of comments and quotes in place of literals, ``comments`` are
    the spans of comments and ``skipped`` those of which ``text`` shows nothing. All offsets are those of the file.
    """

    text: bytes
    code: bytes
    comments: list[Span]
    skipped: list[Span]


def outline(language: str, data: bytes, *, names_only: bool) -> Outline | None:
    """Find what of the file is to be parsed; with ``names_only`` that is less, since nothing but definitions and imports is wanted.

    None where all of it is.
    """
    reader = _READERS.get(language)
    # Each comment that never ends would be looked through to the end of the file.
    if reader is None or data.rfind(b"/*") > data.rfind(b"*/"):
        return None
    if reader.for_names and not names_only:
        return None
    if reader.least and data.count(reader.header) * reader.least > len(data):
        return None
    masked = _masked(reader.texts, data)
    if masked is None:
        return None
    replaced = list(reader.needless(masked.code, names_only=names_only))
    code = with_pieces(masked.code, [((start, end), data[start:end]) for start, end in masked.formats])
    return Outline(with_pieces(data, replaced), code, masked.comments, [span for span, _ in replaced])


def blanked(data: bytes, spans: list[Span]) -> bytes:
    """Return the bytes with blanks in place of the spans, which are in order."""
    return with_pieces(data, [(span, b" " * (span[1] - span[0])) for span in spans])


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


def called_in(code: bytes, bracket: int) -> int:
    """Return where the name begins that is called with the arguments that the bracket opens; -1 where none does.

    An index or the end of a line may stand in the midst of it.
    """
    found = _CALLED.search(code, max(0, bracket - _USUAL), bracket)
    return found.start() if found is not None else -1


def is_inside(spans: list[Span], offset: int) -> bool:
    """Tell whether one of the spans, which are in order, holds the offset."""
    index = bisect_right(spans, (offset, offset))
    return (index > 0 and offset < spans[index - 1][1]) or (index < len(spans) and spans[index][0] == offset)


class _Reader(NamedTuple):
    """How bodies of a language are found.

    For each header there must be ``least`` bytes, else finding bodies costs more than parsing them; ``for_names`` says that it always
    does where more than names are wanted.
    """

    texts: re.Pattern[bytes]
    needless: Callable[..., Iterator[tuple[Span, bytes]]]
    header: bytes
    least: int = 0
    for_names: bool = False


class _Masked(NamedTuple):
    code: bytes
    comments: list[Span]
    formats: list[Span]


def _masked(texts: re.Pattern[bytes], data: bytes) -> _Masked | None:
    """Return the bytes with blanks for comments, quotes for literals and dollars for those in which a call may stand.

    None where literals inside each other cannot be told apart.
    """
    comments: list[Span] = []
    formats: list[Span] = []
    parts: list[bytes] = []
    add = parts.append
    last = 0
    for match in texts.finditer(data):
        start, end = span = match.span()
        add(data[last:start])
        if data[start] in _COMMENT:
            comments.append(span)
            add(b" " * (end - start))
        elif data[start] == _BACKTICK and _may_nest(data[start:end]):
            return None  # a template may hold another, of which the first quote seemed to end it
        elif (data[start - 1] in _FORMAT or (data[start - 1] in _RAW and data[start - 2] in _FORMAT)) and _may_call(
            data[start:end]
        ):
            formats.append(span)
            add(b"$" * (end - start))
        else:
            add(b'"' * (end - start))
        last = end
    add(data[last:])
    return _Masked(b"".join(parts), comments, formats)


def _may_nest(text: bytes) -> bool:
    return b"${" in text and text.count(b"{") != text.count(b"}")


def _may_call(text: bytes) -> bool:
    return b"{" in text and b"(" in text


_GO_TEXTS = re.compile(
    rb'//[^\n]*|/\*.*?\*/|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`|\'[^\'\\\n]*(?:\\.[^\'\\\n]*)*\'',
    re.DOTALL,
)
_SCRIPT = _Reader(bodies_script.TEXTS, bodies_script.needless_for_names, b"{\n", for_names=True)
_READERS = {
    "go": _Reader(_GO_TEXTS, partial(bodies_braced.needless, bodies_braced.GO), b"\nfunc "),
    "typescript": _SCRIPT,
    "tsx": _SCRIPT,
    "python": _Reader(bodies_python.TEXTS, bodies_python.needless, b"def ", 300),
}
