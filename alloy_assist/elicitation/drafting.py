"""Folds what was said into the draft of a record: what was found first, then each answer in its order, then the edits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from alloy_assist.elicitation.checking import prohibition_of, violation_of
from alloy_assist.elicitation.lexicon import NOTHING_CHANGES
from alloy_assist.elicitation.lists import items_in
from alloy_assist.elicitation.model import (
    PLURAL_SLOTS,
    AnswerKind,
    Draft,
    Entry,
    Judgement,
    Mode,
    Part,
    Slot,
    Step,
    Subject,
)
from alloy_assist.elicitation.naming import id_of, slug, title_of
from alloy_assist.elicitation.proposals import only_review
from alloy_assist.elicitation.scoping import scope_of, severity_of
from alloy_assist.elicitation.told_already import found_in_words
from alloy_assist.elicitation.vocabulary import Weakness
from alloy_assist.elicitation.warned import threat_found
from alloy_assist.elicitation.weakness import LONGEST, clash, pasted, weakness_of
from store.records import EvidenceDefinition, EvidenceStatus, FacetName, IntentRecord

_Known = dict[tuple[Slot, str], Weakness | None]
_ORDER = tuple(Slot)
_NAMES = frozenset({Slot.TITLE, Slot.ID})
# What is there already and gives way to what a person says, in a slot that holds several.
_REPLACED: dict[Slot, frozenset[str]] = {
    Slot.SCOPE: frozenset({"evidence", "record"}),
    Slot.EVIDENCE: frozenset({"evidence"}),
}
# What a person does not confirm by picking or saying it is dropped once they were asked and did not answer.
_MINED = frozenset({Slot.CAPABILITY, Slot.THREAT, Slot.EXPECTATION, Slot.TRADEOFF, Slot.STRATEGY})


def build(
    subject: Subject, steps: tuple[Step, ...], edits: tuple[Part, ...], judgements: tuple[Judgement, ...] = ()
) -> Draft:
    """Return the draft that follows from a subject, the steps of its interview and the edits at the summary.

    ``judgements`` stand before the rules on what is weak.
    """
    known = {(judgement.slot, judgement.text): judgement.weakness for judgement in judgements}
    earlier = _earlier(subject)
    said_before = {
        entry.slot for entry in earlier
    } & _MINED  # what a person said takes the place of what the scan supposed
    entries = [*(entry for entry in _found(subject) if entry.slot not in said_before), *earlier]
    hypothesis = subject.ref if subject.kind.value == "hypothesis" else None
    for step in steps:
        if step.kind is not AnswerKind.ANSWERED:
            entries = [
                entry
                for entry in entries
                if entry.slot is not step.ask.topic or entry.confirmed or entry.slot not in _MINED
            ]
            continue
        entries = _put(entries, step, known)
        leads = [choice.lead for choice in step.ask.choices if choice.key in step.choices and choice.lead]
        hypothesis = hypothesis or (leads[0] if len(leads) == 1 else None)
    if steps and steps[0].kind is AnswerKind.ANSWERED and steps[0].ask.mode in {Mode.WHY, Mode.TECHNOLOGY}:
        # That question states the strategy: who answers what it is for has said that it is meant.
        entries = [
            entry.model_copy(update={"confirmed": True}) if entry.slot is Slot.STRATEGY else entry for entry in entries
        ]
    if any(entry.slot is Slot.DEFINITION for entry in entries):
        # What it means here says how it is done; what the scan supposed need not stand beside it.
        entries = [entry for entry in entries if entry.slot is not Slot.STRATEGY or entry.confirmed]
    for edit in edits:
        entries = _edit(entries, edit)
    replaced_by = {
        step.ask.id for step in steps if step.ask.mode is Mode.TECHNOLOGY and step.ask.topic is Slot.EXPECTATION
    }
    entries = [_judged(entry, subject, known, replaced_by) for entry in _unmixed(entries, known)]
    named = {entry.slot: entry.text for entry in entries if entry.slot in _NAMES}
    kept = (entry for entry in entries if entry.slot not in _NAMES)
    ordered = tuple(sorted(kept, key=lambda entry: _ORDER.index(entry.slot)))
    title = named.get(Slot.TITLE) or title_of(subject, ordered)
    return Draft(title=title, id=id_of(subject, named.get(Slot.ID) or title), entries=ordered, hypothesis=hypothesis)


def evidence_from(text: str) -> EvidenceDefinition:
    """Return evidence that a person described in words: something to be looked at in review until a machine can do it."""
    return EvidenceDefinition(id=slug(text) or "review", statement=text, kind="review", status=EvidenceStatus.REQUIRED)


def _found(subject: Subject) -> list[Entry]:
    if subject.record is not None:
        return _from_record(subject.record)
    possible, told = subject.possible, found_in_words(subject)
    mined = [
        (Slot.CAPABILITY, possible.capability),
        # What would break a boundary is plain from the boundary; it need not be asked.
        (Slot.THREAT, told.get(Slot.THREAT) or threat_found(subject) or violation_of(subject.check or {})),
        (Slot.EXPECTATION, told.get(Slot.EXPECTATION) or possible.expectation),
        (Slot.STRATEGY, told.get(Slot.STRATEGY) or possible.strategy),
        (Slot.TRADEOFF, told.get(Slot.TRADEOFF) or possible.tradeoff),
        (Slot.FORBIDDEN, prohibition_of(subject.check or {})),
        *((Slot.SCOPE, glob) for glob in scope_of(subject)),
        (Slot.SEVERITY, severity_of(subject).value),
    ]
    found = [Entry(slot=slot, text=text, source="evidence", confirmed=False) for slot, text in mined if text]
    review = only_review(subject)
    proof = Slot.EVIDENCE
    # Where nothing could prove it but a person's eyes there is nothing to choose from: the summary says it, for the person to edit.
    return found + (
        [Entry(slot=proof, text=review.statement, source="evidence", confirmed=False, body=review)] if review else []
    )


def _from_record(record: IntentRecord) -> list[Entry]:
    facets = record.facets
    detail = record.strategy_detail
    said: list[tuple[Slot, str | None]] = [
        (Slot(name.value), getattr(facets, name.value)) for name in FacetName if name is not FacetName.EVIDENCE
    ]
    said += [
        (Slot.DEFINITION, detail.definition),
        *((Slot.EXAMPLE, text) for text in detail.examples),
        *((Slot.EXCEPTION, text) for text in detail.exceptions),
        *((Slot.FORBIDDEN, text) for text in record.forbidden_moves),
        *((Slot.PATTERN, text) for text in record.threat_patterns),
        *((Slot.SCOPE, text) for text in record.scope),
        (Slot.SEVERITY, record.severity.value),
    ]
    entries = [Entry(slot=slot, text=text, source="record") for slot, text in said if text]
    return entries + [
        Entry(slot=Slot.EVIDENCE, text=item.statement, source="record", body=item) for item in facets.evidence
    ]


def _earlier(subject: Subject) -> list[Entry]:
    """What a person said of the same subject in another interview; a record holds it already."""
    if subject.record is not None:
        return []
    return [
        Entry(slot=Slot(answer.facet), text=answer.answer, source="earlier", question=answer.question)
        for answer in subject.earlier
        if answer.kind is AnswerKind.ANSWERED
        and answer.facet
        and answer.facet != Slot.EVIDENCE
        and answer.answer.strip()
    ]


def _put(entries: list[Entry], step: Step, known: _Known) -> list[Entry]:
    # The answer to "and what for?" takes the place of the mechanism only where that has been noted as how.
    kept = _unmixed(entries, known) if step.ask.weakness is Weakness.MECHANISM else list(entries)
    for slot in dict.fromkeys(part.slot for part in step.parts):
        texts = [part for part in step.parts if part.slot is slot]
        source: Literal["choice", "words"] = "words" if step.text.strip() else "choice"
        if slot in PLURAL_SLOTS:
            if slot in {Slot.SCOPE, Slot.EVIDENCE}:
                kept = [entry for entry in kept if entry.slot is not slot or entry.source not in _REPLACED[slot]]
            there = {entry.text for entry in kept if entry.slot is slot}
            kept += [_entry(part, source, step) for part in texts if part.text not in there]
        else:
            between = " and " if slot is Slot.CAPABILITY else ", or "
            joined = Part(slot=slot, text=between.join(dict.fromkeys(part.text for part in texts)))
            kept = [entry for entry in kept if entry.slot is not slot or entry.question == ""]
            kept.append(_entry(joined, source, step))
    return kept


def _entry(part: Part, source: Literal["choice", "words"], step: Step) -> Entry:
    body = part.body
    if part.slot is Slot.EVIDENCE and body is None:
        body = evidence_from(part.text)
    weakness = None
    if source == "words" and part.slot is step.ask.topic and part.slot is not Slot.SCOPE:
        # Only the gist of these is in the draft, which no longer shows what is the matter with them.
        weakness = Weakness.PASTED if pasted(step.text) else Weakness.TOO_LONG if len(step.text) > LONGEST else None
    return Entry(slot=part.slot, text=part.text, source=source, question=step.ask.id, body=body, weakness=weakness)


def _edit(entries: list[Entry], edit: Part) -> list[Entry]:
    kept = [entry for entry in entries if entry.slot is not edit.slot]
    if edit.slot not in PLURAL_SLOTS:
        text = " ".join(edit.text.split())
        return [*kept, Entry(slot=edit.slot, text=text, source="edited")] if text else kept
    old = {entry.text: entry for entry in entries if entry.slot is edit.slot}
    for line in items_in(edit.slot, edit.text):
        if line in old:
            kept.append(old[line])
        elif line:
            body = evidence_from(line) if edit.slot is Slot.EVIDENCE else None
            kept.append(Entry(slot=edit.slot, text=line, source="edited", body=body))
    return kept


def _unmixed(entries: Iterable[Entry], known: _Known) -> list[Entry]:
    """Move a mechanism out of the capability: it is how, not what for. The capability is then still to be said."""
    kept: list[Entry] = []
    for entry in entries:
        own = entry.source in {"words", "edited"}
        if own and entry.slot is Slot.CAPABILITY and _weakness(entry, known) is Weakness.MECHANISM:
            kept = [
                other
                for other in kept
                if other.slot is not Slot.STRATEGY or other.source in {"words", "edited", "record"}
            ]
            kept.append(entry.model_copy(update={"slot": Slot.STRATEGY}))
        else:
            kept.append(entry)
    strategies = [entry for entry in kept if entry.slot is Slot.STRATEGY]
    surplus = [] if len(strategies) <= 1 else strategies[:-1]
    return [entry for entry in kept if not any(entry is other for other in surplus)]


def _judged(entry: Entry, subject: Subject, known: _Known, replaced_by: set[str]) -> Entry:
    """Mark what is weak about a person's own words; what we offered or found is ours to get right.

    ``replaced_by`` are questions for what would take a technology's place: its bare name is the change.
    """
    if entry.weakness is not None or entry.source in {"evidence", "choice", "record"}:
        return entry
    found = _weakness(entry, known)
    if found is None and (clashing := clash(entry.slot, entry.text, subject.neighbours)):
        found = clashing[0]
    if found is Weakness.NO_CHANGE and entry.question in replaced_by and not NOTHING_CHANGES.search(entry.text.lower()):
        found = None
    return entry.model_copy(update={"weakness": found}) if found else entry


def _weakness(entry: Entry, known: _Known) -> Weakness | None:
    key = (entry.slot, entry.text)
    return known[key] if key in known else weakness_of(entry.slot, entry.text)
