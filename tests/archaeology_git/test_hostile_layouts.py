"""Odd metadata: links, pipes and pointers that lead elsewhere are refused in words, and nothing hangs or runs."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archaeology.errors import NotARepositoryError, RefusedRepositoryError
from archaeology.git import open_repository
from fixtures.hostile import head_of
from fixtures.odd_metadata import CASES, alternates

Git = Callable[..., bytes]
Read = Callable[[Path], str]

pytestmark = pytest.mark.timeout(30)


@pytest.mark.parametrize("name", CASES)
def test_odd_metadata_is_refused_or_harmless(name: str, hostile: Path, read: Read) -> None:
    change, outcomes = CASES[name]
    change(hostile)

    assert read(hostile) in outcomes


@pytest.mark.parametrize(
    "path", [".gitattributes", ".gitmodules", "pkg/.gitattributes", "pkg/core.py", "pkg/.gitignore", ".mailmap"]
)
def test_a_pipe_in_the_work_tree_does_not_hang(path: str, hostile: Path, read: Read) -> None:
    (hostile / path).unlink(missing_ok=True)
    os.mkfifo(hostile / path)
    (hostile / "pkg" / "core.py").touch() if path != "pkg/core.py" else None

    assert read(hostile) == "read"
    with open_repository(hostile) as repository:
        assert "notes.txt" in repository.changed_paths()


@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "core.py", ".."])
def test_a_tracked_file_that_became_a_link_is_not_followed(target: str, hostile: Path, read: Read) -> None:
    (hostile / "pkg" / "core.py").unlink()
    (hostile / "pkg" / "core.py").symlink_to(target)

    assert read(hostile) == "read"
    with open_repository(hostile) as repository:
        assert "pkg/core.py" in repository.changed_paths()


def test_refusals_name_the_way_out(hostile: Path, template: Path) -> None:
    alternates("{store}\n")(hostile)

    with pytest.raises(RefusedRepositoryError) as refusal:
        open_repository(hostile)

    assert "borrows objects" in str(refusal.value)
    assert "git repack" in refusal.value.hint


def test_a_trusted_store_may_be_borrowed_from(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alternates("{store}\n")(hostile)

    with open_repository(hostile, object_stores=[hostile.parent / "store"]) as repository:
        assert head_of(repository)
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(hostile.parent))
    with open_repository(hostile) as repository:
        assert len(list(repository.raw_log(head_of(repository)))) == 3


def test_replacements_and_grafts_are_not_followed(hostile: Path, git: Git) -> None:
    tip, first = git(hostile, "rev-parse", "HEAD", "v1").decode().split()
    git(hostile, "replace", tip, first)
    (hostile / ".git" / "info").mkdir(exist_ok=True)
    (hostile / ".git" / "info" / "grafts").write_text(f"{tip}\n")
    git(hostile, "pack-refs", "--all")

    with open_repository(hostile) as repository:
        assert len(list(repository.raw_log(tip))) == 3
        assert "replacements" in {limit.kind for limit in repository.limits()}


def test_another_owners_repository_is_refused(hostile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(RefusedRepositoryError, match="belongs to another user"):
        open_repository(hostile)

    (tmp_path / ".gitconfig").write_text(f"[user]\n\tname = x\n[safe]\n\tdirectory = {hostile}\n")
    with open_repository(hostile) as repository:
        assert repository.root == hostile


def test_an_embedded_bare_repository_is_not_discovered(hostile: Path, git: Git) -> None:
    git(hostile, "clone", "-q", "--bare", str(hostile), str(hostile / "pkg" / "inner"))
    (hostile / "pkg" / "inner" / "hooks" / "deep").mkdir(parents=True)

    with open_repository(hostile / "pkg" / "inner" / "hooks" / "deep") as repository:
        assert repository.root == hostile


@pytest.mark.parametrize("where", [".", "..", "missing", "file/inside"])
def test_what_is_no_repository_says_so(where: str, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").write_text("x")

    with pytest.raises(NotARepositoryError) as refusal:
        open_repository(tmp_path / "plain" / where)

    assert refusal.value.hint


def test_nothing_is_left_behind_and_nothing_is_written(
    hostile: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = snapshot(hostile)

    assert read(hostile) == "read"

    assert snapshot(hostile) == before
    assert list(scratch.iterdir()) == []


def test_a_repository_that_nobody_closed_leaves_nothing_behind(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    repository = open_repository(hostile)
    assert list(scratch.iterdir())
    del repository
    gc.collect()

    assert list(scratch.iterdir()) == []


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
    }
