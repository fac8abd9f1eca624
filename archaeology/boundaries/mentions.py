"""Which of thousands of sentences may speak of both sides of a boundary, found by one look through all of them for each name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from archaeology.boundaries.texts import Names, Sides


class Mentions:
    """Finds texts by the names in them, letter by letter and without regard to case; what is found must still be read."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Lay the texts side by side. Those beyond ASCII are always found: their letters match in ways that lower case does not show."""
        texts = tuple(texts)
        self._always = frozenset(number for number, text in enumerate(texts) if not text.isascii())
        lowered = [text.lower() if text.isascii() else "" for text in texts]
        self._joined = "\n".join(lowered)
        self._ends = [end - 1 for end in accumulate(len(text) + 1 for text in lowered)]
        self._known: dict[str, frozenset[int]] = {}

    def of_both(self, said: Sides) -> list[int]:
        """Return the numbers of the texts that may name both sides, in order."""
        return sorted((self._of(said.inner) & self._of(said.outer)) | self._always)

    def _of(self, names: Names) -> frozenset[int]:
        return frozenset[int]().union(*map(self._with, names.parts))

    def _with(self, part: str) -> frozenset[int]:
        found = self._known.get(part)
        if found is None:
            found = self._known[part] = frozenset(self._look_for(part))
        return found

    def _look_for(self, part: str) -> Iterable[int]:
        if not part:  # a name that cannot be looked for as letters may be anywhere
            yield from range(len(self._ends))
            return
        place = self._joined.find(part)
        while place >= 0:
            number = bisect_right(self._ends, place)
            yield number
            place = self._joined.find(part, self._ends[number])
