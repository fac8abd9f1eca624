"""What each mode sets out to learn, and how much each part of it is worth."""

from __future__ import annotations

from typing import NamedTuple

from alloy_assist.elicitation.vocabulary import Mode, ResolutionKind, Slot


class Topic(NamedTuple):
    """Something to learn. ``impact`` is from 0 to 1: how much worse the record is without it."""

    slot: Slot
    impact: float


_REST = (Topic(Slot.EVIDENCE, 0.5), Topic(Slot.SCOPE, 0.45), Topic(Slot.SEVERITY, 0.3))

# The first topic of a plan opens the interview.
PLANS: dict[Mode, tuple[Topic, ...]] = {
    Mode.WHY: (
        Topic(Slot.CAPABILITY, 1.0),
        Topic(Slot.EXPECTATION, 0.8),
        Topic(Slot.TRADEOFF, 0.75),
        Topic(Slot.STRATEGY, 0.7),
        Topic(Slot.THREAT, 0.65),
        Topic(Slot.EXCEPTION, 0.6),
        *_REST,
    ),
    Mode.REJECT: (
        Topic(Slot.THREAT, 1.0),
        Topic(Slot.CAPABILITY, 0.95),
        Topic(Slot.STRATEGY, 0.8),
        Topic(Slot.EXPECTATION, 0.7),
        Topic(Slot.TRADEOFF, 0.65),
        *_REST,
    ),
    Mode.SCAR: (
        Topic(Slot.THREAT, 1.0),
        Topic(Slot.CAPABILITY, 0.95),
        Topic(Slot.STRATEGY, 0.85),
        Topic(Slot.EXPECTATION, 0.8),
        Topic(Slot.TRADEOFF, 0.6),
        *_REST,
    ),
    Mode.TECHNOLOGY: (
        Topic(Slot.CAPABILITY, 1.0),
        Topic(Slot.STRATEGY, 0.9),
        Topic(Slot.EXPECTATION, 0.85),
        Topic(Slot.TRADEOFF, 0.75),
        Topic(Slot.THREAT, 0.7),
        *_REST,
    ),
    Mode.PRINCIPLE: (
        Topic(Slot.DEFINITION, 1.0),
        Topic(Slot.THREAT, 0.95),
        Topic(Slot.CAPABILITY, 0.9),
        Topic(Slot.EXCEPTION, 0.85),
        Topic(Slot.EXPECTATION, 0.55),
        Topic(Slot.TRADEOFF, 0.54),
        *_REST,
    ),
    Mode.CONTRADICTION: (
        Topic(Slot.RESOLUTION, 1.0),
        Topic(Slot.REASON, 0.9),
        Topic(Slot.UNTIL, 0.85),
        Topic(Slot.SCOPE, 0.8),
        Topic(Slot.STRATEGY, 0.78),
        Topic(Slot.CAPABILITY, 0.75),
        Topic(Slot.EXPECTATION, 0.7),
        Topic(Slot.TRADEOFF, 0.6),
        Topic(Slot.THREAT, 0.55),
        Topic(Slot.EVIDENCE, 0.5),
    ),
}

# What a contradiction still needs to know once it is said how it ends; everything else would be idle.
NEEDED_AFTER: dict[str, frozenset[Slot]] = {
    ResolutionKind.DRIFT: frozenset({Slot.REASON}),
    ResolutionKind.EXCEPTION: frozenset({Slot.REASON, Slot.UNTIL}),
    ResolutionKind.TOO_BROAD: frozenset({Slot.SCOPE, Slot.STRATEGY}),
    ResolutionKind.SIMPLIFY: frozenset({Slot.REASON}),
    ResolutionKind.KEEP: frozenset({Slot.EXPECTATION}),
    "accident": frozenset(),
}
_BEST = {"scar_tissue": Mode.SCAR, "technology_choice": Mode.TECHNOLOGY, "contradiction": Mode.CONTRADICTION}


def mode_for(family: str | None) -> Mode:
    """Return the side from which a hypothesis of a family is best asked about."""
    return _BEST.get(family or "", Mode.WHY)


def topics(start: Mode, now: Mode) -> tuple[Topic, ...]:
    """Return the topics of an interview that began in one mode and is in another: the opener first, none twice."""
    merged = dict.fromkeys(topic.slot for topic in (*PLANS[now], *(() if start is now else PLANS[start])))
    impact = {topic.slot: topic.impact for topic in (*PLANS[start], *PLANS[now])}
    return tuple(Topic(slot, impact[slot]) for slot in merged)
