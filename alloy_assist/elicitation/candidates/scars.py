"""Candidates for what comments, reverts and benchmarks tell of: they name the symbol, the force, the issue. Slots as in ``boundaries``.

A capability is offered nowhere by guess: what stays possible or safe, and for whom, is the person's to say unless the words do.
"""

from __future__ import annotations

from alloy_assist.elicitation.candidates.boundaries import Family

_REASONS = (
    (
        "fault-forgotten",
        "",
        "taking the workaround for {fault} out of {warned} while it is still needed",
    ),
    ("story-forgotten", "", "a clean-up of {warned} that takes out what “{story}” put there"),
)
_EXPECTATIONS = (("upgrade", "a day when {fault} needs no workaround any more"),)
_TRADEOFFS = (
    ("workaround", "a workaround for {fault} in {warned}, to be looked at again when that changes"),
    ("without", "doing without {rejected} in {warned}"),
)

FAMILIES: dict[str, Family] = {
    "scar_tissue": {"reasons": _REASONS, "expectation": _EXPECTATIONS, "tradeoff": _TRADEOFFS},
    "security_boundary": {
        "reasons": (
            *_REASONS,
            ("shortcut", "", "a shortcut in {inside} that skips the check because the input looks trustworthy"),
        ),
        "expectation": (
            ("new-way-in", "a new way in for what strangers send to {inside}"),
            *_EXPECTATIONS,
        ),
        "tradeoff": (*_TRADEOFFS, ("slower", "a slower or longer way than the obvious one in {inside}")),
    },
    "performance_guard": {
        "reasons": (
            *_REASONS,
            (
                "measured",
                "{inside} as fast as its benchmarks show today",
                "a convenient call in {inside} that nobody measures",
            ),
            (
                "bounded",
                "time and memory of {inside} that stay bounded on the largest input we allow",
                "a loop inside a loop, or a whole file read at once, in {inside}",
            ),
        ),
        "expectation": (
            ("features", "features that each add a little to {inside}"),
            ("bigger", "inputs of {inside} ten times larger than today's"),
        ),
        "tradeoff": (
            ("less-clear", "code in {inside} that is less clear than the slow version"),
            ("bench", "benchmarks to keep and noise to live with"),
        ),
    },
    "concurrency": {
        "reasons": (
            *_REASONS,
            (
                "no-races",
                "{inside} without races or deadlocks, whatever runs beside it",
                "state of {inside} that is changed outside the lock or the owner",
            ),
            ("blocking", "", "a blocking call in {inside} on a thread that others wait for"),
        ),
        "expectation": (
            ("load", "more load on {inside}, and timings that tests never see"),
            ("features", "new features that start work in the background"),
        ),
        "tradeoff": (
            ("harder", "code in {inside} that is harder to write and to debug"),
            ("throughput", "some throughput given up for safety"),
        ),
    },
}
