"""Which family's candidates fit an interview as it stands, and what they say could be kept."""

from __future__ import annotations

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation.boundary import boundary_of
from alloy_assist.elicitation.facts import fact_of
from alloy_assist.elicitation.model import Mode, Part, Slot, State, SubjectKind
from alloy_assist.elicitation.names import Names, names_of


def other_side(state: State) -> tuple[Part, ...]:
    """What is lost with an import that breaks the boundary: the other side of the first reason, unless it was said already."""
    known = reasons(state)
    if confirmed(state, Slot.CAPABILITY) or not known or not known[0].capability:
        return ()
    return (Part(slot=Slot.CAPABILITY, text=known[0].capability),)


def reasons(state: State) -> list[candidates.Reason]:
    """What could be kept, with its other side."""
    if state.subject.kind is SubjectKind.NOTHING and not state.steps and state.subject.leads:
        return []
    names = names_of(state.subject)
    # Where the family's candidates need names that a path alone does not have, those for any code may fit.
    known = candidates.reasons(family_of(state), names)
    if not known and state.subject.kind is SubjectKind.PATH:
        known = candidates.reasons(None, names)
    return [reason for reason in known if reason.told or not from_words(names)]


def options(state: State, facet: str) -> list[candidates.Option]:
    """Return candidates for ``expectation`` or ``tradeoff`` that fit."""
    names = names_of(state.subject)
    known = candidates.options(family_of(state), facet, names)
    return [option for option in known if option.told or not from_words(names)]


def confirmed(state: State, slot: Slot) -> bool:
    """Whether a person has said what stands in a slot."""
    entry = state.draft.get(slot)
    return entry is not None and entry.confirmed


def general(state: State, candidate: candidates.Reason | candidates.Option) -> bool:
    """Whether a candidate would fit any code, or guesses what a comment is for. An interview about a principle has no names to offer."""
    meant = candidate.capability if isinstance(candidate, candidates.Reason) else ""
    guessed = bool(meant and names_of(state.subject).warned)
    return (guessed or not candidate.specific) and state.subject.kind not in {
        SubjectKind.NOTHING,
        SubjectKind.PRINCIPLE,
    }


def family_of(state: State) -> str | None:
    """Return the family whose candidates fit: the subject's, that of what was picked, or a closer one."""
    picked = [
        choice.lead for step in state.steps for choice in step.ask.choices if choice.key in step.choices and choice.lead
    ]
    if state.subject.family == "test_isolation" and (state.subject.check or {}).get("kind") == "import_boundary":
        return "test_boundary"
    if state.subject.family == "vendor_isolation" and state.subject.check and not names_of(state.subject).gateway:
        return "vendor_free"
    if state.subject.family == "contradiction" and fact_of(state.subject, "only", "interface"):
        return "lone_interface"
    if state.subject.family == "technology_choice" and state.subject.check:
        # What was mined is always a package that went; what people raise themselves is one that is there.
        return "technology_given_up"
    boundary = boundary_of(state.subject.check)
    if boundary and boundary.stack:
        return "layer_stack"
    if boundary and boundary.pronoun and names_of(state.subject).gateway:
        return "single_user"
    by_id = {lead.id: lead.family for lead in state.subject.leads}
    if state.mode is Mode.SCAR and state.modes and state.modes[0] is Mode.SCAR:
        return "scar_tissue"
    if state.mode is Mode.TECHNOLOGY and state.subject.family is None:
        return "technology_choice"
    return by_id.get(picked[0]) if picked else state.subject.family


def from_words(names: Names) -> bool:
    """Return whether a comment or a commit is what an interview is about: what these do not say themselves is not guessed for them."""
    return bool(names.warned or names.undone)
