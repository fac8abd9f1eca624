"""Which lines of a benchmark the clock sees: the body of its loop, where it has one, and not what is made ready before. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

_GO_LOOP = re.compile(r"\bfor\b[^{\n]*\b(?:\w+\.N\b|\w+\.Loop\(\)|\w+\.Next\(\))[^{\n]*\{")
_RUST_LOOP = re.compile(r"\b(?:b|bench|bencher)\s*\.\s*iter\w*\(")
_LOOPS = (_GO_LOOP, _RUST_LOOP)
_MOST_LOOPS = 20
_PAIRS = {"{": "}", "(": ")"}


def timed_part(lines: Sequence[str]) -> str:
    """Return the text that is run again and again while the clock runs; all of it where no loop says which part that is."""
    text = "\n".join(lines)
    loops = [
        _body(text, found.end() - 1) for pattern in _LOOPS for found in islice(pattern.finditer(text), _MOST_LOOPS)
    ]
    return "\n".join(loops) if loops else text


def _body(text: str, opening: int) -> str:
    """What stands between a bracket and the one that closes it; to the end where none does."""
    opens, closes = text[opening], _PAIRS[text[opening]]
    depth = 0
    for found in re.finditer(rf"[{re.escape(opens + closes)}]", text[opening:]):
        depth += 1 if found.group() == opens else -1
        if depth == 0:
            return text[opening + 1 : opening + found.start()]
    return text[opening + 1 :]
