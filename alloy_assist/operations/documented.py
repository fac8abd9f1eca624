"""What the documentation of a function says first: the docstring within a definition, or the comment right above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archaeology.code.parse import FactsCache
    from archaeology.git import Repository

_MOST_BYTES = 1_000_000
_MOST_LINES = 60
_LONGEST = 400
_MOST_READ = 2_000  # of a first paragraph: expressions take time with the square of its length
_MOST_SECONDS = 5.0
_COMMENT = re.compile(r"^\s*(?:///?!?|/\*\*?|\*(?!/)|\*+/|#(?!\[|!)|--+(?:\s*\|)?|%+|;;+)\s?")
_BETWEEN = re.compile(r"^\s*(?:@(?!doc\b|moduledoc\b)\w|#\[|\[\w[^\]]*\]\s*$|template\s*<|export\s*$)")
_PYTHON = re.compile(r"^\s*[rRuUbB]{0,2}(?P<mark>\"\"\"|'''|\"|')(?P<said>.*)$")
_HEREDOC = re.compile(r"^\s*(?:@doc\s+)?(?:~[sS])?\"\"\"\s*$")
_MARKUP = (
    (re.compile(r"\{@\w+\s+([^}]*)\}"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]{0,80}>"), ""),
    (re.compile(r":\w+:`~?([^`]*)`"), r"`\1`"),
    (re.compile(r"\[`([^`\]]*)`\](?:\([^)]*\)|\[[^\]]*\])?"), r"`\1`"),
    (re.compile(r"``([^`]*)``"), r"`\1`"),
)
_ENDS = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)\s+(?=[A-Z`*@\[(]|$)")
_SECTION = re.compile(r"^(?:@\w+|:\w+|Args|Arguments|Parameters|Returns|Examples?|#+ |[=~-]{3,})")
# A definition that only makes a thing is told of by what it makes.
_MAKES = frozenset({"__init__", "initialize", "constructor", "new", "__new__"})


def documentation(
    repository: Repository, revision: str, path: str, symbol: str, *, cache: FactsCache | None = None
) -> str:
    """Return the first sentence of what documents a symbol of a file at a revision; empty where nothing does, or the file is not read.

    The file is a stranger's: where the cache does not know it, it is parsed in a process that is ended when it takes too long.
    """
    from archaeology.code import LANGUAGES, Caps, parse_files
    from archaeology.facts import File
    from archaeology.inventory.languages import language_of

    blob = next((entry.blob for entry in repository.tree(revision) if entry.path == path), None)
    data = repository.blob(blob, _MOST_BYTES) if blob else None
    language = language_of(path, data or b"")
    if not blob or not data or language not in LANGUAGES:
        return ""
    file = File(path=path, blob=blob, size=len(data), language=language)
    code, _ = parse_files(repository, {path: file}, cache=cache, caps=Caps(wall_seconds=_MOST_SECONDS))
    spans = [
        (found.start_line, found.end_line)
        for found in (code[path].definitions if path in code else ())
        if found.name == symbol and found.name.rpartition(".")[2] not in _MAKES
    ]
    lines = data.decode("utf-8", "replace").splitlines()
    return first_sentence(language, lines, *spans[0]) if len(spans) == 1 else ""


def first_sentence(language: str, lines: Sequence[str], start: int, end: int) -> str:
    """Return the first sentence that documents what stands in the lines from ``start`` to ``end``, from 1; empty for none."""
    said = _within(lines[start - 1 : end]) if language == "python" else _above(lines[: start - 1])
    paragraph: list[str] = []
    for line in said:
        bare = line.strip()
        if (not bare and paragraph) or _SECTION.match(bare):
            break
        if bare:
            paragraph.append(bare)
    flat = " ".join(paragraph)[:_MOST_READ]
    for pattern, instead in _MARKUP:
        flat = pattern.sub(instead, flat)
    sentence = _ENDS.split(flat.strip())[0]
    return sentence if len(sentence) <= _LONGEST and sentence[:1].strip("`").isalpha() else ""


def _within(lines: Sequence[str]) -> list[str]:
    """The docstring of a Python definition: what opens its body."""
    depth, begun = 0, False
    for index, line in enumerate(lines[:_MOST_LINES]):
        begun = begun or re.match(r"\s*(?:async\s+def|def|class)\b", line) is not None
        bare = line.split("#")[0].rstrip()
        depth += sum(bare.count(mark) for mark in "([{") - sum(bare.count(mark) for mark in ")]}")
        if begun and depth <= 0 and bare.endswith(":"):
            return _docstring(lines[index + 1 : index + 1 + _MOST_LINES])
    return []


def _docstring(lines: Sequence[str]) -> list[str]:
    found = _PYTHON.match(lines[0]) if lines else None
    if found is None:
        return []
    mark, first = found["mark"], found["said"]
    said = []
    for line in (first, *lines[1:]):
        before, closed, _ = line.partition(mark)
        said.append(before)
        if closed or len(mark) == 1:
            break
    return said


def _above(lines: Sequence[str]) -> list[str]:
    """The comment right above a definition, beyond its decorators and attributes, without its marks."""
    rest = list(lines[-_MOST_LINES:])
    while rest and _BETWEEN.match(rest[-1]):
        rest.pop()
    if rest and _HEREDOC.match(rest[-1]):
        return _heredoc(rest[:-1])
    said: list[str] = []
    while rest and _COMMENT.match(rest[-1]):
        said.insert(0, _COMMENT.sub("", rest.pop()).replace("*/", "").rstrip())
    return said


def _heredoc(lines: Sequence[str]) -> list[str]:
    """The lines of ``@doc`` in Elixir, up from its end."""
    for index in range(len(lines) - 1, -1, -1):
        if _HEREDOC.match(lines[index]):
            return list(lines[index + 1 :]) if "@doc" in lines[index] else []
    return []
