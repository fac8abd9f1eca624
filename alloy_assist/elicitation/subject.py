"""What an interview is about, as it stood when the interview began: a snapshot, so that replaying needs no repository."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from alloy_assist.elicitation.vocabulary import SubjectKind, Value
from archaeology.model import Category, Citation, PossibleIntent
from store.interviews import AnswerKind
from store.records import Facets, IntentRecord


class Heard(Value):
    """What was read of a comment or a commit, each part in its own words and empty where it says nothing of the kind.

    ``rejected`` is an option that was turned down, ``fault`` what is worked around, ``until`` when it may go, ``undone`` the name of a change that
    was taken back.
    """

    rule: str = ""
    rejected: str = ""
    harm: str = ""
    fault: str = ""
    issue: str = ""
    until: str = ""
    undone: str = ""


class Seen(Value):
    """Something that was found in the repository. ``names`` are the paths, modules and packages that it is about.

    ``facts`` are the plain values that it was measured by: texts, numbers, and lists of texts.
    """

    id: str
    category: Category | None = None
    summary: str
    names: tuple[str, ...] = ()
    places: tuple[Citation, ...] = ()
    facts: dict[str, str | int | tuple[str, ...]] = Field(default_factory=dict)
    heard: Heard | None = None


class Candidate(Value):
    """A test or gate that exists and could be required as evidence."""

    kind: Literal["gate", "test"]
    reference: str
    statement: str
    path: str
    line: int


class Neighbour(Value):
    """Another record that this one might repeat or contradict."""

    id: str
    title: str
    facets: Facets = Facets()
    scope: tuple[str, ...] = ()
    forbidden_moves: tuple[str, ...] = ()


class Lead(Value):
    """A hypothesis that an interview begun from nothing can take up."""

    id: str
    title: str
    family: str | None = None
    possible: PossibleIntent = PossibleIntent()
    paths: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    check: dict[str, Any] | None = None
    questions: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Earlier(Value):
    """An answer that was given in an earlier interview about the same subject."""

    question: str
    facet: str | None = None
    kind: AnswerKind
    answer: str = ""


class Subject(Value):
    """The snapshot that a ``Started`` event holds.

    ``ref`` is the hypothesis or record id, the path, or the words in which a technology or principle was named. ``paths`` are the
    repository paths that it covers (folders end in a slash); ``tool`` is the import checker that the project uses already; ``layers`` are
    the paths of a stack of layers, the highest first.
    """

    kind: SubjectKind
    ref: str = ""
    title: str = ""
    family: str | None = None
    confidence: float | None = None
    possible: PossibleIntent = PossibleIntent()
    seen: tuple[Seen, ...] = ()
    against: tuple[Seen, ...] = ()
    questions: tuple[str, ...] = ()
    check: dict[str, Any] | None = None
    paths: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    leads: tuple[Lead, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    record: IntentRecord | None = None
    tool: str | None = None
    layers: tuple[tuple[str, ...], ...] = ()
    head: str | None = None
    notes: tuple[str, ...] = Field(default=())


def taken_up(subject: Subject, lead: Lead) -> Subject:
    """Return the subject of an interview that began from nothing, once a lead was picked: what is known of that is known now."""
    return subject.model_copy(
        update={
            "title": lead.title,
            "family": lead.family,
            "possible": lead.possible,
            "seen": lead.seen,
            "check": lead.check,
            "paths": lead.paths,
            "questions": lead.questions,
            "candidates": lead.candidates,
        }
    )
