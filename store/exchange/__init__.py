"""Carrying records in and out of a store as text: one file a record, merged over what both sides have seen. No file is touched here."""

from __future__ import annotations

from store.exchange.files import Format, RecordFile, Seen, file_name, read_record, seen_versions, write_record
from store.exchange.merging import FieldConflict, ImportAction, ImportItem, merge, plan_import, take

__all__ = [
    "FieldConflict",
    "Format",
    "ImportAction",
    "ImportItem",
    "RecordFile",
    "Seen",
    "file_name",
    "merge",
    "plan_import",
    "read_record",
    "seen_versions",
    "take",
    "write_record",
]
