"""TypeScript and JavaScript as bytes: what is comment, literal or code, where that is certain."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from archaeology.code.bodies_script import TEXTS
from archaeology.code.source import Span

_SLASH, _BACKTICK = b"/`"
_USUAL = 200  # bytes before a literal that are looked at
_COMMENT = (b"//", b"/*")
_SPECIAL = frozenset(b"/`")
_HIDDEN = b'"'
_MASKS = {_SLASH: b" ", _BACKTICK: _HIDDEN, **dict.fromkeys(b"\"'", _HIDDEN)}
_MARKUP = re.compile(rb"[{}<>]")
_QUOTES = (b'"', b"'", b"`")
_STRAY_IN_TEXT = re.compile(rb"['\"`](?<![A-Za-z]')")  # between tags an apostrophe is one, and ends nothing
_TAGGED = re.compile(rb"[\w$>\])!][ \t\r\n]*\Z")
_WORD = re.compile(rb"[\w$]\Z")
# A slash that neither divides nor belongs to a tag is of a regular expression that was not told as one.
_STRAY = re.compile(rb"/(?<![\w$)\]<\"'` \t\r\n}]/)(?!>)")
_AFTER_BLANK = re.compile(rb"/(?<=[ \t\r\n}]/)(?!>)[ \t]*")
_BETWEEN_TAGS = (b"{", b"<")
_DIVIDED = re.compile(rb"[\w$)\]\"']\Z")
_LINE_BEGINS = (b"  ", b"\n ")


class ScriptText(NamedTuple):
    """A file by what its bytes are.

    ``code`` has blanks in place of comments and quotes in place of literals. Calls may stand in some of these, the ``formats``: in templates, and
    in what may be text between tags. ``templates`` are where one follows what may be a name.
    """

    code: bytes
    comments: list[Span]
    formats: list[Span]
    templates: list[int]


def script_text(data: bytes, begin: int = 0, *, has_markup: bool) -> ScriptText | None:
    """Tell what the bytes are from an offset on, and show blanks before it; None where that is not certain.

    ``has_markup`` says that there may be text between tags.
    """
    pieces = TEXTS.split(data[begin:])
    found = pieces[1::2]
    plain = b"".join(pieces[::2])
    if _has_stray_quote(plain, has_markup=has_markup):
        return None
    pieces[0] = (b" " * (begin - 1) + b"\n")[:begin] + pieces[0]
    text = ScriptText(b"", [], [], [])
    ends = list(accumulate(map(len, pieces)))[1::2]
    pieces[1::2] = [_MASKS[piece[0]] * len(piece) for piece in found]
    for index in _special(found, has_markup=has_markup):
        piece, before, end = found[index], pieces[2 * index], ends[index]
        span = end - len(piece), end
        if piece.startswith(_COMMENT):
            text.comments.append(span)
            text.formats.extend([span] if has_markup and piece.find(b"<") >= 0 else ())
        elif piece[0] == _SLASH:
            pieces[2 * index + 1] = _HIDDEN * len(piece)
            if before.endswith(_LINE_BEGINS) and _DIVIDED.search(before.rstrip()) is not None:
                return None  # it divides
        elif piece[0] == _BACKTICK:
            if not _take_template(text, piece, before, span):
                return None
        elif _WORD.search(before[-1:]) is not None:
            return None  # an apostrophe in text between tags
        else:
            text.formats.append(span)
    code = b"".join(pieces)
    if b"/" in plain and _has_stray_slash(code, has_markup=has_markup):
        return None
    return text._replace(code=code)


def _special(found: list[bytes], *, has_markup: bool) -> list[int]:
    """Return which of the comments and literals have to be looked at."""
    if not has_markup:
        return [index for index, piece in enumerate(found) if piece[0] in _SPECIAL]
    return [index for index, piece in enumerate(found) if piece[0] in _SPECIAL or _MARKUP.search(piece) is not None]


def _take_template(text: ScriptText, template: bytes, before: bytes, span: Span) -> bool:
    """Note what matters of a template; False where it may hold another of which the first quote seemed to end it."""
    if _TAGGED.search(before[-_USUAL:]) is not None:
        text.templates.append(span[0])
    if template.find(b"${") >= 0:
        if template.count(b"{") != template.count(b"}"):
            return False
        if b"(" in template or b"new " in template or b"`" in template[1:-1]:
            text.formats.append(span)
    return True


def _has_stray_quote(plain: bytes, *, has_markup: bool) -> bool:
    # To look for a byte costs a tenth of what an expression does, and mostly there is none.
    return any(quote in plain for quote in _QUOTES) and (not has_markup or _STRAY_IN_TEXT.search(plain) is not None)


def _has_stray_slash(code: bytes, *, has_markup: bool) -> bool:
    if _STRAY.search(code) is not None:
        return True
    for match in _AFTER_BLANK.finditer(code):
        before = code[max(0, match.start() - _USUAL) : match.start()].rstrip()
        is_text = has_markup and before.endswith(b"}") and code.startswith(_BETWEEN_TAGS, match.end())
        if not is_text and _DIVIDED.search(before) is None:
            return True
    return False
