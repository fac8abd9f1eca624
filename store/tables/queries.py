"""Which records: by state, family, facet, evidence, relation, brief, words, or the path that they govern."""

from __future__ import annotations

import json
from typing import Any

from store.connection import Connection
from store.paths import governs, is_exception, matches, prefixes_of, specificity
from store.records import EvidenceStatus, Frozen, RecordState, RelationKind

_RANKED = 1000
"""Up to so many matches are ranked by how well they match."""

_ANYTHING = "\u2026"
"""A name that stands for any file in a folder."""

_NEWEST = "SELECT rowid FROM search_index WHERE search_index MATCH :match ORDER BY rowid DESC LIMIT :limit"
_RANK = (
    "SELECT rowid FROM search_index WHERE search_index MATCH :match ORDER BY bm25(search_index, 4.0, 1.0), rowid DESC"
)


class RecordQuery(Frozen):
    """What is asked for; None does not narrow. Facets match where the words are part of their text, in any case."""

    states: tuple[RecordState, ...] | None = None
    family: str | None = None
    text: str | None = None
    capability: str | None = None
    threat: str | None = None
    expectation: str | None = None
    strategy: str | None = None
    evidence_status: EvidenceStatus | None = None
    related_to: str | None = None
    relation: RelationKind | None = None
    brief: str | None = None
    cites: str | None = None


def select_ids(db: Connection, query: RecordQuery, limit: int | None, offset: int) -> tuple[str, ...]:
    """Return the ids of records that fit, ordered by id."""
    where, parameters = _where(db, query)
    sql = f"SELECT r.id FROM records r {where} ORDER BY r.id LIMIT :limit OFFSET :offset"  # noqa: S608 - constant conditions
    rows = db.rows(sql, {**parameters, "limit": -1 if limit is None else limit, "offset": offset})
    return tuple(row["id"] for row in rows)


def count_ids(db: Connection, query: RecordQuery) -> int:
    """Return how many records fit."""
    where, parameters = _where(db, query)
    return int(db.value(f"SELECT count(*) FROM records r {where}", parameters))  # noqa: S608 - constant conditions


def governing_ids(db: Connection, path: str, states: tuple[RecordState, ...], limit: int | None) -> tuple[str, ...]:
    """Return the ids of records that govern a path, the most specific first, then by id. A folder ends in a slash."""
    wanted = path.strip().removeprefix("./").strip("/")
    if not wanted:
        return ()
    prefixes = prefixes_of(wanted)
    if path.strip().endswith("/"):
        wanted = f"{wanted}/{_ANYTHING}"  # a folder is governed by what governs whatever is in it
    rows = db.rows(
        f"SELECT id, pattern FROM globs WHERE prefix IN ({', '.join('?' * len(prefixes))})",  # noqa: S608 - only question marks
        prefixes,
    )
    hits = {
        row["id"]: row["pattern"]
        for row in rows
        if not is_exception(row["pattern"]) and matches(row["pattern"], wanted)
    }
    if not hits:
        return ()
    owners = db.rows(
        "SELECT k.record_id, k.glob_id FROM record_scopes k JOIN records r ON r.id = k.record_id "
        "WHERE k.glob_id IN (SELECT value FROM json_each(?)) AND r.state IN (SELECT value FROM json_each(?))",
        (_json_list(hits), _json_list(states)),
    )
    best: dict[str, tuple[int, int, int]] = {}
    for row in owners:
        key = specificity(hits[row["glob_id"]])
        best[row["record_id"]] = max(key, best.get(row["record_id"], key))
    for record_id in _with_exceptions(db, tuple(best)):
        if not governs(_scope(db, record_id), wanted):
            del best[record_id]
    ordered = sorted(best, key=lambda record_id: (tuple(-part for part in best[record_id]), record_id))
    return tuple(ordered[:limit])


def search_ids(db: Connection, text: str, kinds: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Return what holds all the words (the last may be the beginning of one), best first: the subjects of searchable rows."""
    words = text.split()
    if not words:
        return ()
    found = _full_text(db, words, kinds, limit) if _has_index(db) else ()
    # Without an index, and in scripts that put no spaces between words, the words are looked for as they stand.
    return found or (_plain(db, words, kinds, limit) if not _has_index(db) or not text.isascii() else ())


def _containing(db: Connection, text: str) -> tuple[str, dict[str, Any]]:
    """Return the condition by which rows of ``searchable`` hold all the words."""
    words = text.split()
    if not words:
        return "0", {}
    if _has_index(db) and (text.isascii() or _full_text(db, words, ("record",), 1)):
        return "id IN (SELECT rowid FROM search_index WHERE search_index MATCH :match)", {"match": _match(words)}
    return _like(words)


def _match(words: list[str]) -> str:
    return " ".join('"' + word.replace('"', '""').replace("\0", "") + '"' for word in words) + "*"


def _like(words: list[str]) -> tuple[str, dict[str, Any]]:
    parameters: dict[str, Any] = {f"word{number}": f"%{_escaped(word)}%" for number, word in enumerate(words)}
    hits = (f"(title LIKE :{name} ESCAPE '\\' OR body LIKE :{name} ESCAPE '\\')" for name in parameters)
    return " AND ".join(hits), parameters


def _full_text(db: Connection, words: list[str], kinds: tuple[str, ...], limit: int) -> tuple[str, ...]:
    match = _match(words)
    newest = [row[0] for row in db.rows(_NEWEST, {"match": match, "limit": _RANKED + 1})]
    if len(newest) > _RANKED:
        # Ranking reads every match; among so many, those that say it in the title, and then the newest, serve a person better.
        titled = [row[0] for row in db.rows(_NEWEST, {"match": f"title : ({match})", "limit": limit})]
        ordered = list(dict.fromkeys([*titled, *newest]))
    else:
        ordered = [row[0] for row in db.rows(_RANK, {"match": match})]
    rows = db.rows(
        "SELECT s.subject FROM json_each(:ids) i CROSS JOIN searchable s ON s.id = i.value "
        "WHERE s.kind IN (SELECT value FROM json_each(:kinds)) ORDER BY i.key LIMIT :limit",
        {"ids": _json_list(ordered), "kinds": _json_list(kinds), "limit": limit},
    )
    return tuple(row["subject"] for row in rows)


def _plain(db: Connection, words: list[str], kinds: tuple[str, ...], limit: int) -> tuple[str, ...]:
    condition, parameters = _like(words)
    sql = f"SELECT subject FROM searchable WHERE kind IN (SELECT value FROM json_each(:kinds)) AND {condition} ORDER BY id DESC LIMIT :limit"  # noqa: S608
    return tuple(row["subject"] for row in db.rows(sql, {**parameters, "kinds": _json_list(kinds), "limit": limit}))


def _has_index(db: Connection) -> bool:
    made = db.value("SELECT 1 FROM sqlite_schema WHERE name = 'search_index'")
    return bool(made and db.value("SELECT sqlite_compileoption_used('ENABLE_FTS5')"))


def _where(db: Connection, query: RecordQuery) -> tuple[str, dict[str, Any]]:
    conditions, parameters = _conditions(query)
    if query.text is not None:
        found, more = _containing(db, query.text)
        conditions.append(f"r.id IN (SELECT subject FROM searchable WHERE kind = 'record' AND {found})")  # noqa: S608
        parameters |= more
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), parameters


def _conditions(query: RecordQuery) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if query.states is not None:
        conditions.append("r.state IN (SELECT value FROM json_each(:states))")
        parameters["states"] = _json_list(query.states)
    if query.family is not None:
        conditions.append("r.family = :family")
        parameters["family"] = query.family
    for facet, table in (
        ("capability", "capabilities"),
        ("threat", "threats"),
        ("expectation", "expectations"),
        ("strategy", "strategies"),
    ):
        words = getattr(query, facet)
        if words is not None:
            named = f"SELECT id FROM {table} WHERE id = :{facet} OR statement LIKE :{facet}_like ESCAPE '\\'"  # noqa: S608
            conditions.append(f"r.{facet}_id IN ({named})")
            parameters[facet] = words
            parameters[f"{facet}_like"] = f"%{_escaped(words)}%"
    if query.evidence_status is not None:
        conditions.append("r.id IN (SELECT record_id FROM record_evidence WHERE status = :status)")
        parameters["status"] = str(query.evidence_status)
    if query.related_to is not None:
        conditions.append(
            "r.id IN (SELECT record_id FROM relations WHERE target = :related AND (:relation IS NULL OR kind = :relation))"
        )
        parameters["related"] = query.related_to
        parameters["relation"] = None if query.relation is None else str(query.relation)
    elif query.relation is not None:
        conditions.append("r.id IN (SELECT record_id FROM relations WHERE kind = :relation)")
        parameters["relation"] = str(query.relation)
    if query.brief is not None:
        conditions.append("r.id IN (SELECT record_id FROM brief_records WHERE brief_id = :brief)")
        parameters["brief"] = query.brief
    if query.cites is not None:
        conditions.append("r.id IN (SELECT record_id FROM citations WHERE path = :cites)")
        parameters["cites"] = query.cites
    return conditions, parameters


def _with_exceptions(db: Connection, record_ids: tuple[str, ...]) -> tuple[str, ...]:
    rows = db.rows(
        "SELECT DISTINCT k.record_id FROM record_scopes k JOIN globs g ON g.id = k.glob_id "
        "WHERE k.record_id IN (SELECT value FROM json_each(?)) AND g.pattern >= '!' AND g.pattern < '\"'",
        (_json_list(record_ids),),
    )
    return tuple(row["record_id"] for row in rows)


def _scope(db: Connection, record_id: str) -> tuple[str, ...]:
    rows = db.rows(
        "SELECT g.pattern FROM record_scopes k JOIN globs g ON g.id = k.glob_id WHERE k.record_id = ? ORDER BY k.source DESC, k.position",
        (record_id,),
    )
    return tuple(row["pattern"] for row in rows)


def _json_list(values: Any) -> str:
    return json.dumps(list(values))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
