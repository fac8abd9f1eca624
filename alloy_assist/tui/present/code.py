"""Code, diffs and commits as content: sanitised first, highlighted then, with the cited lines marked in the margin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from textual.content import Content

from alloy_assist.tui.plain import text
from archaeology.text import visible

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LONGEST_LINE = 400
_TAB = 4
_MARGIN = "▌"

# Token name -> style; the longest prefix that is listed counts. All are AA on the themes' backgrounds.
_STYLES = {
    "Token.Comment": "$text-muted italic",
    "Token.Keyword": "$text-secondary",
    "Token.Literal.String": "$text-success",
    "Token.Literal.Number": "$text-accent",
    "Token.Name.Function": "$text-primary bold",
    "Token.Name.Class": "$text-primary bold",
    "Token.Name.Decorator": "$text-accent",
    "Token.Name.Exception": "$text-error",
    "Token.Name.Tag": "$text-primary",
    "Token.Name.Builtin": "$text-primary",
    "Token.Operator.Word": "$text-secondary",
    "Token.Generic.Inserted": "$text-success",
    "Token.Generic.Deleted": "$text-error",
    "Token.Generic.Subheading": "$text-primary bold",
    "Token.Generic.Heading": "bold",
}


def code_lines(path: str, source: Sequence[str], first_line: int, marked: tuple[int, int]) -> list[Content]:
    """Return source lines with numbers, the cited span marked by a bar in the margin and a background."""
    shown = [_clean(item) for item in source]
    highlighted = highlight(path, shown)
    width = len(str(first_line + max(0, len(shown) - 1)))
    result: list[Content] = []
    for offset, content in enumerate(highlighted):
        number = first_line + offset
        cited = marked[0] <= number <= marked[1]
        margin = (_MARGIN, "$text-accent bold") if cited else (" ", "")
        row = Content.assemble(
            margin, (f"{number:>{width}} ", "$text-accent bold" if cited else "$text-muted"), content
        )
        result.append(row.stylize_before("on $cited-line") if cited else row)
    return result


def diff_lines(diff: str, limit: int) -> list[Content]:
    """Return up to ``limit`` lines of a diff; plus and minus stay in the text, so that colour only helps."""
    return [Content.styled(_clean(item), _diff_style(item)) for item in diff.splitlines()[:limit]]


def highlight(path: str, source: Sequence[str]) -> list[Content]:
    """Return sanitised lines as highlighted content, one each. A file type that is not known stays plain."""
    lexer = _lexer(PurePosixPath(path).name)
    if lexer is None:
        return [Content(item) for item in source]
    pieces: list[tuple[str, str]] = [(value, _style(str(kind))) for kind, value in lexer.get_tokens("\n".join(source))]
    lines = Content.assemble(*pieces).split("\n", allow_blank=True)
    # A lexer may add or swallow a line break at the end; the number of lines is ours.
    return [lines[index] if index < len(lines) else Content("") for index in range(len(source))]


def commit_heading(oid: str, author: str, day: str, subject: str) -> Content:
    """Return a commit's first line for showing."""
    return text(
        (oid[:10], "$text-accent bold"), "  ", (author, "$text-muted"), "  ", (day, "$text-muted"), "  ", subject
    )


def _clean(source: str) -> str:
    cut = source[:_LONGEST_LINE]
    return visible(cut).expandtabs(_TAB).replace("\n", "␊") + ("…" if len(source) > _LONGEST_LINE else "")


def _diff_style(item: str) -> str:
    if item.startswith(("+++", "---", "diff ", "index ")):
        return "bold"
    if item.startswith("@@"):
        return "$text-primary"
    if item.startswith("+"):
        return "$text-success"
    return "$text-error" if item.startswith("-") else ""


@lru_cache(maxsize=64)
def _lexer(name: str) -> Lexer | None:
    from pygments.lexers import get_lexer_for_filename
    from pygments.util import ClassNotFound

    suffix = PurePosixPath(name).suffix
    try:
        lexer: Lexer = get_lexer_for_filename(f"x{suffix}" if suffix else name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return lexer


@lru_cache(maxsize=256)
def _style(kind: str) -> str:
    while kind:
        if kind in _STYLES:
            return _STYLES[kind]
        kind = kind.rpartition(".")[0]
    return ""
