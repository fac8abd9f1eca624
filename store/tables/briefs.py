"""Briefs on their way: a row that moves through its states, every revision of it kept."""

from __future__ import annotations

import sqlite3
from typing import Any

from store.errors import ConflictError, IllegalTransitionError, NotFoundError
from store.lifecycle import BRIEF_MUTABLE, check_brief_transition
from store.runs import BriefRow, BriefState
from store.session import Session, as_written, from_json, to_json
from store.tables.prefixes import ids_that_start, only_one

_FROZEN = ("slug", "objective", "selection", "snapshot", "version")


class BriefTable:
    """Keeps briefs, which records they were made from and which artifacts they led to."""

    def __init__(self, session: Session) -> None:
        """Work in a session."""
        self._session = session
        self._db = session.db

    def create(self, row: BriefRow) -> BriefRow:
        """Keep a new brief, as a draft. Raises ConflictError if its id is taken."""
        if row.state is not BriefState.DRAFT:
            message = f"A brief starts as a draft, not as {row.state}."
            raise IllegalTransitionError(message)
        with self._db.transaction():
            if self.find(row.id) is not None:
                message = f"There is a brief {row.id!r} already."
                raise ConflictError(message)
            self._write(None, row)
        return row

    def find(self, brief_id: str) -> BriefRow | None:
        """Return a brief, or None."""
        row = self._db.row("SELECT * FROM briefs WHERE id = ?", (brief_id,))
        return None if row is None else self._load(row)

    def get(self, brief_id: str) -> BriefRow:
        """Return a brief. Raises NotFoundError."""
        found = self.find(brief_id)
        if found is None:
            message = f"There is no brief {brief_id!r}."
            raise NotFoundError(message, hint="`alloy brief list` shows what there is.")
        return found

    def resolve(self, text: str) -> str:
        """Return the id that is, or uniquely starts with, the text, or whose slug it is. Raises NotFoundError or AmbiguousIdError."""
        found = ids_that_start(self._db, "briefs", text)
        if text not in found:
            same = self._db.rows("SELECT id FROM briefs WHERE slug = ? AND id <> ? ORDER BY id", (text, text))
            found = tuple(sorted({*found, *(row["id"] for row in same)}))
        return only_one(found, text, "brief", "`alloy brief list` shows what there is.")

    def list(self, state: BriefState | None = None) -> tuple[BriefRow, ...]:
        """Return briefs, the one that changed last first."""
        where = "" if state is None else "WHERE state = :state "
        rows = self._db.rows(f"SELECT * FROM briefs {where}ORDER BY changed_sequence DESC", {"state": state})  # noqa: S608 - constant parts
        return tuple(map(self._load, rows))

    def update(self, row: BriefRow, expected_state: BriefState, reason: str = "") -> BriefRow:
        """Keep a changed brief. ``expected_state`` is the state in which it was read.

        Raises NotFoundError, ConflictError if it has moved on, or IllegalTransitionError for a state that cannot follow, content that
        changes after ``compiled``, or an artifact that is exchanged.
        """
        with self._db.transaction():
            before = self.get(row.id)
            if before.state is not expected_state:
                message = f"The brief {row.id!r} is {before.state} by now, and {expected_state} was expected."
                raise ConflictError(message, hint="Read it again and repeat the change; nothing was written.")
            if row.state is not before.state:
                check_brief_transition(before.state, row.state)
            _check_frozen(before, row)
            if row != before:
                self._write(before, row, reason)
            return self.get(row.id)

    @as_written
    def versions(self, brief_id: str) -> tuple[BriefRow, ...]:
        """Return every revision, the first first. Raises NotFoundError."""
        self.get(brief_id)
        rows = self._db.rows("SELECT body FROM brief_revisions WHERE brief_id = ? ORDER BY sequence", (brief_id,))
        return tuple(BriefRow.model_validate_json(row["body"]) for row in rows)

    def _write(self, before: BriefRow | None, row: BriefRow, reason: str = "") -> None:
        body = row.model_dump(mode="json")
        old = None if before is None else before.model_dump(mode="json")
        changed = sorted(body) if old is None else [name for name in sorted(body) if body[name] != old[name]]
        action = "create" if before is None else ("change" if before.state is row.state else str(row.state))
        sequence = self._session.log(
            f"brief.{action}",
            row.id,
            at=self._session.now(),
            reason=reason,
            before=None if old is None else {name: old[name] for name in changed},
            after={name: body[name] for name in changed},
        )
        values = {
            **{
                name: body[name]
                for name in ("id", "version", "slug", "objective", "state", "created_at", "created_by", "updated_at")
            },
            "selection": to_json(row.selection),
            "approval": None if row.approval is None else to_json(row.approval),
            "snapshot": None if row.snapshot is None else to_json(row.snapshot),
            "changed_sequence": sequence,
        }
        if before is None:
            self._db.insert("briefs", values)
        else:
            columns = ", ".join(f"{name} = :{name}" for name in values if name != "id")
            self._db.execute(f"UPDATE briefs SET {columns} WHERE id = :id", values)  # noqa: S608 - names of columns
        self._db.insert("brief_revisions", {"brief_id": row.id, "sequence": sequence, "body": to_json(body)})
        self._write_links(row)

    def _write_links(self, row: BriefRow) -> None:
        for table in ("brief_artifacts", "brief_records"):
            self._db.execute(f"DELETE FROM {table} WHERE brief_id = ?", (row.id,))  # noqa: S608 - constant names
        for kind, digest in row.artifacts.items():
            if self._db.value("SELECT 1 FROM artifacts WHERE digest = ?", (digest,)) is None:
                message = f"The brief {row.id!r} names the artifact {digest!r}, which is not kept."
                raise NotFoundError(message, hint="Put the artifact first.")
            self._db.insert("brief_artifacts", {"brief_id": row.id, "kind": kind, "digest": digest})
        for position, record_id in enumerate(selected_records(row.selection)):
            if self._db.value("SELECT 1 FROM records WHERE id = ?", (record_id,)) is None:
                message = f"The brief {row.id!r} names the record {record_id!r}, which does not exist."
                raise NotFoundError(message, hint="`alloy intent list` shows what there is.")
            self._db.insert("brief_records", {"brief_id": row.id, "position": position, "record_id": record_id})

    @as_written
    def _load(self, row: sqlite3.Row) -> BriefRow:
        name = f"The brief {row['id']!r}"
        artifacts = self._db.rows(
            "SELECT kind, digest FROM brief_artifacts WHERE brief_id = ? ORDER BY kind", (row["id"],)
        )
        return BriefRow(
            id=row["id"],
            version=row["version"],
            slug=row["slug"],
            objective=row["objective"],
            state=BriefState(row["state"]),
            selection=from_json(row["selection"], name),
            approval=None if row["approval"] is None else from_json(row["approval"], name),
            snapshot=None if row["snapshot"] is None else from_json(row["snapshot"], name),
            artifacts={each["kind"]: each["digest"] for each in artifacts},
            created_at=row["created_at"],
            created_by=row["created_by"],
            updated_at=row["updated_at"],
        )


def selected_records(selection: dict[str, Any]) -> tuple[str, ...]:
    """Return the ids of records in a selection's ``records``: strings, or objects with an ``id``."""
    found = []
    for item in selection.get("records") or ():
        identity = item.get("id") if isinstance(item, dict) else item
        if isinstance(identity, str) and identity not in found:
            found.append(identity)
    return tuple(found)


def _check_frozen(before: BriefRow, after: BriefRow) -> None:
    if before.state in BRIEF_MUTABLE:
        return
    changed = [name for name in _FROZEN if getattr(before, name) != getattr(after, name)]
    changed += [
        f"artifacts[{kind!r}]" for kind, digest in before.artifacts.items() if after.artifacts.get(kind) != digest
    ]
    if changed:
        message = f"The brief {before.id!r} is {before.state}: {', '.join(changed)} cannot change any more."
        raise IllegalTransitionError(message, hint="Create a new version of the brief.")
