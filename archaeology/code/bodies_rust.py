"""Bodies of Rust functions, told by the lines that begin and end them: what holds nothing but calls becomes blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archaeology.code.source import Span, is_inside, never_ends, with_pieces

TEXTS = re.compile(
    rb'(//[^\n]*(?:\n[ \t]*//[^\n]*)*|/\*.*?\*/|"(?<=r")[^"]*"|"[^"\\]*(?:\\.[^"\\]*)*"|#"(?<=r#")[^"]*(?:"(?!#)[^"]*)*"#'
    rb'|##"(?<=r##")[^"]*(?:"(?!##)[^"]*)*"##'
    rb"|'(?:[^'\\\n\x80-\xff]|\\[^\n][^'\n]{0,10}|[\xc2-\xf4][\x80-\xbf]{1,3})')",
    re.DOTALL,
)
"""Comments and literals, each as the one group."""

_SHORT = 60  # bytes of a body that cost as much to blank as to parse
_LONG = 20_000  # longer ones are no honest function's
_LONGEST = 200_000  # whole modules are given to a macro
# Of all that begins an item, and what names an error. One expression for all would cost twice as much.
_ITEMS = tuple(b"use |const |struct |enum |impl|static |type |mod |trait |macro_rules|extern |union |#".split(b"|"))
_ERRORS = tuple(b"panic!|bail!|anyhow!|unreachable!|todo!|unimplemented!|ensure!".split(b"|"))
_BEFORE = (b"", b" ", b"\n")
# Where what a macro is given goes on below its line, which ends with an opening bracket or between two arguments.
_MACRO = re.compile(rb"!(?<=\w!) ?[(\[{][^\n]*+\n(?<=[(\[{,|]\n)")
_CLOSES = {ord("("): b")", ord("["): b"]", ord("{"): b"}"}
_ERR = re.compile(rb"\bErr\b")


def is_unsure(data: bytes) -> bool:
    """Tell files whose literals are not told apart."""
    return b'r###"' in data or never_ends(data, b'r#"', b'"#') or never_ends(data, b'r##"', b'"##')


def needless(code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    """Yield spans in which nothing but calls stands, in order, each with the blanks that are to be parsed in its place.

    These are bodies of functions and what macros are given, which is never more than tokens. ``code`` are the bytes of the file with comments
    and literals blanked.
    """
    if b"\t" in code:
        return  # lines may not be indented as they are looked for
    given = list(_given_to_macros(code))
    spans = list(_bodies(with_pieces(code, given), names_only=names_only))
    bodies = [span for span, _ in spans]
    yield from sorted([*spans, *(piece for piece in given if not is_inside(bodies, piece[0][0]))]) if given else spans


def _given_to_macros(code: bytes) -> Iterator[tuple[Span, bytes]]:
    """Yield what stands on the lines between that on which a macro's arguments begin and that on which they end."""
    done = 0
    for match in _MACRO.finditer(code):
        first = match.end() - 1
        if first < done:
            continue
        given = match.group()[1:].lstrip(b" ")
        closes = _CLOSES[given[0]]
        if given.count(given[:1]) <= given.count(closes):
            continue  # all was given on this line
        line = code.rfind(b"\n", 0, match.start()) + 1
        indent = len(code[line:first]) - len(code[line:first].lstrip(b" "))
        closes = _CLOSES.get(code[first - 1], closes)
        dedent = _dedent(indent).search(code, first, first + _LONGEST)
        if dedent is None:
            done = first + _LONGEST  # odd code, in which each line would be looked through anew
            continue
        end = dedent.start()
        if end - first > _SHORT and dedent.group(1) == closes:
            done = end
            yield (first, end), b" " * (end - first)


@lru_cache(maxsize=256)
def _dedent(indent: int) -> re.Pattern[bytes]:
    """Return what matches the first line that is not indented deeper, with the sign that stands just so deep."""
    return re.compile(rb"\n(?! {%d}| *\n)(?: {%d}(.))?" % (indent + 1, indent))


def _bodies(code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    find, rfind = code.find, code.rfind
    place = find(b"fn ")
    while place >= 0:
        start, place = place, find(b"fn ", place + 3)
        until = place if place >= 0 else len(code)
        brace = find(b"{\n", start, until)
        if brace < 0 or code[start - 1 : start] not in _BEFORE:
            continue
        line = rfind(b"\n", 0, start) + 1
        header = code[line:brace]
        if header.find(b";") >= 0 or header.find(b"}") >= 0:
            continue  # a function without a body, or one that ends on its line
        first = brace + 1
        end = find(b"\n%b}" % header[: len(header) - len(header.lstrip(b" "))], first, until)
        if _SHORT < end - first < _LONG and _is_plain(code[first:end], names_only=names_only):
            yield (first, end), b" " * (end - first)


def _is_plain(body: bytes, *, names_only: bool) -> bool:
    # "in" takes what it looks for for a number first, and the error that it makes of that costs more than the search.
    find = body.find
    for word in _ITEMS:
        if find(word) >= 0:
            return False
    if names_only:
        return True
    if find(b"!") >= 0:
        for word in _ERRORS:
            if find(word) >= 0:
                return False
    return find(b"Err") < 0 or _ERR.search(body) is None
