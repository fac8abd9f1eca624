"""Documents of our own making, such as a reviewer's Markdown, as paragraphs: headings, lists and code. Links stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content

from alloy_assist.tui.plain import Hanging, Paragraph, block, prose, text
from alloy_assist.tui.present.code import highlight

_ITEM = re.compile(r"^(\s*)([-*]|\d+\.)\s+(.*)$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|-])")
_BOLD = re.compile(r"\*\*(\S.*?)\*\*(?=[\s.,:;)]|$)")
_MOST_LINES = 4000
_CODE_SUFFIXES = {"json": "x.json", "yaml": "x.yaml"}


def document(name: str, words: str) -> Iterator[Paragraph]:
    """Return a document for showing; its kind is told from its name and first character."""
    lines = words.split("\n")[:_MOST_LINES]
    if name.endswith(".yaml"):
        yield from highlight(_CODE_SUFFIXES["yaml"], [block(line).plain for line in lines])
    elif words.lstrip().startswith(("{", "[")):
        yield from highlight(_CODE_SUFFIXES["json"], [block(line).plain for line in lines])
    else:
        yield from _markdown(lines)
    if words.count("\n") >= _MOST_LINES:
        yield text(("… the rest is longer than is shown here", "$text-muted"))


def _markdown(lines: list[str]) -> Iterator[Paragraph]:
    fenced = False
    for line in lines:
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        if fenced:
            yield Content("  ") + block((line, "$text-success"))
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            style = "bold $text-primary underline" if level == 1 else "bold $text-primary"
            yield text((line.lstrip("# "), style))
        elif match := _ITEM.match(line):
            indent, mark, rest = match.groups()
            sign = mark if mark[0].isdigit() else "·"
            yield Hanging(text((f"{indent}{sign} ", "$text-accent")), _strong(rest))
        elif line.startswith(">"):
            yield Hanging(text(("▌ ", "$text-muted")), _strong(line.lstrip("> "), "$text-muted"))
        else:
            yield _strong(line)


def _strong(words: str, style: str = "") -> Content:
    """Take what stands between two asterisks as bold, back-quotes as code; everything else is as it stands."""
    spans: list[Content] = []
    at = 0
    for match in _BOLD.finditer(words):
        spans += [_padded(words[at : match.start()], style), _padded(match.group(1), "bold")]
        at = match.end()
    return Content("").join([*spans, _padded(words[at:], style)])


def _padded(words: str, style: str) -> Content:
    """Return prose with the spaces at its ends, which a sentence by itself would lose."""
    plain = _ESCAPED.sub(r"\1", words)
    if not plain.strip():
        return Content(plain)
    head, tail = " " * (len(plain) - len(plain.lstrip(" "))), " " * (len(plain) - len(plain.rstrip(" ")))
    return Content(head) + prose(plain, style) + Content(tail)
