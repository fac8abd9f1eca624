"""One connection to the database, bound to its thread, with the one way to write: inside ``transaction()``.

Outside a transaction the connection is ``query_only``, so that a write that forgot to open one cannot happen by accident, and every
transaction is IMMEDIATE, so that a read that leads to a write cannot be overtaken by another process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from store.errors import (
    ConflictError,
    CorruptStoreError,
    IllegalTransitionError,
    ReadOnlyStoreError,
    StoreError,
    StoreUnavailableError,
)

Parameters = Sequence[Any] | Mapping[str, Any]

_PRIMARY_CODE = 0xFF
_RESTORE = "Move it away and put the newest backup in its place."


class Connection:
    """A sqlite-utils database with IMMEDIATE transactions, savepoints inside them, and SQLite's errors as ours."""

    def __init__(self, raw: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        """Take over a connection that was opened with ``isolation_level=None``."""
        self.path = path
        self.read_only = read_only
        self._raw = raw
        with translated(path):
            self.database = Database(raw, execute_plugins=False)
            raw.execute("PRAGMA foreign_keys = ON")
            raw.execute("PRAGMA cell_size_check = ON")
            raw.execute("PRAGMA query_only = ON")
        self._depth = 0
        self._before_commit: list[Callable[[], None]] = []
        self._after_commit: list[Callable[[], None]] = []

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._depth > 0

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        with translated(self.path):
            cursor = self._raw.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        with translated(self.path):
            cursor = self._raw.cursor()
            cursor.row_factory = sqlite3.Row
            found: sqlite3.Row | None = cursor.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row of a query, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run a statement that writes. Only inside a transaction."""
        if not self._depth:
            message = "A write was tried outside a transaction."
            raise StoreError(message)
        with translated(self.path):
            return self._raw.execute(sql, parameters)

    def execute_many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        """Run a statement that writes for each set of parameters. Only inside a transaction."""
        for each in parameters:
            self.execute(sql, each)

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row; return its rowid."""
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(f":{name}" for name in values)
        return int(self.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values).lastrowid or 0)  # noqa: S608

    def before_commit(self, check: Callable[[], None]) -> None:
        """Run a check at the end of the outermost transaction; if it raises, nothing is written."""
        self._before_commit.append(check)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run an action once the outermost transaction is durable. The same action is run once."""
        if action not in self._after_commit:
            self._after_commit.append(action)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing. Nested use is a savepoint: its failure undoes its own part only.

        Raises ReadOnlyStoreError, StoreUnavailableError (locked for too long, disk full) or what the block raises.
        """
        with self._savepoint() if self._depth else self._outermost():
            yield

    def close(self) -> None:
        """Close; a transaction that is open is undone."""
        self._raw.close()

    def backup_to(self, path: Path) -> None:
        """Copy the database, with what is only in its write-ahead log, to a new file."""
        with translated(self.path):
            target = sqlite3.connect(path)
            try:
                self._raw.backup(target)
            finally:
                target.close()

    @contextmanager
    def _outermost(self) -> Iterator[None]:
        if self.read_only:
            message = f"The store at {str(self.path)!r} is open for reading only."
            raise ReadOnlyStoreError(message, hint="Make its folder writable, or name another file with --db.")
        with translated(self.path):
            self._raw.execute("PRAGMA query_only = OFF")
            try:
                self._raw.execute("BEGIN IMMEDIATE")
            except sqlite3.Error:
                self._raw.execute("PRAGMA query_only = ON")
                raise
        self._depth = 1
        try:
            yield
            for check in self._before_commit:
                check()
            with translated(self.path):
                self._raw.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            actions, self._after_commit = self._after_commit, []
            self._before_commit = []
            self._depth = 0
            self._raw.execute("PRAGMA query_only = ON")
        for action in actions:
            action()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        name = f"step_{self._depth}"
        checks = len(self._before_commit)
        self.execute(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
        except BaseException:
            del self._before_commit[checks:]
            if self._raw.in_transaction:
                self._raw.execute(f"ROLLBACK TO {name}")
                self._raw.execute(f"RELEASE {name}")
            raise
        else:
            self.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    def _roll_back(self) -> None:
        self._after_commit = []
        # A full disk and some triggers end the transaction by themselves.
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as this package's, in words."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, path) from error
    except UnicodeDecodeError as error:
        message = f"{str(path)!r} is damaged: it holds text that is no UTF-8."
        raise CorruptStoreError(message, hint=_RESTORE) from error
    except UnicodeEncodeError as error:
        message = f"The text holds a character that is no valid Unicode: {error.object[error.start]!r}."
        raise StoreError(message, hint="Remove the lone surrogate, which most programs cannot store either.") from error
    except OverflowError as error:
        message = "A number is too large to be stored."
        raise StoreError(message) from error


def _ours(error: sqlite3.Error, path: Path) -> StoreError:
    name = repr(str(path))
    code = getattr(error, "sqlite_errorcode", 0) or 0
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return IllegalTransitionError(f"The store refused the change: {error}.")
    match code & _PRIMARY_CODE:
        case sqlite3.SQLITE_FULL:
            return StoreUnavailableError(
                f"There is no room left to write {name}.",
                hint="Free some space and try again; nothing was half-written.",
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreUnavailableError(
                f"{name} is locked by another process.", hint="Close the other program, or try again in a moment."
            )
        case sqlite3.SQLITE_READONLY:
            return ReadOnlyStoreError(
                f"{name} cannot be written.", hint="Check the permissions of the file and its folder."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_ERROR | sqlite3.SQLITE_FORMAT:
            # A plain error is a table or column that is not there: the statements are ours, so the schema is damaged.
            return CorruptStoreError(f"{name} is damaged: {error}.", hint=_RESTORE)
        case sqlite3.SQLITE_CONSTRAINT:
            return ConflictError(f"The store refused the change: {error}.")
        case sqlite3.SQLITE_TOOBIG:
            return StoreError("The text is too large to be stored.")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_PERM:
            return StoreUnavailableError(
                f"{name} cannot be read or written: {error}.", hint="Check the disk and the permissions."
            )
    if isinstance(error, sqlite3.ProgrammingError):
        return StoreError(
            f"The store was used in a way that it does not allow: {error}.",
            hint="A store belongs to the thread that opened it.",
        )
    return StoreUnavailableError(f"SQLite failed on {name}: {error}.")
