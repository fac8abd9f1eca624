"""``alloy scan --json --no-save`` answered before the command line is built: the same words, or none."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alloy_assist.__main__ import main, write
from alloy_assist.cli import app, at_once
from alloy_assist.cli.exits import ExitCode
from fixtures.repositories import build_bland

Capture = pytest.CaptureFixture[str]
PLAIN = ("--json", "--no-save")


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    """A repository that was scanned, and no cache but the test's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    repository = build_bland(tmp_path / "bland")
    assert app.main(["scan", str(repository), *PLAIN, "--quiet"]) == ExitCode.DONE
    capsys.readouterr()
    return repository


@pytest.mark.parametrize("flags", [[], ["--quiet"], ["-q", "--no-input", "--no-color"]])
@pytest.mark.parametrize("edited", [False, True])
def test_it_says_what_the_command_line_says(known: Path, capsys: Capture, flags: list[str], edited: bool) -> None:
    if edited:
        next(iter(sorted(known.rglob("*.py")))).write_text("import requests\n")
    arguments = ["scan", *PLAIN, *flags, str(known)]
    assert at_once.answer(arguments, write) == ExitCode.DONE
    at_once_said = capsys.readouterr()
    assert app.main(arguments) == ExitCode.DONE
    assert capsys.readouterr() == at_once_said
    assert "uncommitted" in {limit["kind"] for limit in json.loads(at_once_said.out)["limits"]} or not edited


def test_without_a_path_it_is_here(known: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(known)
    assert at_once.answer(["scan", *PLAIN], write) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["repository"]["root"] == str(known)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["doctor", "--json"],
        ["scan"],
        ["scan", "--json"],
        ["scan", "--no-save"],
        ["scan", *PLAIN, "--help"],
        ["scan", *PLAIN, "--rev", "HEAD"],
        ["scan", *PLAIN, "--no-cache"],
        ["scan", *PLAIN, "--repo=."],
        ["scan", *PLAIN, "--jso"],
        ["scan", *PLAIN, "."],
        ["scan", *PLAIN, ""],
        ["scan", *PLAIN, "--", "-q"],
        ["--quiet", "scan", *PLAIN],
    ],
)
def test_every_other_form_is_left_to_the_command_line(known: Path, capsys: Capture, arguments: list[str]) -> None:
    assert at_once.answer([*arguments, str(known)] if arguments else [], write) is None
    assert capsys.readouterr() == ("", "")
    assert gc.isenabled()


def test_what_is_not_known_or_goes_wrong_is_left_to_the_command_line_which_tells_it(
    known: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["alloy", "scan", *PLAIN, str(tmp_path / "nowhere")])
    assert main() == ExitCode.NOT_FOUND
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["kind"] == "NotARepositoryError"
    assert "nowhere" in said.err
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert at_once.answer(["scan", *PLAIN, str(known)], write) is None
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_goes_away_early_is_no_error_and_nothing_is_left_behind(known: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "alloy_assist", "scan", *PLAIN, str(known)],
        stdout=writing, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(temporary)}, timeout=60, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, f"{at_once.UNCHANGED}\n".encode())
    assert list(temporary.iterdir()) == []
