"""The answers offered with each question: what the repository suggests first, then what a developer may recognise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alloy_assist.elicitation.boundary import listed
from alloy_assist.elicitation.checking import violation_of
from alloy_assist.elicitation.edge_choices import exception_choices, scope_choices, severity_choices
from alloy_assist.elicitation.families import confirmed, general, options, other_side, reasons
from alloy_assist.elicitation.found_choices import examples, found, leads, plain, violations
from alloy_assist.elicitation.model import Choice, Mode, Part, Slot, State, Subject, SubjectKind
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.own_questions import asks_whether_come, own_question
from alloy_assist.elicitation.pressures import pressures
from alloy_assist.elicitation.proposals import evidence_choices, suggested_evidence
from alloy_assist.elicitation.resolutions import reason_choices, resolution_choices, until_choices
from alloy_assist.elicitation.scoping import severity_of
from alloy_assist.elicitation.word_choices import endings, promised, rules_told, turned_down
from archaeology.model import Category, Family
from archaeology.text import visible_line

_MOST = 4
_EXAMPLES = 2
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
    said = tuple(unique.values())
    # What would fit any code is no answer to begin with: it follows what names this code, and alone it is only an example.
    specific = tuple(choice for choice in said if not choice.general and not choice.letter)
    vague = tuple(choice for choice in said if choice.general)
    return (*specific, *(vague if specific else ()), *(choice for choice in said if choice.letter))


def examples_for(state: State, slot: Slot) -> tuple[str, ...]:
    """Return what an answer could look like, where nothing that names this code can be offered as one."""
    made = tuple(_MAKERS[slot](state)) if slot in _MAKERS else ()
    if _answers(choice for choice in made if not choice.general):
        return ()
    return tuple(dict.fromkeys(choice.label for choice in made if choice.general))[:_EXAMPLES]


def _answers(choices: Iterable[Choice]) -> bool:
    """Whether any of the choices says something for the record; that nobody meant it does not."""
    return any(not choice.letter for choice in choices)


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
    subject = state.subject
    if subject.kind is SubjectKind.NOTHING and not state.steps:
        yield from leads(state, Slot.CAPABILITY)
    if subject.possible.capability:
        # What erodes it is its other side, where the scan did not say: it need not be asked.
        other_sides = (reason.threat for reason in reasons(state) if not general(state, reason))
        threat = subject.possible.threat or ("" if confirmed(state, Slot.THREAT) else next(other_sides, ""))
        yield found(Slot.CAPABILITY, subject.possible.capability, (Slot.THREAT, threat))
    yield from promised(state)
    for reason in [reason for reason in reasons(state) if reason.capability][: _MOST - 1]:
        other = () if confirmed(state, Slot.THREAT) else (Part(slot=Slot.THREAT, text=reason.threat),)
        yield Choice(
            key=reason.key,
            label=reason.capability,
            fills=(Part(slot=Slot.CAPABILITY, text=reason.capability), *other),
            general=general(state, reason),
        )
    yield from endings(state)


def _threat(state: State) -> Iterable[Choice]:
    subject = state.subject
    if subject.kind is SubjectKind.NOTHING and not state.steps:
        yield from leads(state, Slot.THREAT)
    yield from turned_down(state)
    if state.mode in {Mode.REJECT, Mode.PRINCIPLE}:
        yield from violations(subject, other_side(state))
    if subject.kind is SubjectKind.PATH and not state.steps:
        for lead in subject.leads:
            if seen := violation_of(lead.check or {}):
                yield plain(f"breaks-{lead.id}", Slot.THREAT, seen)
    named = state.mode in {Mode.REJECT, Mode.PRINCIPLE} and bool(violation_of(subject.check or {}))
    scarred = state.mode is Mode.SCAR and any(
        item.category in {Category.TEXTUAL, Category.HISTORICAL} for item in subject.seen
    )
    for reason in reasons(state)[: 2 if scarred else _MOST - 1]:
        if named and reason.threat.startswith("an import"):
            # The check has said it already, with the names in it.
            continue
        # What erodes it and what is kept are two sides of one thing: who picks the one has said the other.
        said = reason.capability and not confirmed(state, Slot.CAPABILITY)
        other = (Part(slot=Slot.CAPABILITY, text=reason.capability),) if said else ()
        yield Choice(
            key=f"threat-{reason.key}",
            label=reason.threat,
            fills=(Part(slot=Slot.THREAT, text=reason.threat), *other),
            general=general(state, reason),
        )
    yield from endings(state)


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
    else:
        yield from _unsaid_rules(subject)
    if subject.kind is SubjectKind.TECHNOLOGY and subject.paths:
        yield plain("where-now", Slot.STRATEGY, f"use it in {listed(subject.paths, 3)} alone, as now")
    for item in subject.seen:
        stated = item.category is Category.TEXTUAL and item.heard is None
        if stated and item.facts.get("role") not in {"unknown", "documented"} and len(item.summary) <= _LONGEST:
            yield plain(f"stated-{item.id}", Slot.STRATEGY, item.summary)
            break


def _unsaid_rules(subject: Subject) -> Iterable[Choice]:
    """Yield what follows from what was measured or written, where the scan proposes no rule."""
    names = names_of(subject)
    if subject.family == Family.TACIT_COUPLING:
        yield plain("both", Slot.STRATEGY, f"look at both of {names.inside} whenever one of them changes")
    if subject.family == Family.STABLE_FORMAT and names.outside:
        yield plain("read", Slot.STRATEGY, f"read the differences in {names.outside} before they are recorded anew")
    yield from rules_told(subject)


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


def _mined(slot: Slot) -> Callable[[State], Iterable[Choice]]:
    def make(state: State) -> Iterable[Choice]:
        mined = getattr(state.subject.possible, slot.value)
        if mined:
            yield found(slot, mined)
        names = names_of(state.subject)
        counted = pressures(state.subject, names) if slot is Slot.EXPECTATION else ()
        offered = options(state, slot.value)
        # What words name themselves stands before what was counted around them, what is guessed after it.
        for option in (
            *(item for item in offered if item.told),
            *counted,
            *(item for item in offered if not item.told),
        ):
            guessed = option in offered and general(state, option)
            yield plain(option.key, slot, option.text).model_copy(
                update={"general": guessed, "label": _answering(state, slot, option.text)}
            )

    return make


def _answering(state: State, slot: Slot, text: str) -> str:
    """A pressure as the answer to what is asked."""
    asked = slot is Slot.EXPECTATION and asks_whether_come(own_question(slot, state.subject.questions))
    return f"Not yet: {text}" if asked and text == names_of(state.subject).until else visible_line(text)


_MAKERS: dict[Slot, Callable[[State], Iterable[Choice]]] = {
    Slot.CAPABILITY: _capability,
    Slot.THREAT: _threat,
    Slot.EXPECTATION: _mined(Slot.EXPECTATION),
    Slot.STRATEGY: _strategy,
    Slot.EVIDENCE: lambda state: evidence_choices(state.subject, state.checked),
    Slot.TRADEOFF: _mined(Slot.TRADEOFF),
    Slot.DEFINITION: _definition,
    Slot.EXCEPTION: exception_choices,
    Slot.SCOPE: scope_choices,
    Slot.SEVERITY: severity_choices,
    Slot.RESOLUTION: lambda state: resolution_choices(state.subject),
    Slot.REASON: lambda state: reason_choices(state.draft.text(Slot.RESOLUTION)),
    Slot.UNTIL: lambda _: until_choices(),
}
