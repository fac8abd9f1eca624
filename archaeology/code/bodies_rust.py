"""Bodies of Rust functions, told by the lines that begin and end them: what holds nothing but calls becomes blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archaeology.code.source import Span

TEXTS = re.compile(
    rb'(//[^\n]*(?:\n[ \t]*//[^\n]*)*|/\*.*?\*/|"(?<=r")[^"]*"|"[^"\\]*(?:\\.[^"\\]*)*"|#"(?<=r#")[^"]*(?:"(?!#)[^"]*)*"#'
    rb"|'(?:[^'\\\n\x80-\xff]|\\[^\n][^'\n]{0,10}|[\xc2-\xf4][\x80-\xbf]{1,3})')",
    re.DOTALL,
)
"""Comments and literals, each as the one group."""

_SHORT = 60  # bytes of a body that cost as much to blank as to parse
_LONG = 20_000  # longer ones are no honest function's
# Of all that begins an item, and what names an error. One expression for all would cost twice as much.
_ITEMS = tuple(b"use |const |struct |enum |impl|static |type |mod |trait |macro_rules|extern |union |#".split(b"|"))
_ERRORS = tuple(b"panic!|bail!|anyhow!|unreachable!|todo!|unimplemented!|ensure!".split(b"|"))
_BEFORE = (b"", b" ", b"\n")
_ERR = re.compile(rb"\bErr\b")


def is_unsure(data: bytes) -> bool:
    """Tell files whose literals are not told apart, or whose lines may not be indented as we look for them."""
    return b"\t" in data or b'r##"' in data or data.rfind(b'r#"') > data.rfind(b'"#')


def needless(code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    """Yield spans of bodies that hold nothing but calls, in order, each with the blanks that are to be parsed in its place.

    ``code`` are the bytes of the file with comments and literals blanked.
    """
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
        if b";" in header or b"}" in header:
            continue  # a function without a body, or one that ends on its line
        first = brace + 1
        end = find(b"\n%b}" % header[: len(header) - len(header.lstrip(b" "))], first, until)
        if _SHORT < end - first < _LONG and _is_plain(code[first:end], names_only=names_only):
            yield (first, end), b" " * (end - first)


def _is_plain(body: bytes, *, names_only: bool) -> bool:
    for word in _ITEMS:
        if word in body:
            return False
    if names_only:
        return True
    if b"!" in body:
        for word in _ERRORS:
            if word in body:
                return False
    return b"Err" not in body or _ERR.search(body) is None
