"""The options of `scan`: nonsense is refused before anything is kept, and the dates that git understands are taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder
from fixtures.spoken import EVIL


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--rev", "no-such-branch"], ExitCode.NOT_FOUND, "no-such-branch"),
        (["--rev", "--upload-pack=x"], ExitCode.NOT_FOUND, "--upload-pack=x"),
        (["--rev", f"a{EVIL}"], ExitCode.NOT_FOUND, "revision"),
        (["--since", "gibberish"], ExitCode.USAGE, "is no date"),
        (["--since", "0"], ExitCode.USAGE, "is no date"),
        (["--since", ""], ExitCode.USAGE, "is no date"),
        (["--jobs", "-1"], ExitCode.USAGE, "--jobs"),
        (["--jobs", f"{EVIL}"], ExitCode.USAGE, "--jobs"),
        (["--nonsense"], ExitCode.USAGE, "--nonsense"),
    ],
)
def test_nonsense_in_the_options_of_scan(
    alloy: Any, small: RepositoryBuilder, arguments: list[str], code: ExitCode, words: str
) -> None:
    told = alloy("scan", small.folder, "--json", *arguments)
    assert told.code == code
    assert words in told.error["message"]
    assert not (small.folder / ".alloy").exists()


@pytest.mark.parametrize(
    "date",
    [
        "2022-03-01",
        "2022",
        "March 2022",
        "1 Mar 2022",
        "2022-03-01T10:00:00Z",
        "2 weeks ago",
        "2.weeks.ago",
        "last month",
        "yesterday",
        "1 year and 3 months ago",
        "@1646125200",
        "2022-03-01 10:00:00 +0100",
    ],
)
def test_dates_that_git_understands(alloy: Any, date: str, tmp_path: Path) -> None:
    # The folder is missing, and it is this that is complained about: the date was taken.
    assert alloy("scan", tmp_path / "missing", "--since", date).code == ExitCode.NOT_FOUND
