"""A store that is open: by two at once, in one thread, in a transaction; what it keeps, and what it clears away."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from fixtures.stores import Make, Opener
from store.errors import StoreError, StoreUnavailableError
from store.filesystems import file_system_of, network_warning
from store.records import RecordState


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
