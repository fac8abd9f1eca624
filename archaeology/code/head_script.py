"""The head of a TypeScript or JavaScript file: its comments and imports up to the first other statement, told from the bytes.

A third of all that is captured in such files are imports, and most stand there, where nothing else comes before, so that each is certainly one. What
is told here is not parsed. At the first statement that is not of the plainest form the head ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from archaeology.code.adapters import adapter_for
from archaeology.code.adapters.base import Part, Statement
from archaeology.code.source import Span
from archaeology.facts import Import

_STATEMENT = re.compile(
    rb"(?:import|export)(?![\w$])[\w$*,{}\s]*+(?:\"[^\"\\\n]*+\"|'[^'\\\n]*+')(?:[ \t]*;|(?=[ \t\r]*(?:\n|\Z)))"
)
_BLANKS = re.compile(rb"[ \t\r\n]*+")
_LINE_COMMENT = re.compile(rb"//[^\r\n]*+")
_ENDS_COMMENT = (b"\xe2\x80\xa8", b"\xe2\x80\xa9")  # and no line
# What is no part of the statement before it where that has no semicolon.
_OTHER = re.compile(rb"(?!(?:as|assert|in|instanceof|of|satisfies|with)\b)[\w$@;{}]|\Z")
_MARK = b"\xef\xbb\xbf"

# Some of these words are names in places.
_NO_NAMES = frozenset(
    "as break case catch class const continue debugger default delete do else enum export extends false finally for from function if import in"
    " instanceof new null return super switch this throw true try type typeof var void while with".split()
)
_NAME = rf"(?!(?:{'|'.join(sorted(_NO_NAMES))})\b)[A-Za-z_$][\w$]*+"
_IMPORT = re.compile(
    r"import(?!\s*from\s*\Z)(?:\s+(?P<kind>type)(?=[\s{*])(?!\s*from\s*\Z))?\s*"
    rf"(?:(?P<default>{_NAME})\s*(?:,\s*(?=[*{{])|(?=from)))?"
    rf"(?:\*\s*as\s+(?P<namespace>{_NAME})\s*|\{{(?P<names>[^{{}}*]*+)\}}\s*)?from\s*",
    re.ASCII,
)
_EXPORT = re.compile(
    rf"export(?:\s+(?P<kind>type)(?=\s*\{{))?\s*(?:\*\s*(?:as\s+{_NAME}\s*)?|\{{(?P<names>[^{{}}*]*+)\}}\s*)from\s*",
    re.ASCII,
)
_LISTED = re.compile(rf"(?:(?P<kind>type)\s+)?(?P<name>{_NAME}|default)(?:\s+as\s+(?P<alias>{_NAME}))?", re.ASCII)
_QUOTE = re.compile("['\"]")
_LONG = 300  # bytes of a statement that is not kept
# A third of what calling a named tuple costs.
_import: Callable[[tuple[object, ...]], Import] = partial(tuple.__new__, Import)
_part: Callable[[tuple[str, str]], Part] = partial(tuple.__new__, Part)


class Head(NamedTuple):
    """What stands before the offset ``end``: imports in the order of the source, and the spans of comments."""

    end: int
    imports: list[Import]
    comments: list[Span]


_EMPTY = Head(0, [], [])


def script_head(language: str, data: bytes) -> Head:
    """Return the head of a file, which may be empty, in a language that is typescript, tsx or javascript."""
    imports: list[Import] = []
    comments: list[Span] = []
    blanks, statement = _BLANKS.match, _STATEMENT.match
    place = end = len(_MARK) if data.startswith(_MARK) else 0
    line, counted = 1, 0
    may_go_on = False
    while True:
        blank = blanks(data, end)
        place = blank.end() if blank is not None else end
        found = statement(data, place)
        if found is not None:
            text = found.group()
            told = _known(language, text) if len(text) < _LONG else _told(language, text)
            if told is None:
                break
            line += data.count(b"\n", counted, place)
            counted = place
            imports += [_import((module, line, *rest)) for module, _, *rest in told]
            end = found.end()
            may_go_on = not text.endswith(b";")
        else:
            end = _comment_end(data, place)
            if end < 0:
                break
            comments.append((place, end))
    if not imports or (may_go_on and _OTHER.match(data, place) is None):
        return _EMPTY
    return Head(place, imports, comments)


def _comment_end(data: bytes, place: int) -> int:
    """Return where the comment ends that begins at the offset; -1 where none does."""
    found = _LINE_COMMENT.match(data, place)
    if found is not None:
        return found.end() if not any(sign in found.group() for sign in _ENDS_COMMENT) else -1
    closed = data.find(b"*/", place + 2) if data.startswith(b"/*", place) else -1
    return closed + 2 if closed >= 0 else -1


def _told(language: str, text: bytes) -> tuple[Import, ...] | None:
    """Return the imports of a statement, all on line 0; None where it is not of the plainest form."""
    statement = text.decode("utf-8", "replace").rstrip("; \t")
    quote = _QUOTE.search(statement)
    begin = quote.start() if quote is not None else 0
    opening = statement[:begin]
    parts = [] if opening.rstrip() == "import" else _parts(opening, has_types=language != "javascript")
    if parts is None:
        return None
    parts.append(Part("module", statement[begin:]))
    stated = Statement("", 0, tuple(parts), reexport=opening.startswith("export"))
    return tuple(found for found in adapter_for(language).imports(stated) if found.module)


_known = lru_cache(maxsize=4_096)(_told)  # the files of a project import the same few things


def _parts(opening: str, *, has_types: bool) -> list[Part] | None:
    """Return what stands before the module; None where that is not of the plainest form."""
    found = _IMPORT.fullmatch(opening) or _EXPORT.fullmatch(opening)
    if found is None:
        return None
    given = found.groupdict()
    parts = [Part(role, text) for role in ("kind", "default", "namespace") if (text := given.get(role)) is not None]
    if given["kind"] is not None and not has_types:
        return None
    listed = [text.strip() for text in (given["names"] or "").split(",")]
    if not listed[-1]:
        listed.pop()
    if all(map(str.isidentifier, listed)) and _NO_NAMES.isdisjoint(listed):
        parts += [_part(("name", name)) for name in listed]
        return parts
    for text in listed:
        item = _LISTED.fullmatch(text)
        # What is a name to the one grammar is none to the other.
        if item is None or (not has_types and (item["kind"] is not None or item["name"] == "default")):
            return None
        parts.append(Part("name", item["name"]))
        if item["alias"] is not None and found.re is _IMPORT:
            parts.append(Part("alias", item["alias"]))
    return parts
