"""Documents as blocks of prose under headings, with line numbers: Markdown, reStructuredText, AsciiDoc and plain text.

Code, tables, badges, comments and raw HTML are no prose and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_CHARACTERS = 300 * 1024
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>\n]{1,200}>")
_RST_RULE = re.compile(r"^([=\-~^\"'`#*+:.<>_])\1{2,}\s*$")
_RST_DIRECTIVE = re.compile(r"^(\s*)\.\.\s+([\w-]+)::")
_RST_ROLE = re.compile(r":[\w:+.-]+:`([^`<]*?)(?:\s*<[^`>]*>)?`")
_RST_LINK = re.compile(r"`([^`<]+?)\s*<[^`>]*>`__?|`([^`]+)`__?")
_RST_PROSE = frozenset(
    {"note", "warning", "important", "caution", "attention", "danger", "tip", "hint", "admonition", "seealso"}
)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|\(?[a-z]\)|#\.)\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item. Line ``n`` of ``text`` stands on line ``start_line + n`` of the document."""

    heading: str
    start_line: int
    text: str
    quoted: bool = False


def blocks_of(path: str, text: str) -> tuple[Block, ...]:
    """Return the prose of a document by the ending of its name."""
    name = path.rsplit("/", 1)[-1].lower()
    capped = text[:MAX_CHARACTERS]
    if name.endswith((".md", ".mdc", ".markdown", ".mdx")):
        return tuple(_markdown(capped))
    if name.endswith(".rst"):
        return tuple(_restructured(capped.split("\n")))
    return tuple(_plain(capped.split("\n")))


def front_matter(text: str) -> str:
    """Return the YAML between dashes at the very beginning, or nothing."""
    found = _FRONT_MATTER.match(text)
    return found.group(1) if found else ""


def _markdown(text: str) -> Iterator[Block]:
    # Front matter is blanked and not cut, so that the lines below keep their numbers.
    prose = _FRONT_MATTER.sub(lambda match: "\n" * match.group().count("\n"), text, count=1)
    heading, in_table, in_heading, depth = "", False, False, 0
    for token in MarkdownIt("commonmark").enable("table").parse(prose):
        if token.type in {"table_open", "table_close"}:
            in_table = token.type == "table_open"
        elif token.type in {"heading_open", "heading_close"}:
            in_heading = token.type == "heading_open"
        elif token.type in {"blockquote_open", "blockquote_close"}:
            depth += token.nesting
        elif token.type == "inline" and token.map and not in_table:
            words = _inline(token)
            if in_heading:
                heading = " ".join(words.split())
            elif words.strip():
                yield Block(heading, token.map[0] + 1, words, quoted=depth > 0)


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type == "text":
            parts.append(child.content)
        elif child.type == "code_inline":
            parts.append(f"`{child.content}`")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            parts.append(" ")
    return "".join(parts)


def _restructured(lines: list[str]) -> Iterator[Block]:
    heading, skipping = "", -1
    gathered: list[str] = []
    start = 1
    for number, line in enumerate([*lines, ""], start=1):
        indent = len(line) - len(line.lstrip())
        if skipping >= 0 and (not line.strip() or indent > skipping):
            line = ""  # noqa: PLW2901 - the content of a directive or a literal block is no prose
        else:
            skipping = -1
        directive = _RST_DIRECTIVE.match(line)
        below = lines[number] if number < len(lines) else ""
        if (
            line.strip()
            and _RST_RULE.match(below)
            and len(below.strip()) >= len(line.strip()) - 1
            and not _RST_RULE.match(line)
        ):
            yield from _flush(heading, start, gathered)
            gathered, heading = [], _rst_text(line.strip())
        elif directive or line.lstrip().startswith((".. ", "|", "+-")) or _RST_RULE.match(line) or not line.strip():
            yield from _flush(heading, start, gathered)
            gathered = []
            if directive is None:
                skipping = indent if line.lstrip().startswith(".. ") else skipping
            elif directive.group(2) not in _RST_PROSE:
                skipping = len(directive.group(1))
        else:
            if _BULLET.match(line):
                yield from _flush(heading, start, gathered)
                gathered = []
            start = start if gathered else number
            gathered.append(_rst_text(_BULLET.sub("", line) if not gathered else line.strip()))
            skipping = indent if line.rstrip().endswith("::") else skipping


def _rst_text(line: str) -> str:
    plain = _RST_ROLE.sub(r"`\1`", line.replace("``", "`"))
    return _RST_LINK.sub(lambda match: match.group(1) or f"`{match.group(2)}`", plain)


def _plain(lines: list[str]) -> Iterator[Block]:
    """Read AsciiDoc and plain text: paragraphs between empty lines, ``=`` and ``#`` headings, no fenced or indented code."""
    heading, fence = "", ""
    gathered: list[str] = []
    start = 1
    for number, line in enumerate([*lines, ""], start=1):
        stripped = line.strip()
        mark = next((mark for mark in ("```", "----", "....", "|===") if stripped.startswith(mark)), "")
        if mark or fence:
            yield from _flush(heading, start, gathered)
            gathered = []
            fence = "" if mark and mark == fence else fence or mark
            continue
        title = re.match(r"^(?:=+|#+)\s+(.*)$", line)
        if title or not stripped or (line.startswith(("    ", "\t")) and not gathered) or _BULLET.match(line):
            yield from _flush(heading, start, gathered)
            gathered = []
            heading = title.group(1) if title else heading
        if stripped and not title and not (line.startswith(("    ", "\t")) and not gathered):
            start = start if gathered else number
            gathered.append(_BULLET.sub("", line) if not gathered else stripped)


def _flush(heading: str, start: int, gathered: list[str]) -> Iterator[Block]:
    text = "\n".join(_TAG.sub("", line) for line in gathered)
    if text.strip():
        yield Block(heading, start, text)
