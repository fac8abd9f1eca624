"""The lines that a commit added to a file, and how many of them stand in the file today: linear but for a few lines. Pure.

A line that is new in the file is found again by its words. One that was in it before, and was moved or repeated, is found by its neighbour:
where a thing is done is often all that a commit decided. Lines are compared without their indentation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

_SHORTEST, _LONGEST = 8, 400
_NEAR = 4
_MOST_COMPARED = 80  # lines of which it is worked out which were moved
_WORDY = re.compile(r"[A-Za-z]{3,}")
_IDLE = re.compile(
    r"(?:import\b|from\b[^'\"]*\bimport\b|use [\w:]+|using [\w.]+;|#include|require\b|package\b|namespace\b|export \*|#|//|/\*|\*|--|;|%|<!--|\"\"\"|'''|(?:[\w.]+ )?\"[\w./@-]+\"$|@(?:param|return|throws|see)\b|(?:else|end|try|finally|begin|default|break|continue|return|pass)\b[\s:{;]*$)"
)


# A line of documentation has words and no code.
_PROSE = re.compile(r"(?:[A-Za-z`'’*-]+[,.:;]? ){4,}[A-Za-z`'’*-]+[,.:;]?")


class Added(NamedTuple):
    """A line that a commit added, without its indentation, between its neighbours; ``new`` whether the file did not have it before; ``often`` how often it was in it then."""

    line: str
    before: str
    after: str
    new: bool
    often: int


class Today:
    """The lines of a file as it is now, to be asked which of those that were added stand in it."""

    def __init__(self, text: str) -> None:
        """Take the file's text."""
        self._lines = list(map(str.strip, text.split("\n")))

    def has(self, added: Added) -> bool:
        """Whether a line stands in the file, where it was put as far as that can be told."""
        if added.new:
            return added.line in self._all
        near = (added.before, added.line) in self._pairs or (added.line, added.after) in self._pairs
        return near and self._lines.count(added.line) >= added.often

    def numbers(self, some: Collection[Added]) -> list[list[int]]:
        """Return where each of some lines stands, from 1: of several equal ones those that have one of its neighbours, which may be none."""
        places: dict[str, list[int]] = {added.line: [] for added in some}
        for number, line in [(number, line) for number, line in enumerate(self._lines, 1) if line in places]:
            places[line].append(number)
        return [self._at(added, places[added.line]) for added in some]

    @cached_property
    def _all(self) -> set[str]:
        return set(self._lines)

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        return set(pairwise(filter(None, self._lines)))

    def _at(self, added: Added, found: list[int]) -> list[int]:
        if len(found) < 2:  # noqa: PLR2004 - a single one is it
            return found
        return [number for number in found if self._has_neighbour(number, added)]

    def _has_neighbour(self, number: int, added: Added) -> bool:
        above = next((line for line in reversed(self._lines[max(0, number - _NEAR) : number - 1]) if line), "")
        below = next((line for line in self._lines[number : number + _NEAR] if line), "")
        return above == added.before or below == added.after


def added_lines(before: str, after: str) -> list[Added]:
    """Return the telling lines that ``after`` has and ``before`` does not, or not there or not so often, in their order."""
    old, new = _filled(before), _filled(after)
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    found: list[Added] = []
    had, has = Counter(old), Counter(new)
    pairs: set[tuple[str, str]] | None = None  # of all lines, and most commits move none
    for at in range(begin, len(new) - end):
        line = new[at]
        previous, following = new[at - 1] if at else "", new[at + 1] if at + 1 < len(new) else ""
        is_added = line not in had or has[line] > had[line]
        if not is_added:
            pairs = set(pairwise(old)) if pairs is None else pairs
            is_added = (previous, line) not in pairs and (line, following) not in pairs
        if is_added and _tells(line):  # most lines between two changes stood there before, which is sooner known
            found.append(Added(line, previous, following, line not in had, has[line]))
    if found or max(len(old), len(new)) - begin - end > _MOST_COMPARED:
        return found
    return list(
        _moved(old[begin : len(old) - end], new[begin : len(new) - end], (old[:begin], new[len(new) - end :]), has)
    )


def _moved(
    old: Sequence[str], new: Sequence[str], around: tuple[Sequence[str], Sequence[str]], has: Counter[str]
) -> Iterator[Added]:
    """Yield the first and the last telling line of each block that was only put elsewhere, each with the neighbour that it was put beside."""
    above, below = around
    for kind, _, _, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        telling = [at for at in range(begin, end) if kind != "equal" and _tells(new[at])]
        if telling:
            first, last = telling[0], telling[-1]
            previous = new[first - 1] if first else above[-1] if above else ""
            following = new[last + 1] if last + 1 < len(new) else below[0] if below else ""
            yield Added(new[first], previous, "", new=False, often=has[new[first]])
            yield Added(new[last], "", following, new=False, often=has[new[last]])


def _filled(text: str) -> list[str]:
    return list(filter(None, map(str.strip, text.split("\n"))))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two versions begin with in common."""
    count = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        count += 1
    return count


def _tells(line: str) -> bool:
    """Whether a line says something that other lines do not: brackets, imports, comments, prose and a bare "return" do not."""
    telling = _SHORTEST <= len(line) <= _LONGEST and _WORDY.search(line) is not None and not _IDLE.match(line)
    return telling and _PROSE.fullmatch(line) is None
