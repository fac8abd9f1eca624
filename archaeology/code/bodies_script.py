"""Blocks of TypeScript and JavaScript, told by the lines that begin and end them: what holds no definition or import becomes blank."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from archaeology.code.source import Span

# Longer ones are rare, and a hostile file could have one begin at every other byte.
_REGEX = rb"(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,80}\]){1,200}/"
# A slash after one of these, or at the beginning of a line, does not divide.
_BEFORE_REGEX = (rb"[(,=:!&|?\[{;]", rb"[(,=:!&|?\[] ", rb"return ", rb"=> ", rb"[\n ] ")
# What a template holds may hold templates, which hold no others.
_VALUE = rb"\$\{[^`{}]*(?:(?:\{[^`{}]*\}|`[^`\\]*(?:\\.[^`\\]*)*`)[^`{}]*){0,40}\}"
_TEMPLATE = rb"`[^`\\$]*(?:(?:\\.|\$(?!\{)|" + _VALUE + rb")[^`\\$]*){0,400}`|`[^`\\]*(?:\\.[^`\\]*)*`"
TEXTS = re.compile(
    rb"(/(?:(?<!:/)/[^\n]*|\*.*?\*/|(?:"
    + b"|".join(rb"(?<=" + before + rb"/)" for before in _BEFORE_REGEX)
    + rb")(?!>)"
    + _REGEX
    + rb')|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    + rb"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"
    + _TEMPLATE
    + rb")",
    re.DOTALL,
)
"""Comments and literals, regular expressions among them, each as the one group."""

_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"{}()[]")))
_SHORT = 60  # bytes of a block that cost as much to blank as to parse
_LONG = 20_000  # those in a longer one are looked at by themselves
# On the line with which a block begins whose members are facts themselves.
_HEADER = re.compile(
    rb"\b(?:class|interface|enum|extends|implements|namespace|module|declare|import|abstract)\b|export (?:type )?\Z"
    rb"|\A(?:type|export type)\b|(?:const|let|var) \Z|@|\A>|\A(?!else|try|do|finally|default)[\w$.<>, ]+\Z"
)
# Without a last letter that is frequent, which takes twice as long to look for.
_WORDS = tuple(b"function|class|import(|require(|interfac|enum|namespac| type ".split(b"|"))
_OF_ERRORS = (b"throw", b"catch")
# A search for one byte costs a third of what one for a word does.
_ON_ONE_LINE = re.compile(rb"\{(?:(?<=\) \{)[ }]| return)")
_TAG = re.compile(rb"/(?:(?<=</)|(?=>))")
_ASSIGNED = rb" [^=;]{0,300}=(?:>[^=;]{0,200}=)?\s*(?:async\b|\(|<|[\w$]+\s*=>)"
_NAMED = tuple(re.compile(word + _ASSIGNED) for word in (b"const", b"let", b"var"))
_UNKNOWN = b"@"
_BEFORE_VALUE = frozenset(b"[,(:=?&|"[index : index + 1] for index in range(8))
_NO_METHOD = (b"=> ", b"else ", b"return ", b"try ")
_METHOD = re.compile(
    rb"[ \t]*+(?:(?!(?:if|for|while|switch|return|await|with|const|let|else)\b)(?:[a-z]+ |[a-z]*\* ?)*[\w$#\"'\]]+\??(?:<[^\n(]*>)?[ \t]?\("
    rb"|\)|[^\n]*\][ \t]?\()"
)


def needless(code: bytes, formats: Iterable[Span], *, names_only: bool) -> Iterator[tuple[Span, bytes]]:
    """Yield spans of blocks that hold no definition and no import, in order, each with the blanks that are to be parsed in its place.

    ``code`` are the bytes of the file with comments and literals blanked. Unless ``names_only`` are wanted such blocks hold no error, no
    tags and none of the ``formats`` either: of what is looked for in a file only calls and comments are in them.
    """
    blocks, facts = _blocks(code)
    if not blocks:
        return
    facts += _places(code, blocks[0][0], names_only=names_only)
    facts += [start for start, _ in formats]
    facts.sort()
    facts.append(len(code))
    end = 0
    closes: dict[bytes, int] = {}
    for start, header in blocks:
        if start < end:
            continue
        fact = facts[bisect_left(facts, start)]
        if fact - start <= _SHORT:
            continue
        text = header.lstrip()
        indent = header[: len(header) - len(text)]
        close = closes.get(indent, 0)
        if 0 <= close < start:
            close = closes[indent] = code.find(b"\n" + indent + b"}", start)
        if _SHORT < close - start < _LONG and fact >= close and _is_balanced(code[start:close]):
            if _HEADER.search(text) is None:
                yield (start, close), b" " * (close - start)
            end = close


def _blocks(code: bytes) -> tuple[list[tuple[int, bytes]], list[int]]:
    """Return where blocks begin, each with the line before, and which of these lines may be the heads of methods."""
    blocks: list[tuple[int, bytes]] = []
    methods: list[int] = []
    pieces = code.split(b"{\n")
    pieces.pop()
    place = -1
    is_method = _METHOD.match
    for piece in pieces:
        place += len(piece) + 2
        header = piece[piece.rfind(b"\n") + 1 :]
        if not header.strip() and piece.rstrip()[-1:] not in _BEFORE_VALUE:
            header += _UNKNOWN  # what it belongs to stands on the line before
            methods.append(place - 1)
        blocks.append((place, header))
        if not header.endswith(_NO_METHOD) and is_method(header) is not None:
            methods.append(place - 1)
    return blocks, methods


def _places(code: bytes, begin: int, *, names_only: bool) -> list[int]:
    """Return where after the offset something else stands that may be a definition or an import, or an error or a tag where these are wanted."""
    places: list[int] = []
    find = code.find
    for word in _WORDS if names_only else (*_WORDS, *_OF_ERRORS):
        place = find(word, begin)
        while place >= 0:
            places.append(place)
            place = find(word, place + len(word))
    for pattern in (*_NAMED, _ON_ONE_LINE) if names_only else (*_NAMED, _ON_ONE_LINE, _TAG):
        places += [match.end() - 1 for match in pattern.finditer(code, begin)]
    return places


def _is_balanced(block: bytes) -> bool:
    count = block.translate(None, _NO_BRACKETS).count
    return count(b"{") == count(b"}") and count(b"(") == count(b")") and count(b"[") == count(b"]")
