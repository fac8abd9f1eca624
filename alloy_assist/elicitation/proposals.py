"""Evidence that could be required: what a machine can check first, then tests and gates that exist, then a person's eyes."""

from __future__ import annotations

import re

from alloy_assist.elicitation.boundary import listed
from alloy_assist.elicitation.checking import is_broken, statement_of
from alloy_assist.elicitation.model import Candidate, Checked, Choice, Part, Slot, Subject
from alloy_assist.elicitation.names import UNKNOWN_PLACE, names_of
from alloy_assist.elicitation.naming import slug
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.warned import words_of
from archaeology.model import Family
from archaeology.text import visible_line
from store.records import EvidenceDefinition, EvidenceStatus

_MOST = 2
_THERE = frozenset({"path_exists", "symbol_exists"})
_QUOTED = 90
_TELLING = 4


def evidence_choices(subject: Subject, checked: Checked | None) -> tuple[Choice, ...]:
    """Return the evidence to choose from, the strongest first."""
    check = next(
        (choice for choice in (_check(subject, checked),) if choice and _is_worth_offering(subject, checked)), None
    )
    # That something is there proves little of how it is used: such a check comes last.
    strong = check is not None and (subject.check or {}).get("kind") not in _THERE
    choices = [check] if check and strong else []
    for candidate in _nearest(subject)[:_MOST]:
        body = EvidenceDefinition(
            id=f"{candidate.kind}-{slug(candidate.reference) or 'found'}",
            statement=candidate.statement,
            kind=candidate.kind,
            reference=candidate.reference,
            status=EvidenceStatus.REQUIRED,
        )
        choices.append(
            Choice(
                key=body.id,
                label=candidate.statement,
                note=f"{candidate.path}:{candidate.line}",
                fills=(Part(slot=Slot.EVIDENCE, text=candidate.statement, body=body),),
            ),
        )
    return (*choices, _review(subject), *([check] if check and not strong else []))


def _nearest(subject: Subject) -> tuple[Candidate, ...]:
    """The tests and gates that were found, those first whose names share most with the words that are asked about."""
    words = words_of(subject).lower()

    def shared(candidate: Candidate) -> int:
        named = re.split(r"[^a-z0-9]+", candidate.reference.rsplit("::", 1)[-1].lower())
        return sum(len(part) >= _TELLING and part in words for part in dict.fromkeys(named))

    return tuple(sorted(subject.candidates, key=shared, reverse=True)) if words else subject.candidates


def only_review(subject: Subject) -> EvidenceDefinition | None:
    """Return the review of a place, where nothing else could be required of changes to it: that is no question. None otherwise."""
    place = names_of(subject)
    if subject.check or subject.candidates or place.place in {UNKNOWN_PLACE, place.named}:
        return None
    return _reviewed(subject)


def suggested_evidence(choices: tuple[Choice, ...], checked: Checked | None) -> str | None:
    """Return the key of the choice to suggest: a check that passes, else a test or gate, else review."""
    for choice in choices:
        if choice.key == "check" and (checked is None or checked.passed is not True):
            continue
        return choice.key
    return None


def _check(subject: Subject, checked: Checked | None) -> Choice | None:
    if not subject.check:
        return None
    statement = _quoting(subject) or statement_of(subject.check)
    if not statement:
        return None
    body = EvidenceDefinition(
        id="check", statement=statement, kind="check", check=subject.check, status=EvidenceStatus.REQUIRED
    )
    return Choice(
        key="check",
        label=statement,
        note=verdict_of(checked),
        fills=(Part(slot=Slot.EVIDENCE, text=statement, body=body),),
    )


def _quoting(subject: Subject) -> str:
    """What a check for a comment asks for, with the comment as it stands; empty for other checks."""
    check = subject.check or {}
    paths = [str(path) for path in check.get("paths", ())]
    if check.get("kind") != "pattern_present" or not paths:
        return ""
    told = (item.facts.get("sentence") for item in subject.seen if item.facts.get("role") == "comment")
    sentence = next((visible_line(text).rstrip(" .") for text in told if isinstance(text, str)), "")
    said = gist(sentence)
    if len(said) > _QUOTED:
        # A whole clause, where there is one: half of one says something else.
        whole = max(said.rfind(mark, 0, _QUOTED) for mark in ",;:")
        said = said[:whole] if whole > _QUOTED // 3 else said[:_QUOTED].rsplit(" ", 1)[0] + "…"
    return f"the comment “{said}” still stands in {listed(paths)}" if said else ""


def _is_worth_offering(subject: Subject, checked: Checked | None) -> bool:
    """Whether a check says something: one for a thing that is not there does not, and that a test exists is less than that it passes."""
    check = subject.check or {}
    if check.get("kind") == "test_exists":
        return all(candidate.reference != check.get("test") for candidate in _nearest(subject)[:_MOST])
    return is_broken(check, checked) or checked is None or checked.passed is not False


def verdict_of(checked: Checked | None) -> str:
    """Return what the check said, for showing beside it."""
    if checked is None or checked.passed is None:
        return checked.detail if checked and checked.detail else "not checked yet"
    where = f" at {checked.head[:10]}" if checked.head else ""
    if checked.passed:
        return f"checked just now{where}: holds"
    places = ", ".join(checked.violations[:_MOST])
    more = len(checked.violations) - _MOST
    tail = f" and {more} more" if more > 0 else ""
    return f"checked just now{where}: does not hold: {places or checked.detail}{tail}"


def _review(subject: Subject) -> Choice:
    body = _reviewed(subject)
    return Choice(key="review", label=body.statement, fills=(Part(slot=Slot.EVIDENCE, text=body.statement, body=body),))


def _reviewed(subject: Subject) -> EvidenceDefinition:
    names = names_of(subject)
    text = f"somebody who knows {names.place} reviews every change to {'them' if ' and ' in names.place else 'it'}"
    if subject.family == Family.TEST_ISOLATION and names.gateway:
        text = f"the review finds no new test that uses {names.outside} itself"
    elif subject.family == Family.STABLE_FORMAT and names.outside:
        text = f"a change that alters {names.outside} says what differs and why"
    elif subject.family == Family.DEPENDENCY_RESTRAINT and names.gateway:
        text = f"a package beside {names.gateway} is agreed on before anything imports it"
    elif names.rejected and names.warned:
        text = f"the review of a change to {names.warned} finds that it does not go over to {names.rejected}"
    elif names.warned and not names.doubted:
        words = "what its commit says" if names.told else "the comment there"
        text = f"the review of a change to {names.warned} holds it against {words}"
    elif names.undone:
        text = f"the review of a change to {names.place} finds no second try of “{names.undone}”"
    elif subject.family == Family.TACIT_COUPLING:
        text = f"a change to one of {names.inside} says what becomes of the other"
    return EvidenceDefinition(id="review", statement=text, kind="review", status=EvidenceStatus.REQUIRED)
