"""The program, run on a small repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alloy_assist.cli import app
from fixtures.builder import RepositoryBuilder
from fixtures.spoken import Told, hidden_in


@pytest.fixture
def alloy(capsys: pytest.CaptureFixture[str]) -> Any:
    """The program, run in this process; what it says is checked for what must never be said."""

    def run(*arguments: str | Path) -> Told:
        capsys.readouterr()
        code = app.main([str(each) for each in arguments])
        captured = capsys.readouterr()
        told = Told(code, captured.out, captured.err)
        assert "Traceback" not in told.err
        assert "nobody foresaw" not in told.err
        assert hidden_in(told.out) == set()
        assert hidden_in(told.err) == set()
        return told

    return run


@pytest.fixture
def small(tmp_path: Path) -> RepositoryBuilder:
    """A repository with two files and two commits."""
    builder = RepositoryBuilder(tmp_path / "small")
    builder.write("src/a.py", "import os\n").write("README.md", "# Small\n").commit("Begin")
    builder.append("src/a.py", "import re\n").commit("Go on")
    return builder


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A repository that takes a moment to read."""
    builder = RepositoryBuilder(tmp_path / "large")
    for number in range(400):
        body = "".join(f"def f{each}(x):\n    return g{each}(x, {each})\n" for each in range(20))
        builder.write(f"src/pkg{number % 10}/m{number}.py", f"import os\nfrom pkg{number % 7} import m{number}\n{body}")
    builder.commit("Begin")
    return builder.folder
