"""The program when it is stopped, run twice at once, or shown on a narrow terminal: nothing lost, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode
from fixtures.repositories import build_checkout
from fixtures.spoken import ALLOY
from fixtures.typist import SECONDS


def started(arguments: Sequence[str | Path], temporary: Path) -> subprocess.Popen[bytes]:
    """The program in a session of its own, with temporary files where they can be counted."""
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*ALLOY, *map(str, arguments)],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def processes_of(session: int) -> list[str]:
    """What still runs in a session, by command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append((folder / "cmdline").read_text())
        except (OSError, ValueError):
            continue  # it ended while it was looked at
    return found


def wait_until_gone(session: int) -> None:
    """Give what was killed a moment to go; AssertionError where something stays."""
    end = time.monotonic() + 10
    while (left := processes_of(session)) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="Counts processes in /proc, which only Linux has.")
def test_a_scan_that_is_interrupted_stops_in_words_and_one_that_is_killed_leaves_no_process_and_no_damage(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for stage, how, code in (
        ("parse", signal.SIGINT, ExitCode.INTERRUPTED),
        ("tests", signal.SIGINT, ExitCode.INTERRUPTED),
        ("parse", signal.SIGTERM, ExitCode.TERMINATED),
    ):
        process = started(["scan", large, "--no-cache", "--json"], tmp_path / "temporary")
        assert process.stderr is not None
        for line in process.stderr:
            if stage in line.decode():
                break
        process.send_signal(how)
        begin = time.monotonic()
        out, err = process.communicate(timeout=SECONDS)
        assert process.returncode == code, (stage, how, err)
        assert time.monotonic() - begin < 10
        assert b"Traceback" not in err
        assert json.loads(out)["error"]["exit_code"] == code
        wait_until_gone(process.pid)
        assert list((tmp_path / "temporary").iterdir()) == []
    killed = started(["scan", large], tmp_path / "temporary")
    assert killed.stderr is not None
    assert any(b"parse" in line for line in killed.stderr)
    killed.kill()
    killed.communicate(timeout=SECONDS)
    wait_until_gone(killed.pid)
    assert not (large / ".alloy" / "alloy.db").exists()
    (left,) = (tmp_path / "temporary").iterdir()
    os.utime(left, (1, 1))  # as if it were some time ago
    after = started(["scan", large, "--json", "--no-history", "--no-save"], tmp_path / "temporary")
    assert after.communicate(timeout=SECONDS)[1] is not None
    assert after.returncode == 0
    assert list((tmp_path / "temporary").iterdir()) == []
    assert app.main(["scan", str(large), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["repository"]["counts"]["source_files"] == 400


def test_two_scans_at_once_on_a_cold_cache_agree(tmp_path: Path) -> None:
    repository = build_checkout(tmp_path / "checkout")
    both = [started(["scan", repository, "--json"], tmp_path / "temporary") for _ in range(2)]
    surveys = []
    for process in both:
        out, err = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, err
        surveys.append(json.loads(out))
    first, second = ([each["id"] for each in survey["hypotheses"]] for survey in surveys)
    assert first == second
    assert first
    assert [survey["limits"] for survey in surveys] == [[], []]
    project = open_project(repository)
    assert sorted(each.id for each in project.hypotheses.list()) == sorted(first)
    assert project.store().verify() == ()
    project.close()
