"""Whether a comment only says what the line below it does: its words are those of the code. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_COMMENT = re.compile(r"\s*(?:#|//|/\*|\*|--|;|%|<!--|$)")
_LEAST_WORDS, _LEAST_SHARE = 3, 0.6
_STEM = 5
_SMALL = frozenset(
    "a an the do does not don t never always must should shall only make sure ensure be is are was has have need needs to of in on at by for from with and or "
    "it its this that these those we you they here there if when as so then again any all each same also just into".split()
)


def says_what_follows(sentence: str, lines: Sequence[str], below: int) -> bool:
    """Return whether most telling words of a sentence are in the first line of code at or after the line ``below`` (from 0).

    Words count by how they begin, small, with humps and underscores split; fewer than three tell nothing.
    """
    words = _stems(sentence)
    code = next((line for line in lines[below:] if not _COMMENT.match(line)), "")
    return len(words) >= _LEAST_WORDS and len(words & _stems(code)) >= _LEAST_SHARE * len(words)


def _stems(text: str) -> frozenset[str]:
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(word[:_STEM].removesuffix("s") for word in words if len(word) > 1 and word not in _SMALL)
