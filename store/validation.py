"""What a record must look like to be kept, beyond its types. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from store.errors import RefusedRecordError
from store.identity import canonical_json, digest_of
from store.paths import check_glob
from store.records import IntentRecord, RecordState, RelationKind

ID_PREFIX = "alloy.intent."
_ID = re.compile(r"alloy\.intent\.[a-z0-9]+(?:[._-][a-z0-9]+)*")
_LONGEST_ID = 160
_LONGEST_SLUG = 60
_LONGEST_TITLE = 1000
_LARGEST_BODY = 8 * 1024 * 1024
_SCOPES = 1000


def record_id(title: str) -> str:
    """Return the id that a title suggests: ``alloy.intent.<slug>``, ASCII; a title without Latin letters gets a digest."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rsplit("-", 1)[0]
    return ID_PREFIX + (slug or hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:12])


def content_digest(record: IntentRecord) -> str:
    """Return the digest of what a record says, whatever the number of its version.

    Defaults are left out, so that a field that a later version of this program adds changes no digest.
    """
    return digest_of(record.model_dump(mode="json", by_alias=True, exclude={"version"}, exclude_defaults=True))


def check_record(record: IntentRecord) -> bytes:
    """Return the canonical JSON of a record. Raises RefusedRecordError if it cannot be kept."""
    if not _ID.fullmatch(record.id) or len(record.id) > _LONGEST_ID:
        message = f"{record.id[:200]!r} is no id of a record."
        raise RefusedRecordError(
            message, hint="An id is 'alloy.intent.' and a short name in a-z, 0-9, '.', '_' and '-'."
        )
    if not record.title.strip() or len(record.title) > _LONGEST_TITLE:
        message = f"The record {record.id!r} needs a title of 1 to {_LONGEST_TITLE} characters."
        raise RefusedRecordError(message)
    if (record.state is RecordState.SUPERSEDED) != (record.superseded_by is not None):
        message = f"The record {record.id!r} is {record.state}, and its successor is {record.superseded_by!r}."
        raise RefusedRecordError(message, hint="A superseded record names its successor, and no other does.")
    _check_parts(record)
    body = canonical_json(record.model_dump(mode="json", by_alias=True))
    if len(body) > _LARGEST_BODY:
        message = f"The record {record.id!r} is larger than {_LARGEST_BODY // 2**20} MiB."
        raise RefusedRecordError(message, hint="Keep long material in the repository and cite it.")
    return body


def _check_parts(record: IntentRecord) -> None:
    if len(record.scope) > _SCOPES:
        message = f"The record {record.id!r} has {len(record.scope)} scopes; {_SCOPES} is the most."
        raise RefusedRecordError(message, hint="Name folders instead of single files.")
    for glob in record.scope:
        check_glob(glob)
    names = [item.id for item in record.facets.evidence]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        message = f"The record {record.id!r} names the evidence {twice!r} twice."
        raise RefusedRecordError(message, hint="Give each piece of evidence an id of its own.")
    for relation in record.relations:
        if relation.kind is RelationKind.APPLIES_TO:
            check_glob(relation.target)
        elif relation.target == record.id:
            message = f"The record {record.id!r} cannot {relation.kind} itself."
            raise RefusedRecordError(message)
