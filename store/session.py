"""What every table needs: the connection, the audit trail, who acts, and the time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from store.audit import AuditTrail
from store.connection import Connection
from store.errors import CorruptStoreError
from store.identity import canonical_json
from store.records import Actor

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
NewId = Callable[[], str]


@dataclass(frozen=True)
class Session:
    """One open store, as its tables see it."""

    db: Connection
    audit: AuditTrail
    clock: Clock
    new_id: NewId
    actor: Actor
    project_id: str

    def now(self) -> str:
        """Return the time as ISO 8601 in UTC. It is shown, never used for ordering: clocks go backwards."""
        return timestamp(self.clock())

    def log(  # noqa: PLR0913 - the fields of an audit entry
        self,
        action: str,
        subject: str,
        *,
        at: str,
        reason: str = "",
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> int:
        """Append to the audit trail in the current transaction; return the sequence number."""
        return self.audit.append(
            at=at, actor=self.actor, action=action, subject=subject, reason=reason, before=before, after=after
        )


def as_written(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function that turns rows into values raise CorruptStoreError for what nobody can have written."""

    @wraps(function)
    def load(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except (ValueError, TypeError, KeyError) as error:
            message = f"The store is damaged: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            raise CorruptStoreError(message, hint="Restore the newest backup.") from error

    return load


def timestamp(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC; one without a zone counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_json(value: Any) -> str:
    """Return canonical JSON text for a column."""
    return canonical_json(value).decode()


def from_json(text: str, what: str) -> Any:
    """Parse a JSON column; raises CorruptStoreError naming ``what`` if it is no JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        message = f"{what} is damaged: its content is no JSON."
        raise CorruptStoreError(message, hint="Restore the newest backup.") from error
