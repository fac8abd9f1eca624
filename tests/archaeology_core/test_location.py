"""Finding the root of a repository by looking at folders only."""

from __future__ import annotations

from pathlib import Path

import pytest

from archaeology.errors import NotARepositoryError
from archaeology.location import find_root


def test_finds_the_root_from_a_folder_and_from_a_file_inside(tmp_path: Path) -> None:
    inner = tmp_path / "src" / "pkg"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (inner / "x.py").write_text("")
    assert find_root(inner) == tmp_path
    assert find_root(inner / "x.py") == tmp_path


def test_takes_a_worktree_whose_git_is_a_file(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /elsewhere\n")
    assert find_root(tmp_path) == tmp_path


def test_takes_a_bare_repository(tmp_path: Path) -> None:
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "objects").mkdir()
    (tmp_path / "refs").mkdir()
    assert find_root(tmp_path / "refs") == tmp_path


@pytest.mark.parametrize("name", ["missing", "loop"])
def test_refuses_a_path_that_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(NotARepositoryError, match="no folder") as caught:
        find_root(tmp_path / name)
    assert caught.value.hint


def test_refuses_a_folder_outside_any_repository(tmp_path: Path) -> None:
    with pytest.raises(NotARepositoryError, match="not inside a git repository"):
        find_root(tmp_path)
