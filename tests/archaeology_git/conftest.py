"""Repositories to be afraid of: a template, a canary that a planted program would wake, and a run of everything that reads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archaeology.errors import ArchaeologyError
from archaeology.git import open_repository
from archaeology.history import read_history
from archaeology.inventory import take_inventory
from fixtures.hostile import Canary, plain_git


@pytest.fixture
def canary(tmp_path: Path) -> Canary:
    """A fresh canary."""
    return Canary.hatch(tmp_path)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository with three commits, a branch, a tag, attributes and a packed and a loose ref."""
    folder = tmp_path_factory.mktemp("template") / "repo"
    folder.mkdir()
    plain_git(folder, "init", "-q", "--template=", "-b", "main")
    (folder / "pkg").mkdir()
    (folder / "pkg" / "core.py").write_text("import os\n\n\ndef pay():\n    return os.name\n")
    (folder / "notes.txt").write_text("one\n")
    (folder / ".gitattributes").write_text("*.txt diff=evil filter=evil\n")
    plain_git(folder, "add", "-A")
    plain_git(folder, "commit", "-q", "-m", "Add core")
    plain_git(folder, "tag", "v1")
    (folder / "notes.txt").write_text("two\n")
    plain_git(folder, "commit", "-q", "-am", "Change notes because one was not enough")
    plain_git(folder, "branch", "side")
    plain_git(folder, "pack-refs", "--all")
    (folder / "pkg" / "core.py").write_text("import os\n\n\ndef pay():\n    return os.name + '!'\n")
    plain_git(folder, "commit", "-q", "-am", "Fix pay")
    return folder


@pytest.fixture
def hostile(template: Path, tmp_path: Path) -> Path:
    """A copy of the template that a test may make hostile; one tracked file is changed, so that git must compare."""
    folder = tmp_path / "hostile"
    shutil.copytree(template, folder, symlinks=True)
    (folder / "notes.txt").write_text("three\n")
    return folder


@pytest.fixture
def git() -> Callable[..., bytes]:
    """Plain git, for building repositories and for showing what it would have done."""
    return plain_git


def read_everything(folder: Path) -> str:
    """Ask everything that can be asked; return ``read``, or the name of the typed error that refused."""
    try:
        with open_repository(folder) as repository:
            repository.info()
            repository.limits()
            repository.changed_paths()
            repository.fingerprint()
            repository.references()
            head = repository.resolve(None)
            if head is None:
                return "unborn"
            entries = repository.tree(head)
            list(repository.blobs([entry.blob for entry in entries]))
            for commit in list(repository.raw_log(head)):
                repository.show(commit.oid)
                repository.commit_message(commit.oid)
            repository.blame("pkg/core.py", 1, 2, head)
            repository.blame("notes.txt", 1, 1, head)
            inventory = take_inventory(repository, head)
            read_history(repository, head, inventory.files)
    except ArchaeologyError as error:
        if not (str(error) and error.hint):
            pytest.fail(f"an error without words or hint: {error!r}")
        return type(error).__name__
    return "read"


@pytest.fixture
def read() -> Callable[[Path], str]:
    """Everything that archaeology asks of a repository."""
    return read_everything
