"""The audit trail: who did what, when, why, and what was there before and after; append-only and hash-chained."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from store.audit_head import Head, head_path, read_head, write_head
from store.connection import Connection
from store.errors import CorruptStoreError
from store.identity import canonical_json
from store.problems import Problem
from store.records import Actor, ActorKind
from store.runs import AuditEntry

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""

_COLUMNS = "sequence, at, actor_kind, actor_name, action, subject, reason, before_json, after_json, previous, hash"
_BATCH = 5000


def chain_hash(previous: str, entry: dict[str, Any]) -> str:
    """Return the hex SHA-256 of the previous hash followed by the canonical JSON of the rest of an entry."""
    return hashlib.sha256(previous.encode("ascii") + canonical_json(entry)).hexdigest()


class AuditTrail:
    """Appends to the chain inside the caller's transaction, and keeps its head outside the database once that is durable."""

    def __init__(self, connection: Connection) -> None:
        """Work on a connection; ``warnings`` gathers what went wrong with the head outside."""
        self._db = connection
        self._head_path = head_path(connection.path)
        self.warnings: list[str] = []

    @property
    def head(self) -> Head:
        """The newest entry's sequence number and hash."""
        row = self._db.row("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        return Head(sequence=0, hash=GENESIS) if row is None else Head(sequence=row["sequence"], hash=row["hash"])

    def append(  # noqa: PLR0913 - these are the fields of an entry
        self,
        *,
        at: str,
        actor: Actor,
        action: str,
        subject: str,
        reason: str = "",
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> int:
        """Add an entry; return its sequence number, by which everything in the store is ordered."""
        head = self.head
        entry = {
            "sequence": head.sequence + 1,
            "at": at,
            "actor": {"kind": str(actor.kind), "name": actor.name},
            "action": action,
            "subject": subject,
            "reason": reason,
            "before": before,
            "after": after,
        }
        self._db.execute(
            f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant columns
            (
                head.sequence + 1,
                at,
                str(actor.kind),
                actor.name,
                action,
                subject,
                reason,
                _text(before),
                _text(after),
                head.hash,
                chain_hash(head.hash, entry),
            ),
        )
        self._db.after_commit(self._publish_head)
        return head.sequence + 1

    def entries(self, subject: str | None = None, limit: int = 100) -> tuple[AuditEntry, ...]:
        """Return entries, newest first, of one subject or of all."""
        where = "" if subject is None else "WHERE subject = :subject "
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM audit {where}ORDER BY sequence DESC LIMIT :limit",  # noqa: S608 - constant parts
            {"subject": subject, "limit": limit},
        )
        return tuple(_entry(row) for row in rows)

    def verify(self, on_entry: Callable[[AuditEntry], None] = lambda _: None) -> tuple[Problem, ...]:
        """Walk the whole chain; return what does not fit, and compare the end with the head outside."""
        problems: list[Problem] = []
        previous, expected = GENESIS, 1
        while rows := self._db.rows(
            f"SELECT {_COLUMNS} FROM audit WHERE sequence >= ? ORDER BY sequence LIMIT ?",  # noqa: S608 - constant columns
            (expected, _BATCH),
        ):
            for row in rows:
                problem = _broken_link(row, expected, previous)
                if problem:
                    return (*problems, problem)
                on_entry(_entry(row))
                previous, expected = row["hash"], row["sequence"] + 1
        problems.extend(self.check_head())
        return tuple(problems)

    def check_head(self) -> tuple[Problem, ...]:
        """Compare the head outside with the chain: a cut, replaced or rewritten database shows."""
        try:
            kept = read_head(self._head_path)
        except CorruptStoreError as error:
            return (Problem(area="audit", subject=str(self._head_path), message=str(error)),)
        newest = self.head
        if kept is None:
            if newest.sequence == 0:
                return ()
            return (
                Problem(
                    area="audit",
                    subject=str(self._head_path),
                    message="The head of the audit trail outside the database is missing.",
                ),
            )
        if kept.sequence > newest.sequence:
            message = f"The database ends at entry {newest.sequence} of the audit trail, but entry {kept.sequence} was written: it was cut or replaced by an older one."
            return (Problem(area="audit", subject=str(self._db.path), message=message, fatal=True),)
        found = (
            GENESIS
            if kept.sequence == 0
            else self._db.value("SELECT hash FROM audit WHERE sequence = ?", (kept.sequence,))
        )
        if found != kept.hash:
            message = (
                f"Entry {kept.sequence} of the audit trail is not the one that was written: the trail was rewritten."
            )
            return (Problem(area="audit", subject=str(self._db.path), message=message, fatal=True),)
        return ()

    def begin(self) -> None:
        """Put the head of an empty trail in place, so that a head that is missing later was taken away and not just never written."""
        if self.head.sequence == 0 and not self._head_path.exists():
            self._publish_head()

    def _publish_head(self) -> None:
        try:
            write_head(self._head_path, self.head)
        except OSError as error:
            # The write itself is durable; a head that lags behind is healed by the next write.
            self.warnings.append(
                f"The head of the audit trail could not be kept at {str(self._head_path)!r}: {error.strerror}."
            )


def _broken_link(row: Any, expected: int, previous: str) -> Problem | None:
    subject = f"entry {row['sequence']}"
    if row["sequence"] != expected:
        return Problem(
            area="audit", subject=subject, message=f"Entry {expected} of the audit trail is missing.", fatal=True
        )
    try:
        entry = _entry(row).model_dump(mode="json", exclude={"previous", "hash"})
    except ValueError:
        return Problem(area="audit", subject=subject, message="The entry cannot be read.", fatal=True)
    if row["previous"] != previous or row["hash"] != chain_hash(previous, entry):
        return Problem(
            area="audit",
            subject=subject,
            message="The entry does not continue the chain: it was changed after it was written.",
            fatal=True,
        )
    return None


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        sequence=row["sequence"],
        at=row["at"],
        actor=Actor(kind=ActorKind(row["actor_kind"]), name=row["actor_name"]),
        action=row["action"],
        subject=row["subject"],
        reason=row["reason"],
        before=None if row["before_json"] is None else json.loads(row["before_json"]),
        after=None if row["after_json"] is None else json.loads(row["after_json"]),
        previous=row["previous"],
        hash=row["hash"],
    )


def _text(value: dict[str, Any] | None) -> str | None:
    return None if value is None else canonical_json(value).decode()
