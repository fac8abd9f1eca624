"""What to call the things that an interview is about: short phrases with the real names of this repository in them."""

from __future__ import annotations

import re

from alloy_assist.elicitation.boundary import boundary_of, code, common_folder, listed
from alloy_assist.elicitation.facts import named_by_facts
from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.vocabulary import SubjectKind, Value
from archaeology.model import Category, Family
from archaeology.text import visible_line

UNKNOWN_INSIDE = "this code"
UNKNOWN_PLACE = "this repository"
_FEW = 2
_REPAIR = re.compile("with a repair “(.+?)”")
_ONLY = re.compile(r"Only ((?:`[^`]+`(?:, | and )?)+(?:\d+ others)?) may import ")
_PLACED = frozenset({SubjectKind.HYPOTHESIS, SubjectKind.RECORD, SubjectKind.PATH})
COMMENT_FAMILIES = frozenset(
    {Family.SCAR_TISSUE, Family.CONCURRENCY, Family.SECURITY_BOUNDARY, Family.PERFORMANCE_GUARD}
)
_NAMED_BY_REF = frozenset({SubjectKind.TECHNOLOGY, SubjectKind.PRINCIPLE, SubjectKind.PATH})


class Names(Value):
    """Phrases for sentences. ``inside`` is what is protected, ``outside`` what it is kept from, ``gateway`` what may touch both.

    ``story`` is the first line of the repair that came with what was seen; ``rejected``, ``harm``, ``fault``, ``issue``, ``until`` and ``undone`` are
    what was read of a comment or a revert, ``doubted`` what its author did not know the reason of, and ``warned`` is the symbol or file that it is of: ``commented`` where a comment in it says so, ``told``
    where only a commit does. ``place`` is the one path or name to say where it is; each may be empty but ``place`` and ``inside``.
    """

    inside: str
    outside: str = ""
    gateway: str = ""
    place: str
    named: str = ""
    story: str = ""
    warned: str = ""
    commented: str = ""
    told: str = ""
    rejected: str = ""
    harm: str = ""
    fault: str = ""
    issue: str = ""
    until: str = ""
    undone: str = ""
    doubted: str = ""


def names_of(subject: Subject) -> Names:
    """Return the phrases for a subject, from its check where it has one, else from what was seen and what its family measures."""
    names = _names(subject)
    if boundary_of(subject.check) is not None and subject.family != Family.PORTS_AND_ADAPTERS:
        return names
    return names.model_copy(update=named_by_facts(subject))


def _names(subject: Subject) -> Names:
    named = visible_line(subject.ref) if subject.ref and subject.kind in _NAMED_BY_REF else ""
    boundary = boundary_of(subject.check)
    if boundary is not None:
        only = _ONLY.match(subject.possible.strategy or "")
        inside = f"one of {boundary.inside}" if boundary.siblings else boundary.inside
        pronoun = "" if only else boundary.pronoun
        outside = "the others" if boundary.siblings else pronoun or boundary.outside
        # Who may is said by the rule; who does all the same, today, is only excepted from the check.
        gateway = only.group(1) if only else boundary.gateway
        few = subject.paths if len(subject.paths) == 1 else ()
        place = listed(few) or (code(boundary.container) if boundary.container else boundary.inside)
        return Names(inside=inside, outside=outside, gateway=gateway, place=place, named=named)
    seen = list(dict.fromkeys(name for item in subject.seen for name in item.names))
    # What went wrong did so in one file: the folder that a wide repair has in common says nothing.
    paths = subject.paths[:1] if subject.family == Family.SCAR_TISSUE else subject.paths
    folder = common_folder(list(paths)) if len(paths) > _FEW else ""
    places = (
        code(folder)
        if folder
        else listed(paths or seen or ((subject.title or subject.ref,) if subject.kind in _PLACED else ()), 2)
    )
    symbols = [place.symbol for item in subject.seen for place in item.places if place.kind == "code" and place.symbol]
    about_comment = symbols and subject.family in COMMENT_FAMILIES and subject.kind is not SubjectKind.PATH
    inside = code(symbols[0]) if about_comment else places
    if subject.kind is SubjectKind.TECHNOLOGY:
        inside = code(named)
    gates = _gates(subject)
    if subject.family == Family.ENFORCED_GATE and gates:
        inside = code(gates[0])
    return Names(
        inside=inside or UNKNOWN_INSIDE,
        # What was seen in a path is many things: none of them is the one that it is kept from.
        outside=""
        if subject.kind is SubjectKind.PATH
        else listed([name for name in seen if name not in subject.paths and "/" not in name], 2),
        gateway=code(gates[0]) if gates else "",
        place=places or UNKNOWN_PLACE,
        named=named,
        story=_story(subject),
        **_heard(subject, inside or UNKNOWN_INSIDE),
    )


def _heard(subject: Subject, inside: str) -> dict[str, str]:
    """What was read of the comment or the revert that a hypothesis was made of: its parts under their own names."""
    heard = next((item.heard for item in subject.seen if item.heard is not None), None)
    doubt = next((item for item in subject.seen if item.facts.get("role") == "unknown"), None)
    if heard is None and doubt is not None:
        below = str(doubt.facts.get("below") or "")
        return {"warned": inside, "commented": inside, "doubted": code(below) if below else "the code there"}
    if heard is None or subject.family not in {*COMMENT_FAMILIES, Family.STABLE_FORMAT}:
        return {}
    known = heard.model_dump(exclude={"rule"})
    if heard.undone:
        return known
    by_commit = any(item.facts.get("role") == "told" for item in subject.seen)
    return {**known, "warned": inside, "told" if by_commit else "commented": inside}


def _story(subject: Subject) -> str:
    """What the commit said that repaired something as it wrote the words that were seen; empty where none is known."""
    told = (_REPAIR.search(item.summary) for item in subject.seen if item.category is Category.HISTORICAL)
    return next((visible_line(found.group(1)).rstrip(" .") for found in told if found), "")


def _gates(subject: Subject) -> list[str]:
    return [_gate(candidate.reference) for candidate in subject.candidates if candidate.kind == "gate"]


def _gate(reference: str) -> str:
    """What people call a gate: the tool for a linter or an import checker, the job for a pipeline."""
    kind, _, rest = reference.partition(":")
    parts = rest.split(":")
    return (parts[0] if kind == "boundary" else parts[-1]) or reference
