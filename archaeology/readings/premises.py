"""The clause before a rule that says when it holds: "if it is open, then ...", "when the lock is held, ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archaeology.readings.clauses import Clause

_CONDITION = re.compile(
    r"(?:when|if|for|on|in|at|with|without|once|while|during|after|before|unless|until|under|inside|outside|whenever|as long as|as soon as)\b",
    re.IGNORECASE,
)
_POINTING_CONDITION = re.compile(
    r"(?:if|when|whenever|once|after|before|until|unless|as long as|as soon as|in) (?:this|that|so|it|they|these|those|such)\b",
    re.IGNORECASE,
)
_BEHIND_CONDITION = frozenset({";", "then"})


def condition_of(clauses: Sequence[Clause], number: int) -> Clause | None:
    """Return the clause that says when the one of this number is so; None where it always is."""
    before = clauses[number - 1] if number and clauses[number].joint in _BEHIND_CONDITION else None
    return before if before is not None and _CONDITION.match(before.text) else None


def points_back(condition: Clause) -> bool:
    """Whether a condition is told by an earlier sentence alone: "if so", "when this happens"."""
    return _POINTING_CONDITION.match(condition.text) is not None
