"""A test file's text, with line numbers for offsets."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from archaeology.suite.kinds import bodies_tell


@dataclass(frozen=True)
class TestText:
    """The text of one file that holds tests or helps them. ``language`` is the inventory's word for it."""

    __test__ = False

    path: str
    language: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, counted from 0 here and from 1 everywhere else."""
        return self.text.split("\n")

    @cached_property
    def bodies_tell(self) -> bool:
        """Whether the bodies of the tests are worth looking at for what kind they are."""
        return bodies_tell(self.text)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate([len(line) + 1 for line in self.lines]))

    def line_of(self, offset: int) -> int:
        """Return the number of the line that holds the character at ``offset``."""
        return bisect_right(self._ends, offset) + 1
