"""A store that is none, newer, foreign, cut off or changed: refused or reported in words, and the file stays as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from fixtures.stores import Make, Opener, digest
from store.audit_head import head_path
from store.errors import CorruptStoreError, NewerSchemaError, StoreError
from store.migrations import schema_version


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


def test_a_schema_that_was_changed_is_reported(opener: Opener, written: Path) -> None:
    raw = sqlite3.connect(written, isolation_level=None)
    raw.execute("DROP TRIGGER audit_is_never_changed")
    raw.execute("CREATE TRIGGER planted AFTER INSERT ON records BEGIN DELETE FROM citations; END")
    raw.close()
    found = {problem.subject: problem.message for problem in opener(written).verify()}
    assert "missing" in found["audit_is_never_changed"]
    assert "not ours" in found["planted"]
