"""Words in a row, as they stand in a sentence: looked for in hundreds of texts, however they were wrapped.

An expression for each row would cost more to make than all looks with it: the longest word of a row is looked for as it is, and where it
stands, the others around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_WINDOW = 6
_BETWEEN = re.compile(r"\W+")


class Place(NamedTuple):
    """Where a row stands in a text: its first character, and the one behind its last."""

    start: int
    end: int


class AnyRun(NamedTuple):
    """Words in a row, of which one row or another is looked for."""

    runs: tuple[tuple[str, ...], ...]

    def are_in(self, text: str) -> bool:
        """Whether one of the rows is in a text."""
        return next(self._found(text), None) is not None

    def first(self, text: str) -> Place | None:
        """Return where the first of them stands."""
        return min(self._found(text), key=lambda place: place.start, default=None)

    def _found(self, text: str) -> Iterator[Place]:
        return filter(None, (row_in(run, text) for run in self.runs))


def any_run(words: Sequence[str]) -> AnyRun:
    """Return the first, the middle and the last of some words: who corrects one of them did not write the sentence."""
    starts = {0} if len(words) <= _WINDOW + 2 else {0, (len(words) - _WINDOW) // 2, len(words) - _WINDOW}
    runs = [words[start : start + _WINDOW] if len(starts) > 1 else words for start in sorted(starts)]
    return AnyRun(tuple(map(tuple, runs)))


def row_in(words: Sequence[str], text: str) -> Place | None:
    r"""Return where words stand in a row for the first time, with nothing between them that is part of a word: ``\W+`` joins them.

    The first may be the end of a longer word, and the last the beginning of one.
    """
    if not words:
        return Place(0, 0)
    longest = max(words, key=len)
    at = text.find(longest)
    if at < 0:
        return None
    place = words.index(longest)
    before, behind = words[:place], words[place + 1 :]
    while at >= 0:
        end = _onwards(behind, text, at + len(longest))
        start = _backwards(before, text, at) if end is not None else None
        if start is not None and end is not None:
            return Place(start, end)
        at = text.find(longest, at + 1)
    return None


def _onwards(words: Sequence[str], text: str, at: int) -> int | None:
    """Where words end that follow a place, each behind what is no word; None where they do not."""
    for word in words:
        between = _BETWEEN.match(text, at)
        if between is None or not text.startswith(word, between.end()):
            return None
        at = between.end() + len(word)
    return at


def _backwards(words: Sequence[str], text: str, at: int) -> int | None:
    """Where words begin that lead up to a place, each before what is no word; None where they do not."""
    for word in reversed(words):
        end = at
        while end and not (text[end - 1].isalnum() or text[end - 1] == "_"):
            end -= 1
        if end == at or not text.endswith(word, 0, end):
            return None
        at = end - len(word)
    return at
