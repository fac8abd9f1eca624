"""What of a file need not be parsed: the bodies of functions, but for the statements in them that may hold a fact.

Parsing costs most of what reading a file does, and most of a file are bodies. Definitions and imports stand in few of them, and a
call can be told from the bytes once comments and texts are known. So these are found first, by an expression that costs a
twentieth of a parse, and bodies are blanked, so that everything keeps its place. What is left is parsed. Where that shows an error, or where
a body cannot be told with certainty from the lines that begin and end it, the whole is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from archaeology.code import bodies_braced, bodies_rust, lines_python
from archaeology.code.kept import LONG, Skeleton, around
from archaeology.code.left_out import Outline
from archaeology.code.outline_script import SCRIPTS, script_outline
from archaeology.code.scopes import outermost
from archaeology.code.skeleton_python import skeleton
from archaeology.code.source import Span, never_ends, with_pieces

_FORMAT = (b"f", b"F")
_RAW = (b"r", b"R")
_BACKTICK = 96
_FEW = 30
_BRACKETED = b"/*"
_NEWLINES = (b"", b"\n")
_APART = (b"{", b"}", b";", b",")
_SLASH, _HASH, _STAR = b"/#*"
_USUAL = 400
_INDEXED = rb"(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\][\w.]*|[ \t\r\n\\]+\.[\w.]*)"
_CALLED = re.compile(rb"(?<![\w.])\w[\w.]*" + _INDEXED + rb"{0,20}(?<=\w)[ \t]*\Z")


def outline(language: str, data: bytes, *, names_only: bool) -> Outline | None:
    """Find what of the file is to be parsed; with ``names_only`` that is less, since nothing but definitions and imports is wanted.

    None where all of it is.
    """
    reader = _READERS.get(language)
    if reader is None and language not in SCRIPTS:
        return None
    # Each comment that never ends would be looked through to the end of the file; a few may stand in literals.
    if (
        (reader is None or reader.mark == _SLASH)
        and data.count(_BRACKETED) > _FEW
        and never_ends(data, _BRACKETED, b"*/")
    ):
        return None
    if reader is None:
        return script_outline(language, data, names_only=names_only)
    if reader.unsure is not None and reader.unsure(data):
        return None
    masked = _masked(reader, data)
    if masked is None:
        return None
    code = with_pieces(masked.code, [((start, end), data[start:end]) for start, end in masked.formats])
    if reader.skeleton is not None:
        found = reader.skeleton(data, masked.code, names_only=names_only)
        if found is None:
            return Outline(data, code, masked.comments, [], masked.formats, reader.around)
        return Outline(found.text, code, masked.comments, [], masked.formats, reader.around, found.kept, found.told)
    replaced = list(reader.needless(masked.code, names_only=names_only))
    skipped = [span for span, _ in replaced]
    text = with_pieces(data, replaced)
    parts = around(outermost([*skipped, *_between_statements(masked)]), len(data))
    return Outline(text, code, masked.comments, skipped, masked.formats, reader.around, parts=parts)


def blanked(data: bytes, spans: list[Span]) -> bytes:
    """Return the bytes with blanks in place of the spans, which are in order."""
    return with_pieces(data, [(span, b" " * (span[1] - span[0])) for span in spans])


def called_in(code: bytes, bracket: int) -> int:
    """Return where the name begins that is called with the arguments that the bracket opens; -1 where none does.

    An index or the end of a line may stand in the midst of it.
    """
    found = _CALLED.search(code, max(0, bracket - _USUAL), bracket)
    return found.start() if found is not None else -1


def _nothing(code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:  # noqa: ARG001 - what is asked of all readers
    """Find nothing that is needless."""
    return iter(())


class _Reader(NamedTuple):
    """How bodies of a language are found.

    ``texts`` are comments, which begin with ``mark``, and literals; ``unsure`` tells files in which they are not told apart, ``spans_lines``
    that comments may hold others, and ``ends_quotes`` that each quote outside of them is one that never ends. ``needless`` finds what is left out,
    or ``skeleton`` what is left. ``around`` is the kind of node that bodies are.
    """

    texts: re.Pattern[bytes]
    needless: Callable[..., Iterator[tuple[Span, bytes]]] = _nothing
    skeleton: Callable[..., Skeleton | None] | None = None
    unsure: Callable[[bytes], bool] | None = None
    spans_lines: bool = False
    ends_quotes: bool = False
    around: str = "block"
    mark: int = _SLASH


class _Masked(NamedTuple):
    code: bytes
    comments: list[Span]
    formats: list[Span]


def _masked(reader: _Reader, data: bytes) -> _Masked | None:
    """Return the bytes with blanks for comments, quotes for literals and dollars for those in which a call may stand.

    None where literals inside each other cannot be told apart.
    """
    # Of the pieces every other is a comment or a literal: to split costs half of what a loop over matches does.
    pieces = reader.texts.split(data)
    found = pieces[1::2]
    mark = reader.mark
    if any(text[0] == _BACKTICK and _may_nest(text) for text in found):
        return None  # a template may hold another, of which the first quote seemed to end it
    if reader.ends_quotes and b'"' in b"".join(pieces[::2]):
        return None  # a literal that never ends, so that others may begin where they seem to end
    ends = list(accumulate(map(len, pieces)))[1::2]
    pieces[1::2] = [(b" " if text[0] == mark else b'"') * len(text) for text in found]
    comments: list[Span] = []
    formats: list[Span] = []
    for index, text in enumerate(found):
        if text[0] == mark:
            end = ends[index]
            begin = end - len(text)
            if (
                text.find(b"\n") >= 0
                and not text.startswith(_BRACKETED)
                and pieces[2 * index].rstrip(b" \t")[-1:] not in _NEWLINES
            ):
                # Below a comment that follows code others begin.
                line_end = data.find(b"\n", begin)
                comments.append((begin, line_end))
                begin = data.find(text[:1], line_end)
            comments.append((begin, end))
        elif text.find(b"{") >= 0 and text.find(b"(") >= 0 and _is_format(pieces[2 * index]):
            formats.append((ends[index] - len(text), ends[index]))
            pieces[2 * index + 1] = b"$" * len(text)
    if reader.spans_lines and any(
        data[start + 1] == _STAR and data.find(_BRACKETED, start + 2, end) >= 0 for start, end in comments
    ):
        return None
    return _Masked(b"".join(pieces), comments, formats)


def _between_statements(masked: _Masked) -> Iterator[Span]:
    """Yield the long comments that stand between statements or members, where no pattern asks for what follows what at once."""
    code = masked.code
    for start, end in masked.comments:
        if end - start >= LONG:
            before = code[max(0, start - _USUAL) : start].rstrip()
            if before[-1:] in _APART or (not before and start < _USUAL):
                yield start, end


def _is_format(before: bytes) -> bool:
    return before[-1:] in _FORMAT or (before[-1:] in _RAW and before[-2:-1] in _FORMAT)


def _may_nest(text: bytes) -> bool:
    return b"${" in text and text.count(b"{") != text.count(b"}")


_GO_TEXTS = re.compile(
    rb'(//[^\n]*|/\*.*?\*/|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`|\'[^\'\\\n]*(?:\\.[^\'\\\n]*)*\')',
    re.DOTALL,
)
_READERS = {
    "go": _Reader(_GO_TEXTS, partial(bodies_braced.needless, bodies_braced.GO)),
    "rust": _Reader(
        bodies_rust.TEXTS, bodies_rust.needless, unsure=bodies_rust.is_unsure, spans_lines=True, ends_quotes=True
    ),
    "python": _Reader(lines_python.TEXTS, skeleton=skeleton, mark=_HASH, ends_quotes=True),
}
