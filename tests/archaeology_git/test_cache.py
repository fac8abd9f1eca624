"""The cache: keeps, forgets the least used, survives everything, and stops nothing."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from pathlib import Path

import pytest

from archaeology.cache import Cache


def file_of(folder: Path) -> Path:
    (file,) = folder.glob("*.db")
    return file


def test_what_was_put_is_there_next_time(tmp_path: Path) -> None:
    with Cache.open(tmp_path / "made" / "on the way") as cache:
        cache.put_many("facts:1", {"a": b"one", "b": b"\0two"})
        cache.put_many("facts:1", {"a": b"three"})
    with Cache.open(tmp_path / "made" / "on the way") as cache:
        assert cache.get_many("facts:1", ["a", "b", "c", "a"]) == {"a": b"three", "b": b"\0two"}
        assert cache.get_many("facts:2", ["a"]) == {}
        assert cache.limits() == ()
        cache.clear()
        assert cache.get_many("facts:1", ["a"]) == {}


def test_many_keys_at_once(tmp_path: Path) -> None:
    items = {f"key {number}": b"%d" % number for number in range(5000)}
    with Cache.open(tmp_path) as cache:
        cache.put_many("k", items)
        assert cache.get_many("k", items) == items


def test_without_a_folder_nothing_is_kept() -> None:
    with Cache.open(None) as cache:
        cache.put_many("k", {"a": b"x"})
        assert cache.get_many("k", ["a"]) == {}
        assert cache.limits() == ()


def test_the_least_used_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000_000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    with Cache.open(tmp_path, 1) as cache:
        for number in range(10):
            cache.put_many("k", {str(number): b"x" * 100_000})
            clock[0] += 100_000
        assert "0" in cache.get_many("k", ["0"])  # used again, so it stays
        clock[0] += 100_000
        for number in range(10, 14):
            cache.put_many("k", {str(number): b"x" * 100_000})
            clock[0] += 100_000
    with Cache.open(tmp_path, 1) as cache:
        left = set(cache.get_many("k", map(str, range(14))))
    assert {"0", "13"} <= left
    assert not {"1", "2", "3"} & left
    assert file_of(tmp_path).stat().st_size < 2 << 20


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    with Cache.open(tmp_path, 1) as cache:
        cache.put_many("k", {"large": b"x" * 500_000, "small": b"x"})
        assert set(cache.get_many("k", ["large", "small"])) == {"small"}


@pytest.mark.parametrize("content", [b"nonsense" * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_damaged_file_is_begun_again(content: bytes, tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        cache.put_many("k", {"a": b"x"})
    file_of(tmp_path).write_bytes(content)

    with Cache.open(tmp_path) as cache:
        cache.put_many("k", {"b": b"y"})
        assert cache.get_many("k", ["a", "b"]) == {"b": b"y"}


def test_damage_while_reading_turns_it_off_and_says_so(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        cache.put_many("k", {str(number): b"x" * 2000 for number in range(500)})
    file = file_of(tmp_path)
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xab" * (len(content) - 8192)
    file.write_bytes(bytes(content))

    with Cache.open(tmp_path) as cache:
        cache.get_many("k", [str(number) for number in range(500)])
        cache.put_many("k", {"new": b"x"})
        assert cache.get_many("k", ["new"]) in ({}, {"new": b"x"})


def test_an_older_schema_is_begun_again(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        cache.put_many("k", {"a": b"x"})
    connection = sqlite3.connect(file_of(tmp_path))
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()

    with Cache.open(tmp_path) as cache:
        assert cache.get_many("k", ["a"]) == {}
        cache.put_many("k", {"a": b"y"})
        assert cache.get_many("k", ["a"]) == {"a": b"y"}


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with Cache.open(tmp_path / "file" / "cache") as cache:
        cache.put_many("k", {"a": b"x"})
        assert cache.get_many("k", ["a"]) == {}
        assert [limit.kind for limit in cache.limits()] == ["cache"]


def limit_pages(cache: Cache, pages: int) -> None:
    connection = cache._connection
    if connection is None:
        pytest.fail("the cache is off")
    connection.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_turns_it_off_and_says_so(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        cache.put_many("k", {"a": b"x"})
        limit_pages(cache, 8)
        cache.put_many("k", {str(number): b"x" * 4000 for number in range(100)})
        assert "full" in cache.limits()[0].detail
        assert cache.get_many("k", ["a"]) == {}
    with Cache.open(tmp_path) as cache:
        assert cache.get_many("k", ["a", "1"]) == {"a": b"x"}


def write_much(folder: Path, name: str) -> None:
    with Cache.open(folder) as cache:
        for number in range(60):
            cache.put_many("k", {f"{name}-{number}-{part}": b"x" * 500 for part in range(10)})
            cache.get_many("k", [f"{name}-{number}-0"])
        if cache.limits():
            raise SystemExit(cache.limits()[0].detail)


def test_two_scans_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_much, args=(tmp_path, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0, 0]
    with Cache.open(tmp_path) as cache:
        wanted = [f"{name}-{number}-{part}" for name in "ab" for number in range(60) for part in range(10)]
        assert len(cache.get_many("k", wanted)) == len(wanted)
