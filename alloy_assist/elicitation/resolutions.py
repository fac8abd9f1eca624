"""How a contradiction can end, and what is asked about each end."""

from __future__ import annotations

from alloy_assist.elicitation.boundary import listed
from alloy_assist.elicitation.model import Choice, Part, ResolutionKind, Slot, Subject

_ENDS = (
    (ResolutionKind.DRIFT, "The code is wrong: it should follow what was agreed"),
    (ResolutionKind.EXCEPTION, "The code may differ here, and only here"),
    (ResolutionKind.TOO_BROAD, "What was agreed says too much: it should cover less"),
    (ResolutionKind.SIMPLIFY, "The reason is gone: what was agreed can go too"),
    (ResolutionKind.KEEP, "The first reason is gone, but it should stay for another"),
)
_REASONS: dict[str, tuple[tuple[str, str], ...]] = {
    ResolutionKind.DRIFT: (
        ("repair-now", "repair it now, before anything else is built on it"),
        ("repair-next", "repair it with the next change to those files"),
        ("no-more", "leave what is there, but let it grow no further"),
    ),
    ResolutionKind.EXCEPTION: (
        ("migration", "it is part of a move that is under way"),
        ("speed", "the rule would cost too much time on this path"),
        ("outside", "something outside leaves us no choice"),
    ),
    ResolutionKind.SIMPLIFY: (
        ("never-came", "the change it was meant for never came"),
        ("replaced", "something else protects us now"),
        ("removed", "what it protected has been removed"),
    ),
}
_UNTIL = (
    ("release", "the next release"),
    ("moved", "the move is finished"),
    ("no-end", "there is no end: it is meant to stay"),
)


def resolution_choices(subject: Subject) -> tuple[Choice, ...]:
    """Return the five ends of a contradiction; what is found to contradict is named beside the exception."""
    places = listed([name for item in subject.against for name in item.names], 3)
    return tuple(
        Choice(
            key=kind.value,
            label=label,
            note=places if kind is ResolutionKind.EXCEPTION else "",
            fills=(Part(slot=Slot.RESOLUTION, text=kind.value),),
        )
        for kind, label in _ENDS
    )


def reason_choices(resolution: str) -> tuple[Choice, ...]:
    """Return likely reasons for an end, or what to do about it."""
    return tuple(
        Choice(key=key, label=text, fills=(Part(slot=Slot.REASON, text=text),))
        for key, text in _REASONS.get(resolution, ())
    )


def until_choices() -> tuple[Choice, ...]:
    """Return when an exception may end; a date can always be written instead."""
    return tuple(Choice(key=key, label=text, fills=(Part(slot=Slot.UNTIL, text=text),)) for key, text in _UNTIL)
