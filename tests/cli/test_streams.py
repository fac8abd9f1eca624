"""The program without a terminal, and where its streams are full, closed or of an old encoding."""

from __future__ import annotations

import subprocess

from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder
from fixtures.spoken import ALLOY, hidden_in, run


def test_without_a_terminal_nothing_is_drawn_and_nothing_is_asked(small: RepositoryBuilder) -> None:
    opened = run([small.folder])
    assert opened.returncode == ExitCode.USAGE
    assert b"needs a terminal" in opened.stderr
    asked = run(["--repo", small.folder, "interview"])
    assert asked.returncode == ExitCode.USAGE
    assert b"--answers" in asked.stderr
    scanned = run(["scan", small.folder], TERM="xterm-256color")
    assert scanned.returncode == 0
    assert hidden_in((scanned.stdout + scanned.stderr).decode()) == set()


def test_streams_that_are_full_closed_or_of_an_old_encoding(small: RepositoryBuilder) -> None:
    small.write("src/b.py", "# HACK: do not remove → “because”\n").commit("Add “b”")
    old = run(["scan", small.folder], PYTHONIOENCODING="ascii")
    assert old.returncode == 0
    assert b"2 source files" in old.stdout
    command = " ".join([*ALLOY, "scan", str(small.folder)])
    full = subprocess.run(f"{command} --json > /dev/full", shell=True, capture_output=True, check=False)
    assert (full.returncode, b"No space left" in full.stderr) == (ExitCode.OUTSIDE_FAILED, True)
    assert b"Traceback" not in full.stderr
    assert b"Exception ignored" not in full.stderr
    closed = subprocess.run(
        f"{command} --json >&- 2>&- && {command} --json | head -c 1", shell=True, capture_output=True, check=False
    )
    assert (closed.returncode, closed.stdout) == (0, b"{")
    assert b"Traceback" not in closed.stderr
