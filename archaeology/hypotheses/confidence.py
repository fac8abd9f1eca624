"""Confidence as arithmetic that a person can redo: log-odds that add up.

``confidence = 1 / (1 + e^-sum)`` over the effects of the terms. A term of +0.7 doubles the odds, +1.4 makes them four times as good, a
negative one counts against. The first term is always the starting point: how often a finding of this kind means anything at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from archaeology.model import ConfidenceTerm

_DIGITS = 4


def term(label: str, detail: str, effect: float) -> ConfidenceTerm:
    """Return a term whose effect is rounded as it is shown, so that what is shown adds up."""
    return ConfidenceTerm(label=label, detail=detail, effect=round(effect, 3))


def confidence(terms: Iterable[ConfidenceTerm]) -> float:
    """Return the confidence that the terms add up to, between 0 and 1."""
    return round(1.0 / (1.0 + math.exp(-sum(item.effect for item in terms))), _DIGITS)


def growing(count: int, each: float, most: float) -> float:
    """Return an effect that grows with the logarithm of a count (``each`` for one) up to ``most``: the tenth witness adds little."""
    return min(most, each * math.log2(1 + max(0, count)))
