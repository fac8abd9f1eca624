"""Engineering Intent Records: every change is a new version, and every version is kept."""

from __future__ import annotations

from collections.abc import Iterable

from store.errors import ConflictError, NotFoundError
from store.identity import digest_of_bytes
from store.lifecycle import check_creation, check_edit, check_import, check_transition
from store.records import COMPILABLE_STATES, Change, IntentRecord, RecordState, Relation, RelationKind
from store.session import Session
from store.tables.bodies import difference, load_change, load_record
from store.tables.links import check_targets
from store.tables.prefixes import ids_that_start, only_one
from store.tables.projection import write_projection
from store.tables.queries import RecordQuery, count_ids, governing_ids, search_ids, select_ids
from store.validation import ID_PREFIX, check_record, content_digest


class RecordTable:
    """Reads and changes records. All writes join the caller's transaction if one is open."""

    def __init__(self, session: Session) -> None:
        """Work in a session."""
        self._session = session
        self._db = session.db

    def find(self, record_id: str) -> IntentRecord | None:
        """Return the current version, or None."""
        row = self._db.row(
            "SELECT v.* FROM records r JOIN record_versions v ON v.record_id = r.id AND v.version = r.version WHERE r.id = ?",
            (record_id,),
        )
        return None if row is None else load_record(row)

    def get(self, record_id: str, version: int | None = None) -> IntentRecord:
        """Return the current version, or the one that is asked for. Raises NotFoundError."""
        if version is None:
            found = self.find(record_id)
        else:
            row = self._db.row(
                "SELECT * FROM record_versions WHERE record_id = ? AND version = ?", (record_id, version)
            )
            found = None if row is None else load_record(row)
        if found is None:
            message = (
                f"There is no record {record_id!r}."
                if version is None
                else f"There is no version {version} of {record_id!r}."
            )
            raise NotFoundError(message, hint="`alloy intent list` shows what there is.")
        return found

    def resolve(self, text: str) -> str:
        """Return the id that is, or uniquely starts with, the text; the part before the slug may be left out.

        Raises NotFoundError, or AmbiguousIdError naming some candidates.
        """
        found: tuple[str, ...] = ()
        for start in (text, ID_PREFIX + text):
            matching = ids_that_start(self._db, "records", start)
            if start in matching:
                return start
            found = found or matching
        return only_one(found, text, "record", "`alloy intent list` shows what there is.")

    def free_id(self, wanted: str) -> str:
        """Return an id that no record has yet: the wanted one, or the same with a number."""
        number, candidate = 1, wanted
        while self._db.value("SELECT 1 FROM records WHERE id = ?", (candidate,)):
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate

    def list(  # noqa: PLR0913 - one argument for each thing that is often asked for
        self,
        states: Iterable[RecordState] | None = None,
        family: str | None = None,
        text: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        query: RecordQuery | None = None,
    ) -> tuple[IntentRecord, ...]:
        """Return records by id, narrowed by state, family, words and whatever a RecordQuery asks for."""
        narrowed = {"states": None if states is None else tuple(states), "family": family, "text": text}
        given = {name: value for name, value in narrowed.items() if value is not None}
        return self._load(select_ids(self._db, (query or RecordQuery()).model_copy(update=given), limit, offset))

    def count(self, query: RecordQuery | None = None) -> int:
        """Return how many records a query would list."""
        return count_ids(self._db, query or RecordQuery())

    def search(self, text: str, limit: int = 50) -> tuple[IntentRecord, ...]:
        """Return records that hold all the words (the last may be the beginning of one), best first."""
        return self._load(search_ids(self._db, text, ("record",), limit))

    def governing(
        self, path: str, states: Iterable[RecordState] = COMPILABLE_STATES, limit: int | None = None
    ) -> tuple[IntentRecord, ...]:
        """Return the records whose scope, or ``applies_to``, matches a path of the repository, the most specific first."""
        return self._load(governing_ids(self._db, path, tuple(states), limit))

    def versions(self, record_id: str) -> tuple[IntentRecord, ...]:
        """Return every version, the first first. Raises NotFoundError."""
        self.get(record_id)
        return tuple(
            map(
                load_record,
                self._db.rows("SELECT * FROM record_versions WHERE record_id = ? ORDER BY version", (record_id,)),
            )
        )

    def changes(self, record_id: str) -> tuple[Change, ...]:
        """Return who made each version, when and why, the first first. Raises NotFoundError."""
        self.get(record_id)
        return tuple(
            map(
                load_change,
                self._db.rows("SELECT * FROM record_versions WHERE record_id = ? ORDER BY version", (record_id,)),
            )
        )

    def digests(self, record_id: str) -> tuple[str, ...]:
        """Return the content digest of every version, the first first; empty where there is no such record."""
        rows = self._db.rows(
            "SELECT content_digest FROM record_versions WHERE record_id = ? ORDER BY version", (record_id,)
        )
        return tuple(row["content_digest"] for row in rows)

    def relations_to(self, record_id: str) -> tuple[tuple[str, Relation], ...]:
        """Return the relations that other records have to this one, with the ids of those records."""
        rows = self._db.rows(
            "SELECT record_id, kind, target, note FROM relations WHERE target_record = ? ORDER BY record_id, position",
            (record_id,),
        )
        return tuple(
            (row["record_id"], Relation(kind=RelationKind(row["kind"]), target=row["target"], note=row["note"]))
            for row in rows
        )

    def save_new(self, record: IntentRecord, reason: str = "", *, action: str = "create") -> IntentRecord:
        """Keep a record that is new. Raises ConflictError if its id is taken, RefusedRecordError or IllegalTransitionError."""
        with self._db.transaction():
            if self.find(record.id) is not None:
                message = f"There is a record {record.id!r} already."
                raise ConflictError(message, hint="Choose another id, or edit the one that is there.")
            check_creation(record, self._session.actor)
            return self._write(None, record.model_copy(update={"version": 1}), action, reason)

    def update(
        self, record: IntentRecord, expected_version: int, reason: str = "", *, action: str = "edit"
    ) -> IntentRecord:
        """Keep a changed record as the next version; without a change nothing is written.

        ``expected_version`` is the version that was read and changed. Raises ConflictError if there is a newer one.
        """
        with self._db.transaction():
            before = self._expect(record.id, expected_version)
            if content_digest(before) == content_digest(record):
                return before
            check_edit(before, record, self._session.actor)
            return self._write(before, record, action, reason)

    def transition(
        self,
        record_id: str,
        to: RecordState,
        reason: str = "",
        successor: str | None = None,
        expected_version: int | None = None,
    ) -> IntentRecord:
        """Put a record into another state. Raises NotFoundError, ConflictError, or IllegalTransitionError in words."""
        with self._db.transaction():
            before = self._expect(record_id, expected_version)
            heir = None if successor is None else self.get(successor)
            check_transition(before, to, self._session.actor, reason, heir)
            after = before.model_copy(update={"state": to, "superseded_by": None if heir is None else heir.id})
            return self._write(before, after, str(to), reason)

    def relate(
        self, record_id: str, relation: Relation, reason: str = "", expected_version: int | None = None
    ) -> IntentRecord:
        """Add a relation; one that is there already changes nothing."""
        with self._db.transaction():
            before = self._expect(record_id, expected_version)
            if any(known.kind is relation.kind and known.target == relation.target for known in before.relations):
                return before
            after = before.model_copy(update={"relations": (*before.relations, relation)})
            return self.update(after, before.version, reason or relation.note, action="relate")

    def import_version(self, record: IntentRecord, expected_version: int | None, reason: str) -> IntentRecord:
        """Keep a record that comes from another store, in the state that it has there; ``expected_version`` is None for a new one.

        Raises ConflictError, IllegalTransitionError or RefusedRecordError. Records that name each other come in one transaction.
        """
        with self._db.transaction():
            if expected_version is None and self.find(record.id) is not None:
                message = f"There is a record {record.id!r} already."
                raise ConflictError(message, hint="Import it again; nothing was written.")
            before = None if expected_version is None else self._expect(record.id, expected_version)
            check_import(before, record, self._session.actor)
            return self._write(before, record, "import", reason)

    def _expect(self, record_id: str, version: int | None) -> IntentRecord:
        current = self.get(record_id)
        if version is not None and current.version != version:
            message = f"{record_id!r} was changed meanwhile: it is at version {current.version}, and version {version} was expected."
            raise ConflictError(message, hint="Read it again and repeat the change; nothing was written.")
        return current

    def _write(self, before: IntentRecord | None, after: IntentRecord, action: str, reason: str) -> IntentRecord:
        record = after.model_copy(update={"version": 1 if before is None else before.version + 1})
        body = check_record(record)
        at = self._session.now()
        digest = digest_of_bytes(body)
        old, new = difference(before, record, self._digest(before), digest)
        sequence = self._session.log(f"record.{action}", record.id, at=at, reason=reason, before=old, after=new)
        self._db.insert(
            "record_versions",
            {
                "record_id": record.id,
                "version": record.version,
                "sequence": sequence,
                "state": str(record.state),
                "body": body.decode(),
                "digest": digest,
                "content_digest": content_digest(record),
                "actor_kind": str(self._session.actor.kind),
                "actor_name": self._session.actor.name,
                "at": at,
                "action": action,
                "reason": reason,
            },
        )
        write_projection(self._db, record, sequence, self._session.project_id)
        self._db.before_commit(lambda: check_targets(self._db, record))
        return record

    def _digest(self, record: IntentRecord | None) -> str:
        if record is None:
            return ""
        sql = "SELECT digest FROM record_versions WHERE record_id = ? AND version = ?"
        return str(self._db.value(sql, (record.id, record.version)))

    def _load(self, ids: Iterable[str]) -> tuple[IntentRecord, ...]:
        return tuple(self.get(each) for each in ids)
