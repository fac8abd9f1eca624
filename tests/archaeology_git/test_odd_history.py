"""Histories that nobody sane would write: odd times, names, messages and sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archaeology.git import open_repository
from archaeology.git.stream import MAX_ENTRIES, parse_log
from archaeology.history import read_history
from archaeology.history.model import History
from archaeology.inventory import take_inventory
from archaeology.model import Limit
from fixtures.hostile import head_of

Git = Callable[..., bytes]


def history_of(folder: Path, since: str | None = None) -> tuple[History, tuple[Limit, ...]]:
    with open_repository(folder) as repository:
        head = head_of(repository)
        files = take_inventory(repository, head).files
        return read_history(repository, head, files, since=since)


def fast_import(folder: Path, git: Git, *commits: bytes) -> None:
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    stream = b"".join(commits)
    git(folder, "fast-import", "--quiet", "--force", "--date-format=raw-permissive", stdin=stream)


def commit(number: int, who: bytes, message: bytes, path: bytes = b"a.py") -> bytes:
    parent = b"from :%d\n" % (number - 1) if number > 1 else b""
    return b"commit refs/heads/main\nmark :%d\ncommitter %s\ndata %d\n%s\n%sM 100644 inline %s\ndata 2\n%d\n\n" % (
        number, who, len(message), message, parent, path, number % 10,
    )  # fmt: skip


def test_odd_commits(tmp_path: Path, git: Git) -> None:
    folder = tmp_path / "odd"
    fast_import(
        folder,
        git,
        commit(1, b"Mara <mara@example.org> 0 +0000", b"Begin"),
        commit(2, b"Mara <mara@example.org> 253402300800 +0000", b"In the year 10000"),
        commit(3, b"<> 1700000000 +0000", b"Nobody"),
        commit(4, b" <nameless@example.org> 1700000001 +0000", b""),
        commit(
            5,
            b"M\xe4ra <m@example.org> 1700000002 +9999",
            b"Latin \xe4\xf6\xfc because nobody said otherwise, did they",
        ),
        commit(6, b"Esc\x1b[31m <e@example.org> 1700000003 -0000", b"Turn \x1b]52;c;AAAA\x07 \xe2\x80\xae red"),
        commit(
            7, b"X <x@example.org> 1700000004 +0000", b":100644 100644 " + b"0" * 40 + b" " + b"1" * 40 + b" M\nfake"
        ),
        commit(8, b"X <x@example.org> 1700000005 +0000", b"Odd names", b'"caf\\351 \\n\\033.py"'),
    )

    tip, tree = git(folder, "rev-parse", "main", "main^{tree}").split()
    for when in (b"99999999999999999999 +0000", b"-5 +0000", b"tomorrow"):
        raw = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nWhen\n" % (
            tree,
            tip,
            b"W <w@e.org> " + when,
            b"W <w@e.org> " + when,
        )
        tip = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw).strip()
    git(folder, "update-ref", "refs/heads/main", tip.decode())

    history, limits = history_of(folder)

    assert len(history.commits) == 11
    assert limits == ()
    everything = [commit.subject for commit in history.commits] + [commit.author for commit in history.commits]
    assert all(character.isprintable() for text in everything for character in text)
    assert history.commits[9].time == 253402300800
    assert all(commit.author for commit in history.commits)
    assert history.files["a.py"].revisions == 7
    assert "caf\\xe9 \n\x1b.py" in history.files


def test_a_message_with_a_nul(tmp_path: Path, git: Git) -> None:
    folder = tmp_path / "nul"
    fast_import(folder, git, commit(1, b"M <m@e.org> 1 +0000", b"First"))
    tree = git(folder, "rev-parse", "main^{tree}").strip()
    raw = b"tree %s\nauthor A <a@b> 5 +0000\ncommitter A <a@b> 5 +0000\n\nBefore\0:100644 after\n" % tree
    oid = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw).decode().strip()
    git(folder, "update-ref", "refs/heads/main", oid)

    history, _ = history_of(folder)

    assert [commit.subject for commit in history.commits] == ["Before"]


def test_a_tree_that_claims_a_billion_paths_is_bounded(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    blob = git(tmp_path, "hash-object", "-w", "--stdin", stdin=b"x").decode().strip()
    tree = (
        git(tmp_path, "mktree", stdin="".join(f"100644 blob {blob}\tf{n}\n" for n in range(10)).encode())
        .decode()
        .strip()
    )
    for _ in range(8):
        tree = (
            git(tmp_path, "mktree", stdin="".join(f"040000 tree {tree}\td{n}\n" for n in range(10)).encode())
            .decode()
            .strip()
        )
    oid = git(tmp_path, "commit-tree", "-m", "Bomb", tree).decode().strip()
    git(tmp_path, "update-ref", "refs/heads/main", oid)

    with open_repository(tmp_path) as repository:
        inventory = take_inventory(repository, oid, max_files=1000)

    assert len(inventory.files) == 1000
    assert "too_many_files" in {limit.kind for limit in inventory.limits}


def test_a_commit_with_too_many_paths_is_cut() -> None:
    fields = b"\0".join([b"1" * 40, b"", b"5", b"A", b"a@b", b"Many"])
    header = b":000000 100644 " + b"0" * 40 + b" " + b"2" * 40 + b" A\0"
    entries = b"".join(header + b"p%d\0" % number for number in range(MAX_ENTRIES + 10))
    after = b"\0".join([b"3" * 40, b"", b"4", b"B", b"b@c", b"Next"]) + b"\0"
    stream = fields + b"\0\n" + entries + after
    chunks = [stream[start : start + 1_000_000] for start in range(0, len(stream), 1_000_000)]

    first, second = parse_log(chunks)

    assert len(list(first.changes())) <= MAX_ENTRIES
    assert (second.oid, second.message) == ("3" * 40, b"Next")


def test_a_message_of_many_mebibytes_is_cut() -> None:
    huge = b"x" * (3 << 20)
    one = b"\0".join([b"1" * 40, b"", b"5", b"A", b"a@b", huge])
    two = b"\0".join([b"2" * 40, b"", b"4", b"B", b"b@c", b"Next"])
    stream = one + b"\0" + two + b"\0"

    commits = list(parse_log(stream[start : start + 65536] for start in range(0, len(stream), 65536)))

    assert [commit.message[:4] for commit in commits] == [b"xxxx", b"Next"]
    assert len(commits[0].message) <= 2 << 20


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_the_stream_may_break_anywhere(size: int) -> None:
    header = b":100644 100644 " + b"1" * 40 + b" " + b"2" * 40 + b" M"
    parts = [b"1" * 40, b"2" * 40, b"5", b"A", b"a@b", b"One", b"\n" + header, b"a", header, b"b"]
    parts += [
        b"2" * 40,
        b"3" * 40 + b" " + b"4" * 40,
        b"4",
        b"B",
        b"b@c",
        b"Merge",
        b"3" * 40,
        b"",
        b"x",
        b"",
        b"",
        b"",
    ]
    stream = b"\0".join(parts) + b"\0"

    commits = list(parse_log(stream[start : start + size] for start in range(0, len(stream), size)))

    assert [(commit.oid[0], commit.parents, commit.time, len(commit.entries) // 2) for commit in commits] == [
        ("1", 1, 5, 2),
        ("2", 2, 4, 0),
        ("3", 0, 0, 0),
    ]
