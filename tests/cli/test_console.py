"""What a command says on a screen: it hangs where it wraps; elsewhere each line stays whole."""

import io
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.cli.console import PersonConsole
from alloy_assist.cli.exits import ExitCode
from fixtures.typist import Terminal


def said(words: str, *, screen: bool) -> list[str]:
    """The rows that a console of 30 columns makes of words."""
    file = io.StringIO()
    console = PersonConsole(
        file=file, force_terminal=screen, width=30, markup=False, highlight=False, color_system=None
    )
    console.print(words)
    return file.getvalue().splitlines()


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (
            "  1. The gateway is the only way to the bank",
            ["  1. The gateway is the only", "     way to the bank"],
        ),
        (
            "     ? Who would notice if it were not",
            ["     ? Who would notice if it", "       were not"],
        ),
        ("\nThe gateway is the only way to the bank", ["", "The gateway is the only way to", "the bank"]),
        (
            "  +0.93  stayed out: for long, up to now",
            ["  +0.93  stayed out: for long,", "         up to now"],
        ),
        ("short enough", ["short enough"]),
    ],
)
def test_lines_hang_below_their_first_word_on_a_screen_and_are_whole_elsewhere(words: str, rows: list[str]) -> None:
    assert said(words, screen=True) == rows
    assert said(words, screen=False) == words.splitlines()


def test_an_error_is_folded_between_words_on_a_screen(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    terminal = Terminal(["scan", folder], 60, NO_COLOR="1")
    assert terminal.end() == ExitCode.NOT_FOUND
    rows = terminal.said.decode().splitlines()
    assert "       Name the folder of a git repository, or run `git" in rows
    assert "       init` and commit something first." in rows


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (("scna",), "No such command 'scna'. Did you mean 'scan'?"),
        (("brief", "aprove"), "No such command 'aprove'. Did you mean 'approve'?"),
        (("nothing-like-it",), "No such command 'nothing-like-it'. There is no folder of that name either."),
    ],
)
def test_a_mistyped_command_is_told_the_nearest_one(alloy: Any, typed: tuple[str, ...], hint: str) -> None:
    told = alloy(*typed)
    assert told.code == ExitCode.USAGE
    assert hint in told.err


@pytest.mark.parametrize("group", ["hypothesis", "intent", "brief", "model"])
def test_no_sentence_in_the_help_of_a_group_is_cut(alloy: Any, group: str) -> None:
    told = alloy(group, "--help")
    commands = told.out.partition("\nCommands:\n")[2]
    assert commands
    assert "..." not in commands
