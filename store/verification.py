"""Checking everything that a store says about itself."""

from __future__ import annotations

import json

from store.audit import AuditTrail
from store.connection import Connection
from store.diagram import new_database
from store.errors import StoreError
from store.identity import digest_of_bytes
from store.problems import Problem
from store.runs import AuditEntry
from store.tables.artifacts import ArtifactTable
from store.tables.bodies import load_record

_BATCH = 1000


def verify_store(db: Connection, trail: AuditTrail, artifacts: ArtifactTable) -> tuple[Problem, ...]:
    """Return every problem found: in SQLite's pages, between tables, in bytes that were hashed, and in the audit trail."""
    problems: list[Problem] = []
    for check in (_pages, _schema, _keys):
        try:
            problems += check(db)
        except StoreError as error:
            problems.append(Problem(area="file", subject=str(db.path), message=str(error), fatal=True))
            return tuple(problems)
    try:
        written: dict[tuple[str, int], str] = {}
        problems += trail.verify(lambda entry: _note(entry, written))
        problems += _versions(db, written)
        problems += _events(db, written)
        problems += _artifacts(db, artifacts)
        problems += _projection(db)
    except StoreError as error:
        problems.append(Problem(area="file", subject=str(db.path), message=str(error), fatal=True))
    return tuple(problems)


def _pages(db: Connection) -> list[Problem]:
    rows = db.rows("PRAGMA integrity_check(20)")
    return [Problem(area="file", subject=str(db.path), message=row[0], fatal=True) for row in rows if row[0] != "ok"]


def _schema(db: Connection) -> list[Problem]:
    """Tables, triggers and views must be those that the migrations make: a trigger that is gone guards nothing."""
    problems = []
    sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    expected = {row[0]: row[1] for row in new_database().execute(sql).fetchall()}
    found = {row[0]: row[1] for row in db.rows(sql)}
    for name in sorted({*expected, *found}):
        if name.startswith(("_sqlite_migrations", "search_index_")):
            continue
        if expected.get(name) != found.get(name):
            what = "is missing" if name not in found else "is not ours" if name not in expected else "was changed"
            problems.append(
                Problem(area="schema", subject=name, message=f"This part of the schema {what}.", fatal=True)
            )
    return problems


def _keys(db: Connection) -> list[Problem]:
    return [
        Problem(
            area="keys",
            subject=row[0],
            message=f"Row {row[1]} of {row[0]!r} refers to a row of {row[2]!r} that is not there.",
            fatal=True,
        )
        for row in db.rows("PRAGMA foreign_key_check")
    ]


def _note(entry: AuditEntry, written: dict[tuple[str, int], str]) -> None:
    after = entry.after or {}
    if entry.action == "interview.event":
        written[(entry.subject, after["sequence"])] = after["digest"]
    elif entry.action.startswith("record."):
        written[(entry.subject, after["version"])] = after["digest"]
    elif entry.action == "artifact.put":
        written[(entry.subject, 0)] = after["bytes_sha256"]


def _versions(db: Connection, written: dict[tuple[str, int], str]) -> list[Problem]:
    problems = []
    last = 0
    while rows := db.rows(
        "SELECT rowid AS number, * FROM record_versions WHERE rowid > ? ORDER BY rowid LIMIT ?", (last, _BATCH)
    ):
        for row in rows:
            last = row["number"]
            subject = f"{row['record_id']} v{row['version']}"
            if written.get((row["record_id"], row["version"])) != row["digest"]:
                problems.append(
                    Problem(
                        area="records",
                        subject=subject,
                        message="The version is not what the audit trail says was written.",
                        fatal=True,
                    )
                )
            try:
                load_record(row)
            except StoreError as error:
                problems.append(Problem(area="records", subject=subject, message=str(error), fatal=True))
    there = (
        "SELECT record_id, version FROM record_versions UNION SELECT interview_id, sequence FROM interview_events "
        "UNION SELECT digest, 0 FROM artifacts"
    )
    found = {(row[0], row[1]) for row in db.rows(there)}
    problems += [
        Problem(
            area="records",
            subject=f"{subject} v{number}",
            message="It is in the audit trail but not in the store.",
            fatal=True,
        )
        for subject, number in written
        if (subject, number) not in found
    ]
    return problems


def _events(db: Connection, written: dict[tuple[str, int], str]) -> list[Problem]:
    problems = []
    for row in db.rows("SELECT interview_id, sequence, digest, body FROM interview_events"):
        subject = f"{row['interview_id']} event {row['sequence']}"
        logged = written.get((row["interview_id"], row["sequence"]))
        if not logged == row["digest"] == digest_of_bytes(row["body"].encode("utf-8", "surrogatepass")):
            message = "The event is not what the audit trail says was written."
            problems.append(Problem(area="interviews", subject=subject, message=message, fatal=True))
    return problems


def _artifacts(db: Connection, artifacts: ArtifactTable) -> list[Problem]:
    problems = []
    for row in db.rows("SELECT digest FROM artifacts ORDER BY sequence"):
        try:
            artifacts.verify(row["digest"])
        except StoreError as error:
            problems.append(Problem(area="artifacts", subject=row["digest"], message=str(error), fatal=True))
    return problems


def _projection(db: Connection) -> list[Problem]:
    """The columns that are asked must say what the newest version says."""
    problems = []
    for row in db.rows(
        "SELECT r.id, r.version, r.state, r.title, v.body, (SELECT max(version) FROM record_versions m WHERE m.record_id = r.id) AS newest "
        "FROM records r LEFT JOIN record_versions v ON v.record_id = r.id AND v.version = r.version"
    ):
        body = json.loads(row["body"]) if row["body"] else {}
        if row["version"] != row["newest"] or body.get("state") != row["state"] or body.get("title") != row["title"]:
            problems.append(
                Problem(
                    area="records",
                    subject=row["id"],
                    message="The columns do not say what the newest version says.",
                    fatal=True,
                )
            )
    return problems
