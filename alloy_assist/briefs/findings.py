"""What speaks against approving a brief: conflicts, duplicates, stale evidence, open questions. Listed, never papered over. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from alloy_assist.briefs.gates.commands import malformed_check
from alloy_assist.briefs.selection import Selection
from alloy_assist.briefs.snapshot import Snapshot
from archaeology.text import visible_line
from store.paths import matches
from store.records import COMPILABLE_STATES, IntentRecord, RelationKind, Severity

_GRAVE = frozenset({Severity.HIGH, Severity.CRITICAL})
_STALE = frozenset({"changed", "gone"})
_WORTH_TELLING = frozenset({RelationKind.DEPENDS_ON, RelationKind.REFINES, RelationKind.CONFLICTS_WITH})
_TOLD_BACKWARDS = frozenset({RelationKind.CONSTRAINS, RelationKind.CONFLICTS_WITH})
_TITLE = 72


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reviewer must know.

    ``block`` stops review and approval; with ``blocks_mutating`` only approval of a run that changes the repository. ``key`` names
    the finding where a person settles it with a reason. ``records`` are those that it is about.
    """

    severity: Literal["block", "warn", "note"]
    text: str
    key: str = ""
    records: tuple[str, ...] = ()
    blocks_mutating: bool = False
    settled: str = ""


_RANK = {"block": 0, "warn": 1, "note": 2}


def find(snapshot: Snapshot, selection: Selection) -> tuple[Finding, ...]:
    """Return every finding, the gravest first; what a person settled with a reason is a note that quotes it."""
    found = [
        *_of_choice(snapshot),
        *_conflicts(snapshot),
        *_duplicates(snapshot),
        *_stale(snapshot),
        *_questions(snapshot),
        *_facets(snapshot),
        *_checks(snapshot),
        *_neighbours(snapshot),
        *_examples(snapshot),
        *_mission(selection),
    ]
    settled = [_settle(finding, selection) for finding in found]
    return tuple(sorted(settled, key=lambda item: (_RANK[item.severity], item.key, item.text)))


def _settle(finding: Finding, selection: Selection) -> Finding:
    reason = selection.settled.get(finding.key, "")
    if not reason or finding.key.startswith("choice:"):
        return finding
    text = f"{finding.text} Settled: {visible_line(reason)}"
    return replace(finding, severity="note", text=text, settled=reason, blocks_mutating=False)


def _of_choice(snapshot: Snapshot) -> Iterator[Finding]:
    for record_id in sorted(snapshot.missing):
        yield Finding("block", f"The record {record_id!r} does not exist.", f"choice:missing:{record_id}", (record_id,))
    for record in snapshot.records:
        if record.state in COMPILABLE_STATES:
            continue
        successor = f"; {record.superseded_by!r} took its place" if record.superseded_by else ""
        text = f"{_name(record)} is {record.state}{successor}: only accepted and active records are compiled."
        yield Finding("block", text, f"choice:state:{record.id}", (record.id,))
    if not snapshot.records and not snapshot.missing:
        yield Finding(
            "block", "No accepted or active record is chosen, so nothing would be protected.", "choice:nothing"
        )


def _conflicts(snapshot: Snapshot) -> Iterator[Finding]:
    chosen = {record.id: record for record in snapshot.compiled}
    seen: set[tuple[str, str]] = set()
    for record in snapshot.compiled:
        for relation in record.relations:
            pair = (min(record.id, relation.target), max(record.id, relation.target))
            if relation.kind is not RelationKind.CONFLICTS_WITH or relation.target not in chosen or pair in seen:
                continue
            seen.add(pair)
            why = f": {visible_line(relation.note)}" if relation.note else ""
            text = f"{_name(chosen[pair[0]])} conflicts with {_name(chosen[pair[1]])}{why}."
            yield Finding("block", text, f"conflict:{pair[0]}:{pair[1]}", pair)


def _duplicates(snapshot: Snapshot) -> Iterator[Finding]:
    said: dict[str, IntentRecord] = {}
    for record in sorted(snapshot.compiled, key=lambda item: item.id):
        words = _words(record.facets.capability) or _words(record.title)
        first = said.setdefault(words, record)
        if first is not record:
            key = f"duplicate:{first.id}:{record.id}"
            text = f"{_name(first)} and {_name(record)} protect the same thing in the same words."
            yield Finding("warn", text, key, (first.id, record.id))


def _stale(snapshot: Snapshot) -> Iterator[Finding]:
    by_record: dict[str, list[str]] = {}
    for citation in snapshot.citations:
        by_record.setdefault(citation.record, []).append(citation.status)
    for record in snapshot.compiled:
        states = by_record.get(record.id, [])
        stale = sum(state in _STALE for state in states)
        if not stale:
            continue
        all_gone = stale == len(states)
        text = f"{stale} of {len(states)} citations of {_name(record)} no longer resolve at this revision."
        severity: Literal["block", "warn"] = "block" if all_gone and record.severity in _GRAVE else "warn"
        yield Finding(severity, text, f"stale:{record.id}", (record.id,), blocks_mutating=all_gone)


def _questions(snapshot: Snapshot) -> Iterator[Finding]:
    for record in snapshot.compiled:
        for number, question in enumerate(record.open_questions, start=1):
            text = f"Unanswered for {_name(record)}: {visible_line(question)}"
            grave = record.severity in _GRAVE
            yield Finding("warn", text, f"question:{record.id}:{number}", (record.id,), blocks_mutating=grave)


def _facets(snapshot: Snapshot) -> Iterator[Finding]:
    for record in snapshot.compiled:
        missing = [
            name for name in ("capability", "threat", "strategy", "tradeoff") if not getattr(record.facets, name)
        ]
        if missing:
            text = f"{_name(record)} does not say its {', '.join(missing)}."
            severity: Literal["warn", "note"] = "warn" if "capability" in missing else "note"
            yield Finding(severity, text, f"facets:{record.id}", (record.id,))
        if not record.facets.evidence:
            text = f"{_name(record)} has no evidence: nobody could tell whether a run preserved it."
            grave = record.severity in _GRAVE
            yield Finding("warn", text, f"evidence:{record.id}", (record.id,), blocks_mutating=grave)


def _checks(snapshot: Snapshot) -> Iterator[Finding]:
    for record in snapshot.compiled:
        for item in record.facets.evidence:
            wrong = malformed_check(item)
            if wrong is not None:
                text = f"{_name(record)}: {wrong.rstrip('.')}. It would not be a gate."
                yield Finding("block", visible_line(text), f"check:{record.id}:{item.id}", (record.id,))


def _neighbours(snapshot: Snapshot) -> Iterator[Finding]:
    chosen = {record.id for record in snapshot.compiled}
    for record in snapshot.compiled:
        for relation in record.relations:
            other = snapshot.neighbours.get(relation.target)
            if other is None or relation.target in chosen:
                continue
            if relation.kind in _WORTH_TELLING and other.state in COMPILABLE_STATES:
                text = f"{_name(record)} {_verb(relation.kind)} {_name(other)}, which is not chosen."
                yield Finding("warn", text, f"relation:{record.id}:{other.id}", (record.id, other.id))
    for other in sorted(snapshot.neighbours.values(), key=lambda item: item.id):
        for relation in other.relations:
            told = relation.kind in _TOLD_BACKWARDS and other.state in COMPILABLE_STATES
            if told and relation.target in chosen and other.id not in chosen:
                text = f"{_name(other)} {_verb(relation.kind)} {relation.target!r} and is not chosen."
                yield Finding("warn", text, f"relation:{other.id}:{relation.target}", (other.id, relation.target))


def _examples(snapshot: Snapshot) -> Iterator[Finding]:
    for record in snapshot.compiled:
        for example in record.strategy_detail.examples:
            if not exists(example, snapshot.paths):
                text = f"The example {example!r} of {_name(record)} is not in the repository and was left out."
                yield Finding("warn", text, f"example:{record.id}:{example}", (record.id,))


def _mission(selection: Selection) -> Iterator[Finding]:
    if not selection.definition_of_done:
        yield Finding("note", "Nobody has said when it is done.", "mission:definition_of_done")
    if not selection.stop_conditions:
        yield Finding("note", "Nobody has said when to stop and ask.", "mission:stop_conditions")


def exists(example: str, paths: frozenset[str]) -> bool:
    """Return whether an example (a path, a folder or a glob; ``#symbol`` and ``:line`` are ignored) is in the repository."""
    path = example.split("#", 1)[0].split(":", 1)[0].strip().removeprefix("./")
    if not path:
        return False
    folder = path.rstrip("/") + "/"
    return path in paths or any(each.startswith(folder) or matches(path, each) for each in paths)


def _words(text: str | None) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in (text or "").casefold()).split())


def _verb(kind: RelationKind) -> str:
    return str(kind).replace("_", " ")


def _name(record: IntentRecord) -> str:
    title = visible_line(record.title).rstrip(".")
    return f"“{title if len(title) <= _TITLE else title[:_TITLE].rstrip() + '…'}”"
