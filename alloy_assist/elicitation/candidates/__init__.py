"""Answers that a developer may recognise, by family: offered as choices with the names of this repository in them.

A candidate is offered only where everything it names is known. None of it is ever taken as said: a person picks it or does not.
"""

from __future__ import annotations

from typing import NamedTuple

from alloy_assist.elicitation.candidates import boundaries, dependencies, habits, layers, scars
from alloy_assist.elicitation.names import UNKNOWN_INSIDE, UNKNOWN_PLACE, Names

# What was read of words: a candidate that carries none of it guesses what they are for.
_TOLD = ("{rejected}", "{fault}", "{story}", "{issue}", "{undone}")
_FAMILIES = {**boundaries.FAMILIES, **layers.FAMILIES, **dependencies.FAMILIES, **habits.FAMILIES, **scars.FAMILIES}


class Reason(NamedTuple):
    """A capability with the threat that is its other side. The capability is empty where only the person can say it.

    ``specific`` tells whether it names anything of the code, ``told`` whether it carries what a comment or a commit says.
    """

    key: str
    capability: str
    threat: str
    specific: bool = True
    told: bool = False


class Option(NamedTuple):
    """One candidate for a single facet. ``specific`` and ``told`` are as those of a :class:`Reason`."""

    key: str
    text: str
    specific: bool = True
    told: bool = False


def reasons(family: str | None, names: Names) -> tuple[Reason, ...]:
    """Return what could be kept, with what would erode it, likeliest first."""
    found = _FAMILIES.get(family or "", habits.GENERIC)["reasons"]
    filled = (
        Reason(
            key,
            _fill(capability, names),
            _fill(threat, names),
            "{" in (capability or threat),
            _is_told(capability + threat),
        )
        for key, capability, threat in found
    )
    wanted = {key: bool(capability) for key, capability, _ in found}
    return tuple(reason for reason in filled if reason.threat and (reason.capability or not wanted[reason.key]))


def options(family: str | None, facet: str, names: Names) -> tuple[Option, ...]:
    """Return candidates for ``expectation`` or ``tradeoff``, likeliest first."""
    found = _FAMILIES.get(family or "", habits.GENERIC)[facet]
    filled = (Option(item[0], _fill(item[1], names), "{" in item[1], _is_told(item[1])) for item in found)
    return tuple(option for option in filled if option.text)


def _is_told(text: str) -> bool:
    return any(slot in text for slot in _TOLD)


def _fill(text: str, names: Names) -> str:
    """Put the names in; empty where the text asks for one that is not known."""
    values = {
        name: "" if value in {UNKNOWN_INSIDE, UNKNOWN_PLACE} else value for name, value in names.model_dump().items()
    }
    if any(f"{{{name}}}" in text and not value for name, value in values.items()):
        return ""
    return text.format_map(values)
