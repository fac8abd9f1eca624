"""Answers that words in the code or in a commit give themselves: what they promise, what goes against them, that they are of no use any more."""

from __future__ import annotations

from collections.abc import Iterator

from alloy_assist.elicitation.comments import avoided_in
from alloy_assist.elicitation.families import confirmed
from alloy_assist.elicitation.found_choices import found
from alloy_assist.elicitation.kept_words import kept_by, works_otherwise
from alloy_assist.elicitation.model import Choice, Mode, Part, Slot, State, Subject, SubjectKind
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.own_questions import asks_whether_still_so, own_question
from alloy_assist.elicitation.scars import scars_of
from alloy_assist.elicitation.warned import called_by, change_of, rule_as_told, threat_found


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
    if state.mode is Mode.SCAR and not threat:
        yield from untold_failures(names_of(state.subject).undone)
    if state.mode is Mode.SCAR:
        yield from (_answering(state, scar) for scar in scars_of(state.subject))


def untold_failures(undone: str) -> Iterator[Choice]:
    """Yield what may have gone wrong with a change that was taken back without a reason: only who was there knows which it was."""
    if not undone:
        return
    for key, label, what in (
        (
            "broke",
            "It was out already, and broke what people did with it",
            "broke what people did with it once it was out",
        ),
        ("failed", "A test or a build failed before it was out", "failed in a test or a build before it was out"),
        ("wrong-way", "The aim was right, the way was not", "was the wrong way to a right aim"),
        ("no-aim", "Nobody wanted it after all", "nobody wanted after all"),
    ):
        text = f"a second try of “{undone}”, which {what}"
        yield Choice(key=f"undone-{key}", label=label, fills=(Part(slot=Slot.THREAT, text=text),))


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


def rules_told(subject: Subject) -> Iterator[Choice]:
    """Yield the rules that the words come to: what was turned down stays out, what it would take to try again, and to do as they say."""
    names = names_of(subject)
    if names.doubted:
        yield _rule("leave", f"leave {names.doubted} as it is until somebody has found out what it is for")
        yield _rule("try", f"take {names.doubted} out once a test shows that nothing needs it")
        yield _rule("say-why", f"say in the comment what {names.doubted} is for")
    if names.rejected and names.warned:
        yield _rule("not-that", f"never go over to {names.rejected} in {names.warned}")
    if undone := names.undone:
        gone = f"show that what “{undone}” was taken back for is gone, before it is tried again"
        yield _rule("ask-first", gone, "That what it was taken back for is gone")
        again = f"try “{undone}” again only with a test of what went wrong with it"
        yield _rule("with-test", again, "A test of what went wrong with it")
        yield _rule("for-good", f"leave “{undone}” out for good", "Nothing: it stays out for good")
    if told := rule_as_told(subject):
        yield _rule("as-told", told)


def _rule(key: str, text: str, label: str = "") -> Choice:
    return Choice(key=key, label=label or text, fills=(Part(slot=Slot.STRATEGY, text=text),))
