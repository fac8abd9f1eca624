"""Answers that words in the code or in a commit give themselves: what they promise, what goes against them, that they are of no use any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alloy_assist.elicitation.comments import avoided_in
from alloy_assist.elicitation.families import confirmed
from alloy_assist.elicitation.found_choices import found
from alloy_assist.elicitation.model import Choice, Mode, Part, Slot, State, Subject, SubjectKind
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.own_questions import asks_whether_still_so, own_question
from alloy_assist.elicitation.scars import scars_of
from alloy_assist.elicitation.warned import called_by, change_of, kept_by, rule_as_told, threat_found, works_otherwise


def promised(state: State) -> Iterator[Choice]:
    """Yield what the words promise, and the same with who uses the code that they stand in, where that is known."""
    subject, names = state.subject, names_of(state.subject)
    kept = kept_by(subject)
    avoided = "" if kept or subject.possible.capability else avoided_in(subject.possible.strategy or "")
    if avoided and avoided not in state.draft.text(Slot.THREAT):
        kept = (f"{names.inside} never leads to {avoided}",)
    change = "" if confirmed(state, Slot.THREAT) else change_of(subject)
    other = (Part(slot=Slot.THREAT, text=change),) if change else ()
    asked = called_by(subject)
    if kept and asked and not kept[0].endswith("”"):
        what = "it" if asked[1] in kept[0] else asked[1]
        kept = (f"{kept[0]} {asked[0]} {what}", *kept)
    for number, text in enumerate(kept):
        yield Choice(key=f"told-{number}", label=text, fills=(Part(slot=Slot.CAPABILITY, text=text), *other))
    if not kept and not subject.possible.capability:
        for number, text in enumerate(works_otherwise(subject)):
            yield Choice(key=f"works-{number}", label=text, fills=(Part(slot=Slot.CAPABILITY, text=text), *other))


def turned_down(state: State) -> Iterator[Choice]:
    """Yield the threat that was found, and what else went wrong here as far as words tell."""
    if threat := change_of(state.subject) or threat_found(state.subject):
        yield _answering(state, found(Slot.THREAT, threat))
    if state.mode is Mode.SCAR:
        yield from (_answering(state, scar) for scar in scars_of(state.subject))


def _answering(state: State, choice: Choice) -> Choice:
    """A threat as the answer to what is asked: whether something still is so is answered only with that said."""
    if not asks_whether_still_so(own_question(Slot.THREAT, state.subject.questions)):
        return choice
    return choice.model_copy(update={"label": f"Still so. Not to be let through: {choice.label}"})


def endings(state: State) -> Iterator[Choice]:
    """Yield that it is of no use any more and that nobody meant it, to the first question about what a scan or a record says."""
    if state.steps or state.mode not in {Mode.WHY, Mode.SCAR}:
        return
    if state.subject.kind in {SubjectKind.HYPOTHESIS, SubjectKind.RECORD}:
        yield Choice(
            key="stale",
            letter="m",
            label="It mattered once, not any more",
            fills=(Part(slot=Slot.RESOLUTION, text="simplify"),),
            leads_to=Mode.CONTRADICTION,
        )
        yield Choice(
            key="accident",
            letter="n",
            label="Nobody meant it",
            fills=(Part(slot=Slot.RESOLUTION, text="accident"),),
        )


def rules_told(subject: Subject) -> Iterable[tuple[str, str]]:
    """Yield the rules that the words come to, with their keys: what was turned down stays out, and to do as they say."""
    names = names_of(subject)
    if names.rejected and names.warned:
        yield "not-that", f"never go over to {names.rejected} in {names.warned}"
    if names.undone:
        yield "ask-first", f"show that what “{names.undone}” was taken back for is gone, before it is tried again"
    if told := rule_as_told(subject):
        yield "as-told", told
