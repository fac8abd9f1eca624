"""What is persisted of hypotheses and of interviews: the decision on each, every question and every answer."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from store.records import Frozen


class HypothesisDecision(StrEnum):
    """What a person has said of a hypothesis; ``open`` while nobody has."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class StoredHypothesis(Frozen):
    """A hypothesis as a scan proposed it (``body`` in the survey's form), with its decision.

    ``evidence_digest`` is over its observations' content: a rejected hypothesis is proposed again only where that has changed.
    """

    id: str
    title: str
    family: str
    confidence: float
    worth: float = 0.0
    rank: int = 0
    body: dict[str, Any]
    observations: tuple[dict[str, Any], ...] = ()
    evidence_digest: str
    decision: HypothesisDecision = HypothesisDecision.OPEN
    decision_reason: str = ""
    record_id: str | None = None
    scan_id: str | None = None
    seen_at_head: bool = True


class AnswerKind(StrEnum):
    """What a person did with a question."""

    ANSWERED = "answered"
    DEFERRED = "deferred"
    DECLINED = "declined"
    NOT_KNOWN = "not_known"


class InterviewStatus(StrEnum):
    """Where an interview stands."""

    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class InterviewInfo(Frozen):
    """An interview without its events. ``subject`` is what it is about: a hypothesis, record, path, technology, principle or nothing."""

    id: str
    mode: str
    subject_kind: str
    subject: str
    title: str = ""
    status: InterviewStatus = InterviewStatus.OPEN
    started_at: str
    updated_at: str
    head: str | None = None
    record_id: str | None = None


class InterviewEvent(Frozen):
    """One durable step of an interview; replaying all of them through the engine gives its state back."""

    interview_id: str
    sequence: int
    at: str
    body: dict[str, Any]


class StoredAnswer(Frozen):
    """A question that was put, in the words in which it was shown, and what the person did with it."""

    interview_id: str
    question_id: str
    facet: str | None
    question: str
    kind: AnswerKind
    answer: str = ""
    at: str
