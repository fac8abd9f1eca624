"""What holds on every screen: help, palette, jumping, themes, keys, sizes, errors."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from alloy_assist.bootstrap import Project
from alloy_assist.tui.host import AREAS
from alloy_assist.tui.themes import LIGHT
from alloy_assist.tui.widgets.rows import RowList
from archaeology.errors import GitError
from archaeology.progress import Cancelled, Progress, ProgressSink, stop_if
from store.errors import StoreUnavailableError

Drive = Callable[..., Any]


def crash_logs(home: Path) -> list[str]:
    """What was written to crash logs below a home."""
    return [path.read_text() for path in home.rglob("crash.log")]


async def test_every_screen_opens_by_its_letter_and_explains_itself(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        for name, _, letter in AREAS:
            await driver.go(letter, name)
            await driver.press("question_mark")
            await driver.sees(f"Help: {name}", "Everywhere", "Keys here")
            await driver.press("escape")


async def test_letters_typed_ahead_reach_the_dialog_that_is_opening(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        for key in ("g", "b"):
            driver.app.post_message(events.Key(key, key))
        await driver.until(lambda: driver.app.current_mode == "briefs")


async def test_brackets_go_around_all_screens(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.press("left_square_bracket")
        await driver.until(lambda: driver.app.current_mode == "log")
        await driver.press("right_square_bracket")
        await driver.until(lambda: driver.app.current_mode == "start")


async def test_the_palette_finds_actions_screens_and_themes(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.press("ctrl+p")
        await driver.until(lambda: driver.app.screen.query(Input))
        await driver.write("go to briefs")
        await driver.sees("Go to briefs")
        await driver.press("enter")
        await driver.until(lambda: driver.app.current_mode == "briefs")
        await driver.press("ctrl+p")
        await driver.write("theme alloy-light")
        await driver.sees("Theme alloy-light")
        await driver.press("enter")
        await driver.until(lambda: driver.app.theme == LIGHT)


async def test_jump_puts_a_letter_on_each_pane_and_goes_there(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("Possible intent")
        await driver.press("semicolon")
        await driver.sees(" A ", " S ")
        await driver.press("s")
        await driver.until(lambda: driver.app.focused is not None and driver.app.focused.id == "page")


async def test_a_key_can_be_given_to_another_action_and_stays(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (120, 100)) as driver:
        await driver.go("t", "settings")
        await driver.sees("hypotheses.reject")
        rows = driver.app.screen.query_one("RowList")
        settings = driver.app.screen
        rows.cursor = next(index for index, row in enumerate(settings._rows) if row.key == "hypotheses.reject")
        await driver.press("enter")
        await driver.sees("Press it now")
        await driver.press("X")
        await driver.settle()
        await driver.go("h", "hypotheses")
        await driver.press("X")
        await driver.sees("Why is this not so?")
    assert 'reject" = "X"' in scanned.paths.config.read_text() or "X" in scanned.paths.config.read_text()
    scanned.paths.config.unlink()


async def test_a_wrong_setting_is_refused_in_words(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("t", "settings")
        driver.app.screen.query_one("RowList").cursor = 7
        await driver.press("enter")
        await driver.sees("Questions an interview")
        await driver.press("backspace")
        await driver.write("99")
        await driver.press("enter")
        await driver.until(lambda: "cannot be the setting interview.max_questions" in driver.notices)
    assert not scanned.paths.config.exists()


@pytest.mark.parametrize("size", [(40, 10), (59, 30), (100, 14), (1, 1)])
async def test_too_small_a_terminal_gets_a_polite_word_and_no_crash(
    scanned: Project, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(scanned, size) as driver:
        if size != (1, 1):
            await driver.sees("Alloy needs 60 columns")
        await driver.pilot.resize_terminal(120, 40)
        await driver.sees("Next:")


async def test_in_an_interview_too_the_polite_word_stands_alone(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("enter")
        await driver.sees("question 1 of")
        await driver.pilot.resize_terminal(40, 10)
        await driver.sees("Alloy needs 60 columns")
        await driver.until(lambda: "question 1 of" not in driver.text)
        await driver.pilot.resize_terminal(120, 40)
        await driver.sees("question 1 of")


async def test_enter_that_comes_before_anything_is_known_is_done_when_it_is(project: Project, drive: Drive) -> None:
    async with drive(project) as driver:
        start = driver.app.screen
        start._steps = ()
        start.query_one(RowList).show([], lambda *_: ())
        driver.app.post_message(events.Key("enter", None))
        await driver.settle()
        assert driver.app.current_mode == "start"
        start.load()
        await driver.until(lambda: driver.app.current_mode == "scan")


async def test_a_filter_that_nothing_matches_leaves_no_stale_page(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("Possible intent")
        await driver.press("slash")
        await driver.write("zzzz")
        await driver.sees("None matches")
        await driver.until(lambda: "Possible intent" not in driver.text)


async def test_resizing_at_any_moment_keeps_what_is_shown(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("Possible intent")
        for size in ((200, 60), (61, 16), (80, 24), (40, 10), (120, 40)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
        await driver.sees("Possible intent", "▌ 5 import stripe")


async def test_a_locked_database_is_said_and_the_application_stays(
    scanned: Project, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        message = "The database is locked by another program."
        raise StoreUnavailableError(message, hint="Close the other window and try again.")

    async with drive(scanned) as driver:
        monkeypatch.setattr(type(scanned.hypotheses), "list", locked)
        await driver.go("h", "hypotheses")
        await driver.until(lambda: "locked by another program" in driver.notices)
        assert "Close the other window" in driver.notices
        monkeypatch.undo()
        await driver.go("s", "start")
        await driver.sees("guesses 4 open")


async def test_an_unforeseen_fault_is_logged_and_the_application_stays(
    scanned: Project, drive: Drive, monkeypatch: pytest.MonkeyPatch, isolated_home: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    async with drive(scanned) as driver:
        monkeypatch.setattr(type(scanned.intents), "list", broken)
        await driver.go("r", "records")
        await driver.until(lambda: "nobody foresaw" in driver.notices)
        monkeypatch.undo()
        await driver.go("l", "log")
        assert {type(error) for error in driver.app.unforeseen} == {ZeroDivisionError}
        driver.app.unforeseen.clear()
    logs = crash_logs(isolated_home)
    assert "ZeroDivisionError" in logs[0]


async def test_a_scan_can_be_stopped_and_a_failed_one_says_why(
    project: Project, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(
        _self: object, _options: object, on_progress: ProgressSink, cancelled: Cancelled, _on_findings: object
    ) -> None:
        on_progress(Progress("parse", 3, 10, "files"))
        begun.set()
        while True:
            stop_if(cancelled)
            threading.Event().wait(0.01)

    def failing(*_: object) -> None:
        message = "git went away"
        raise GitError(message, hint="Look whether the folder is still there.")

    async with drive(project) as driver:
        monkeypatch.setattr(type(project.scanning), "run", endless)
        await driver.press("enter")
        await driver.sees("▸ parse", "3 of 10 files")
        assert begun.is_set()
        await driver.go("s", "start")
        await driver.sees("scanning…")
        await driver.go("c", "scan")
        await driver.press("escape")
        await driver.sees("Stopped.")
        monkeypatch.setattr(type(project.scanning), "run", failing)
        await driver.press("c")
        await driver.sees("The scan did not finish.", "git went away", "still there")


async def test_the_log_tells_what_was_done_and_that_nothing_was_sent(scanned: Project, drive: Drive) -> None:
    scanned.hypotheses.reject(scanned.hypotheses.list()[0].id, "not so")
    scanned.close()
    async with drive(scanned) as driver:
        await driver.go("l", "log")
        await driver.sees("not so")
        await driver.press("enter")
        await driver.sees("by Mara (person)")
        await driver.press("escape", "m")
        await driver.sees("nothing leaves this machine")
