"""Migrations: a backup before each, all or nothing, and one store however many begin at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from fixtures.stores import Opener
from store.errors import NewerSchemaError, StoreError
from store.migrations import MIGRATIONS, schema_version
from store.opening import open_writable


def test_a_migration_leaves_a_backup_that_opens(opener: Opener, written: Path) -> None:
    more = _with(lambda database: database.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)"))
    connection, backup = open_writable(written, more)
    assert connection.value("PRAGMA user_version") == schema_version() + 1
    assert connection.value("SELECT count(*) FROM records") == 3
    connection.close()
    assert backup is not None
    assert len(opener(backup).records.list()) == 3
    with pytest.raises(NewerSchemaError):
        opener(written)


def test_a_migration_that_fails_leaves_everything_as_it_was(opener: Opener, written: Path) -> None:
    def fail(database: Database) -> None:
        database.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)")
        database.execute("INSERT INTO nonsense VALUES (1)")

    with pytest.raises(StoreError):
        open_writable(written, _with(fail))
    store = opener(written)
    assert len(store.records.list()) == 3
    assert store.verify() == ()


def test_a_killed_migration_leaves_everything_as_it_was(opener: Opener, written: Path) -> None:
    def die(database: Database) -> None:
        database.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)")
        os.kill(os.getpid(), signal.SIGKILL)

    child = multiprocessing.get_context("fork").Process(target=open_writable, args=(written, _with(die)))
    child.start()
    child.join(30)
    assert child.exitcode == -signal.SIGKILL
    store = opener(written)
    assert len(store.records.list()) == 3
    assert store.verify() == ()


def test_racing_migrations_and_creations_make_one_store(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    path = tmp_path / "new" / "alloy.db"
    more = _with(lambda database: database.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)"))
    for migrations in (MIGRATIONS, more):
        results = context.Queue()
        children = [context.Process(target=_open_and_report, args=(path, migrations, results)) for _ in range(4)]
        for child in children:
            child.start()
        versions = [results.get(timeout=60) for _ in children]
        for child in children:
            child.join(30)
        assert versions == [schema_version(migrations)] * 4
    assert sum(name.name.endswith(".backup") for name in path.parent.iterdir()) == 1
    assert not [name for name in path.parent.iterdir() if ".new" in name.name]


def _open_and_report(path: Path, migrations: Migrations, results: Any) -> None:
    try:
        connection, _ = open_writable(path, migrations)
        results.put(connection.value("PRAGMA user_version"))
        connection.close()
    except StoreError as error:
        results.put(str(error))


def _with(extra: Callable[[Database], object]) -> Migrations:
    migrations = Migrations(MIGRATIONS.name)
    migrations._migrations = [*MIGRATIONS._migrations]

    @migrations(name="9999_extra")
    def _extra(database: Database) -> None:
        extra(database)

    return migrations
