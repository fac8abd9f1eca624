"""Choosing a model: explicit, once, and only by the person who types it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import app
from fixtures import RepositoryBuilder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.write("shop.py", "PRICE = 1\n")
    builder.commit("Sell something")
    return tmp_path / "shop"


def model_of(repository: Path) -> dict[str, str]:
    settings = tomllib.loads((repository / ".alloy" / "config.toml").read_text(encoding="utf-8"))
    return dict(settings["model"])


def test_offline_is_what_init_writes_unasked(repository: Path) -> None:
    assert app.main(["init", "--repo", str(repository), "--quiet"]) == 0
    assert model_of(repository)["choice"] == "offline"
    assert not open_project(repository).modeling.is_allowed()
    assert "/alloy.db*" in (repository / ".alloy" / ".gitignore").read_text(encoding="utf-8")


def test_naming_a_model_is_the_choice_and_says_what_will_be_sent(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "init",
        "--repo",
        str(repository),
        "--model",
        "openai/local",
        "--base-url",
        "http://127.0.0.1:9/v1",
        "--json",
    ]
    assert app.main(arguments) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["model"]["choice"] == "local"
    assert "secrets redacted" in captured.err
    assert open_project(repository).modeling.is_allowed()


def test_settings_that_somebody_committed_allow_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".alloy").mkdir()
    (repository / ".alloy" / "config.toml").write_text(
        '[model]\nchoice = "provider"\nname = "openai/x"\nbase_url = "https://models.example.org/v1"\n',
        encoding="utf-8",
    )
    assert not open_project(repository).modeling.is_allowed()
    assert app.main(["doctor", "--repo", str(repository), "--json"]) == 0
    findings = {item["name"]: item for item in json.loads(capsys.readouterr().out)["findings"]}
    assert "not allowed by you" in findings["model"]["detail"]


def test_comments_and_other_settings_stay(repository: Path) -> None:
    folder = repository / ".alloy"
    folder.mkdir()
    (folder / "config.toml").write_text("# ours\n[interview]\nmax_questions = 3 # short\n", encoding="utf-8")
    assert app.main(["init", "--repo", str(repository), "--offline", "--quiet"]) == 0
    text = (folder / "config.toml").read_text(encoding="utf-8")
    assert "# ours" in text
    assert "max_questions = 3 # short" in text
    assert 'choice = "offline"' in text


@pytest.mark.parametrize("wrong", [["--offline", "--model", "x"], ["--base-url", "http://localhost/v1"]])
def test_contradictions_are_wrong_usage(repository: Path, wrong: list[str]) -> None:
    assert app.main(["init", "--repo", str(repository), *wrong]) == 2
    assert not (repository / ".alloy").exists()
