"""Deciding on what was mined: only a person's gesture turns a hypothesis into a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alloy_assist.elicitation.checking import prohibition_of, statement_of
from alloy_assist.elicitation.scoping import scope_of, severity_of
from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.vocabulary import SubjectKind
from alloy_assist.operations.hypothesis_names import resolve_hypothesis
from store.interviews import HypothesisDecision, StoredHypothesis
from store.records import EvidenceDefinition, EvidenceStatus, Facets, IntentRecord, Origin, RecordState, SourceCitation
from store.validation import record_id

if TYPE_CHECKING:
    from store.database import Store

_FACETS = ("capability", "threat", "expectation", "strategy", "tradeoff")
_CITATIONS = 40
_TITLE = 300


@dataclass(frozen=True)
class Hypotheses:
    """The hypotheses of a project and what people said of them.

    A name is a unique beginning of an id, or the number that the last scan's list gave it.
    """

    store: Callable[[], Store]

    def list(
        self, decision: HypothesisDecision | None = None, family: str | None = None
    ) -> tuple[StoredHypothesis, ...]:
        """Return hypotheses as the last scan ranked them, narrowed by decision and family."""
        return self.store().hypotheses.list(decision, family)

    def show(self, name: str) -> StoredHypothesis:
        """Return one hypothesis. Raises NotFoundError or AmbiguousIdError."""
        return self.store().hypotheses.get(self._resolve(name))

    def confirm(
        self, name: str, *, facets: Facets | None = None, title: str | None = None, reason: str = ""
    ) -> IntentRecord:
        """Make an accepted record of a hypothesis, with the facets that are given or else those that the evidence supports.

        Raises IllegalTransitionError if no person acts or if it is confirmed already.
        """
        store = self.store()
        with store.transaction():
            hypothesis = self.show(name)
            proposed = record_from(hypothesis, facets, title)
            record = store.records.save_new(
                proposed.model_copy(update={"id": store.records.free_id(proposed.id)}),
                f"from the hypothesis {hypothesis.id}",
            )
            accepted = store.records.transition(record.id, RecordState.ACCEPTED, reason)
            store.hypotheses.decide(hypothesis.id, HypothesisDecision.CONFIRMED, reason, accepted.id)
        return accepted

    def reject(self, name: str, reason: str) -> StoredHypothesis:
        """Say that a hypothesis is wrong, and why; it comes back only with other evidence."""
        return self._decide(name, HypothesisDecision.REJECTED, reason)

    def defer(self, name: str, reason: str = "") -> StoredHypothesis:
        """Put a hypothesis off."""
        return self._decide(name, HypothesisDecision.DEFERRED, reason)

    def reopen(self, name: str, reason: str = "") -> StoredHypothesis:
        """Take a decision back; a record that it led to stays."""
        return self._decide(name, HypothesisDecision.OPEN, reason)

    def _decide(self, name: str, decision: HypothesisDecision, reason: str) -> StoredHypothesis:
        return self.store().hypotheses.decide(self._resolve(name), decision, reason)

    def _resolve(self, name: str) -> str:
        return resolve_hypothesis(self.store(), name)


def record_from(hypothesis: StoredHypothesis, facets: Facets | None = None, title: str | None = None) -> IntentRecord:
    """Return the record that a hypothesis proposes: what its evidence supports, and nothing that nobody said."""
    body = hypothesis.body
    chosen_title = " ".join((title or hypothesis.title).split())[:_TITLE].removesuffix(".")
    check = body.get("check") if isinstance(body.get("check"), dict) else None
    subject = Subject(
        kind=SubjectKind.HYPOTHESIS,
        ref=hypothesis.id,
        title=hypothesis.title,
        family=hypothesis.family,
        check=check,
        paths=tuple(name for name in body.get("subject", ()) if isinstance(name, str) and "/" in name),
    )
    prohibition = prohibition_of(check or {})
    return IntentRecord(
        id=record_id(chosen_title),
        title=chosen_title,
        family=hypothesis.family,
        facets=facets if facets is not None else _facets(body, check),
        forbidden_moves=(f"Do not {prohibition}",) if prohibition else (),
        scope=scope_of(subject),
        severity=severity_of(subject),
        confidence=hypothesis.confidence,
        citations=_citations(hypothesis),
        open_questions=tuple(text for text in body.get("questions", ()) if isinstance(text, str)),
        origin=Origin(kind="hypothesis", hypothesis=hypothesis.id),
    )


def _facets(body: dict[str, Any], check: dict[str, Any] | None) -> Facets:
    possible = body.get("possible_intent") or {}
    evidence = [
        EvidenceDefinition(id=f"evidence-{number}", statement=text)
        for number, text in enumerate(possible.get("evidence") or (), start=1)
    ]
    if check is not None:
        statement = statement_of(check) or "the check of the hypothesis holds"
        evidence.insert(
            0,
            EvidenceDefinition(
                id="check", statement=statement, kind="check", check=check, status=EvidenceStatus.REQUIRED
            ),
        )
    return Facets(**{name: possible.get(name) for name in _FACETS}, evidence=tuple(evidence))


def _citations(hypothesis: StoredHypothesis) -> tuple[SourceCitation, ...]:
    bodies = [*hypothesis.body.get("stated_by", ())]
    for observation in hypothesis.observations:
        bodies += observation.get("citations", ())
    unique = [body for number, body in enumerate(bodies) if body not in bodies[:number]]
    return tuple(SourceCitation(kind=body["kind"], body=body) for body in unique[:_CITATIONS])
