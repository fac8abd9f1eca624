"""Hostile data: nothing of it acts on the terminal, nothing of it is read as markup, nothing of it is too much."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.tui.plain import block, flow, line, prose, text
from alloy_assist.tui.present.code import code_lines, diff_lines
from fixtures import RepositoryBuilder
from fixtures.terminal import Terminal
from store.interviews import StoredHypothesis
from store.runs import ScanRow

Drive = Callable[..., Any]

HOSTILE = "\x1b]52;c;ZXZpbA==\x07 \x1b[31mred\x9b2J \u202erevo\u2066 [/] [@click=app.quit]x[/] [bold] \x00\x7f\u2028 宽字 e\u0301"
MARKS = ("]52;c;ZXZpbA==", "\u202e", "\u2066", "\x9b", "\x00", "\x7f", "\u2028")


def hostile_hypothesis(number: int = 0) -> StoredHypothesis:
    """A hypothesis that is hostile wherever text can stand."""
    citation = {
        "kind": "code",
        "path": f"a{HOSTILE}\n.py",
        "start_line": 1,
        "end_line": 2,
        "blob": "0" * 40,
        "commit": None,
        "quote": HOSTILE,
        "quote_sha256": "0" * 64,
    }
    observation = {
        "id": f"obs-{number}",
        "category": "structural",
        "family": HOSTILE,
        "summary": HOSTILE,
        "subject": [HOSTILE],
        "citations": [citation],
        "data": {},
    }
    body = {
        "possible_intent": {"capability": HOSTILE, "evidence": [HOSTILE]},
        "rationale": [{"label": HOSTILE, "detail": HOSTILE, "effect": 1.0}],
        "questions": [HOSTILE],
        "counter_evidence": [{"summary": HOSTILE, "citations": [citation]}],
        "check": {"kind": "pattern_absent", "pattern": HOSTILE, "paths": [HOSTILE]},
        "subject": [HOSTILE],
    }
    return StoredHypothesis(
        id=f"hyp-{number}",
        title=f"{number} {HOSTILE}",
        family=f"odd_{HOSTILE}",
        confidence=0.5,
        rank=number,
        body=body,
        observations=(observation,),
        evidence_digest="x",
    )


def keep(project: Project, *hypotheses: StoredHypothesis) -> None:
    """Keep hypotheses as a scan does."""
    project.store().hypotheses.sync(
        ScanRow(id="scan-1", at="2026-01-05T09:00:00+00:00", head=None, hypotheses=len(hypotheses)), hypotheses
    )
    project.close()


@pytest.mark.parametrize("make", [text, block, prose, line])
def test_the_one_helper_leaves_no_control_character_and_reads_no_markup(make: Callable[[str], object]) -> None:
    shown = str(make(HOSTILE))
    assert not any(mark in shown for mark in ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00", "\x7f", "\u2028"))
    assert "[@click=app.quit]x[/]" in shown
    assert "宽字" in shown


def test_code_and_diffs_are_cleaned_before_they_are_highlighted() -> None:
    rows = code_lines("x.py", [f"import os  # {HOSTILE}", "x" * 1_000_000], 1, (1, 1))
    assert all("\x1b" not in row.plain and "\u202e" not in row.plain for row in rows)
    assert len(rows[1].plain) < 500
    assert all("\x1b" not in row.plain for row in diff_lines(f"+{HOSTILE}\n-{HOSTILE}", 10))


def test_wide_characters_wrap_below_their_label() -> None:
    from alloy_assist.tui.plain import Hanging

    shown = flow([Hanging(text("label "), text("宽" * 30))], 26)
    assert [row.cell_length <= 26 for row in shown.split("\n")] == [True] * 3


async def test_a_hostile_hypothesis_is_shown_as_it_is_and_acts_on_nothing(project: Project, drive: Drive) -> None:
    keep(project, hostile_hypothesis())
    async with drive(project, (120, 50)) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("1 of 1", "[@click=app.quit]", "␛")
        assert not any(mark in driver.text for mark in MARKS[1:])
        await driver.pilot.click("#page-text", offset=(30, 3))
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("w", "escape", "escape")
        await driver.go("l", "log")


async def test_five_thousand_hypotheses_are_listed_and_searched(project: Project, drive: Drive) -> None:
    keep(project, *(hostile_hypothesis(number) for number in range(1, 5001)))
    async with drive(project) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("5,000 of 5,000")
        await driver.press("G")
        await driver.sees("5000")
        await driver.press("slash")
        await driver.write("4999")
        await driver.sees("1 of 5,000")


async def test_a_repository_that_goes_away_is_said_and_the_application_stays(tmp_path: Path, drive: Drive) -> None:
    root = tmp_path / "gone"
    builder = RepositoryBuilder(root)
    builder.write("a.py", "x = 1\n")
    builder.commit("Begin", "mara", "2024-01-01T09:00")
    project = open_project(root, db=tmp_path / "alloy.db", cache=tmp_path / "cache")
    async with drive(project) as driver:
        await driver.sees("Next: Scan the repository")
        (root / ".git").rename(tmp_path / "elsewhere")
        await driver.press("enter")
        await driver.sees("The scan did not finish.")
        await driver.go("h", "hypotheses")
        await driver.go("s", "start")
        await driver.sees("Next:")


SEQUENCES = re.compile(
    rb"\x1b(?:\[[0-9;:?<>=$ \"']*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78cDEHMNOZ]|P[^\x1b]*\x1b\\|_[^\x1b]*\x1b\\|\^[^\x1b]*\x1b\\)"
)


def test_no_control_character_of_the_data_reaches_a_real_terminal(tmp_path: Path, project: Project) -> None:
    keep(project, hostile_hypothesis())
    output = _session(
        project, [b"g", b"h", b"", b"n", b"i", b"", b"1", b"w", b"\x1b", b"g", b"r", b"g", b"l", b"?", b"\x1b", b"q"]
    )
    assert "宽字".encode() in output
    assert b"\x07" not in SEQUENCES.sub(b"", output)
    assert b"52;c;" not in b"".join(SEQUENCES.findall(output)), "a clipboard sequence came through"
    rest = SEQUENCES.sub(b"", output).decode("utf-8", "replace")
    odd = {
        character
        for character in rest
        if ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 or character in "\u202e\u2066\u2028"
    } - set("\r\n\t\x08")
    assert odd <= {"\x1b"}, odd
    assert "\x1b[31m" not in output.decode("utf-8", "replace")


def _session(project: Project, keys: list[bytes]) -> bytes:
    """Run the application on a real terminal, press keys, and return every byte that it wrote."""
    with Terminal(project) as terminal:
        terminal.wait(b"Next:")
        for key in keys:
            terminal.press(key)
        terminal.read(40)
        assert terminal.process.wait(10) == 0, bytes(terminal.output[-2000:])
    return bytes(terminal.output)
