"""Takes the snapshot of what an interview is about, from what the store knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alloy_assist.elicitation.contracts import tool_for
from alloy_assist.elicitation.model import Earlier, Lead, Neighbour, Seen, Subject, SubjectKind
from alloy_assist.elicitation.names import COMMENT_FAMILIES
from alloy_assist.errors import MissingError
from alloy_assist.operations.hypothesis_names import resolve_hypothesis
from alloy_assist.operations.observed import (
    candidates_in,
    cited_paths,
    layers_of,
    mentions,
    paths_of,
    possible_of,
    seen_against,
    seen_in,
    seen_of_record,
)
from archaeology.model import PossibleIntent
from archaeology.text import visible_line
from store.errors import NotFoundError
from store.interviews import HypothesisDecision, StoredHypothesis
from store.records import COMPILABLE_STATES, IntentRecord

if TYPE_CHECKING:
    from store.database import Store

_MOST_SEEN = 12
_MOST_LEADS = 12
_MOST_OF_PATH = 3
_MOST_NEIGHBOURS = 200


def subject_for(store: Store, kind: SubjectKind, ref: str) -> Subject:
    """Return the snapshot for an interview about something. Raises MissingError where it does not exist."""
    if kind is SubjectKind.HYPOTHESIS:
        return _of_hypothesis(store, ref)
    if kind is SubjectKind.RECORD:
        return _of_record(store, ref)
    return _of_words(store, kind, ref)


def _of_hypothesis(store: Store, ref: str) -> Subject:
    try:
        stored = store.hypotheses.get(resolve_hypothesis(store, ref))
    except NotFoundError as error:
        raise MissingError(str(error), hint="`alloy hypothesis list` shows what there is.") from error
    body = stored.body
    notes = []
    if not stored.seen_at_head:
        notes.append("The last scan no longer saw this: what it was read from may be gone.")
    if stored.decision is HypothesisDecision.CONFIRMED and stored.record_id:
        notes.append(
            f"This became the record {stored.record_id} already; accepting makes a second one unless you edit that."
        )
    paths = paths_of(stored)
    gates = [place.gate for item in seen_in(stored.observations) for place in item.places if place.kind == "gate"]
    return Subject(
        kind=SubjectKind.HYPOTHESIS,
        ref=stored.id,
        title=visible_line(stored.title).rstrip("."),
        family=stored.family,
        confidence=stored.confidence,
        possible=possible_of(body),
        seen=seen_in(stored.observations)[:_MOST_SEEN],
        against=seen_against(body),
        questions=_questions(stored),
        check=body.get("check"),
        paths=paths,
        candidates=candidates_in([stored]),
        neighbours=_neighbours(store, None),
        earlier=_earlier(store, stored.id),
        tool=tool_for(_boundary_gates(store, gates), cited_paths(stored)),
        layers=layers_of(stored),
        head=_head(store),
        notes=tuple(notes),
    )


def _of_record(store: Store, ref: str) -> Subject:
    try:
        record = store.records.get(store.records.resolve(ref))
    except NotFoundError as error:
        raise MissingError(str(error), hint="`alloy intent list` shows what there is.") from error
    stored = _behind(store, record)
    checks = [item.check for item in record.facets.evidence if item.check]
    seen = seen_in(stored.observations)[:_MOST_SEEN] if stored else seen_of_record(record)
    return Subject(
        kind=SubjectKind.RECORD,
        ref=record.id,
        title=record.title,
        family=record.family,
        confidence=record.confidence,
        possible=possible_of(stored.body) if stored else PossibleIntent(),
        seen=seen,
        against=seen_against(stored.body) if stored else (),
        check=checks[0] if checks else (stored.body.get("check") if stored else None),
        paths=tuple(glob.removesuffix("**") for glob in record.scope),
        candidates=candidates_in([stored]) if stored else (),
        neighbours=_neighbours(store, record.id),
        earlier=_earlier(store, record.id),
        record=record,
        tool=tool_for(_boundary_gates(store, []), cited_paths(stored) if stored else list(record.scope)),
        head=_head(store),
    )


def _of_words(store: Store, kind: SubjectKind, ref: str) -> Subject:
    """A path, a technology, a principle, or nothing: what is known about it is what scans said that names it."""
    hypotheses = store.hypotheses.list()
    named = [item for item in hypotheses if kind is not SubjectKind.NOTHING and _names(item, ref)]
    open_ones = [item for item in hypotheses if item.decision is HypothesisDecision.OPEN]
    seen = _unique(found for item in named for found in seen_in(item.observations) if mentions(found, ref))[:_MOST_SEEN]
    paths = (ref,) if kind is SubjectKind.PATH and ref else ()
    return Subject(
        kind=kind,
        ref=ref,
        title=ref,
        family=_family_of(named) if kind is SubjectKind.PATH else None,
        seen=seen,
        paths=paths,
        candidates=candidates_in(named),
        neighbours=_neighbours(store, None),
        leads=_leads(kind, ref, open_ones, named),
        earlier=_earlier(store, ref) if ref else (),
        tool=None,
        head=_head(store),
        notes=()
        if seen or kind is SubjectKind.NOTHING
        else (f"No scan has said anything about {visible_line(ref)!r} yet; these are plain questions.",),
    )


def _leads(
    kind: SubjectKind, ref: str, open_ones: list[StoredHypothesis], named: list[StoredHypothesis]
) -> tuple[Lead, ...]:
    """What an interview from nothing can take up, and which boundaries a path that somebody names is inside of."""
    if kind is SubjectKind.PATH:
        return tuple(_lead(item) for item in named if _bounds(item.body.get("check") or {}, ref))[:_MOST_OF_PATH]
    return tuple(map(_lead, open_ones[:_MOST_LEADS])) if kind is SubjectKind.NOTHING else ()


def _bounds(check: dict[str, Any], ref: str) -> bool:
    """Whether a check is about what stands in a path: as one of its ends, or as what may do what others may not."""
    ends = [str(end.get("path") or "") for side in ("sources", "forbidden") for end in check.get(side) or ()]
    ends += [str(item.get("from") or "") for item in check.get("except") or () if isinstance(item, dict)]
    folder = ref.rstrip("/")
    module = folder.replace("/", ".")
    return any(end.rstrip("/") in {folder, module} or end.startswith((f"{folder}/", f"{module}.")) for end in ends)


def _family_of(named: list[StoredHypothesis]) -> str | None:
    """The family that a path is asked about as; one line that carries a warning makes no scar of a whole folder."""
    return next((item.family for item in named if item.family not in COMMENT_FAMILIES), None)


def _neighbours(store: Store, but: str | None) -> tuple[Neighbour, ...]:
    records = [
        record for record in store.records.list(states=COMPILABLE_STATES, limit=_MOST_NEIGHBOURS) if record.id != but
    ]
    return tuple(
        Neighbour(
            id=record.id,
            title=record.title,
            facets=record.facets,
            scope=record.scope,
            forbidden_moves=record.forbidden_moves,
        )
        for record in records
    )


def _earlier(store: Store, ref: str) -> tuple[Earlier, ...]:
    return tuple(
        Earlier(question=answer.question_id, facet=answer.facet, kind=answer.kind, answer=answer.answer)
        for answer in store.interviews.asked_before(ref)
    )


def _lead(stored: StoredHypothesis) -> Lead:
    return Lead(
        id=stored.id,
        title=visible_line(stored.title).rstrip("."),
        family=stored.family,
        possible=possible_of(stored.body),
        paths=paths_of(stored),
        seen=seen_in(stored.observations)[:4],
        check=stored.body.get("check"),
        questions=_questions(stored),
        candidates=candidates_in([stored]),
    )


def _questions(stored: StoredHypothesis) -> tuple[str, ...]:
    return tuple(visible_line(str(text)) for text in stored.body.get("questions", ()))


def _boundary_gates(store: Store, gates: list[str]) -> list[str]:
    """The import checkers that any scan result cites: one project has one."""
    found = list(gates)
    for hypothesis in store.hypotheses.list():
        for item in hypothesis.observations:
            found += [str(citation.get("gate")) for citation in item.get("citations", ()) if citation.get("gate")]
    return [gate for gate in found if gate.startswith("boundary:")]


def _behind(store: Store, record: IntentRecord) -> StoredHypothesis | None:
    return store.hypotheses.find(record.origin.hypothesis) if record.origin.hypothesis else None


def _names(stored: StoredHypothesis, ref: str) -> bool:
    return any(mentions(seen, ref) for seen in seen_in(stored.observations))


def _unique(items: Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple({item.id: item for item in items}.values())


def _head(store: Store) -> str | None:
    latest = store.scans.latest()
    return latest.head if latest else None
