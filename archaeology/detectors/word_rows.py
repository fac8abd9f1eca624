"""Words in a row, as they stand in a sentence: looked for in hundreds of texts, however they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_WINDOW = 6
_MOST_RUNS = 1024


class AnyRun(NamedTuple):
    """Words in a row, of which one row or another is looked for: only where all its words are is an expression made of it."""

    runs: tuple[tuple[str, ...], ...]

    def are_in(self, text: str) -> bool:
        """Whether one of the rows is in a text."""
        return next(self._found(text), None) is not None

    def first(self, text: str) -> re.Match[str] | None:
        """Return where the first of them stands."""
        return min(self._found(text), key=lambda match: match.start(), default=None)

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        for run in self.runs:
            match = _expression(run).search(text) if all(word in text for word in run) else None
            if match is not None:
                yield match


def any_run(words: Sequence[str]) -> AnyRun:
    """Return the first, the middle and the last of some words: who corrects one of them did not write the sentence."""
    starts = {0} if len(words) <= _WINDOW + 2 else {0, (len(words) - _WINDOW) // 2, len(words) - _WINDOW}
    runs = [words[start : start + _WINDOW] if len(starts) > 1 else words for start in sorted(starts)]
    return AnyRun(tuple(map(tuple, runs)))


@lru_cache(maxsize=_MOST_RUNS)
def _expression(run: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\W+".join(map(re.escape, run)))
