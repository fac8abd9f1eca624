"""What was read before, kept in the user's cache folder: an SQLite file, bounded, safe under several scans at once.

A cache may be lost at any time and at no cost but time, so nothing here ever stops a scan: a full disk, a damaged file or a locked
one turns the cache off for the rest of the run, and :meth:`Cache.limits` says so. Kinds carry the version of what made
the values (``facts:python:7``), so that a newer reader never meets an older one's values.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from archaeology.model import Limit

_FILE_NAME = "archaeology-1.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS entry_used ON entry (used);
"""
_SCHEMA_VERSION = 1
_MEGABYTE = 1 << 20
_BUSY_SECONDS = 5.0
_VARIABLES = 500
_WRITE_BATCH = 2_000
# How stale a time of use may get before it is written again; reading should not cost a write each time.
_TOUCH_SECONDS = 6 * 3600
# When the bound is passed, this part of it is kept, so that not every write has to make room.
_KEPT = 0.8
DEFAULT_MEGABYTES = 512


class Cache:
    """A bounded store of bytes by kind and key. Use it in a ``with`` statement, from one thread."""

    def __init__(self, connection: sqlite3.Connection | None, max_bytes: int, problem: str = "") -> None:
        """Take a connection that is set up; None keeps nothing. See :meth:`open`."""
        self._connection = connection
        self._max_bytes = max_bytes
        self._problem = problem
        self._written = 0

    @classmethod
    def open(cls, folder: Path | None, max_megabytes: int = DEFAULT_MEGABYTES) -> Cache:
        """Open the cache in ``folder``, which is made if need be; None gives a cache that keeps nothing.

        A damaged file is thrown away and begun again.
        """
        max_bytes = max_megabytes * _MEGABYTE
        if folder is None:
            return cls(None, max_bytes)
        file = folder / _FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return cls(_connect(file), max_bytes)
            except sqlite3.OperationalError:
                raise  # locked or full: others may be using it, so it stays
            except sqlite3.DatabaseError:
                _discard(file)
                return cls(_connect(file), max_bytes)
        except (OSError, sqlite3.Error) as error:
            return cls(None, max_bytes, f"The cache could not be opened: {error}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Make room if the bound was passed, and let go of the file."""
        connection = self._connection
        if connection is None:
            return
        with self._guarded("tidied"):
            if self._written:
                self._make_room(connection)
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def limits(self) -> tuple[Limit, ...]:
        """Return why the cache was turned off, if it was."""
        if not self._problem:
            return ()
        from archaeology.model import Limit  # an unchanged repository is answered without pydantic

        return (Limit(kind="cache", detail=self._problem),)

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are there; keys that are not are left out."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, bytes] = {}
        stale: list[str] = []
        now = int(time.time())
        with self._guarded("read") as connection:
            if connection is None:
                return found
            for start in range(0, len(wanted), _VARIABLES):
                for key, value, used in _select(connection, kind, wanted[start : start + _VARIABLES]):
                    found[key] = value
                    if now - used > _TOUCH_SECONDS:
                        stale.append(key)
        if stale:
            self._touch(kind, stale, now)
        return found

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep these values, in place of older ones. What is larger than an eighth of the bound is not kept."""
        now = int(time.time())
        rows = [
            (kind, key, value, len(value), now) for key, value in items.items() if len(value) <= self._max_bytes // 8
        ]
        for start in range(0, len(rows), _WRITE_BATCH):
            part = rows[start : start + _WRITE_BATCH]
            self._write("INSERT OR REPLACE INTO entry (kind, key, value, size, used) VALUES (?, ?, ?, ?, ?)", part)
            self._written += sum(row[3] for row in part)
            if self._written > self._max_bytes // 8:
                self._written = 0
                with self._guarded("tidied") as connection:
                    if connection is not None:
                        self._make_room(connection)

    def clear(self) -> None:
        """Forget everything."""
        self._write("DELETE FROM entry", [()])

    def _touch(self, kind: str, keys: Sequence[str], now: int) -> None:
        self._write("UPDATE entry SET used = ? WHERE kind = ? AND key = ?", [(now, kind, key) for key in keys])

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._guarded("written") as connection:
            if connection is not None and rows:
                # IMMEDIATE: a second scan waits for its turn here instead of failing half-way.
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(statement, rows)
                connection.execute("COMMIT")

    def _make_room(self, connection: sqlite3.Connection) -> None:
        (total,) = connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()
        if total <= self._max_bytes:
            return
        surplus = total - int(self._max_bytes * _KEPT)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "DELETE FROM entry WHERE (kind, key) IN (SELECT kind, key FROM (SELECT kind, key, size, "
            "sum(size) OVER (ORDER BY used, kind, key) AS running FROM entry) WHERE running - size < ?)",
            (surplus,),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA incremental_vacuum")

    @contextmanager
    def _guarded(self, done: str) -> Iterator[sqlite3.Connection | None]:
        """Turn the cache off where SQLite fails; the caller goes on without it."""
        try:
            yield self._connection
        except sqlite3.Error as error:
            self._problem = f"The cache could not be {done} and is not used: {error}."
            if self._connection is not None:
                with suppress(sqlite3.Error):
                    self._connection.rollback()
                with suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        # A cache need not outlive a power cut; it must only never be wrong, and WAL keeps it whole.
        connection.execute("PRAGMA synchronous = NORMAL")
        if _version(connection) != _SCHEMA_VERSION:
            connection.execute("BEGIN IMMEDIATE")
            # Looked at again: another scan may have set it up while this one waited for its turn.
            if _version(connection) != _SCHEMA_VERSION:
                connection.execute("DROP TABLE IF EXISTS entry")
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _select(connection: sqlite3.Connection, kind: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes, int]]:
    marks = ",".join("?" * len(keys))
    statement = f"SELECT key, value, used FROM entry WHERE kind = ? AND key IN ({marks})"  # noqa: S608 - marks only
    yield from connection.execute(statement, (kind, *keys))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _discard(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
