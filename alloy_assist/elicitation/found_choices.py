"""Answers made of what was found: leads to take up, what a diff could break, what breaks a boundary today, where to see it."""

from __future__ import annotations

from collections.abc import Iterable

from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.checking import prohibition_of, violation_of
from alloy_assist.elicitation.model import Choice, Lead, Mode, Part, Slot, State, Subject
from alloy_assist.elicitation.own_questions import own_question
from archaeology.model import Family
from archaeology.text import visible_line

_MOST = 4
_FAILED = frozenset({Family.SCAR_TISSUE, Family.CONCURRENCY, Family.SECURITY_BOUNDARY, Family.PERFORMANCE_GUARD})


def broken_by(subject: Subject) -> str:
    """Return what breaks the boundary today, as code names in a list, where a hypothesis asks whether it may. Empty otherwise."""
    excepted = [str(item.get("from", "")) for item in (subject.check or {}).get("except", ())]
    asks = own_question(Slot.EXCEPTION, subject.questions)
    return listed([path for path in excepted if path and "*" not in path]) if asks else ""


def leads_for(mode: Mode, leads: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """Return what an interview from nothing offers, in its mode's order: what went wrong for a scar, else as it was ranked."""
    if mode is not Mode.SCAR:
        return leads
    return tuple(lead for lead in leads if lead.family in _FAILED) or leads


def leads(state: State, slot: Slot) -> Iterable[Choice]:
    """Yield the leads that an interview from nothing can take up."""
    for lead in leads_for(state.mode, state.subject.leads)[:_MOST]:
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
        yield Choice(key=f"lead-{lead.id}", label=visible_line(lead.title), fills=(*fills, *scope), lead=lead.id)


def violations(subject: Subject, lost: tuple[Part, ...] = ()) -> Iterable[Choice]:
    """Yield what in a diff would break this, as far as the code, its tests and its gates tell; ``lost`` is what a broken boundary costs."""
    if seen := violation_of(subject.check or {}):
        forbidden = Part(slot=Slot.FORBIDDEN, text=prohibition_of(subject.check or {}))
        # Who turns it down for this has said that the rule is meant.
        rule = subject.possible.strategy
        meant = (Part(slot=Slot.STRATEGY, text=rule),) if rule else ()
        yield Choice(
            key="forbidden-import", label=seen, fills=(Part(slot=Slot.THREAT, text=seen), forbidden, *meant, *lost)
        )
    for item in subject.against[:2]:
        yield plain(f"against-{item.id}", Slot.THREAT, item.summary, note="found in this code")
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


def examples(subject: Subject) -> tuple[Part, ...]:
    """Return up to three files that show how it is done."""
    places = dict.fromkeys(place.path for item in subject.seen for place in item.places if place.kind == "code")
    return tuple(Part(slot=Slot.EXAMPLE, text=path) for path in list(places)[:3])


def found(slot: Slot, text: str, *others: tuple[Slot, str | None]) -> Choice:
    """Return the choice of what the scan proposes for a slot, with what else it says."""
    fills = (Part(slot=slot, text=text), *(Part(slot=other, text=said) for other, said in others if said))
    return Choice(key="found", label=visible_line(text), fills=fills)


def plain(key: str, slot: Slot, text: str, note: str = "") -> Choice:
    """Return a choice that says one thing."""
    return Choice(
        key=key, label=visible_line(text), note=visible_line(note), fills=(Part(slot=slot, text=visible_line(text)),)
    )
