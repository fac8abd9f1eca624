"""Disks that are full and folders that cannot be written: said in words, and nothing half written."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fixtures.stores import Make, Opener, digest
from store import open_store
from store.errors import ReadOnlyStoreError, StoreError, StoreUnavailableError
from store.records import Actor, ActorKind


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
