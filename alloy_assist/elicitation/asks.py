"""Makes questions out of topics: with choices from what was found, a suggestion, and what raised them."""

from __future__ import annotations

from typing import Any

from alloy_assist.elicitation.choices import choices_for, examples_for, suggested_for
from alloy_assist.elicitation.found_choices import broken_by
from alloy_assist.elicitation.model import AnswerKind, Ask, Entry, Mode, Seen, Slot, State, Weakness
from archaeology.model import Category, Family

_WORDS = frozenset({"comment", "told", "unknown", "undone"})
_GROUNDS_FIRST = 2
_GROUNDS_LATER = 1
# Answers that the proposals for evidence and the wording of a contradiction's second half rest on.
_RESTS_ON = {
    Slot.EVIDENCE: frozenset({Slot.CAPABILITY, Slot.STRATEGY, Slot.DEFINITION, Slot.SCOPE, Slot.RESOLUTION}),
    Slot.REASON: frozenset({Slot.RESOLUTION}),
    Slot.UNTIL: frozenset({Slot.RESOLUTION}),
    Slot.STRATEGY: frozenset({Slot.RESOLUTION, Slot.CAPABILITY}),
    Slot.SCOPE: frozenset({Slot.RESOLUTION}),
    Slot.EXPECTATION: frozenset({Slot.RESOLUTION}),
    Slot.TRADEOFF: frozenset({Slot.STRATEGY, Slot.RESOLUTION}),
    Slot.SEVERITY: frozenset({Slot.CAPABILITY}),
}
# The signal categories that speak most to a topic; the others follow.
_SPEAKS_TO: dict[Slot, tuple[Category, ...]] = {
    Slot.CAPABILITY: (Category.TEXTUAL, Category.STRUCTURAL),
    Slot.THREAT: (Category.HISTORICAL, Category.TEXTUAL),
    Slot.EXPECTATION: (Category.HISTORICAL, Category.BEHAVIOURAL),
    Slot.STRATEGY: (Category.STRUCTURAL, Category.TEXTUAL),
    Slot.TRADEOFF: (Category.STRUCTURAL, Category.BEHAVIOURAL),
    Slot.EVIDENCE: (Category.EVIDENCE,),
    Slot.DEFINITION: (Category.TEXTUAL,),
}


def make_ask(state: State, slot: Slot) -> Ask:
    """Return the question for a topic as things stand."""
    choices = choices_for(state, slot)
    needed = _RESTS_ON.get(slot, frozenset())
    return Ask(
        id=slot.value,
        mode=state.mode,
        topic=slot,
        choices=choices,
        suggested=suggested_for(state, slot, choices),
        multiple=slot in {Slot.EVIDENCE, Slot.SCOPE}
        or (slot is Slot.EXCEPTION and not broken_by(state.subject))
        or (slot is Slot.THREAT and state.mode.value in {"reject", "principle"}),
        grounds=grounds_for(state, slot),
        examples=examples_for(state, slot),
        needs=tuple(
            step.ask.id for step in state.steps if step.ask.topic in needed and step.kind is AnswerKind.ANSWERED
        ),
    )


def make_follow_up(state: State, slot: Slot, entry: Entry, other: str = "") -> Ask:
    """Return the one pointed question that a weak entry gets. ``other`` names the record that a clash is with."""
    weakness, question = entry.weakness or Weakness.VAGUE, entry.question or slot.value
    moved = weakness is Weakness.MECHANISM
    choices = choices_for(state, slot) if weakness not in {Weakness.DUPLICATE, Weakness.CONFLICT} else ()
    plain = tuple(choice for choice in choices if choice.key not in {"accident", "stale"} and choice.leads_to is None)
    return Ask(
        id=f"{slot.value}.{weakness.value}",
        mode=state.mode,
        topic=Slot.CAPABILITY if moved else slot,
        choices=plain[:4],
        multiple=slot in {Slot.EVIDENCE, Slot.SCOPE},
        grounds=grounds_for(state, slot),
        weakness=weakness,
        follows=question,
        quoted=entry.text,
        other=other,
        needs=(question,),
    )


def grounds_for(state: State, slot: Slot) -> tuple[Seen, ...]:
    """Return what was seen that raises a question, what speaks most to it first; what is gone meanwhile is left out."""
    wanted = _SPEAKS_TO.get(slot, ())
    if state.subject.family == Family.SCAR_TISSUE:
        # The comment is what the hypothesis was made of; what else happened in the file is only beside it.
        wanted = (Category.TEXTUAL, *wanted)
    contrary = slot in {Slot.RESOLUTION, Slot.EXCEPTION} or state.mode is Mode.CONTRADICTION
    pool = state.subject.against if contrary and state.subject.against else state.subject.seen
    gone = {_key(resolution.citation) for resolution in state.resolutions if resolution.status == "gone"}
    standing = [
        seen.model_copy(
            update={"places": tuple(place for place in seen.places if _key(place.model_dump(mode="json")) not in gone)}
        )
        for seen in pool
    ]
    kept = [seen for seen, before in zip(standing, pool, strict=True) if seen.places or not before.places]
    ranked = sorted(
        enumerate(kept),
        key=lambda pair: (
            # The words that an interview is about before whatever was found around them.
            pair[1].facts.get("role") not in _WORDS,
            wanted.index(pair[1].category) if pair[1].category in wanted else len(wanted),
            pair[0],
        ),
    )
    return tuple(seen for _, seen in ranked[: _GROUNDS_LATER if state.steps else _GROUNDS_FIRST])


def _key(citation: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        str(citation.get(name, "")) for name in ("kind", "path", "start_line", "commit", "gate", "test", "quote_sha256")
    )
