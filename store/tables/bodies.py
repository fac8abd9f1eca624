"""Record versions as stored bytes, and back: what a read returns is hashed again."""

from __future__ import annotations

import sqlite3
from typing import Any

from pydantic import ValidationError

from store.errors import CorruptStoreError
from store.identity import digest_of_bytes
from store.records import Actor, ActorKind, Change, IntentRecord
from store.session import as_written

_HINT = "Restore the newest backup, or export what still reads and import it into a new store."


def load_record(row: sqlite3.Row) -> IntentRecord:
    """Return the record of a row with ``record_id``, ``version``, ``body`` and ``digest``. Raises CorruptStoreError if it was changed."""
    name = f"Version {row['version']} of {row['record_id']!r}"
    body: str = row["body"]
    if digest_of_bytes(body.encode("utf-8", "surrogatepass")) != row["digest"]:
        message = f"{name} is damaged: its bytes are not those that were written."
        raise CorruptStoreError(message, hint=_HINT)
    try:
        return IntentRecord.model_validate_json(body)
    except ValidationError as error:
        message = f"{name} cannot be read: {error.errors()[0]['msg']}."
        raise CorruptStoreError(message, hint=_HINT) from error


@as_written
def load_change(row: sqlite3.Row) -> Change:
    """Return who made a version, when and why."""
    return Change(
        record_id=row["record_id"],
        version=row["version"],
        actor=Actor(kind=ActorKind(row["actor_kind"]), name=row["actor_name"]),
        at=row["at"],
        action=row["action"],
        reason=row["reason"],
    )


def difference(
    before: IntentRecord | None, after: IntentRecord, old_digest: str, new_digest: str
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return what the audit trail says of a change: the fields that differ, before and after, with the digests of both versions."""
    new = after.model_dump(mode="json", by_alias=True)
    if before is None:
        return None, {"version": after.version, "digest": new_digest, "state": str(after.state), "title": after.title}
    old = before.model_dump(mode="json", by_alias=True)
    changed = [key for key in new if new[key] != old[key] and key != "version"]
    return (
        {"version": before.version, "digest": old_digest, **{key: old[key] for key in changed}},
        {"version": after.version, "digest": new_digest, **{key: new[key] for key in changed}},
    )
