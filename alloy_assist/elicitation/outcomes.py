"""Makes the record that an accepted interview stands for, or the change of the record that it was about."""

from __future__ import annotations

from typing import Literal

from alloy_assist.elicitation.model import AnswerKind, Entry, Mode, Slot, State
from alloy_assist.elicitation.naming import slug
from alloy_assist.elicitation.summary import LABELS
from alloy_assist.elicitation.vocabulary import Value
from store.records import (
    EvidenceDefinition,
    Facets,
    IntentRecord,
    Origin,
    RecordState,
    Severity,
    SourceCitation,
    StrategyDetail,
)

_MOST_CITATIONS = 24
_QUOTE = 400


class Outcome(Value):
    """What accepting does: a new record, a new version of one, or an end to one that has lost its reason."""

    kind: Literal["create", "update", "contradict"]
    record: IntentRecord
    reason: str


def outcome_of(state: State, interview_id: str, person: str) -> Outcome:
    """Return what accepting the draft means. ``person`` is whose words the citations of kind ``interview`` are."""
    existing = state.subject.record
    resolution = state.draft.text(Slot.RESOLUTION)
    reason = _reason(state, interview_id)
    if existing is None:
        return Outcome(kind="create", record=_new(state, interview_id, person), reason=reason)
    if resolution == "simplify":
        return Outcome(
            kind="contradict", record=existing, reason=state.draft.text(Slot.REASON) or "It has lost its reason."
        )
    if resolution in {"drift", "exception"}:
        return Outcome(kind="update", record=_amended(state, existing, interview_id, person), reason=reason)
    return Outcome(kind="update", record=_rewritten(state, existing, interview_id, person), reason=reason)


def _new(state: State, interview_id: str, person: str) -> IntentRecord:
    draft, subject = state.draft, state.subject
    kind: Literal["hypothesis", "interview"] = "hypothesis" if draft.hypothesis else "interview"
    return IntentRecord(
        id=draft.id,
        state=RecordState.ACCEPTED,
        title=draft.title.rstrip(" .") or "Untitled",
        family=subject.family,
        facets=_facets(state),
        strategy_detail=_detail(state),
        forbidden_moves=_texts(state, Slot.FORBIDDEN),
        threat_patterns=_texts(state, Slot.PATTERN),
        scope=_texts(state, Slot.SCOPE),
        severity=_severity(state),
        confidence=subject.confidence,
        citations=(*_citations(state), *_words(state, interview_id, person)),
        open_questions=_open_questions(state),
        origin=Origin(kind=kind, hypothesis=draft.hypothesis, interview=interview_id),
    )


def _rewritten(state: State, existing: IntentRecord, interview_id: str, person: str) -> IntentRecord:
    return existing.model_copy(
        update={
            "title": state.draft.title.rstrip(" .") or existing.title,
            "facets": _facets(state),
            "strategy_detail": _detail(state),
            "forbidden_moves": _texts(state, Slot.FORBIDDEN),
            "threat_patterns": _texts(state, Slot.PATTERN),
            "scope": _texts(state, Slot.SCOPE),
            "severity": _severity(state),
            "citations": _with_words(state, existing, interview_id, person),
            "open_questions": tuple(dict.fromkeys((*existing.open_questions, *_open_questions(state)))),
        },
    )


def _amended(state: State, existing: IntentRecord, interview_id: str, person: str) -> IntentRecord:
    """The record with an exception noted, or with the repair that is due; what was agreed stays as it was."""
    reason, until = state.draft.text(Slot.REASON), state.draft.text(Slot.UNTIL)
    places = ", ".join(dict.fromkeys(name for item in state.subject.against for name in item.names))
    places = places or ", ".join((state.checked.violations if state.checked else ())[:5]) or "one place"
    said = f"{places}: {reason or 'no reason given'}"
    update: dict[str, object] = {"citations": _with_words(state, existing, interview_id, person)}
    if state.draft.text(Slot.RESOLUTION) == "exception":
        end = f" (until {until})" if until else " (no end was named)"
        detail = existing.strategy_detail
        update["strategy_detail"] = detail.model_copy(
            update={"exceptions": tuple(dict.fromkeys((*detail.exceptions, said + end)))}
        )
    else:
        update["open_questions"] = tuple(dict.fromkeys((*existing.open_questions, f"Drift to be dealt with: {said}")))
    return existing.model_copy(update=update)


def _facets(state: State) -> Facets:
    draft = state.draft
    evidence: dict[str, EvidenceDefinition] = {}
    for entry in draft.all(Slot.EVIDENCE):
        body = entry.body or EvidenceDefinition(id=slug(entry.text) or "review", statement=entry.text)
        name, count = body.id, 2
        while name in evidence:
            name, count = f"{body.id}-{count}", count + 1
        evidence[name] = body.model_copy(update={"id": name})
    return Facets(
        capability=_facet(draft.get(Slot.CAPABILITY)),
        threat=_facet(draft.get(Slot.THREAT)),
        expectation=_facet(draft.get(Slot.EXPECTATION)),
        strategy=_facet(draft.get(Slot.STRATEGY) or draft.get(Slot.DEFINITION)),
        evidence=tuple(evidence.values()),
        tradeoff=_facet(draft.get(Slot.TRADEOFF)),
    )


def _facet(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    text = " ".join(entry.text.split()).rstrip(" ;,")
    if not text:
        return None
    text = text[:1].upper() + text[1:] if text[0].isascii() and text[0].isalpha() else text
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _detail(state: State) -> StrategyDetail:
    return StrategyDetail(
        definition=state.draft.text(Slot.DEFINITION),
        examples=_texts(state, Slot.EXAMPLE),
        exceptions=_texts(state, Slot.EXCEPTION),
    )


def _texts(state: State, slot: Slot) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.text for entry in state.draft.all(slot)))


def _severity(state: State) -> Severity:
    text = state.draft.text(Slot.SEVERITY)
    return Severity(text) if text in set(Severity) else Severity.MEDIUM


def _citations(state: State) -> tuple[SourceCitation, ...]:
    gone = {
        str(item.citation.get("quote_sha256")) + str(item.citation.get("path"))
        for item in state.resolutions
        if item.status == "gone"
    }
    lead = [item for item in state.subject.leads if item.id == state.draft.hypothesis]
    seen = [*state.subject.seen, *(lead[0].seen if lead else ())]
    bodies = [place.model_dump(mode="json") for item in seen for place in item.places]
    kept = [body for body in bodies if str(body.get("quote_sha256")) + str(body.get("path")) not in gone]
    return tuple(SourceCitation(kind=body["kind"], body=body) for body in kept[:_MOST_CITATIONS])


def _words(state: State, interview_id: str, person: str) -> tuple[SourceCitation, ...]:
    """A person's own words are where a judgement comes from, and are cited like code."""
    return tuple(
        SourceCitation(
            kind="interview",
            body={
                "interview": interview_id,
                "question": step.ask.id,
                "person": person,
                "quote": " ".join(step.text.split())[:_QUOTE],
            },
        )
        for step in state.steps
        if step.kind is AnswerKind.ANSWERED and step.text
    )


def _with_words(state: State, existing: IntentRecord, interview_id: str, person: str) -> tuple[SourceCitation, ...]:
    words = _words(state, interview_id, person)
    return (*existing.citations, *(citation for citation in words if citation not in existing.citations))


def _open_questions(state: State) -> tuple[str, ...]:
    """What was left for later or is not known stays a question of the record."""
    left = {AnswerKind.DEFERRED: "left for later", AnswerKind.NOT_KNOWN: "nobody knew"}
    return tuple(f"{LABELS[step.ask.topic]}: {left[step.kind]}." for step in state.steps if step.kind in left)


def _reason(state: State, interview_id: str) -> str:
    said = {Mode.WHY: "why it is there", Mode.REJECT: "what is rejected", Mode.SCAR: "what went wrong once"}
    about = said.get(state.modes[0], state.modes[0].value)
    return f"accepted in interview {interview_id} ({about})"
