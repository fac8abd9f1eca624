"""Which of thousands of sentences may speak of both sides of a boundary, found by one look through all of them for each name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from archaeology.boundaries.texts import Names, Sides, in_small_letters, may_keep_apart


class Mentions:
    """Finds texts by the names in them, letter by letter and without regard to case; what is found must still be read."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Lay those side by side that may keep two things apart. Where small letters do not show what matches, a text is always found."""
        small = [in_small_letters(text) for text in texts]
        self._always = frozenset(number for number, text in enumerate(small) if text is None)
        speaking = [(number, text) for number, text in enumerate(small) if text is not None and may_keep_apart(text)]
        self._numbers = [number for number, _ in speaking]
        self._joined = "\n".join(text for _, text in speaking)
        self._ends = [end - 1 for end in accumulate(len(text) + 1 for _, text in speaking)]
        self._known: dict[str, frozenset[int]] = {}

    def of_both(self, said: Sides) -> list[int]:
        """Return the numbers of the texts that may name both sides, in order."""
        inner = self._of(said.inner)
        return sorted((inner & self._of(said.outer) if inner else inner) | self._always)

    def _of(self, names: Names) -> frozenset[int]:
        return frozenset[int]().union(*map(self._with, names.parts))

    def _with(self, part: str) -> frozenset[int]:
        found = self._known.get(part)
        if found is None:
            found = self._known[part] = frozenset(self._look_for(part))
        return found

    def _look_for(self, part: str) -> Iterable[int]:
        if not part:  # a name that cannot be looked for as letters may be anywhere
            yield from self._numbers
            return
        place = self._joined.find(part)
        while place >= 0:
            at = bisect_right(self._ends, place)
            yield self._numbers[at]
            place = self._joined.find(part, self._ends[at])
