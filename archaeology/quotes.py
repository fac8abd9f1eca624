"""The exact words a citation stands on: how lines are cut out of a text, hashed, shown and found again."""

from __future__ import annotations

from dataclasses import dataclass

from archaeology.identity import text_sha256
from archaeology.text import visible

SHOWN_CHARACTERS = 1_200
SHOWN_LINES = 24
MAX_QUOTED_LINES = 5_000
_MAX_PLACES = 100
_PAGE = 4_096
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Quote:
    """Lines ``start_line`` to ``end_line`` of a text; ``sha256`` is over all of them, ``shown`` may be shortened."""

    start_line: int
    end_line: int
    shown: str
    sha256: str


def split_lines(text: str) -> list[str]:
    r"""Split at newlines only, as git counts lines; a ``\r`` before one is dropped, so that line endings do not matter."""
    lines = text.replace("\r\n", "\n").removesuffix("\r").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def quote_lines(lines: list[str], start_line: int, end_line: int) -> Quote:
    """Quote lines, counted from 1, both ends included; ends outside the text are moved to its nearest line."""
    last = max(len(lines), 1)
    start = min(max(start_line, 1), last)
    end = min(max(end_line, start), last)
    exact = "\n".join(lines[start - 1 : end])
    return Quote(start, end, shorten(exact), text_sha256(exact))


def quote_text(text: str, start_line: int, end_line: int) -> Quote:
    """Quote lines of a text, as :func:`quote_lines` does of its lines; no more of it is split than is needed."""
    first, last = max(start_line, 1), max(start_line, end_line, 1)
    begin = _behind(text, 0, first - 1)
    end = _behind(text, begin, last - first + 1) if begin >= 0 else -1
    if end < 0:
        return quote_lines(split_lines(text), start_line, end_line)
    exact = "\n".join([line.removesuffix("\r") for line in text[begin : end - 1].split("\n")])
    return Quote(first, last, shorten(exact), text_sha256(exact))


def shorten(exact: str) -> str:
    """Return the words for showing: made visible, at most 24 lines and 1,200 characters."""
    cut = exact[: SHOWN_CHARACTERS + 1].split("\n")
    shown = "\n".join(cut[:SHOWN_LINES])
    whole = len(shown) == len(exact)
    return visible(shown) if whole else visible(shown[:SHOWN_CHARACTERS]).rstrip("\n") + _ELLIPSIS


def find_quote(lines: list[str], quote: str, count: int, sha256: str, near: int) -> int | None:
    """Return the line where ``count`` lines with this hash begin, the nearest to ``near``, or None.

    Only places whose first line reads as the first line of ``quote`` (as shown) are hashed, the nearest first, and no more
    than 100 of them: a citation may come from anywhere.
    """
    if not 1 <= count <= min(len(lines), MAX_QUOTED_LINES):
        return None
    first, newline, _ = quote.partition("\n")
    cut = not newline and first.endswith(_ELLIPSIS)
    starts = (
        number
        for number in range(1, len(lines) - count + 2)
        if visible(lines[number - 1]) == first or (cut and visible(lines[number - 1]).startswith(first[:-1]))
    )
    for start in sorted(starts, key=lambda line: (abs(line - near), line))[:_MAX_PLACES]:
        if text_sha256("\n".join(lines[start - 1 : start - 1 + count])) == sha256:
            return start
    return None


def _behind(text: str, at: int, lines: int) -> int:
    """Where a text goes on behind so many lines from a place; -1 where it has no more line ends than that.

    They are counted by the page and only looked for in the last one: to cut the text into its lines costs several times as much.
    """
    while (ends := text.count("\n", at, at + _PAGE)) < lines:
        at, lines = at + _PAGE, lines - ends
        if at >= len(text):
            return -1
    for _ in range(lines):
        at = text.find("\n", at) + 1
    return at
