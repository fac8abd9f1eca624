"""What stands before a rule and says when it holds ("if it is open, then ..."), and what behind a "must" makes it none ("since we found it")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from archaeology.readings.clauses import Clause

_CONDITION = re.compile(
    r"(?:when|if|for|on|in|at|with|without|once|while|during|after|before|unless|until|under|inside|outside|whenever|as long as|as soon as)\b",
    re.IGNORECASE,
)
_POINTING_CONDITION = re.compile(
    r"(?:if|when|whenever|once|after|before|until|unless|as long as|as soon as|in) (?:this|that|so|it|they|these|those|such)\b",
    re.IGNORECASE,
)
_MUST_BE = re.compile(r"\bmust (?:now |also |already |still |always |therefore )?(?:be|have)\b", re.IGNORECASE)
_SEEN = re.compile(
    r"(?:we(?:['’]ve| have)?|it (?:was|is|has been)|they (?:were|are|have been)|that(?: is|['’]s what)) (?:already |just |only |also )*"
    r"(?:found|checked|know|knew|verified|asserted|tested|matched|saw|seen|handled|looked|read|parsed|got|filtered|excluded|ruled out|(?:came|got) here|returned|proved|confirmed|counted)\b"
    r"|[\w.`]+(?:\(\)`?)? (?:is|was|returns|returned) `?(?:true|false|null|nil|none|non-null|not null|set)`?$",
    re.IGNORECASE,
)
# "Since the process failed, ...": what has just happened is no reason that could be gone one day.
_HAPPENED = re.compile(r"\b(?:failed|succeeded|timed out|finished|completed|ended|expired)$", re.IGNORECASE)
_BECAUSE = frozenset({"because", "since", "as"})
_BEHIND_CONDITION = frozenset({";", "then"})


def condition_of(clauses: Sequence[Clause], number: int) -> Clause | None:
    """Return the clause that says when the one of this number is so; None where it always is."""
    before = clauses[number - 1] if number and clauses[number].joint in _BEHIND_CONDITION else None
    return before if before is not None and _CONDITION.match(before.text) else None


def points_back(condition: Clause) -> bool:
    """Whether a condition is told by an earlier sentence alone: "if so", "when this happens"."""
    return _POINTING_CONDITION.match(condition.text) is not None


def is_deduced(clauses: Sequence[Clause]) -> bool:
    """Whether a "must" says what follows from what was seen before, and orders nothing: "it must be a brace, since we found its index"."""
    for must, ground in pairwise(clauses):
        if ground.joint in _BECAUSE and _SEEN.match(ground.text) and _MUST_BE.search(must.text):
            return True
    return False


def has_happened(ground: str) -> bool:
    """Whether what is given as a reason is what the program has just seen, and nothing that holds for the code."""
    return _HAPPENED.search(ground) is not None
