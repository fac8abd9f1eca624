"""What links between records must be: to records that exist, and not in a circle where a circle makes no sense.

Checked at the end of a transaction, so that records that name each other can come in together.
"""

from __future__ import annotations

from store.connection import Connection
from store.errors import IllegalTransitionError, NotFoundError
from store.records import IntentRecord, RelationKind

ACYCLIC = frozenset({RelationKind.SUPERSEDES, RelationKind.REFINES, RelationKind.DEPENDS_ON})
"""Kinds of relations that cannot lead back to where they start."""

_REACHABLE = """
WITH RECURSIVE reachable (id) AS (
    SELECT target_record FROM relations WHERE record_id = :start AND kind = :kind
    UNION SELECT r.target_record FROM reachable JOIN relations r ON r.record_id = reachable.id AND r.kind = :kind
) SELECT 1 FROM reachable WHERE id = :start"""
_SUCCESSORS = """
WITH RECURSIVE heirs (id) AS (
    SELECT superseded_by FROM records WHERE id = :start
    UNION SELECT r.superseded_by FROM heirs JOIN records r ON r.id = heirs.id
) SELECT 1 FROM heirs WHERE id = :start"""


def check_targets(db: Connection, record: IntentRecord) -> None:
    """Raise NotFoundError for a link to nothing, IllegalTransitionError for one that leads back to the record itself."""
    targets = [relation.target for relation in record.relations if relation.kind is not RelationKind.APPLIES_TO]
    for target in (*targets, *([record.superseded_by] if record.superseded_by else [])):
        if db.value("SELECT 1 FROM records WHERE id = ?", (target,)) is None:
            message = f"{record.id!r} names the record {target!r}, which does not exist."
            raise NotFoundError(message, hint="Create or import it first, or in the same import.")
    for kind in sorted(ACYCLIC & {relation.kind for relation in record.relations}):
        if db.value(_REACHABLE, {"start": record.id, "kind": str(kind)}):
            message = f"The relation {kind} of {record.id!r} leads back to it."
            raise IllegalTransitionError(
                message, hint="supersedes, refines and depends_on cannot go round in a circle."
            )
    if record.superseded_by and db.value(_SUCCESSORS, {"start": record.id}):
        message = f"{record.id!r} would succeed itself by way of {record.superseded_by!r}."
        raise IllegalTransitionError(message)
