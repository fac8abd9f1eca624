"""The lines that warnings stand on: those of their files, read ahead and kept for a while, and the words of a warning that are on one of them."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from archaeology.facts import Facts
from archaeology.reader import preload

_KEPT, _AHEAD = 8, 24
_MOST_KEPT = 1_500_000  # characters in all, beyond the few files that are always kept
_LEAST_WORDS, _MOST_WORDS = 3, 7
_WORD = re.compile(r"\w+")


class FileLines:
    """The lines of files, of which a few are kept: one file is asked for many times in a row."""

    def __init__(self, facts: Facts) -> None:
        """Read the texts of these facts."""
        self._reader = facts.reader
        self._kept: OrderedDict[str, tuple[list[str], int]] = OrderedDict()
        self._size = 0
        self._expected: list[str] = []
        self._places: dict[str, int] = {}
        self._read = 0

    def expect(self, paths: Iterable[str]) -> None:
        """Take note of which files are going to be asked for, in which order: they are read some at a time, and not one by one."""
        self._expected = list(dict.fromkeys(paths))
        self._places = {path: place for place, path in enumerate(self._expected)}
        self._read = 0

    def of(self, path: str) -> Sequence[str]:
        """Return the lines of a file; one empty line where it has no text that may be read."""
        if path not in self._kept:
            place = self._places.get(path, -1)
            if place >= self._read:
                self._read = place + _AHEAD
                preload(self._reader, self._expected[place : self._read])
            text = self._reader.text(path) or ""
            self._kept[path] = text.split("\n"), len(text)
            self._size += len(text)
            while self._size > _MOST_KEPT and len(self._kept) > _KEPT:
                self._size -= self._kept.popitem(last=False)[1][1]
        return self._kept[path][0]


def pattern_of(sentence: str, lines: Sequence[str]) -> str | None:
    """Return an expression for the words of a sentence that stand on one line, the longest such run; None where they are few."""
    words = _WORD.findall(sentence)
    best: list[str] = []
    for line in lines:
        there = _WORD.findall(line)
        own, known = f" {' '.join(there)} ", frozenset(there)
        for start in range(len(words)):
            if words[start] not in known:  # most are not, and no run begins here
                continue
            # Of a run that is there all shorter ones are.
            while len(best) < len(run := words[start : start + min(len(best) + 1, _MOST_WORDS)]) and (
                f" {' '.join(run)} " in own
            ):
                best = run
    return r"\W+".join(map(re.escape, best)) if len(best) >= _LEAST_WORDS else None
