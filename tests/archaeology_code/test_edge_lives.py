"""The life of import edges, traced through real repositories that are built here."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from archaeology.cache import Cache
from archaeology.code import parse_files
from archaeology.errors import ScanCancelledError
from archaeology.git import Repository, open_repository
from archaeology.history.edge_lives import trace_edges
from archaeology.history.model import EdgeLife, History
from archaeology.history.read import read_history
from archaeology.imports import resolve_imports
from archaeology.inventory import take_inventory
from archaeology.model import Limit

DAY = 86_400
START = 1_700_000_000


class Builder:
    """A repository with one commit a day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.day = 0
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        date = f"{START + self.day * DAY} +0000"
        environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, message: str, changes: Mapping[str, str | None]) -> str:
        for path, text in changes.items():
            file = self.folder / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        self.day += 1
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder(tmp_path / "shop")


def trace(
    builder: Builder, cache: Cache | None = None, max_blobs: int = 1_000
) -> tuple[tuple[EdgeLife, ...], tuple[Limit, ...]]:
    with open_repository(builder.folder) as repository:
        return trace_in(repository, cache, max_blobs=max_blobs)


def trace_in(
    repository: Repository, cache: Cache | None = None, max_blobs: int = 1_000
) -> tuple[tuple[EdgeLife, ...], tuple[Limit, ...]]:
    revision = repository.resolve(None) or ""
    files = take_inventory(repository, revision).files
    code, _ = parse_files(repository, files, jobs=1)

    def read_text(path: str) -> str | None:
        content = repository.blob(files[path].blob) if path in files else None
        return content.decode() if content is not None else None

    history, _ = read_history(repository, revision, files)
    return trace_edges(
        repository, revision, resolve_imports(files, code, read_text), history, cache=cache, max_blobs=max_blobs
    )


PACKAGES = {"shop/__init__.py": "", "shop/domain/__init__.py": "", "shop/web/__init__.py": "", "shop/web/views.py": ""}


def test_a_boundary_that_was_broken_and_repaired(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/pay.py": "X = 1\n"})
    broken = builder.commit(
        "Show the page", {"shop/domain/pay.py": "from shop.web import views\nimport stripe\nX = 1\n"}
    )
    repaired = builder.commit(
        "Keep the domain free of the web\n\nBecause.", {"shop/domain/pay.py": "import stripe\nX = 2\n"}
    )
    lives, limits = trace(builder)
    assert lives == (
        EdgeLife(
            "shop/domain/",
            "shop/web/",
            False,
            broken,
            START + DAY,
            repaired,
            START + 2 * DAY,
            "Keep the domain free of the web",
        ),
        EdgeLife("shop/domain/", "stripe", True, broken, START + DAY),
    )
    assert limits == ()


def test_an_edge_lives_as_long_as_any_file_imports_along_it(builder: Builder) -> None:
    first = builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "import requests\n", "shop/domain/b.py": ""})
    builder.commit("Also", {"shop/domain/b.py": "from requests import get\n"})
    builder.commit("Less", {"shop/domain/a.py": ""})
    (life,) = trace(builder)[0]
    assert (life.appeared, life.vanished) == (first, None)
    last = builder.commit("None", {"shop/domain/b.py": "pass\n"})
    (life,) = trace(builder)[0]
    assert (life.appeared, life.vanished) == (first, last)


def test_moving_an_import_between_files_in_one_commit_is_no_end(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "import requests\n", "shop/domain/b.py": ""})
    builder.commit("Move", {"shop/domain/a.py": "", "shop/domain/b.py": "import requests\n"})
    assert [life.vanished for life in trace(builder)[0]] == [None]


def test_deleting_or_moving_the_file_is_no_repair(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "from shop.web import views\nimport requests\n"})
    builder.commit(
        "Move", {"shop/domain/a.py": None, "shop/other/a.py": "from shop.web import views\nimport requests\n"}
    )
    assert {(life.source, life.target, life.vanished) for life in trace(builder)[0]} == {
        ("shop/other/", "shop/web/", None),
        ("shop/other/", "requests", None),
    }


def test_it_may_be_broken_twice(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": ""})
    for _ in range(2):
        builder.commit("Break", {"shop/domain/a.py": "import shop.web.views\n"})
        builder.commit("Repair", {"shop/domain/a.py": ""})
    lives, _ = trace(builder)
    assert [(life.source, life.target, life.reason) for life in lives] == [("shop/domain/", "shop/web/", "Repair")] * 2


def test_parallel_branches_do_not_flicker(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "A = 1\n\n\n\n\n\nB = 1\n"})
    builder.git("checkout", "-q", "-b", "side")
    added = builder.commit("Add", {"shop/domain/a.py": "import requests\nA = 1\n\n\n\n\n\nB = 1\n"})
    builder.git("checkout", "-q", "main")
    builder.commit("Other", {"shop/domain/a.py": "A = 1\n\n\n\n\n\nB = 2\n"})
    builder.git("merge", "-q", "--no-edit", "side")
    builder.day += 1
    builder.commit("More", {"shop/domain/b.py": ""})
    (life,) = trace(builder)[0]
    assert (life.target, life.appeared, life.vanished) == ("requests", added, None)


def test_other_languages(builder: Builder) -> None:
    builder.commit("Start", {
        "go.mod": "module example.com/shop\n", "web/web.go": "package web\n", "core/core.go": "package core\n",
        "ui/a.ts": "", "api/b.ts": "", "src/Main.java": "package shop;\nclass Main {}\n", "db/Store.java": "package db;\nclass Store {}\n",
    })  # fmt: skip
    builder.commit("Break", {
        "core/core.go": 'package core\nimport "example.com/shop/web"\n', "ui/a.ts": 'import { b } from "../api/b";\n',
        "src/Main.java": "package shop;\nimport db.Store;\nclass Main {}\n",
    })  # fmt: skip
    builder.commit(
        "Repair", {"core/core.go": "package core\n", "ui/a.ts": "", "src/Main.java": "package shop;\nclass Main {}\n"}
    )
    lives = {(life.source, life.target, life.vanished is not None) for life in trace(builder)[0]}
    assert lives == {("core/", "web/", True), ("ui/", "api/", True), ("src/", "db/", True)}


def test_a_file_that_is_gone_can_still_be_a_target(builder: Builder) -> None:
    builder.commit(
        "Start",
        {**PACKAGES, "shop/old/__init__.py": "", "shop/old/x.py": "", "shop/domain/a.py": "from shop.old import x\n"},
    )
    builder.commit("Leave the old code", {"shop/domain/a.py": ""})
    builder.commit("Delete it", {"shop/old/__init__.py": None, "shop/old/x.py": None})
    (life,) = trace(builder)[0]
    assert (life.target, life.reason) == ("shop/old/", "Leave the old code")


def test_a_budget_is_kept_and_said(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "import requests\n"})
    for number in range(5):
        builder.commit(f"Change {number}", {"shop/domain/a.py": f"import requests\nX = {number}\n"})
    last = builder.git("rev-parse", "HEAD~1")
    (life,), limits = trace(builder, max_blobs=2)
    assert (life.appeared, life.vanished) == (last, None)
    assert [limit.kind for limit in limits] == ["edge_lives_window"]


def test_the_cache_changes_nothing(builder: Builder, tmp_path: Path) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "import requests\n"})
    builder.commit("Less", {"shop/domain/a.py": ""})
    with Cache.open(tmp_path / "cache") as cache:
        assert trace(builder, cache) == trace(builder, cache) == trace(builder)


def test_hostile_bytes_and_messages(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "import requests\n"})
    (builder.folder / "shop/domain/a.py").write_bytes(b"\xff\x00 from \xfe import (" + b"a, " * 10_000)
    builder.commit("Red \x1b[31m", {})
    (life,) = trace(builder)[0]
    assert life.vanished is not None
    assert "\x1b" not in life.reason


def test_without_a_history_there_is_nothing(builder: Builder) -> None:
    builder.commit("Start", PACKAGES)
    with open_repository(builder.folder) as repository:
        assert trace_edges(repository, "0" * 40, resolve_imports({}, {}, lambda _: None), History()) == ((), ())


def test_it_can_be_stopped(builder: Builder) -> None:
    builder.commit("Start", {**PACKAGES, "shop/domain/a.py": "import requests\n"})
    with open_repository(builder.folder) as repository:
        revision = repository.resolve(None) or ""
        history, _ = read_history(repository, revision, {})
        with pytest.raises(ScanCancelledError):
            trace_edges(repository, revision, resolve_imports({}, {}, lambda _: None), history, cancelled=lambda: True)
