"""The program itself: where words go, which exit code an error has, and what is loaded for it."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from alloy_assist import errors
from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode, exit_code_for
from alloy_assist.cli.output import Session, common, plain
from archaeology import errors as archaeology_errors
from store import errors as store_errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.NotSoError("x"), 1),
        (errors.UsageError("x"), 2),
        (errors.MissingError("x"), 3),
        (archaeology_errors.NotARepositoryError("x"), 3),
        (store_errors.NotFoundError("x"), 3),
        (errors.RefusedError("x"), 4),
        (store_errors.NewerSchemaError("x"), 4),
        (store_errors.IllegalTransitionError("x"), 4),
        (store_errors.CorruptStoreError("x"), 5),
        (archaeology_errors.GitError("x"), 5),
        (OSError("x"), 5),
        (RuntimeError("nobody foresaw it"), 5),
        (KeyboardInterrupt(), 130),
        (archaeology_errors.ScanCancelledError("x"), 130),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error: BaseException, code: int) -> None:
    assert exit_code_for(error) == code


def test_help_lists_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--help"]) == 0
    text = capsys.readouterr().out
    for word in (
        "scan",
        "hypothesis",
        "interview",
        "intent",
        "brief",
        "request",
        "schema",
        "doctor",
        "130 interrupted",
    ):
        assert word in text


def test_an_unknown_command_is_wrong_usage_and_says_so_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["nonsense"]) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "nonsense" in captured.err


def test_a_path_in_place_of_a_command_opens_the_application(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # There is no terminal here, so opening is refused in words; that it was tried is the point.
    assert app.main([str(tmp_path)]) == ExitCode.USAGE
    assert "needs a terminal" in capsys.readouterr().err


def test_a_missing_repository_is_not_found_with_a_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["scan", str(tmp_path / "missing"), "--json"]) == ExitCode.NOT_FOUND
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert document["schema_version"] == "alloy.error.v1"
    assert document["error"]["exit_code"] == ExitCode.NOT_FOUND
    assert document["error"]["hint"]
    assert "Traceback" not in captured.err


def test_common_options_count_before_and_after_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments in (["--repo", str(tmp_path), "--json", "doctor"], ["doctor", "--json", "--repo", str(tmp_path)]):
        assert app.main(arguments) == ExitCode.NOT_SO
        findings = json.loads(capsys.readouterr().out)["findings"]
        assert {"repository": "problem"}.items() <= {item["name"]: item["state"] for item in findings}.items()


def test_nothing_can_be_confirmed_without_a_person(tmp_path: Path) -> None:
    with pytest.raises(errors.UsageError, match="needs a person's yes"):
        Session(repo=tmp_path, no_input=True).confirm("Overwrite?")


def test_json_is_ascii_so_that_no_control_character_gets_through(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Session(repo=tmp_path, json=True).emit("alloy.test.v1", {"text": "\x9b31m\u202e é"}, lambda _: None)
    raw = capsys.readouterr().out
    assert raw.isascii()
    assert json.loads(raw) == {"schema_version": "alloy.test.v1", "text": "\x9b31m\u202e é"}


@common(click.Group(), "explode", example="alloy explode")
def explode(session: Session) -> None:
    """Fail in a way that nobody foresaw."""
    raise ZeroDivisionError(str(session.repo))


def test_an_error_that_nobody_foresaw_becomes_words_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alloy_assist.cli.doctor.doctor", explode)
    assert app.main(["doctor"]) == ExitCode.OUTSIDE_FAILED
    error = capsys.readouterr().err
    assert "ZeroDivisionError" in error
    assert "crash.log" in error
    assert "Traceback" not in error


def test_plain_turns_values_into_what_json_knows() -> None:
    assert plain({"path": Path("a/b"), "items": ({1}, (2,))}) == {"path": "a/b", "items": [[1], [2]]}


def test_a_command_says_its_example_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["scan", "--help"]) == 0
    assert "alloy scan ../shop --json" in capsys.readouterr().out


def test_commands_are_click_commands() -> None:
    context = click.Context(app.program)
    assert all(app._COMMANDS[name][2] for name in app._COMMANDS)
    assert app.program.list_commands(context)[0] == "init"
