"""The one way in which data becomes something to show: sanitised, and never read as markup.

Repository text, answers of models and imported files are hostile. Everything that a widget shows goes through :func:`text` or
:func:`block`; plain strings are for words that this program itself made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textual.content import Content

from archaeology.text import visible, visible_line

Part = str | Content | tuple[str, str]
"""A piece of a text: a string, ready content, or a string with the style it gets."""

_LONGEST_LINE = 4000
_NARROWEST_BODY = 16


@dataclass(frozen=True, slots=True)
class Hanging:
    """A label with a body whose further lines stand below its first one."""

    label: Content
    body: Content


Paragraph = Content | Hanging
"""What a page is made of."""


def flow(paragraphs: Iterable[Paragraph], width: int) -> Content:
    """Return paragraphs one below the other, wrapped to ``width`` cells, each with its indent."""
    rows: list[Content] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Content):
            rows.append(paragraph)
            continue
        indent = paragraph.label.cell_length
        if width - indent < _NARROWEST_BODY:
            rows += [paragraph.label, Content("  ") + paragraph.body]
            continue
        first, *rest = paragraph.body.wrap(width - indent) or [Content("")]
        rows.append(paragraph.label + first)
        rows += [Content(" " * indent) + row for row in rest]
    return Content("\n").join(rows)


def line(value: object, limit: int = _LONGEST_LINE) -> str:
    """Return a value on one line, harmless to a terminal, cut to ``limit`` characters with an ellipsis."""
    shown = visible_line(str(value)[: limit * 4])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def home_path(path: Path) -> str:
    """Return a path on one line, with ``~`` for the person's home."""
    try:
        return line(f"~/{path.relative_to(Path.home())}")
    except (ValueError, RuntimeError):
        return line(path)


def text(*parts: Part) -> Content:
    """Return parts as content on one line each: every string is sanitised, none is read as markup."""
    return _assembled(parts, keep_lines=False)


def prose(words: str, style: str = "") -> Content:
    """Return a sentence with what stands between back-quotes set apart; the quotes stay, for terminals without colour."""
    pieces = line(words).split("`")
    if len(pieces) % 2 == 0:
        return text((words, style))
    spans = [(f"`{piece}`", "$text-primary") if odd % 2 else (piece, style) for odd, piece in enumerate(pieces)]
    return Content.assemble(*(span for span in spans if span[0]))


def block(*parts: Part) -> Content:
    """Return parts as content that keeps its line breaks; tabs become four spaces, everything else as in :func:`text`."""
    return _assembled(parts, keep_lines=True)


def lines(parts: Iterable[Content]) -> Content:
    """Return content one below the other."""
    return Content("\n").join(list(parts))


def _assembled(parts: Iterable[Part], *, keep_lines: bool) -> Content:
    pieces: list[Content | tuple[str, str]] = []
    for part in parts:
        if isinstance(part, Content):
            pieces.append(part)
        elif isinstance(part, str):
            pieces.append(Content(_clean(part, keep_lines=keep_lines)))
        else:
            pieces.append((_clean(part[0], keep_lines=keep_lines), part[1]))
    return Content.assemble(*pieces)


def _clean(value: str, *, keep_lines: bool) -> str:
    if keep_lines:
        return visible(value).expandtabs(4)
    # Leading and trailing spaces are ours (they separate parts); within the value, runs of white space are data.
    head = " " * (len(value) - len(value.lstrip(" ")))
    tail = " " * (len(value) - len(value.rstrip(" "))) if value.strip(" ") else ""
    return f"{head}{line(value)}{tail}"
