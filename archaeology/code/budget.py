"""How much work on files that must be given up is enough: one such file costs seconds, and a hostile repository has thousands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class _Spent:
    files: int = 0
    seconds: float = 0.0
    smallest: int | None = None


class Budget:
    """Counts what was given up, by language.

    Once a language has cost ``files`` files or ``seconds`` of waiting, those of its files that are no smaller than the smallest one
    given up are passed over: they are what its parser fails at.
    """

    def __init__(self, files: int, seconds: float) -> None:
        """Allow so much for each language."""
        self._files = files
        self._seconds = seconds
        self._spent: dict[str, _Spent] = {}

    def spend(self, language: str, size: int, seconds: float) -> None:
        """Count a file of ``size`` bytes that was given up after so many seconds."""
        spent = self._spent.setdefault(language, _Spent())
        spent.files += 1
        spent.seconds += seconds
        spent.smallest = size if spent.smallest is None else min(size, spent.smallest)

    def allows(self, language: str, size: int) -> bool:
        """Whether a file of that language and size may still be tried."""
        spent = self._spent.get(language)
        if spent is None or spent.smallest is None or size < spent.smallest:
            return True
        return spent.files < self._files and spent.seconds < self._seconds
