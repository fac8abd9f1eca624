"""``alloy scan``: uncommitted changes, and the quick answer of a repository that did not change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode
from archaeology.model import Survey
from archaeology.opening import strong
from fixtures import RepositoryBuilder
from fixtures.modules import modules_imported_by
from fixtures.repositories import build_bland, build_checkout

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A handful of scripts."""
    return build_bland(tmp_path / "bland")


def test_uncommitted_changes_are_named_and_read_on_request(repository: Path, capsys: Capture) -> None:
    script = next(iter(sorted(repository.rglob("*.py"))))
    script.write_text("import requests\n")
    assert app.main(["scan", str(repository), "--json", "--quiet"]) == ExitCode.DONE
    committed = json.loads(capsys.readouterr().out)
    assert app.main(["scan", str(repository), "--json", "--quiet", "--work-tree"]) == ExitCode.DONE
    on_disk = json.loads(capsys.readouterr().out)
    name = script.relative_to(repository).as_posix()
    assert {limit["kind"]: limit["paths"] for limit in committed["limits"]}["uncommitted"] == [name]
    assert {limit["kind"]: limit["paths"] for limit in on_disk["limits"]}["work_tree"] == [name]
    assert on_disk["repository"]["work_tree"] is True
    assert app.main(["scan", str(repository), "--work-tree", "--quiet"]) == ExitCode.DONE
    assert "in the work tree on top of" in capsys.readouterr().out


def test_the_line_between_what_promises_much_and_the_rest_is_told_once(tmp_path: Path, capsys: Capture) -> None:
    checkout = build_checkout(tmp_path / "checkout")
    assert app.main(["scan", str(checkout), "--json", "--quiet", "--no-save"]) == ExitCode.DONE
    survey = Survey.model_validate_json(capsys.readouterr().out)
    sure = [hypothesis.less_sure for hypothesis in survey.hypotheses].index(True)
    assert sure == strong(survey.hypotheses, {item.id: item for item in survey.observations})
    assert 0 < sure < len(survey.hypotheses)
    assert app.main(["scan", str(checkout), "--quiet", "--no-save", "--all"]) == ExitCode.DONE
    before, line, after = capsys.readouterr().out.partition("Less sure from here on")
    assert line
    assert f"{sure}. " in before
    assert f"{sure + 1}. " in after


def test_the_work_tree_goes_with_no_revision(repository: Path, capsys: Capture) -> None:
    assert app.main(["scan", str(repository), "--work-tree", "--rev", "HEAD"]) == ExitCode.USAGE
    assert "--work-tree" in capsys.readouterr().err


def test_an_unchanged_repository_is_answered_without_models(
    repository: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.main(["scan", str(repository), "--json", "--no-save", "--quiet"]) == ExitCode.DONE
    first = capsys.readouterr().out
    arguments = ["alloy", "scan", str(repository), "--json", "--no-save", "--quiet"]
    code = f"sys.argv = {arguments!r}; sys.stdout = open({str(tmp_path / 'out')!r}, 'w')"
    code += "; from alloy_assist.__main__ import main; main(); sys.stdout.close(); sys.stdout = sys.__stdout__"
    imported = modules_imported_by(code, folder=tmp_path)
    assert (tmp_path / "out").read_text() == first
    assert imported.isdisjoint(
        {"click", "dataclasses", "pydantic", "rich", "tree_sitter", "numpy", "git", "sqlite_utils"}
    )
    # A damaged entry costs a scan and no more.
    monkeypatch.setattr("archaeology.known_surveys._digest", lambda _: b"another")
    assert app.main(["scan", str(repository), "--json", "--no-save", "--quiet"]) == ExitCode.DONE
    again = json.loads(capsys.readouterr().out)
    assert {**again, "timings": {}} == {**json.loads(first), "timings": {}}


def test_where_nothing_stands_out_it_is_said_what_was_looked_for_and_what_to_do_next(
    tmp_path: Path, capsys: Capture
) -> None:
    plain = RepositoryBuilder(tmp_path / "plain").write("src/add.py", "def add(a, b):\n    return a + b\n")
    plain.commit("Add")
    assert app.main(["scan", str(plain.folder), "--quiet", "--no-save"]) == ExitCode.DONE
    said = " ".join(capsys.readouterr().out.split())
    assert "Nothing here stands out" in said
    assert "changes that were taken back" in said
    assert "alloy interview --mode reject" in said
    assert "Less sure" not in said
