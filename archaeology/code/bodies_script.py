"""Blocks of TypeScript and JavaScript, told by the lines that begin and end them: what holds no definition or import becomes blank."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from archaeology.code.source import Span

# Longer ones are rare, and a hostile file could have one begin at every other byte.
_REGEX = rb"(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,80}\]){1,200}/"
TEXTS = re.compile(
    rb"(/(?:(?<!:/)/[^\n]*|\*.*?\*/|(?<=[(,=:!&|?\[{;]/)"
    + _REGEX
    + rb"|(?<=[(,=:!&|?n] /)"
    + _REGEX
    + rb')|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    + rb"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`)",
    re.DOTALL,
)
"""Comments and literals, regular expressions among them, each as the one group."""

_SHORT = 60  # bytes of a block that cost as much to blank as to parse
_LONG = 20_000  # those in a longer one are looked at by themselves
# On the line with which a block begins whose members are facts themselves.
_HEADER = re.compile(
    rb"\b(?:class|interface|enum|extends|implements|namespace|module|declare|import|abstract)\b|export (?:type )?\Z"
    rb"|\A(?:type|export type)\b|(?:const|let|var) \Z|@|\A>|\A(?!else|try|do|finally|default)[\w$.<>, ]+\Z"
)
_WORDS = tuple(b") { |) {}|{ return|function|class|import(|require(|interface |enum |namespace | type |](".split(b"|"))
_ASSIGNED = rb" [^=;]{0,300}=(?:>[^=;]{0,200}=)?\s*(?:async\b|\(|<|[\w$]+\s*=>)"
_NAMED = tuple(re.compile(word + _ASSIGNED) for word in (b"const", b"let", b"var"))
_METHOD = re.compile(
    rb"(?!if\b|for\b|while\b|switch\b|return\b|await\b|with\b|const\b|let\b)(?:[a-z]+ |\*)*[\w$#\"'\]]+\??(?:<[^\n(]*>)?\(|\)"
)


def needless_for_names(code: bytes, *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    """Yield spans of blocks that hold no definition and no import, in order, each with the blanks that are to be parsed in its place.

    ``code`` are the bytes of the file with comments and literals blanked. Calls and errors are in most blocks, and finding out costs more than
    parsing them: unless ``names_only`` are wanted there is nothing to leave out.
    """
    if not names_only:
        return
    blocks, facts = _blocks(code)
    facts = sorted([*facts, *_places(code)])
    end = 0
    closes: dict[bytes, int] = {}
    for start, header in blocks:
        if start < end:
            continue
        text = header.lstrip()
        indent = header[: len(header) - len(text)]
        close = closes.get(indent, 0)
        if 0 <= close < start:
            close = closes[indent] = code.find(b"\n" + indent + b"}", start)
        if _SHORT < close - start < _LONG:
            index = bisect_left(facts, start)
            if (index == len(facts) or facts[index] >= close) and _is_balanced(code[start:close]):
                if _HEADER.search(text) is None:
                    yield (start, close), b" " * (close - start)
                end = close


def _blocks(code: bytes) -> tuple[list[tuple[int, bytes]], list[int]]:
    """Return where blocks begin, each with the line before, and which of these lines may be the heads of methods."""
    blocks: list[tuple[int, bytes]] = []
    methods: list[int] = []
    place = code.find(b"{\n")
    while place >= 0:
        header = code[code.rfind(b"\n", 0, place) + 1 : place]
        if _METHOD.match(header.lstrip()) is not None and not header.endswith(b"=> "):
            methods.append(place)
        blocks.append((place + 1, header))
        place = code.find(b"{\n", place + 2)
    return blocks, methods


def _places(code: bytes) -> Iterator[int]:
    """Yield where something else stands that may be a definition or an import."""
    for word in _WORDS:
        place = code.find(word)
        while place >= 0:
            yield place
            place = code.find(word, place + len(word))
    for pattern in _NAMED:
        for match in pattern.finditer(code):
            yield match.end() - 1


def _is_balanced(block: bytes) -> bool:
    count = block.count
    return count(b"{") == count(b"}") and count(b"(") == count(b")") and count(b"[") == count(b"]")
