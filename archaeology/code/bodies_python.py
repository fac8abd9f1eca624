"""Bodies of Python functions, by indentation: each becomes one line that is quickly parsed and ends where the body did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archaeology.code.source import Span

TEXTS = re.compile(
    rb'(#[^\n]*|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""|\'\'\'[^\'\\]*(?:(?:\\.|\'(?!\'\'))[^\'\\]*)*\'\'\''
    rb'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\'[^\'\\\n]*(?:\\.[^\'\\\n]*)*\')',
    re.DOTALL,
)
"""Comments and literals, each as the one group."""

_SHORT = 80  # bytes of a body that cost as much to replace as to parse
_DOCSTRING = re.compile(rb"\s*[rRuUbBfF]{0,2}\"+[ \t]*\n")
_RAISE = re.compile(rb"(?:\A|\n)[ \t]+(raise[ \t][^\n;]*)")
_LITERAL = (b'"', b"$")  # at the margin it may go on with the line before
_DEEP = (b"class ", b"import ")
_FACTS = (b"except", b"case ", b".\n", b"$")
_MAX_HEADER = 20
_MAX_LINES = 40
_GOES_ON = frozenset(b"\\,")


def needless(code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    """Yield spans of bodies that hold nothing but calls, in order, each with what is to be parsed in its place.

    ``code`` are the bytes of the file with comments and literals blanked.
    """
    find = code.find
    words = [word for word in (_DEEP if names_only else _DEEP + _FACTS) if word in code]
    end = 0
    place = find(b"def ")
    while place >= 0:
        start, place = place, find(b"def ", place + 4)
        if start < end:
            continue
        indent = code[code.rfind(b"\n", 0, start) + 1 : start].removesuffix(b"async ")
        if indent and not indent.isspace():
            continue
        first = _header_end(code, start)
        if first < 0 or 0 <= place < first:
            continue
        dedent = _dedent(indent).search(code, first - 1)
        end = dedent.start() if dedent is not None else len(code)
        if 0 <= place < end:
            end = first  # functions in it are looked at by themselves
        elif end - first > _SHORT and code[end + 1 : end + 2] not in _LITERAL:
            body = code[first:end]
            if _is_plain(body, words) and _is_balanced(body):
                yield from _as_one_line(body, first, len(indent), names_only=names_only)


def _header_end(code: bytes, start: int) -> int:
    position = start
    for _ in range(_MAX_HEADER):
        colon = code.find(b":\n", position)
        if colon < 0:
            return -1
        position = colon + 2
        if _is_balanced(code[start:position]):
            return position
    return -1


def _is_balanced(code: bytes) -> bool:
    count = code.count
    return count(b"(") == count(b")") and count(b"[") == count(b"]") and count(b"{") == count(b"}")


def _is_plain(body: bytes, words: list[bytes]) -> bool:
    for word in words:  # noqa: SIM110 - a generator for each body costs as much as the search
        if word in body:
            return False
    return True


@lru_cache(maxsize=256)
def _dedent(indent: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?!" + indent + rb"[ \t]|[ \t]*(?:\n|\Z))")


def _as_one_line(body: bytes, first: int, width: int, *, names_only: bool) -> list[tuple[Span, bytes]]:
    """Return what replaces the body, which begins at the offset ``first``; nothing where it cannot be replaced.

    Statements that raise stay, with names between them, all on one line. It is indented like the body's first statement, deeper than
    ``width``, and ends where its last does, as the body's block did.
    """
    docstring = None if names_only else _DOCSTRING.match(body)
    begin = docstring.end() if docstring is not None else 0
    stop = len(body.rstrip())
    blank = len(body) - len(body.lstrip())
    lead = body[body.rfind(b"\n", 0, blank) + 1 : blank]
    last = body.rfind(b"\n", begin, stop) + 1 or begin
    if stop - begin <= _SHORT or len(lead) <= width or not body.startswith(lead, last) or stop - last <= len(lead):
        return []
    raised = [] if names_only or b"raise" not in body else _raised(body, begin)
    if raised is None:
        return []
    if not raised:
        line = lead + b"x" * (stop - last - len(lead))
        empty = b" " * (last - begin - 1) + b"\n" if last > begin else b""
        return [((first + begin, first + stop), empty + line)]
    found: list[tuple[Span, bytes]] = []
    done, text = begin, lead + b"x;"
    for start, end in raised:
        if start - done < len(text):
            return []
        found.append(((first + done, first + start), text.ljust(start - done)))
        done, text = end, b";"
    if done < stop - 1:
        found.append(((first + done, first + stop), b";".ljust(stop - done - 1) + b"x"))
    return found


def _raised(body: bytes, begin: int) -> list[Span] | None:
    """Return the statements that raise; None where one of them does not have its lines for itself."""
    kept: list[Span] = []
    for match in _RAISE.finditer(body, begin):
        start, end = match.span(1)
        lines = 0
        while not _is_balanced(body[start:end]):
            lines += 1
            end = body.find(b"\n", end + 1)
            if end < 0 or lines > _MAX_LINES:
                return None
        if body[end - 1] in _GOES_ON:
            return None
        kept.append((start, end))
    return kept if len(kept) == body.count(b"raise") else None
