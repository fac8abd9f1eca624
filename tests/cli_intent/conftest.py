"""The program on a repository with one commit, and with two hypotheses that were mined."""

from __future__ import annotations

from pathlib import Path

import pytest

from alloy_assist.bootstrap import open_project
from fixtures.builder import RepositoryBuilder
from fixtures.commands import Alloy, guess
from store.runs import ScanRow


@pytest.fixture
def alloy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Alloy:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.write("README.md", "hello\n").commit("begin", "mara")
    return Alloy(tmp_path / "repo", capsys)


@pytest.fixture
def mined(alloy: Alloy) -> Alloy:
    project = open_project(alloy.root)
    project.store().hypotheses.sync(ScanRow(id="s1", at="t", head=None), [guess("hyp-1"), guess("hyp-2")])
    project.close()
    return alloy
