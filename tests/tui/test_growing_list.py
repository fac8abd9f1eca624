"""The list of hypotheses fills while a scan runs: marked as provisional, the selection stable, the final order at the end."""

import threading
from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.tui.widgets.rows import RowList
from archaeology.errors import GitError
from archaeology.model import Survey
from archaeology.progress import Cancelled, FindingsSink, Progress, ProgressSink, stop_if

Drive = Any


class SlowScan:
    """A scan that hands over what it has when it is told to, and ends when it is told to."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.go_on, self.fail = threading.Semaphore(0), False

    def run(
        self,
        _options: object,
        on_progress: ProgressSink,
        cancelled: Cancelled,
        on_findings: FindingsSink,
    ) -> Survey:
        on_progress(Progress("observations", 1, 17, "families"))
        best_last = self.survey.hypotheses[::-1]
        for number in (2, 3):
            on_findings(self.survey.model_copy(update={"hypotheses": best_last[:number]}))
            while not self.go_on.acquire(timeout=0.01):
                stop_if(cancelled)
        if self.fail:
            message = "git went away"
            raise GitError(message, hint="Look whether the folder is still there.")
        return self.survey


@pytest.fixture
def slow(project: Project, monkeypatch: pytest.MonkeyPatch) -> SlowScan:
    scan = SlowScan(project.scanning.survey)  # type: ignore[attr-defined]
    monkeypatch.setattr(type(project.scanning), "run", scan.run)
    return scan


async def test_the_list_fills_keeps_its_selection_and_ends_in_the_final_order(
    project: Project, slow: SlowScan, drive: Drive
) -> None:
    async with drive(project) as driver:
        await driver.press("enter")
        await driver.sees("2 so far", "Coverage stays at ninety percent")
        await driver.go("h", "hypotheses")
        await driver.sees("2 of 2", "2 so far, the scan goes on", "So far: the scan goes on")
        await driver.press("j")
        rows = driver.app.screen.query_one("#list", RowList)
        chosen = rows.selected
        assert "Every refusal" in driver.text
        slow.go_on.release()
        await driver.sees("3 of 3", "A customer is never charged twice")
        assert rows.selected == chosen
        slow.go_on.release()
        await driver.sees("4 of 4")
        await driver.until(lambda: "4 hypotheses, in their final order now." in driver.notices)
        assert "so far" not in driver.text.casefold()
        assert rows.selected == chosen
        assert rows.cursor == 2
        await driver.press("home")
        assert rows.selected == slow.survey.hypotheses[0].id


async def test_what_the_scan_may_still_change_cannot_be_decided(project: Project, slow: SlowScan, drive: Drive) -> None:
    async with drive(project) as driver:
        await driver.press("enter")
        await driver.go("h", "hypotheses")
        await driver.sees("2 of 2")
        await driver.press("y")
        assert "as soon as the scan is over" in driver.notices
        await driver.press("i")
        assert driver.app.current_mode == "hypotheses"
        slow.go_on.release()
        slow.go_on.release()
        await driver.sees("4 of 4")
        await driver.press("y")
        await driver.sees("Confirm it as it stands")


async def test_what_a_failed_scan_had_is_taken_off_the_list(project: Project, slow: SlowScan, drive: Drive) -> None:
    slow.fail = True
    async with drive(project) as driver:
        await driver.press("enter")
        await driver.go("h", "hypotheses")
        await driver.sees("2 of 2")
        slow.go_on.release()
        slow.go_on.release()
        await driver.sees("0 of 0", "press g c to scan")
        assert "git went away" in driver.notices


async def test_the_scan_page_names_the_keys_that_work_while_it_runs_and_after(
    project: Project, slow: SlowScan, drive: Drive
) -> None:
    async with drive(project) as driver:
        await driver.press("enter")
        await driver.sees("2 so far", "esc Stop")
        assert "c Scan again" not in driver.text
        await driver.press("escape")
        await driver.sees("Stopped.", "c Scan again", "esc Back")
        assert "esc Stop" not in driver.text
        await driver.press("escape")
        await driver.until(lambda: driver.app.current_mode == "start")
