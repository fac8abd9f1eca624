"""The current version of a record in columns, shared facets and rows, so that it can be asked for and read by other tools."""

from __future__ import annotations

import hashlib

from store.connection import Connection
from store.identity import canonical_json
from store.paths import literal_prefix
from store.records import EvidenceDefinition, FacetName, IntentRecord, RelationKind
from store.session import to_json

_FACET_TABLES = {
    FacetName.CAPABILITY: "capabilities",
    FacetName.THREAT: "threats",
    FacetName.EXPECTATION: "expectations",
    FacetName.STRATEGY: "strategies",
    FacetName.TRADEOFF: "tradeoffs",
}
_ROW_TABLES = ("record_evidence", "relations", "record_scopes", "citations")


def write_projection(db: Connection, record: IntentRecord, sequence: int, project_id: str) -> None:
    """Make the columns, facets, scopes, relations, citations and search text say what this version says."""
    values: dict[str, object] = {
        "id": record.id,
        "version": record.version,
        "state": str(record.state),
        "title": record.title,
        "family": record.family,
        "severity": str(record.severity),
        "confidence": record.confidence,
        "origin_kind": record.origin.kind,
        "hypothesis_id": record.origin.hypothesis,
        "interview_id": record.origin.interview,
        "superseded_by": record.superseded_by,
        "changed_sequence": sequence,
    }
    for facet, table in _FACET_TABLES.items():
        values[f"{facet}_id"] = _share(db, table, facet, getattr(record.facets, facet))
    if record.version == 1:
        db.insert("records", {**values, "project_id": project_id, "created_sequence": sequence})
    else:
        columns = ", ".join(f"{name} = :{name}" for name in values if name != "id")
        db.execute(f"UPDATE records SET {columns} WHERE id = :id", values)  # noqa: S608 - names of columns
        for table in _ROW_TABLES:
            db.execute(f"DELETE FROM {table} WHERE record_id = ?", (record.id,))  # noqa: S608 - constant names
    _write_evidence(db, record)
    _write_scopes(db, record)
    _write_relations(db, record)
    _write_citations(db, record)
    _write_search_text(db, record)


def facet_id(facet: str, statement: str) -> str:
    """Return the id under which a facet's text is shared by all records that say it."""
    return f"{facet}-{hashlib.sha256(statement.encode()).hexdigest()[:16]}"


def search_text(record: IntentRecord) -> str:
    """Return what a full-text search looks through, beside the title."""
    facets = record.facets
    parts = [
        record.id,
        record.family,
        facets.capability,
        facets.threat,
        facets.expectation,
        facets.strategy,
        facets.tradeoff,
    ]
    parts += [item.statement for item in facets.evidence]
    parts += [record.strategy_detail.definition, *record.strategy_detail.examples, *record.strategy_detail.exceptions]
    parts += [*record.forbidden_moves, *record.threat_patterns, *record.scope, *record.open_questions]
    return "\n".join(part for part in parts if part)


def _share(db: Connection, table: str, facet: str, statement: str | None) -> str | None:
    if statement is None:
        return None
    identity = facet_id(facet, statement)
    db.execute(f"INSERT INTO {table} (id, statement) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", (identity, statement))  # noqa: S608
    return identity


def _definition_id(item: EvidenceDefinition) -> str:
    content = item.model_dump(mode="json", exclude={"status", "waiver"})
    return f"evidence-{hashlib.sha256(canonical_json(content)).hexdigest()[:16]}"


def _write_evidence(db: Connection, record: IntentRecord) -> None:
    for position, item in enumerate(record.facets.evidence):
        identity = _definition_id(item)
        db.execute(
            "INSERT INTO evidence_definitions (id, name, statement, kind, check_json, reference, command_json) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO NOTHING",
            (
                identity,
                item.id,
                item.statement,
                item.kind,
                None if item.check is None else to_json(item.check),
                item.reference,
                to_json(list(item.command)),
            ),
        )
        waiver = item.waiver
        db.execute(
            "INSERT INTO record_evidence (record_id, position, definition_id, status, waived_by, waived_why, waived_until) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                position,
                identity,
                str(item.status),
                waiver.who if waiver else None,
                waiver.why if waiver else None,
                waiver.until if waiver else None,
            ),
        )


def _write_scopes(db: Connection, record: IntentRecord) -> None:
    applied = tuple(relation.target for relation in record.relations if relation.kind is RelationKind.APPLIES_TO)
    for source, globs in (("scope", record.scope), ("applies_to", applied)):
        for position, glob in enumerate(globs):
            db.execute(
                "INSERT INTO globs (pattern, prefix) VALUES (?, ?) ON CONFLICT (pattern) DO NOTHING",
                (glob, literal_prefix(glob)),
            )
            db.execute(
                "INSERT INTO record_scopes (record_id, source, position, glob_id) SELECT ?, ?, ?, id FROM globs WHERE pattern = ?",
                (record.id, source, position, glob),
            )


def _write_relations(db: Connection, record: IntentRecord) -> None:
    for position, relation in enumerate(record.relations):
        target_record = None if relation.kind is RelationKind.APPLIES_TO else relation.target
        db.execute(
            "INSERT INTO relations (record_id, position, kind, target, target_record, note) VALUES (?, ?, ?, ?, ?, ?)",
            (record.id, position, str(relation.kind), relation.target, target_record, relation.note),
        )


def _write_citations(db: Connection, record: IntentRecord) -> None:
    for position, citation in enumerate(record.citations):
        body = citation.body
        db.execute(
            "INSERT INTO citations (record_id, position, kind, path, start_line, end_line, commit_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                position,
                citation.kind,
                _text(body.get("path")),
                _line(body.get("start_line")),
                _line(body.get("end_line")),
                _text(body.get("commit")),
                to_json(body),
            ),
        )


def _write_search_text(db: Connection, record: IntentRecord) -> None:
    db.execute(
        "INSERT INTO searchable (kind, subject, title, body) VALUES ('record', ?, ?, ?) "
        "ON CONFLICT (kind, subject) DO UPDATE SET title = excluded.title, body = excluded.body",
        (record.id, record.title, search_text(record)),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _line(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None
