"""Whether a comment only says what the line below it does: its words are those of the code. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archaeology.readings.stems import stems_of

_COMMENT = re.compile(r"\s*(?:#|//|/\*|\*|--|;|%|<!--|$)")
_LEAST_WORDS, _LEAST_SHARE = 3, 0.6


def says_what_follows(sentence: str, lines: Sequence[str], below: int) -> bool:
    """Return whether most telling words of a sentence are in the first line of code at or after the line ``below`` (from 0).

    Words count by how they begin, small, with humps and underscores split; fewer than three tell nothing.
    """
    words = stems_of(sentence)
    code = next((line for line in lines[below:] if not _COMMENT.match(line)), "")
    return len(words) >= _LEAST_WORDS and len(words & stems_of(code)) >= _LEAST_SHARE * len(words)
