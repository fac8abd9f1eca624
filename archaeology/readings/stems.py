"""The telling words of a text by how they begin, so that "cancelled" and "cancellation" are one. Pure."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_STEM = 5
_SMALL = frozenset(
    "a an the do does not don t never always must should shall only make sure ensure be is are was has have need needs to of in on at by for from with and or "
    "it its this that these those we you they here there if when as so then again any all each same also just into".split()
)


def stems_of(text: str) -> frozenset[str]:
    """Return the first five letters of each word in small letters, humps and underscores split, without a plural's end and small words."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(word[:_STEM].removesuffix("s") for word in words if len(word) > 1 and word not in _SMALL)
