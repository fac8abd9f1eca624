"""Lines added and deleted: right, cached by commit, and partial when the time or the objects run out."""

from __future__ import annotations

from pathlib import Path

import pytest

from archaeology.cache import Cache
from archaeology.errors import ScanCancelledError
from archaeology.git import open_repository
from archaeology.history import read_history, read_log
from archaeology.history.churn import Churn, read_churn
from archaeology.history.model import History
from archaeology.inventory import take_inventory
from archaeology.progress import Cancelled, never_cancelled
from fixtures.builder import RepositoryBuilder
from fixtures.hostile import head_of


@pytest.fixture
def repository_folder(tmp_path: Path) -> Path:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.write("old.py", "1\n2\n3\n").write("pic.png", b"\x89PNG\0\1").commit("Add")
    builder.rename("old.py", "new.py").commit("Move")
    builder.write("new.py", "1\n2\nthree\nfour\n").write("a\tb.py", "x\n").commit("Change")
    builder.git("commit", "-q", "--allow-empty", "-m", "Nothing")
    return builder.folder


def history_with_lines(folder: Path, cache: Cache | None = None) -> History:
    with open_repository(folder) as repository:
        head = head_of(repository)
        files = take_inventory(repository, head).files
        return read_history(repository, head, files, cache=cache, churn_seconds=60)[0]


def churn_of(
    folder: Path, cache: Cache | None = None, seconds: float = 60, cancelled: Cancelled = never_cancelled
) -> Churn:
    with open_repository(folder) as repository:
        head = head_of(repository)
        files = take_inventory(repository, head).files
        return read_churn(
            repository, read_log(repository, head), files, {}, seconds=seconds, cache=cache, cancelled=cancelled
        )


def test_lines_are_counted_under_present_names(repository_folder: Path) -> None:
    history = history_with_lines(repository_folder)

    lines = {path: (file.lines_added, file.lines_deleted) for path, file in history.files.items()}
    assert lines == {"new.py": (8, 4), "a\tb.py": (1, 0), "pic.png": (None, None)}
    assert history.partial == ""


def test_counts_are_cached_by_commit(repository_folder: Path, tmp_path: Path) -> None:
    with Cache.open(tmp_path / "cache") as cache:
        first = churn_of(repository_folder, cache)
        again = churn_of(repository_folder, cache, seconds=0)

    assert first == again
    assert (again.counted, again.total, again.partial) == (4, 4, "")


def test_counts_do_not_depend_on_how_the_commits_are_shared_out(
    repository_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = churn_of(repository_folder)
    monkeypatch.setattr("archaeology.history.churn._FEW", 1)
    monkeypatch.setattr("archaeology.history.churn._LEAST_BLOCK", 1)

    assert churn_of(repository_folder) == at_once
    assert at_once.counted == 4


def test_without_time_it_says_that_it_is_partial(repository_folder: Path) -> None:
    churn = churn_of(repository_folder, seconds=0)

    assert (churn.counted, churn.lines) == (0, {})
    assert "0 of 4 commits" in churn.partial


def test_missing_contents_make_it_partial(repository_folder: Path) -> None:
    with open_repository(repository_folder) as repository:
        entries = repository.tree(head_of(repository))
    blob = next(entry.blob for entry in entries if entry.path == "new.py")
    (repository_folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    churn = churn_of(repository_folder)

    assert churn.counted < 4
    assert "git diff-tree failed" in churn.partial


def test_it_can_be_cancelled(repository_folder: Path) -> None:
    with pytest.raises(ScanCancelledError):
        churn_of(repository_folder, cancelled=lambda: True)
