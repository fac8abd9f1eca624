"""The append-only list of schema changes, and how they are applied: one process at a time, all or nothing.

A released migration is never edited. The number of migrations is the file's ``user_version``, so that an older program can
refuse what it does not know.
"""

from __future__ import annotations

import sqlite3
from importlib import resources

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x414C4F59
"""``ALOY``: marks a SQLite file as ours (``PRAGMA application_id``)."""

MIGRATIONS = Migrations("alloy.store")


def schema_version(migrations: Migrations = MIGRATIONS) -> int:
    """Return the ``user_version`` of a file to which all migrations were applied."""
    return len(migrations._migrations)  # noqa: SLF001 - the library has no public way to list what is registered


def apply_all(database: Database, migrations: Migrations = MIGRATIONS) -> None:
    """Apply what is pending and stamp the file. The caller holds an IMMEDIATE transaction, which makes it all or nothing."""
    migrations.apply(database)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {schema_version(migrations)}")


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Say whether this SQLite has full-text search."""
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def _sql(name: str) -> str:
    return (resources.files("store.schema") / name).read_text(encoding="utf-8")


@MIGRATIONS(name="0001_foundation")
def _foundation(database: Database) -> None:
    database.executescript(_sql("0001_foundation.sql"))


@MIGRATIONS(name="0002_records")
def _records(database: Database) -> None:
    database.executescript(_sql("0002_records.sql"))


@MIGRATIONS(name="0003_hypotheses")
def _hypotheses(database: Database) -> None:
    database.executescript(_sql("0003_hypotheses.sql"))


@MIGRATIONS(name="0004_interviews")
def _interviews(database: Database) -> None:
    database.executescript(_sql("0004_interviews.sql"))


@MIGRATIONS(name="0005_briefs")
def _briefs(database: Database) -> None:
    database.executescript(_sql("0005_briefs.sql"))


@MIGRATIONS(name="0006_search")
def _search(database: Database) -> None:
    database.executescript(_sql("0006_search.sql"))
    if has_fts5(database.conn):
        database.executescript(_sql("0006_search_fts5.sql"))


@MIGRATIONS(name="0007_views")
def _views(database: Database) -> None:
    database.executescript(_sql("0007_views.sql"))
