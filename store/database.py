"""The store: one file, opened whole, read by many and written by one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Self

from store.audit import AuditTrail
from store.audit_head import Head, clear_leftovers
from store.connection import Connection
from store.errors import CorruptStoreError, StoreUnavailableError
from store.filesystems import network_warning
from store.opening import open_readable, open_writable
from store.problems import Problem
from store.records import Actor
from store.runs import AuditEntry
from store.session import Session, timestamp
from store.tables.artifacts import ArtifactTable
from store.tables.briefs import BriefTable
from store.tables.hypotheses import HypothesisTable
from store.tables.interviews import InterviewTable
from store.tables.records import RecordTable
from store.tables.scans import ScanTable
from store.verification import verify_store


def open_store(
    path: Path,
    *,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    actor: Actor,
    read_only: bool = False,
) -> Store:
    """Open the store at a path, creating it (and its folder) if it is not there; bind it to this thread.

    Where the folder cannot be written, an existing store is opened for reading and says so in ``warnings``.

    Raises:
        CorruptStoreError: the file is empty, foreign or damaged, or its audit trail was cut or rewritten. It is unchanged.
        NewerSchemaError: a newer version wrote it. It is unchanged.
        StoreUnavailableError: it cannot be opened or locked, or there is no room.
    """
    path = Path(path)
    warnings: list[str] = []
    if not read_only and path.exists() and not (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)):
        warnings.append(f"{str(path)!r} or its folder cannot be written: it is open for reading only.")
        read_only = True
    backup: Path | None = None
    if read_only:
        connection, more = open_readable(path)
        warnings += more
    else:
        connection, backup = open_writable(path)
        clear_leftovers(path)
    if backup is not None:
        warnings.append(f"The store was brought up to date; what was there before is in {str(backup)!r}.")
    warnings += network_warning(path)
    try:
        return Store(connection, clock=clock, new_id=new_id, actor=actor, warnings=warnings)
    except BaseException:
        connection.close()
        raise


class Store:
    """What is known about one project. Bound to the thread that opened it; every write is one transaction or part of one."""

    def __init__(
        self,
        connection: Connection,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        actor: Actor,
        warnings: list[str],
    ) -> None:
        """Take over a connection; use :func:`open_store`."""
        self._db = connection
        self._trail = AuditTrail(connection)
        self._warnings = warnings
        self._check_trail()
        if not connection.read_only:
            self._trail.begin()
        project_id = self._project(clock, new_id)
        session = Session(
            db=connection, audit=self._trail, clock=clock, new_id=new_id, actor=actor, project_id=project_id
        )
        self.actor = actor
        self.project_id = project_id
        self.records = RecordTable(session)
        self.scans = ScanTable(session)
        self.hypotheses = HypothesisTable(session, self.scans)
        self.interviews = InterviewTable(session)
        self.artifacts = ArtifactTable(session)
        self.briefs = BriefTable(session)
        self.audit = AuditView(self._trail)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._db.path

    @property
    def read_only(self) -> bool:
        """Whether writes are refused with ReadOnlyStoreError."""
        return self._db.read_only

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about this file, in sentences."""
        return (*self._warnings, *self._trail.warnings)

    def transaction(self) -> AbstractContextManager[None]:
        """Make several writes all or nothing. A transaction inside another is a part of it that can fail alone."""
        return self._db.transaction()

    def data_version(self) -> int:
        """Return a number that changes when another connection has written; one's own writes do not change it."""
        return int(self._db.value("PRAGMA data_version"))

    def backup(self, destination: Path) -> Path:
        """Copy the whole store, the newest writes included, to a new file or into a folder; return the file.

        Raises StoreUnavailableError if the file exists or cannot be written.
        """
        target = Path(destination)
        if target.is_dir():
            target /= f"{self.path.name}.{self.audit.head.sequence}.backup"
        if target.exists():
            message = f"{str(target)!r} exists already."
            raise StoreUnavailableError(message, hint="A backup never overwrites anything: name another file.")
        if not target.parent.is_dir():
            message = f"The folder {str(target.parent)!r} does not exist."
            raise StoreUnavailableError(message)
        try:
            self._db.backup_to(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target

    def verify(self) -> tuple[Problem, ...]:
        """Check everything: pages, keys, versions, artifacts, the audit chain and its head. Reads the whole file."""
        return verify_store(self._db, self._trail, self.artifacts)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_trail(self) -> None:
        for problem in self._trail.check_head():
            if problem.fatal:
                hint = "Restore the newest backup. If going back to an older file was meant, delete the .audit.head file beside it."
                raise CorruptStoreError(problem.message, hint=hint)
            self._warnings.append(problem.message)

    def _project(self, clock: Callable[[], datetime], new_id: Callable[[], str]) -> str:
        known = self._db.value("SELECT id FROM projects ORDER BY created_at, id LIMIT 1")
        if known is None and not self.read_only:
            with self._db.transaction():
                known = self._db.value("SELECT id FROM projects LIMIT 1")
                if known is None:
                    known = new_id()
                    name = self.path.absolute().parent.parent.name or "project"
                    self._db.insert("projects", {"id": known, "name": name, "created_at": timestamp(clock())})
        return str(known or "")


class AuditView:
    """The audit trail, for reading."""

    def __init__(self, trail: AuditTrail) -> None:
        """Show a trail."""
        self._trail = trail

    @property
    def head(self) -> Head:
        """The newest entry's sequence number and hash."""
        return self._trail.head

    def entries(self, subject: str | None = None, limit: int = 100) -> tuple[AuditEntry, ...]:
        """Return entries, newest first, of one subject or of all."""
        return self._trail.entries(subject, limit)

    def verify(self) -> tuple[Problem, ...]:
        """Walk the whole chain and compare its end with the head that is kept outside the database."""
        return self._trail.verify()
