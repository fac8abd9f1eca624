"""Counts of a yes-or-no decision over labelled cases, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Score:
    """How often something was found that is there, found that is not, and missed."""

    hits: int
    false_alarms: int
    misses: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[bool, bool]]) -> Self:
        """Count pairs of what is so and what was found."""
        judged = tuple(pairs)
        return cls(
            hits=sum(so and found for so, found in judged),
            false_alarms=sum(found and not so for so, found in judged),
            misses=sum(so and not found for so, found in judged),
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is so; 1 where nothing was found."""
        found = self.hits + self.false_alarms
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is so that was found; 1 where nothing is."""
        there = self.hits + self.misses
        return self.hits / there if there else 1.0

    def __str__(self) -> str:
        """Both shares, to three places."""
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}"
