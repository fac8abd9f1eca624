"""The arithmetic behind the confidence in a warning: what each witness adds to it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.hypotheses.confidence import growing, term
from archaeology.hypotheses.grouping import with_role
from archaeology.model import ConfidenceTerm, Observation

_START = -1.6


def terms_of(comment: Observation, support: Sequence[Observation]) -> Iterator[ConfidenceTerm]:
    """Yield what a warning and those that speak for it say of how likely it is meant, in log-odds."""
    yield term("starting point", "Most warnings in comments are of no lasting interest (log-odds).", _START)
    yield term("a warning with a reason", comment.summary, min(1.2, 0.25 * comment.data["strength"]))
    for item in with_role(support, "origin"):
        repaired = (1.2 if item.data["about"] else 0.7) if item.data["repairs"] else 0.0
        meant = item.data["meant"] and not with_role(support, "stood")
        effect = repaired or (0.5 if item.data["why"] else 0.3 if meant else 0.0)
        label = (
            "a repair wrote it" if repaired else "its commit says why" if item.data["why"] else "written with the code"
        )
        if effect:
            yield term(label, item.summary, effect)
    labels = {
        "regression": ("tests came with it", 0.6, 0.6),
        "issue": ("a commit names the issue", 0.9, 1.2),
        "revert": ("undone here", 0.9, 1.2),
        "reason": (f"a commit {'says the same' if _is_same(support) else 'uses words of it'}", 0.4, 0.6),
        "test": ("a test speaks of it", 0.3, 0.5),
        "fixes": ("fixed unusually often", 0.4, 0.4),
    }
    if stood := with_role(support, "stood")[:1]:
        yield term("it was left standing", stood[0].summary, growing(stood[0].data["changes"], 0.1, 0.4))
    for role, (label, each, most) in labels.items():
        found = with_role(support, role)
        if found:
            remembered = role == "test" and any(item.data["issue"] for item in found)
            yield term(label, found[0].summary, growing(len(found), each + 0.5 * remembered, most + 0.5 * remembered))


def _is_same(support: Sequence[Observation]) -> bool:
    """Whether the commit that is told first says what the warning says, and not only some words of it."""
    return any(item.data["same"] for item in with_role(support, "reason")[:1])
