"""Answers that a developer may recognise, by family: offered as choices with the names of this repository in them.

A candidate is offered only where everything it names is known. None of it is ever taken as said: a person picks it or does not.
"""

from __future__ import annotations

from typing import NamedTuple

from alloy_assist.elicitation.candidates import boundaries, dependencies, habits, layers, scars
from alloy_assist.elicitation.names import UNKNOWN_INSIDE, UNKNOWN_PLACE, Names

_FAMILIES = {**boundaries.FAMILIES, **layers.FAMILIES, **dependencies.FAMILIES, **habits.FAMILIES, **scars.FAMILIES}


class Reason(NamedTuple):
    """A capability with the threat that is its other side. The capability is empty where only the person can say it."""

    key: str
    capability: str
    threat: str


class Option(NamedTuple):
    """One candidate for a single facet."""

    key: str
    text: str


def reasons(family: str | None, names: Names) -> tuple[Reason, ...]:
    """Return what could be kept, with what would erode it, likeliest first."""
    found = _FAMILIES.get(family or "", habits.GENERIC)["reasons"]
    filled = ((key, _fill(capability, names), _fill(threat, names)) for key, capability, threat in found)
    wanted = {key: bool(capability) for key, capability, _ in found}
    return tuple(
        Reason(key, capability, threat)
        for key, capability, threat in filled
        if threat and (capability or not wanted[key])
    )


def options(family: str | None, facet: str, names: Names) -> tuple[Option, ...]:
    """Return candidates for ``expectation`` or ``tradeoff``, likeliest first."""
    found = _FAMILIES.get(family or "", habits.GENERIC)[facet]
    filled = ((item[0], _fill(item[1], names)) for item in found)
    return tuple(Option(key, text) for key, text in filled if text)


def _fill(text: str, names: Names) -> str:
    """Put the names in; empty where the text asks for one that is not known."""
    values = {
        name: "" if value in {UNKNOWN_INSIDE, UNKNOWN_PLACE} else value for name, value in names.model_dump().items()
    }
    if any(f"{{{name}}}" in text and not value for name, value in values.items()):
        return ""
    return text.format_map(values)
