"""The program on a terminal when somebody presses Ctrl-C, types slowly, pastes, or has little room."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder
from fixtures.repositories import build_checkout
from fixtures.typist import Terminal
from store.interviews import InterviewStatus

ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")


def test_an_interview_that_is_interrupted_keeps_every_answer_and_goes_on_where_it_was(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "repo")
    repository.write("src/shop/web.py", "import os\n").commit("Begin")
    begun = Terminal(["--repo", repository.folder, "interview", "--mode", "reject", "--path", "src/shop/"], 60)
    begun.wait_for("Your answer")
    begun.type("a second way to reach the database\r")
    begun.wait_for("Your answer")
    begun.type("\x03")
    assert begun.end() == ExitCode.INTERRUPTED, begun.said.decode("utf-8", "replace")
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


# Before it waits, Python empties the standard streams and throws away what is raised meanwhile.
THROWN_AWAY = """
import os, signal, sys
import click
from alloy_assist.cli.signals import interruptible

class Interrupted:
    armed = False
    def __getattr__(self, name):
        return getattr(sys.__stderr__, name)
    def flush(self):
        if Interrupted.armed:
            Interrupted.armed = False
            os.kill(os.getpid(), signal.SIGINT)

try:
    with interruptible():
        click.echo("Say")
        sys.stderr, Interrupted.armed = Interrupted(), True
        input(" ")
except KeyboardInterrupt:
    print("heard")
"""


@pytest.mark.parametrize("program", [UNHEARD, THROWN_AWAY], ids=["unheard", "thrown away"])
def test_ctrl_c_between_a_prompt_and_the_wait_for_a_key_is_noticed_without_another_key(program: str) -> None:
    asked = Terminal(["-c", program], 60, (sys.executable,))
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
