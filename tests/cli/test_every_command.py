"""What holds for every command: an example, the common options, and one JSON object, also for errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode


def every_command() -> list[tuple[str, ...]]:
    """The words of every command that does something."""

    def below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        context = click.Context(command)
        if not isinstance(command, click.Group):
            yield words
            return
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from below(found, (*words, name))

    return [*below(app.program, ()), ("open",)]


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_an_example_and_the_common_options(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert app.main([*words, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Example" in told
    assert f"alloy {' '.join(words)}" in told.rpartition("Example")[2] or words == ("open",)
    assert set("--repo --db --json --no-input --quiet --no-color".split()) <= set(told.replace(",", " ").split())


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_gives_one_json_object_also_for_errors(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], tmp_path: Path
) -> None:
    # One option that does not exist, one repository that is not there: both before and after the command line is understood.
    assert app.main([*words, "--json", "--no-such-option"]) == ExitCode.USAGE
    assert json.loads(capsys.readouterr().out)["schema_version"] == "alloy.error.v1"
    code = app.main(["--repo", str(tmp_path / "missing"), "--json", *words])
    document = json.loads(capsys.readouterr().out)
    assert document["schema_version"].startswith("alloy.")
    assert document["schema_version"] != "alloy.error.v1" or document["error"]["exit_code"] == code


def test_a_group_without_a_command_and_an_unknown_command_are_one_json_object(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments in (["--json", "intent"], ["--json", "no-such-command"], ["--json", "intent", "no-such-command"]):
        assert app.main(arguments) == ExitCode.USAGE
        assert json.loads(capsys.readouterr().out)["error"]["message"]
