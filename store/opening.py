"""Opening a file: what is not ours, is damaged, or is newer, is refused with the file unchanged; what is new is made whole or not at all."""

from __future__ import annotations

import os
import secrets
import sqlite3
import struct
from pathlib import Path
from urllib.parse import quote

from sqlite_utils.migrations import Migrations

from store.connection import Connection, translated
from store.errors import CorruptStoreError, NewerSchemaError, ReadOnlyStoreError, StoreUnavailableError
from store.migrations import APPLICATION_ID, MIGRATIONS, apply_all, schema_version

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_OLDEST_SQLITE = (3, 37, 0)
_BUSY_SECONDS = 15.0
_RESTORE = "Move it away and put the newest backup in its place, or name another file with --db."


def check_file(path: Path, newest: int | None = None) -> None:
    """Raise CorruptStoreError or NewerSchemaError if a file is not a store that this program can use. Reads only the file itself."""
    newest = schema_version() if newest is None else newest
    name = repr(str(path))
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            header = stream.read(_HEADER)
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        raise StoreUnavailableError(message, hint="Check its permissions.") from error
    if size == 0:
        message = f"{name} is empty."
        raise CorruptStoreError(message, hint=f"It is not a new store, which is never empty. {_RESTORE}")
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        message = f"{name} is no SQLite database, or its beginning is damaged."
        raise CorruptStoreError(message, hint=_RESTORE)
    user_version, application_id = struct.unpack(">I", header[60:64])[0], struct.unpack(">I", header[68:72])[0]
    if application_id != APPLICATION_ID:
        message = f"{name} is a SQLite database, but not one of Alloy Assist's."
        raise CorruptStoreError(message, hint="Nothing was changed in it. Name another file with --db.")
    _check_version(path, user_version, newest)
    page_size = struct.unpack(">H", header[16:18])[0] or 1
    page_size = 65536 if page_size == 1 else page_size
    pages = struct.unpack(">I", header[28:32])[0]
    log = path.with_name(f"{path.name}-wal")
    # With a write-ahead log beside it, pages that the file lacks may be in there, and SQLite puts them together. Somebody else may be doing
    # that just now: the log goes when the file is whole, so the file is measured after it was seen that there is no log.
    if not _has_content(log) and (size := path.stat().st_size) < pages * page_size:
        message = f"{name} is cut off: it has {size} of {pages * page_size} bytes."
        raise CorruptStoreError(message, hint=_RESTORE)


def open_writable(path: Path, migrations: Migrations = MIGRATIONS) -> tuple[Connection, Path | None]:
    """Open for reading and writing; create what is not there, bring older schemas up to date.

    Returns the connection and the backup that was made before a migration, if one was. Raises a StoreError.
    """
    _check_library()
    if not path.exists():
        _create(path, migrations)
    newest = schema_version(migrations)
    check_file(path, newest)
    connection = _connect(path, "rw", read_only=False)
    try:
        _check_version(path, connection.value("PRAGMA user_version"), newest)
        connection.rows("PRAGMA journal_mode = WAL")
        connection.rows("PRAGMA synchronous = FULL")
        backup = _migrate(connection, migrations) if connection.value("PRAGMA user_version") < newest else None
    except BaseException:
        connection.close()
        raise
    return connection, backup


def open_readable(path: Path) -> tuple[Connection, tuple[str, ...]]:
    """Open for reading only, also where the folder cannot be written. Returns the connection and warnings. Raises a StoreError."""
    _check_library()
    if not path.exists():
        message = f"There is no store at {str(path)!r}."
        raise StoreUnavailableError(message, hint="`alloy init` makes one.")
    check_file(path)
    warnings: tuple[str, ...] = ()
    connection = _connect(path, "ro", read_only=True)
    try:
        connection.value("SELECT count(*) FROM sqlite_schema")
    except (StoreUnavailableError, ReadOnlyStoreError):
        # SQLite wants to make files beside the database, and cannot.
        connection.close()
        connection = _connect(path, "ro&immutable=1", read_only=True)
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            warnings = (f"{str(log)!r} cannot be used here, so that the newest changes are not seen.",)
    try:
        _check_current(path, connection.value("PRAGMA user_version"))
    except BaseException:
        connection.close()
        raise
    return connection, warnings


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _connect(path: Path, mode: str, *, read_only: bool) -> Connection:
    with translated(path):
        uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
        raw = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        return Connection(raw, path, read_only=read_only)
    except BaseException:
        raw.close()
        raise


def _create(path: Path, migrations: Migrations) -> None:
    """Make the file beside its place and link it in, so that nobody ever sees half of it and the first of two processes wins."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {str(path.parent)!r} cannot be made: {error.strerror}."
        raise StoreUnavailableError(message, hint="Check the permissions, or name another file with --db.") from error
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}.new")
    try:
        with translated(temporary):
            raw = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection = Connection(raw, temporary, read_only=False)
            connection.rows("PRAGMA journal_mode = WAL")
            connection.rows("PRAGMA synchronous = FULL")
            with connection.transaction(), translated(path):
                apply_all(connection.database, migrations)
        finally:
            raw.close()
        _link(temporary, path)
    finally:
        for leftover in (
            temporary,
            *(temporary.with_name(f"{temporary.name}{suffix}") for suffix in ("-wal", "-shm", "-journal")),
        ):
            leftover.unlink(missing_ok=True)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        return  # another process was first, and its file is as good
    except OSError:
        # A file system without hard links; the name is free or was taken a moment ago by another new store, which is as good.
        if not path.exists():
            temporary.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _migrate(connection: Connection, migrations: Migrations) -> Path | None:
    """Bring an older file up to date in one transaction, after a backup that another connection takes under its lock."""
    newest = schema_version(migrations)
    with connection.transaction():
        found = connection.value("PRAGMA user_version")
        if found >= newest:
            return None
        backup = _free_name(connection.path, found)
        reader = _connect(connection.path, "ro", read_only=True)
        try:
            reader.backup_to(backup)
        finally:
            reader.close()
        with translated(connection.path):
            apply_all(connection.database, migrations)
    return backup


def _free_name(path: Path, version: int) -> Path:
    number = 1
    while (candidate := path.with_name(f"{path.name}.before-schema-{version}.{number}.backup")).exists():
        number += 1
    return candidate


def _check_version(path: Path, found: int, newest: int) -> None:
    if found > newest:
        message = (
            f"{str(path)!r} was written by a newer version of Alloy Assist (schema {found}; this one knows {newest})."
        )
        raise NewerSchemaError(message, hint="Nothing was changed in it. Install the newer version.")


def _check_current(path: Path, found: int) -> None:
    _check_version(path, found, schema_version())
    if found < schema_version():
        message = f"{str(path)!r} has an older schema ({found}) and is open for reading only, so that it cannot be brought up to date."
        raise ReadOnlyStoreError(message, hint="Open it once where it can be written.")


def _check_library() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} is too old; {'.'.join(map(str, _OLDEST_SQLITE))} is needed."
        raise StoreUnavailableError(message, hint="Use a newer Python, which brings a newer SQLite.")
