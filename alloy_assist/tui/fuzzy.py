"""Fuzzy search over many names: letters in order, whole words and file names first. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence


def best(query: str, names: Sequence[str], limit: int) -> list[str]:
    """Return up to ``limit`` names that hold the letters of ``query`` in this order, best first. An empty query takes the first."""
    letters = "".join(query.split())
    if not letters:
        return list(names[:limit])
    loose = re.compile(".*?".join(map(re.escape, letters)), re.IGNORECASE | re.DOTALL)
    found: list[tuple[int, int, str]] = []
    words = query.casefold().split()
    for name in names:
        match = loose.search(name)
        if match is not None:
            found.append((_cost(words, name, match.end() - match.start()), len(name), name))
    found.sort()
    return [name for _, _, name in found[:limit]]


def _cost(words: Sequence[str], name: str, span: int) -> int:
    folded = name.casefold()
    tail = re.split(r"[/\\:. ]", folded)
    cost = span
    for word in words:
        if any(part.startswith(word) for part in tail[-3:]):
            cost -= 20 * len(word)
        elif word in folded:
            cost -= 10 * len(word)
    return cost
