from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from store import Store, open_store
from store.audit_head import head_path
from store.errors import (
    CorruptStoreError,
    NewerSchemaError,
    ReadOnlyStoreError,
    StoreError,
    StoreUnavailableError,
)
from store.filesystems import file_system_of, network_warning
from store.migrations import MIGRATIONS, schema_version
from store.opening import open_writable
from store.records import Actor, ActorKind, IntentRecord, RecordState

Make = Callable[..., IntentRecord]
Opener = Callable[..., Store]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def written(opener: Opener, make: Make, tmp_path: Path) -> Path:
    """A store with a few records, closed."""
    path = tmp_path / "alloy.db"
    store = opener(path)
    for name in "abc":
        store.records.save_new(make(name))
    store.close()
    return path


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"SQLite format 3\x00", b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_what_is_no_database_is_refused_unchanged(opener: Opener, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "alloy.db"
    path.write_bytes(content)
    with pytest.raises(CorruptStoreError) as refused:
        opener(path)
    assert refused.value.hint
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["alloy.db"]


def test_a_foreign_database_is_refused_unchanged(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "alloy.db"
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("CREATE TABLE records (id TEXT)")
    raw.commit()
    raw.close()
    before = digest(path)
    with pytest.raises(CorruptStoreError, match="not one of Alloy"):
        opener(path)
    assert digest(path) == before


def test_a_newer_schema_is_refused_unchanged(opener: Opener, written: Path) -> None:
    raw = sqlite3.connect(written)
    raw.execute(f"PRAGMA user_version = {schema_version() + 1}")
    raw.close()
    before = digest(written)
    for read_only in (False, True):
        with pytest.raises(NewerSchemaError, match="newer version"):
            opener(written, read_only=read_only)
    assert digest(written) == before


def test_a_newer_schema_that_is_only_in_the_log_is_refused_too(opener: Opener, written: Path) -> None:
    raw = sqlite3.connect(written, isolation_level=None)
    raw.execute("PRAGMA wal_autocheckpoint = 0")
    raw.execute(f"PRAGMA user_version = {schema_version() + 1}")
    before = digest(written)
    with pytest.raises(NewerSchemaError):
        opener(written)
    assert digest(written) == before
    raw.close()


def test_every_way_of_cutting_it_off_is_noticed(opener: Opener, written: Path) -> None:
    whole = written.read_bytes()
    for size in (1, 99, 100, 4096, len(whole) // 2, len(whole) - 1):
        written.write_bytes(whole[:size])
        with pytest.raises(CorruptStoreError):
            opener(written)
        assert written.read_bytes() == whole[:size]


def test_flipped_bytes_end_in_words_or_are_reported(opener: Opener, written: Path) -> None:
    whole = written.read_bytes()
    with sqlite3.connect(written) as raw:
        places = [row[0] for row in raw.execute("SELECT body FROM record_versions")]
    raw.close()
    for body in places:
        at = whole.index(body.encode()) + len(body) // 2
        written.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        store = opener(written)
        assert any(problem.fatal for problem in store.verify())
        store.close()


def test_damaged_pages_never_end_in_a_traceback(opener: Opener, written: Path) -> None:
    whole = written.read_bytes()
    refused = reported = 0
    filled = [at for at, byte in enumerate(whole) if byte and at >= 100]
    for at in filled[:: len(filled) // 80]:
        written.write_bytes(whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 8]) + whole[at + 8 :])
        try:
            store = opener(written)
            reported += bool(store.verify())
            store.records.list()
            store.audit.entries()
        except StoreError:
            refused += 1
    assert refused + reported > 20


def test_a_cut_or_rewritten_audit_trail_is_refused(opener: Opener, written: Path, make: Make) -> None:
    older = written.read_bytes()
    store = opener(written)
    store.records.save_new(make("later"))
    store.close()
    newer = written.read_bytes()
    written.write_bytes(older)
    with pytest.raises(CorruptStoreError, match="cut or replaced"):
        opener(written)
    assert written.read_bytes() == older
    written.write_bytes(newer)
    head = head_path(written)
    head.write_text(head.read_text().replace('"hash": "', '"hash": "0'))
    with pytest.raises(CorruptStoreError, match="not the one that was written"):
        opener(written)


def test_an_older_or_missing_head_is_healed_by_the_next_write(opener: Opener, written: Path, make: Make) -> None:
    head = head_path(written)
    older = head.read_bytes()
    store = opener(written)
    store.records.save_new(make("later"))
    store.close()
    head.write_bytes(older)  # as if the process had died between the commit and the head
    store = opener(written)
    assert store.warnings == ()
    assert store.verify() == ()
    store.records.save_new(make("latest"))
    assert head.read_bytes() != older
    store.close()
    head.unlink()
    store = opener(written)
    assert "missing" in store.warnings[0]
    store.records.save_new(make("again"))
    assert store.verify() == ()


def test_a_new_store_has_a_head_before_its_first_write(opener: Opener, tmp_path: Path) -> None:
    store = opener(tmp_path / "new.db")
    assert head_path(store.path).exists()
    assert store.verify() == ()


def test_a_damaged_head_is_reported(opener: Opener, written: Path) -> None:
    head_path(written).write_text("{")
    store = opener(written)
    assert "damaged" in store.warnings[0]


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


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(opener: Opener, written: Path, make: Make) -> None:
    store = opener(written)
    store._db.rows("PRAGMA max_page_count = 1")
    before = store.audit.head
    with pytest.raises(StoreUnavailableError, match="no room"):
        store.records.save_new(make("big", facets={"capability": "x" * 2_000_000}))
    assert store.audit.head == before
    store._db.rows("PRAGMA max_page_count = 1073741823")
    assert store.records.save_new(make("big")).version == 1
    assert store.verify() == ()


def test_a_limit_on_file_sizes_is_said_in_words_too(written: Path, make: Make) -> None:
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=_write_until_full, args=(written, make, results))
    child.start()
    kind, kept = results.get(timeout=60)
    child.join(30)
    assert kind == "StoreUnavailableError"
    store = open_store(
        written, clock=lambda: datetime.now(UTC), new_id=lambda: "x", actor=Actor(kind=ActorKind.PERSON, name="a")
    )
    assert len(store.records.list()) == kept
    assert store.verify() == ()
    store.close()


def _write_until_full(path: Path, make: Make, results: Any) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = open_store(
        path, clock=lambda: datetime.now(UTC), new_id=lambda: "x", actor=Actor(kind=ActorKind.PERSON, name="a")
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
    kept = len(store.records.list())
    try:
        for number in range(1000):
            store.records.save_new(make(f"n{number}", facets={"capability": "x" * 50_000}))
            kept += 1
    except StoreError as error:
        results.put((type(error).__name__, kept))


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder outside the test's own, because that is closed to other users."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_opened_for_reading(written: Path, make: Make, as_nobody: Path) -> None:
    path = as_nobody / "alloy.db"
    shutil.copy(written, path)
    path.chmod(0o444)
    as_nobody.chmod(0o555)
    before = digest(path)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=_read_as_nobody, args=(path, make, results))
    child.start()
    found = results.get(timeout=60)
    child.join(30)
    assert found == (True, 3, "ReadOnlyStoreError", True)
    assert digest(path) == before
    assert [each.name for each in as_nobody.iterdir()] == ["alloy.db"]


def _read_as_nobody(path: Path, make: Make, results: Any) -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    store = open_store(
        path, clock=lambda: datetime.now(UTC), new_id=lambda: "x", actor=Actor(kind=ActorKind.PERSON, name="a")
    )
    try:
        store.records.save_new(make("new"))
        refused = ""
    except ReadOnlyStoreError as error:
        refused = type(error).__name__
    results.put((store.read_only, len(store.records.list()), refused, "reading only" in store.warnings[0]))


def test_opening_for_reading_refuses_to_write_and_needs_a_file(
    opener: Opener, written: Path, make: Make, tmp_path: Path
) -> None:
    store = opener(written, read_only=True)
    assert len(store.records.list()) == 3
    with pytest.raises(ReadOnlyStoreError):
        store.records.save_new(make("x"))
    with pytest.raises(StoreUnavailableError, match="no store"):
        opener(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_backup_holds_the_newest_write_and_never_overwrites(
    opener: Opener, written: Path, make: Make, tmp_path: Path
) -> None:
    store = opener(written)
    store.records.save_new(make("newest"))
    copy = store.backup(tmp_path / "copy.db")
    assert opener(copy).records.find("alloy.intent.newest") is not None
    with pytest.raises(StoreUnavailableError, match="exists already"):
        store.backup(copy)
    with pytest.raises(StoreUnavailableError, match="does not exist"):
        store.backup(tmp_path / "no" / "where")
    assert store.backup(tmp_path).parent == tmp_path


def test_two_see_each_other_and_readers_are_never_blocked(opener: Opener, written: Path, make: Make) -> None:
    one, two = opener(written), opener(written)
    seen = two.data_version()
    with one.transaction():
        one.records.save_new(make("new"))
        assert two.records.find("alloy.intent.new") is None
        assert two.data_version() == seen
    assert two.data_version() != seen
    assert two.records.find("alloy.intent.new") is not None


def test_a_store_belongs_to_its_thread(opener: Opener, written: Path) -> None:
    store = opener(written)
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            store.records.list()
        except StoreError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "thread" in str(caught[0].__cause__)


def test_a_write_outside_a_transaction_cannot_happen(opener: Opener, written: Path) -> None:
    store = opener(written)
    with pytest.raises(StoreError, match="outside a transaction"):
        store._db.execute("DELETE FROM searchable")
    with pytest.raises(StoreError):
        store._db.rows("DELETE FROM searchable RETURNING id")
    store._db.database.conn.commit()
    assert len(store.records.search("providers")) == 3


def test_network_file_systems_are_warned_of() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/x /home nfs4 rw 0 0\ntmpfs /home/me/my\\040dir tmpfs rw 0 0\nbroken\n"
    assert file_system_of(Path("/home/me/repo/.alloy/alloy.db"), mounts) == "nfs4"
    assert file_system_of(Path("/home/me/my dir/alloy.db"), mounts) == "tmpfs"
    assert "network file system" in network_warning(Path("/home/me/alloy.db"), mounts)[0]
    assert network_warning(Path("/srv/alloy.db"), mounts) == ()


def test_what_was_accepted_is_still_accepted_after_opening_again(opener: Opener, written: Path) -> None:
    store = opener(written)
    store.records.transition("alloy.intent.a", RecordState.ACCEPTED)
    store.close()
    assert opener(written).records.get("alloy.intent.a").state is RecordState.ACCEPTED


def test_what_killed_processes_left_is_removed_after_a_while(opener: Opener, written: Path) -> None:
    old, fresh, other = (written.with_name(f"alloy.db.{name}") for name in ("audit.head.aa.tmp", "bb.new", "notes"))
    for leftover in (old, fresh, other):
        leftover.write_text("x")
    os.utime(old, (1, 1))
    os.utime(other, (1, 1))
    opener(written)
    assert (old.exists(), fresh.exists(), other.exists()) == (False, True, True)


def test_a_schema_that_was_changed_is_reported(opener: Opener, written: Path) -> None:
    raw = sqlite3.connect(written, isolation_level=None)
    raw.execute("DROP TRIGGER audit_is_never_changed")
    raw.execute("CREATE TRIGGER planted AFTER INSERT ON records BEGIN DELETE FROM citations; END")
    raw.close()
    found = {problem.subject: problem.message for problem in opener(written).verify()}
    assert "missing" in found["audit_is_never_changed"]
    assert "not ours" in found["planted"]
