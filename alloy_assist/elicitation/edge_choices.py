"""Answers about the edges of a record: where it need not hold, which paths it covers, and how bad its loss would be."""

from __future__ import annotations

from collections.abc import Iterable

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation.boundary import listed
from alloy_assist.elicitation.families import family_of
from alloy_assist.elicitation.found_choices import broken_by, plain
from alloy_assist.elicitation.model import Choice, Mode, Part, Severity, Slot, State
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.scoping import scope_of, wider
from archaeology.text import visible_line


def exception_choices(state: State) -> Iterable[Choice]:
    """Yield where it need not hold: what breaks it today, else what often is left out."""
    if broken := broken_by(state.subject):
        yield Choice(key="accepted", label="an exception: it may stay", fills=(Part(slot=Slot.EXCEPTION, text=broken),))
        yield Choice(key="debt", label="a debt: it is to be put right")
        return
    for item in state.subject.against[:3]:
        place = listed(item.names, 3) or visible_line(item.summary)
        yield plain(f"place-{item.id}", Slot.EXCEPTION, place, note=item.summary if item.names else "")
    costs = candidates.options(family_of(state), Slot.TRADEOFF.value, names_of(state.subject))
    for key, text in (
        ("tests", "tests and fixtures"),
        ("scripts", "scripts, examples and one-off tools"),
        ("no-exception", "nowhere: it always holds"),
    ):
        fills = () if key == "no-exception" else (Part(slot=Slot.EXCEPTION, text=text),)
        yield Choice(key=key, label=text, fills=fills)
    if state.mode is Mode.PRINCIPLE and state.draft.get(Slot.TRADEOFF) is None:
        # What is too much somewhere and what it costs everywhere are asked in one: a principle has more to say than a rule.
        for cost in costs[:2]:
            yield Choice(
                key=f"cost-{cost.key}", label=f"it costs {cost.text}", fills=(Part(slot=Slot.TRADEOFF, text=cost.text),)
            )


def scope_choices(state: State) -> Iterable[Choice]:
    """Yield the paths that it could cover: those that were found, wider ones, and each that was seen."""
    globs = scope_of(state.subject)
    if globs:
        yield Choice(
            key="found", label=listed(globs, 4), fills=tuple(Part(slot=Slot.SCOPE, text=glob) for glob in globs)
        )
        if broad := wider(globs):
            yield plain("wider", Slot.SCOPE, broad)
    for lead in dict.fromkeys(name for item in state.subject.seen for name in item.names if "/" in name):
        yield plain(f"path-{lead}", Slot.SCOPE, f"{lead}**" if lead.endswith("/") else lead)


def severity_choices(_: State) -> Iterable[Choice]:
    """Yield how bad its loss would be, in words."""
    said = {
        Severity.LOW: "A nuisance: we would fix it when we get to it",
        Severity.MEDIUM: "It would cost us days",
        Severity.HIGH: "It would hurt users or block a release",
        Severity.CRITICAL: "It must never happen: data, money or trust would be lost",
    }
    for severity, label in said.items():
        yield Choice(key=severity.value, label=label, fills=(Part(slot=Slot.SEVERITY, text=severity.value),))
