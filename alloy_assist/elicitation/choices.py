"""The answers offered with each question: what the repository suggests first, then what a developer may recognise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.checking import violation_of
from alloy_assist.elicitation.comments import avoided_in
from alloy_assist.elicitation.families import family_of, other_side, reasons
from alloy_assist.elicitation.found_choices import broken_by, examples, found, leads, plain, violations
from alloy_assist.elicitation.model import Choice, Mode, Part, Severity, Slot, State, SubjectKind
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.proposals import evidence_choices, suggested_evidence
from alloy_assist.elicitation.resolutions import reason_choices, resolution_choices, until_choices
from alloy_assist.elicitation.scars import scars_of
from alloy_assist.elicitation.scoping import scope_of, severity_of, wider
from archaeology.model import Category
from archaeology.text import visible_line

_MOST = 4
_LONGEST = 200


def choices_for(state: State, slot: Slot) -> tuple[Choice, ...]:
    """Return the choices for a topic, best first; none where nothing sensible can be offered."""
    made = _MAKERS[slot](state) if slot in _MAKERS else ()
    unique: dict[str, Choice] = {}
    labels: set[str] = set()
    for choice in made:
        if choice.key not in unique and choice.label.casefold() not in labels:
            unique[choice.key] = choice
            labels.add(choice.label.casefold())
    return tuple(unique.values())


def suggested_for(state: State, slot: Slot, choices: tuple[Choice, ...]) -> str | None:
    """Return the key of the choice that the evidence speaks for, or None where it speaks for none."""
    if slot is Slot.EVIDENCE:
        return suggested_evidence(choices, state.checked)
    if slot is Slot.SEVERITY:
        return severity_of(state.subject).value
    best = next((choice.key for choice in choices if choice.key.startswith("found")), None)
    if slot is Slot.STRATEGY and state.subject.against:
        return None
    return best


def _capability(state: State) -> Iterable[Choice]:
    subject, names = state.subject, names_of(state.subject)
    if subject.kind is SubjectKind.NOTHING and not state.steps:
        yield from leads(state, Slot.CAPABILITY)
    if subject.possible.capability:
        yield found(Slot.CAPABILITY, subject.possible.capability, (Slot.THREAT, subject.possible.threat))
    elif (avoided := avoided_in(subject.possible.strategy or "")) and avoided not in state.draft.text(Slot.THREAT):
        yield plain("told", Slot.CAPABILITY, f"{names.inside} without {avoided}")
    threatened = state.draft.get(Slot.THREAT)
    for reason in [reason for reason in reasons(state) if reason.capability][: _MOST - 1]:
        other = () if threatened and threatened.confirmed else (Part(slot=Slot.THREAT, text=reason.threat),)
        yield Choice(
            key=reason.key,
            label=reason.capability,
            fills=(Part(slot=Slot.CAPABILITY, text=reason.capability), *other),
        )
    if not state.steps and state.mode is Mode.WHY and subject.kind in {SubjectKind.HYPOTHESIS, SubjectKind.RECORD}:
        yield Choice(
            key="stale",
            label="It mattered once, not any more",
            fills=(Part(slot=Slot.RESOLUTION, text="simplify"),),
            leads_to=Mode.CONTRADICTION,
        )
        yield Choice(
            key="accident",
            label="Nobody meant it",
            fills=(Part(slot=Slot.RESOLUTION, text="accident"),),
        )


def _threat(state: State) -> Iterable[Choice]:
    subject = state.subject
    if subject.kind is SubjectKind.NOTHING and not state.steps:
        yield from leads(state, Slot.THREAT)
    if state.mode is Mode.SCAR:
        yield from scars_of(subject)
    if subject.possible.threat:
        yield found(Slot.THREAT, subject.possible.threat)
    if state.mode in {Mode.REJECT, Mode.PRINCIPLE}:
        yield from violations(subject, other_side(state))
    if subject.kind is SubjectKind.PATH and not state.steps:
        for lead in subject.leads:
            if seen := violation_of(lead.check or {}):
                yield plain(f"breaks-{lead.id}", Slot.THREAT, seen)
    kept = state.draft.get(Slot.CAPABILITY)
    named = state.mode in {Mode.REJECT, Mode.PRINCIPLE} and bool(violation_of(subject.check or {}))
    scarred = state.mode is Mode.SCAR and any(
        item.category in {Category.TEXTUAL, Category.HISTORICAL} for item in subject.seen
    )
    for reason in reasons(state)[: 2 if scarred else _MOST - 1]:
        if named and reason.threat.startswith("an import"):
            # The check has said it already, with the names in it.
            continue
        # What erodes it and what is kept are two sides of one thing: who picks the one has said the other.
        said = reason.capability and not (kept and kept.confirmed)
        other = (Part(slot=Slot.CAPABILITY, text=reason.capability),) if said else ()
        yield Choice(
            key=f"threat-{reason.key}",
            label=reason.threat,
            fills=(Part(slot=Slot.THREAT, text=reason.threat), *other),
        )


def _strategy(state: State) -> Iterable[Choice]:
    subject = state.subject
    rule = subject.possible.strategy or (subject.record.facets.strategy if subject.record else None)
    if rule:
        yield found(Slot.STRATEGY, rule)
        places = listed([name for item in subject.against for name in item.names], 3)
        if places:
            yield Choice(
                key="found-but",
                label=f"{visible_line(rule)}, but {places} may stay as they are",
                fills=(Part(slot=Slot.STRATEGY, text=rule), Part(slot=Slot.EXCEPTION, text=places)),
            )
    if state.mode is Mode.SCAR:
        for candidate in subject.candidates[:2]:
            yield plain(
                f"guard-{candidate.reference}",
                Slot.STRATEGY,
                f"keep {code(candidate.reference)} and run it on every change",
            )
    if subject.kind is SubjectKind.TECHNOLOGY and subject.paths:
        yield plain("where-now", Slot.STRATEGY, f"use it in {listed(subject.paths, 3)} alone, as now")
    for item in subject.seen:
        if item.category is Category.TEXTUAL and item.heard is None and len(item.summary) <= _LONGEST:
            yield plain(f"stated-{item.id}", Slot.STRATEGY, item.summary)
            break


def _definition(state: State) -> Iterable[Choice]:
    subject = state.subject
    if subject.possible.strategy:
        yield Choice(
            key="found",
            label=visible_line(subject.possible.strategy),
            fills=(Part(slot=Slot.DEFINITION, text=subject.possible.strategy), *examples(subject)),
        )
    for item in [item for item in subject.seen if len(item.summary) <= _LONGEST][:_MOST]:
        yield Choice(
            key=f"seen-{item.id}",
            label=visible_line(item.summary),
            fills=(Part(slot=Slot.DEFINITION, text=item.summary), *examples(subject)),
        )


def _exception(state: State) -> Iterable[Choice]:
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


def _mined(slot: Slot) -> Callable[[State], Iterable[Choice]]:
    def make(state: State) -> Iterable[Choice]:
        mined = getattr(state.subject.possible, slot.value)
        if mined:
            yield found(slot, mined)
        for option in candidates.options(family_of(state), slot.value, names_of(state.subject)):
            yield plain(option.key, slot, option.text)

    return make


def _scope(state: State) -> Iterable[Choice]:
    globs = scope_of(state.subject)
    if globs:
        yield Choice(
            key="found", label=listed(globs, 4), fills=tuple(Part(slot=Slot.SCOPE, text=glob) for glob in globs)
        )
        if broad := wider(globs):
            yield plain("wider", Slot.SCOPE, broad)
    for lead in dict.fromkeys(name for item in state.subject.seen for name in item.names if "/" in name):
        yield plain(f"path-{lead}", Slot.SCOPE, f"{lead}**" if lead.endswith("/") else lead)


def _severity(_: State) -> Iterable[Choice]:
    said = {
        Severity.LOW: "A nuisance: we would fix it when we get to it",
        Severity.MEDIUM: "It would cost us days",
        Severity.HIGH: "It would hurt users or block a release",
        Severity.CRITICAL: "It must never happen: data, money or trust would be lost",
    }
    for severity, label in said.items():
        yield Choice(key=severity.value, label=label, fills=(Part(slot=Slot.SEVERITY, text=severity.value),))


_MAKERS: dict[Slot, Callable[[State], Iterable[Choice]]] = {
    Slot.CAPABILITY: _capability,
    Slot.THREAT: _threat,
    Slot.EXPECTATION: _mined(Slot.EXPECTATION),
    Slot.STRATEGY: _strategy,
    Slot.EVIDENCE: lambda state: evidence_choices(state.subject, state.checked),
    Slot.TRADEOFF: _mined(Slot.TRADEOFF),
    Slot.DEFINITION: _definition,
    Slot.EXCEPTION: _exception,
    Slot.SCOPE: _scope,
    Slot.SEVERITY: _severity,
    Slot.RESOLUTION: lambda state: resolution_choices(state.subject),
    Slot.REASON: lambda state: reason_choices(state.draft.text(Slot.RESOLUTION)),
    Slot.UNTIL: lambda _: until_choices(),
}
