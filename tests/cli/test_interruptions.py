"""The program when it is stopped, run twice at once, or shown on a narrow terminal: nothing lost, nothing left behind."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder
from fixtures.repositories import build_checkout
from fixtures.spoken import ALLOY
from store.interviews import InterviewStatus

SECONDS = 60.0
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")


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


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A repository that takes a moment to read."""
    builder = RepositoryBuilder(tmp_path / "large")
    for number in range(400):
        body = "".join(f"def f{each}(x):\n    return g{each}(x, {each})\n" for each in range(20))
        builder.write(f"src/pkg{number % 10}/m{number}.py", f"import os\nfrom pkg{number % 7} import m{number}\n{body}")
    builder.commit("Begin")
    return builder.folder


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


class Terminal:
    """The program on a terminal of so many columns, with a person who types."""

    def __init__(
        self, arguments: Sequence[str | Path], columns: int, program: Sequence[str] = ALLOY, **environment: str
    ) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        launch = (
            # As at a terminal, also where the tests themselves run in the background, with SIGINT ignored.
            "import fcntl,os,signal,sys,termios; signal.signal(signal.SIGINT, signal.SIG_DFL); "
            "fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", launch, *program, *map(str, arguments)],
            env={**os.environ, "TERM": "xterm-256color", **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.said = b""
        self._seen = 0

    def wait_for(self, words: str) -> None:
        """Read on until these words come, after those that were waited for before; AssertionError where they do not."""
        end = time.monotonic() + SECONDS
        while (found := self.said.find(words.encode(), self._seen)) < 0:
            assert time.monotonic() < end, self.said.decode("utf-8", "replace")
            assert self._read(), self.said.decode("utf-8", "replace")
        self._seen = found + len(words)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait(timeout=SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], SECONDS)
        try:
            piece = os.read(self._ours, 1 << 16) if ready else b""
        except OSError:  # as Linux says that nobody is there any more
            piece = b""
        self.said += piece
        return bool(piece)


def test_an_interview_that_is_interrupted_keeps_every_answer_and_goes_on_where_it_was(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "repo")
    repository.write("src/shop/web.py", "import os\n").commit("Begin")
    begun = Terminal(["--repo", repository.folder, "interview", "--mode", "reject", "--path", "src/shop/"], 60)
    begun.wait_for("Your answer")
    begun.type("a second way to reach the database\r")
    begun.wait_for("Your answer")
    begun.type("\x03")
    assert begun.end() == ExitCode.INTERRUPTED
    assert b"Traceback" not in begun.said
    assert b"what was saved stays saved" in begun.said
    project = open_project(repository.folder)
    (info,) = project.interviewing.list()
    assert info.status in {InterviewStatus.OPEN, InterviewStatus.PAUSED}
    assert "a second way to reach the database" in str(project.store().interviews.events(info.id))
    project.close()
    resumed = Terminal(["--repo", repository.folder, "interview", "--resume", "last"], 40, NO_COLOR="1")
    resumed.wait_for("2 of 5")
    resumed.wait_for("Your answer")
    resumed.type("q\r")
    assert resumed.end() == 0
    assert not ESCAPE.search(resumed.said)
    assert max(len(line) for line in resumed.said.decode().splitlines()) <= 40


# A signal that another thread takes note of leaves the main one waiting, as one does that comes right before the wait.
UNHEARD = """
import signal, threading, time
import click
from alloy_assist.cli.signals import interruptible

def interrupt():
    time.sleep(1)
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)

threading.Thread(target=interrupt, daemon=True).start()
try:
    with interruptible():
        click.prompt("Say")
except click.Abort:
    print("heard")
"""


def test_ctrl_c_between_a_prompt_and_the_wait_for_a_key_is_noticed_without_another_key() -> None:
    asked = Terminal(["-c", UNHEARD], 60, (sys.executable,))
    asked.wait_for("Say")
    asked.wait_for("heard")
    assert asked.end() == 0


def test_an_answer_that_is_typed_slowly_is_taken_as_it_was_typed() -> None:
    asked = Terminal(
        [
            "-c",
            "import click; from alloy_assist.cli.signals import interruptible as i\nwith i(): print(repr(click.prompt('Say')))",
        ],
        60,
        (sys.executable,),
    )
    asked.wait_for("Say")
    for key in "twice":
        asked.type(key)
        time.sleep(0.3)
    asked.type("\x7fe, slowly\r")
    asked.wait_for("'twice, slowly'")
    assert asked.end() == 0


def test_a_scan_on_a_narrow_terminal_fits_it_and_stops_at_ctrl_c(tmp_path: Path, large: Path) -> None:
    repository = build_checkout(tmp_path / "checkout")
    narrow = Terminal(["scan", repository], 60, NO_COLOR="1")
    assert narrow.end() == 0
    shown = ESCAPE.sub(b"", narrow.said).decode().rpartition("\r\x1b")[2]
    assert "layer direction" in shown
    assert max(len(line.rpartition("\r")[2]) for line in shown.splitlines()) <= 60
    assert re.search(rb"\x1b\[[0-9;]*3[0-7]m", narrow.said) is None
    stopped = Terminal(["scan", large, "--no-cache"], 40)
    stopped.wait_for("parse")
    stopped.type("\x03")
    assert stopped.end() == ExitCode.INTERRUPTED
    assert b"Traceback" not in stopped.said


SLOW = """
import sys, time

class Slow:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "numpy":
            print("numpy is loaded", file=sys.stderr, flush=True)
            for _ in range(600):
                time.sleep(0.05)

sys.meta_path.insert(0, Slow)
"""


def test_ctrl_c_is_heard_while_modules_are_loaded_however_long_that_takes(tmp_path: Path, large: Path) -> None:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(SLOW)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    stopped = Terminal(["scan", large], 80, PYTHONPATH=str(tmp_path / "slow"), TMPDIR=str(temporary))
    stopped.wait_for("numpy is loaded")
    begin = time.monotonic()
    stopped.type("\x03")
    assert stopped.end() == ExitCode.INTERRUPTED
    assert time.monotonic() - begin < 5  # it is a fraction of a second where nothing else is going on
    assert b"what was saved stays saved" in stopped.said
    assert b"Traceback" not in stopped.said
    assert list(temporary.iterdir()) == []


def test_lines_that_are_pasted_are_one_answer_and_none_of_them_accepts_anything(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "repo")
    repository.write("src/shop/web.py", "import os\n").commit("Begin")
    begun = Terminal(["--repo", repository.folder, "interview", "--mode", "reject", "--path", "src/shop/"], 60)
    begun.wait_for("Your answer")
    begun.type("2026-11-02 ERROR pool is empty\r2026-11-02 ERROR pool is empty\r?\ra\r")
    begun.wait_for("Those lines are one answer")
    begun.type("\r")
    begun.wait_for("2 of 5")
    begun.wait_for("Your answer")
    begun.type("q\r")
    assert begun.end() == 0
    project = open_project(repository.folder)
    (info,) = project.interviewing.list()
    answers = [event for event in project.interviewing.events(info.id) if event.kind == "answered"]
    project.close()
    assert [event.text.count("\n") for event in answers] == [3]
    assert info.record_id is None
