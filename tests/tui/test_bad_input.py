"""Evidence in a file of ten megabytes, and a session that is killed in the middle of an interview."""

import hashlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.tui.widgets.evidence import EvidenceView, read_citation
from fixtures.screens import open_example
from fixtures.terminal import Terminal
from store.interviews import InterviewStatus, StoredHypothesis
from store.runs import ScanRow

Drive = Callable[..., Any]
_LINES, _CITED = 220_000, 150_001


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one file of more than ten megabytes."""
    root = tmp_path_factory.mktemp("huge") / "huge"
    root.mkdir()
    words = "".join(f"price {number:09d} = {number * 7:015d} # a long price list\n" for number in range(1, _LINES + 1))
    (root / "prices.txt").write_text(words, encoding="utf-8")
    assert (root / "prices.txt").stat().st_size > 10 * 1024 * 1024
    author = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for arguments in (("init", "-q", "-b", "main"), ("add", "."), (*author, "commit", "-qm", "Keep the prices")):
        _git(root, *arguments)
    return root


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def _citation(root: Path) -> dict[str, Any]:
    line = (root / "prices.txt").read_text(encoding="utf-8").splitlines()[_CITED - 1]
    blob = _git(root, "rev-parse", "HEAD:prices.txt")
    return {
        "kind": "code",
        "path": "prices.txt",
        "start_line": _CITED,
        "end_line": _CITED,
        "symbol": None,
        "blob": blob,
        "commit": None,
        "quote": line,
        "quote_sha256": hashlib.sha256(line.encode()).hexdigest(),
    }


async def test_of_a_file_of_ten_megabytes_the_cited_lines_are_shown_with_their_context_only(
    huge: Path, tmp_path: Path, drive: Drive
) -> None:
    project = open_project(huge, db=tmp_path / "alloy.db", cache=tmp_path / "cache")
    citation = _citation(huge)
    used = time.process_time()
    shown = read_citation(project, citation)
    assert time.process_time() - used < 3
    assert len(shown.rows) == 17
    assert "as it was cited" in shown.heading.plain
    observation = {"id": "obs-1", "category": "textual", "summary": "A price.", "citations": [citation]}
    hypothesis = StoredHypothesis(
        id="hyp-1",
        title="Prices stay",
        family="stable_format",
        confidence=0.5,
        rank=1,
        body={},
        observations=(observation,),
        evidence_digest="x",
    )
    row = ScanRow(
        id="s", at="2026-01-05T09:00:00+00:00", head=None, hypotheses=1, observations=1, limits=(), timings={}
    )
    project.store().hypotheses.sync(row, (hypothesis,))
    project.close()
    async with drive(project) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees(f"prices.txt:{_CITED}", f"price {_CITED:09d}", f"price {_CITED + 8:09d}")
        assert driver.app.screen.query_one(EvidenceView).virtual_size.height < 30
        await driver.press("j", "n", "escape")


def test_a_session_that_is_killed_in_an_interview_goes_on_after_the_last_answer(scanned: Project) -> None:
    with Terminal(scanned) as terminal:
        terminal.wait(b"Next:")
        terminal.press(b"gh")
        terminal.wait(b"Payment vendors")
        terminal.press(b"i")
        terminal.wait(b"question 1")
        terminal.press(b"1")
        terminal.wait(b"question 2")
        terminal.press(b"tHalf a sentence")
        os.killpg(terminal.process.pid, signal.SIGKILL)
        assert terminal.process.wait(10) == -signal.SIGKILL
    with Terminal(scanned) as terminal:
        terminal.wait(b"Go on with the interview")
        terminal.press(b"\r")
        terminal.wait(b"question 2")
        terminal.press(b"\x1b")
        terminal.press(b"\x1b")
        terminal.wait(b"Next:")
        terminal.press(b"q")
        assert terminal.process.wait(30) == 0
    again = open_example(scanned.root, database=scanned.database)
    (interview,) = again.interviewing.list()
    assert interview.status is InterviewStatus.PAUSED
    assert len(again.interviewing.resume(interview.id).said) == 1


async def test_an_answer_that_takes_for_ever_holds_nobody(
    scanned: Project, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that stalls, or a disk: the answer is taken by an operation that does not come back for a long time."""
    go_on = threading.Event()
    submit = type(scanned.interviewing).submit

    def stalled(*arguments: Any) -> Any:
        go_on.wait(60)
        return submit(*arguments)

    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        monkeypatch.setattr(type(scanned.interviewing), "submit", stalled)
        await driver.pilot.press("1")
        await driver.sees("working… Escape leaves")
        await driver.pilot.press("escape")
        await driver.until(lambda: driver.app.current_mode == "start")
        assert "still being kept" in driver.notices
        go_on.set()
        await driver.go("i", "interview")
        await driver.sees("question 2")
