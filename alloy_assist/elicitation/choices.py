"""The answers offered with each question: what the repository suggests first, then what a developer may recognise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.checking import prohibition_of, violation_of
from alloy_assist.elicitation.model import Choice, Mode, Part, Seen, Severity, Slot, State, Subject, SubjectKind
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.proposals import evidence_choices, suggested_evidence
from alloy_assist.elicitation.resolutions import reason_choices, resolution_choices, until_choices
from alloy_assist.elicitation.scoping import scope_of, severity_of, wider
from archaeology.model import Category
from archaeology.text import visible_line

_MOST = 4
_LONGEST = 200
_QUOTED = 140


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
    found = next((choice.key for choice in choices if choice.key.startswith("found")), None)
    if slot is Slot.STRATEGY and state.subject.against:
        return None
    return found


def _capability(state: State) -> Iterable[Choice]:
    subject, names = state.subject, names_of(state.subject)
    if subject.kind is SubjectKind.NOTHING and not state.steps:
        yield from _leads(state, Slot.CAPABILITY)
    if subject.possible.capability:
        yield _found(Slot.CAPABILITY, subject.possible.capability, (Slot.THREAT, subject.possible.threat))
    threatened = state.draft.get(Slot.THREAT)
    for reason in candidates.reasons(_family(state), names)[: _MOST - 1]:
        other = () if threatened and threatened.confirmed else (Part(slot=Slot.THREAT, text=reason.threat),)
        yield Choice(
            key=reason.key,
            label=reason.capability,
            note="" if not other else f"at risk from: {reason.threat}",
            fills=(Part(slot=Slot.CAPABILITY, text=reason.capability), *other),
        )
    if not state.steps and state.mode is Mode.WHY and subject.kind in {SubjectKind.HYPOTHESIS, SubjectKind.RECORD}:
        yield Choice(
            key="stale",
            label="It mattered once, and no longer does",
            fills=(Part(slot=Slot.RESOLUTION, text="simplify"),),
            leads_to=Mode.CONTRADICTION,
        )
        yield Choice(
            key="accident",
            label="Nobody meant it; it just came about",
            fills=(Part(slot=Slot.RESOLUTION, text="accident"),),
        )


def _threat(state: State) -> Iterable[Choice]:
    subject, names = state.subject, names_of(state.subject)
    if subject.kind is SubjectKind.NOTHING and not state.steps:
        yield from _leads(state, Slot.THREAT)
    if state.mode is Mode.SCAR:
        yield from _scars(subject)
    if subject.possible.threat:
        yield _found(Slot.THREAT, subject.possible.threat)
    if state.mode in {Mode.REJECT, Mode.PRINCIPLE}:
        yield from _violations(subject)
    kept = state.draft.get(Slot.CAPABILITY)
    named = state.mode in {Mode.REJECT, Mode.PRINCIPLE} and bool(violation_of(subject.check or {}))
    for reason in candidates.reasons(_family(state), names)[: _MOST - 1]:
        if named and reason.threat.startswith("an import"):
            # The check has said it already, with the names in it.
            continue
        # What erodes it and what is kept are two sides of one thing: who picks the one has said the other.
        other = () if kept and kept.confirmed else (Part(slot=Slot.CAPABILITY, text=reason.capability),)
        yield Choice(
            key=f"threat-{reason.key}",
            label=reason.threat,
            note=f"what is lost: {reason.capability}" if other else "",
            fills=(Part(slot=Slot.THREAT, text=reason.threat), *other),
        )


def _strategy(state: State) -> Iterable[Choice]:
    subject = state.subject
    found = subject.possible.strategy or (subject.record.facets.strategy if subject.record else None)
    if found:
        yield _found(Slot.STRATEGY, found)
        places = listed([name for item in subject.against for name in item.names], 3)
        if places:
            yield Choice(
                key="found-but",
                label=f"{_line(found)}, but {places} may stay as they are",
                fills=(Part(slot=Slot.STRATEGY, text=found), Part(slot=Slot.EXCEPTION, text=places)),
            )
    if state.mode is Mode.SCAR:
        for candidate in subject.candidates[:2]:
            yield _choice(
                f"guard-{candidate.reference}",
                Slot.STRATEGY,
                f"keep {code(candidate.reference)} and run it on every change",
            )
    for item in subject.seen:
        if item.category is Category.TEXTUAL and len(item.summary) <= _LONGEST:
            yield _choice(f"stated-{item.id}", Slot.STRATEGY, item.summary)
            break


def _definition(state: State) -> Iterable[Choice]:
    subject = state.subject
    if subject.possible.strategy:
        yield Choice(
            key="found",
            label=_line(subject.possible.strategy),
            fills=(Part(slot=Slot.DEFINITION, text=subject.possible.strategy), *_examples(subject)),
        )
    for item in [item for item in subject.seen if len(item.summary) <= _LONGEST][:_MOST]:
        yield Choice(
            key=f"seen-{item.id}",
            label=_line(item.summary),
            fills=(Part(slot=Slot.DEFINITION, text=item.summary), *_examples(subject)),
        )


def _exception(state: State) -> Iterable[Choice]:
    for item in state.subject.against[:3]:
        place = listed(item.names, 3) or _line(item.summary)
        yield _choice(f"place-{item.id}", Slot.EXCEPTION, place, note=item.summary if item.names else "")
    for key, text in (
        ("tests", "tests and fixtures"),
        ("scripts", "scripts, examples and one-off tools"),
        ("no-exception", "nowhere: it always holds"),
    ):
        fills = () if key == "no-exception" else (Part(slot=Slot.EXCEPTION, text=text),)
        yield Choice(key=key, label=text, fills=fills)


def _mined(slot: Slot) -> Callable[[State], Iterable[Choice]]:
    def make(state: State) -> Iterable[Choice]:
        found = getattr(state.subject.possible, slot.value)
        if found:
            yield _found(slot, found)
        for option in candidates.options(_family(state), slot.value, names_of(state.subject)):
            yield _choice(option.key, slot, option.text)

    return make


def _scope(state: State) -> Iterable[Choice]:
    globs = scope_of(state.subject)
    if globs:
        yield Choice(
            key="found", label=listed(globs, 4), fills=tuple(Part(slot=Slot.SCOPE, text=glob) for glob in globs)
        )
        if broad := wider(globs):
            yield _choice("wider", Slot.SCOPE, broad)
    for lead in dict.fromkeys(name for item in state.subject.seen for name in item.names if "/" in name):
        yield _choice(f"path-{lead}", Slot.SCOPE, f"{lead}**" if lead.endswith("/") else lead)


def _severity(_: State) -> Iterable[Choice]:
    said = {
        Severity.LOW: "A nuisance: we would fix it when we get to it",
        Severity.MEDIUM: "It would cost us days",
        Severity.HIGH: "It would hurt users or block a release",
        Severity.CRITICAL: "It must never happen: data, money or trust would be lost",
    }
    for severity, label in said.items():
        yield Choice(key=severity.value, label=label, fills=(Part(slot=Slot.SEVERITY, text=severity.value),))


def _violations(subject: Subject) -> Iterable[Choice]:
    if seen := violation_of(subject.check or {}):
        forbidden = Part(slot=Slot.FORBIDDEN, text=prohibition_of(subject.check or {}))
        yield Choice(key="forbidden-import", label=seen, fills=(Part(slot=Slot.THREAT, text=seen), forbidden))
    for item in subject.against[:2]:
        yield _choice(f"against-{item.id}", Slot.THREAT, item.summary, note="found in this code")
    for candidate in subject.candidates[:2]:
        verb = "loosening or switching off" if candidate.kind == "gate" else "removing or weakening"
        text = f"{verb} {code(candidate.reference)}"
        yield Choice(
            key=f"weaken-{candidate.reference}",
            label=text,
            fills=(
                Part(slot=Slot.THREAT, text=text),
                Part(
                    slot=Slot.FORBIDDEN,
                    text=f"{'loosen or switch off' if candidate.kind == 'gate' else 'remove or weaken'} {code(candidate.reference)}",
                ),
            ),
        )


def _scars(subject: Subject) -> Iterable[Choice]:
    for item in sorted(subject.seen, key=lambda seen: seen.category is not Category.TEXTUAL):
        if item.category in {Category.HISTORICAL, Category.TEXTUAL}:
            fills = (Part(slot=Slot.THREAT, text=_scar(item)),)
            yield Choice(key=f"scar-{item.id}", label=_line(item.summary), fills=fills)


def _scar(item: Seen) -> str:
    """What is not to happen, in words that fit where the sentence wants a threat."""
    quoted = re.search("“(.+)”", item.summary)
    if item.category is Category.TEXTUAL and quoted:
        said = next((place.symbol or place.path for place in item.places if place.kind == "code"), "")
        quote = _line(quoted.group(1)).rstrip(" .")
        quote = quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1].rsplit(" ", 1)[0] + "…"
        return f"a change that goes against the comment{f' in {code(said)}' if said else ''}: “{quote}”"
    return f"a repeat of what went wrong once: {_line(item.summary)}"


def _leads(state: State, slot: Slot) -> Iterable[Choice]:
    for lead in state.subject.leads[:_MOST]:
        possible = lead.possible
        fills = [
            Part(slot=Slot(name), text=text)
            for name in ("capability", "threat", "strategy")
            if (text := getattr(possible, name)) and name in {"strategy", slot.value}
        ]
        scope = [
            Part(slot=Slot.SCOPE, text=f"{path}**" if path.endswith("/") else path)
            for path in lead.paths[:_MOST]
            if path
        ]
        yield Choice(key=f"lead-{lead.id}", label=_line(lead.title), fills=(*fills, *scope), lead=lead.id)


def _examples(subject: Subject) -> tuple[Part, ...]:
    places = dict.fromkeys(place.path for item in subject.seen for place in item.places if place.kind == "code")
    return tuple(Part(slot=Slot.EXAMPLE, text=path) for path in list(places)[:3])


def _found(slot: Slot, text: str, *others: tuple[Slot, str | None]) -> Choice:
    fills = (Part(slot=slot, text=text), *(Part(slot=other, text=said) for other, said in others if said))
    return Choice(key="found", label=_line(text), fills=fills)


def _choice(key: str, slot: Slot, text: str, note: str = "") -> Choice:
    return Choice(key=key, label=_line(text), note=_line(note), fills=(Part(slot=slot, text=_line(text)),))


def _family(state: State) -> str | None:
    picked = [
        choice.lead for step in state.steps for choice in step.ask.choices if choice.key in step.choices and choice.lead
    ]
    if state.subject.family == "test_isolation" and (state.subject.check or {}).get("kind") == "import_boundary":
        return "test_boundary"
    if state.subject.family == "vendor_isolation" and state.subject.check and not names_of(state.subject).gateway:
        return "vendor_free"
    if state.subject.family == "technology_choice" and (state.subject.check or {}).get("kind") == "import_boundary":
        # What was mined is always a package that went; what people raise themselves is one that is there.
        return "technology_given_up"
    by_id = {lead.id: lead.family for lead in state.subject.leads}
    if state.mode is Mode.SCAR and state.modes and state.modes[0] is Mode.SCAR:
        return "scar_tissue"
    if state.mode is Mode.TECHNOLOGY and state.subject.family is None:
        return "technology_choice"
    return by_id.get(picked[0]) if picked else state.subject.family


def _line(text: str) -> str:
    return visible_line(text)


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
