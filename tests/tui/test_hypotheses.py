"""Deciding, searching and filtering on the screen of the hypotheses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.tui.widgets.rows import RowList
from store.interviews import HypothesisDecision
from store.records import RecordState

Drive = Callable[..., Any]


async def test_a_rejection_needs_a_reason_and_can_be_taken_back(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("x")
        await driver.sees("Why is this not so?")
        await driver.press("enter")
        await driver.sees("A few words are needed")
        await driver.write("we will never leave Stripe")
        await driver.press("enter")
        await driver.sees("✗ rejected", "because we will never leave Stripe")
        await driver.press("u")
        await driver.sees("○ open")
    assert scanned.hypotheses.list(HypothesisDecision.REJECTED) == ()


async def test_confirming_asks_before_it_makes_a_record(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("y")
        await driver.sees("Answer a few questions first", "Confirm it as it stands")
        await driver.press("escape")
        await driver.press("y", "2")
        await driver.sees("✓ confirmed", "became alloy.intent")
    assert [record.state for record in scanned.intents.list()] == [RecordState.ACCEPTED]


async def test_later_puts_it_off(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("j", "l")
        await driver.sees("… deferred")
    assert len(scanned.hypotheses.list(HypothesisDecision.DEFERRED)) == 1


async def test_search_and_filter_narrow_the_list_down(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("slash")
        await driver.write("charged twice")
        await driver.sees("1 of 4", "“charged twice”", "A customer is never charged twice")
        await driver.press("escape")
        await driver.sees("4 of 4")
        await driver.press("f")
        await driver.sees("Show which ones?")
        await driver.press("6")
        await driver.sees("1 of 4")


async def test_the_cursor_stays_on_its_row_when_the_list_is_loaded_anew(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("j", "j")
        rows = driver.app.screen.query_one("#list", RowList)
        chosen = rows.selected
        driver.app.screen.load()
        await driver.settle()
        assert rows.selected == chosen
        await driver.press("G")
        assert rows.cursor == 3
        await driver.press("home", "k")
        assert rows.cursor == 0


async def test_e_opens_the_cited_file_in_the_editor_and_comes_back(
    scanned: Project, drive: Drive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = tmp_path / "opened"
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {opened}\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("▌ 5 import stripe")
        monkeypatch.setattr(type(driver.app._driver), "can_suspend", property(lambda _: True), raising=False)
        await driver.press("e")
        await driver.until(opened.exists)
        await driver.sees("4 of 4")
    assert opened.read_text().split("\n")[:2] == ["+5", str(scanned.root / "src/checkout/adapters/stripe_gateway.py")]


async def test_on_a_narrow_screen_the_evidence_takes_the_room(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("Possible intent")
        assert "import stripe" not in driver.text
        await driver.press("n")
        await driver.sees("1/5", "▌ 5 import stripe")
        await driver.press("n")
        await driver.sees("2/5")
        await driver.press("escape")
        await driver.sees("Possible intent")


async def test_a_line_parts_what_is_told_with_a_reservation_and_no_key_stops_at_it(
    scanned: Project, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = scanned.hypotheses.list()
    marked = tuple(
        item.model_copy(update={"body": {**item.body, "less_sure": at >= 2}}) for at, item in enumerate(kept)
    )
    monkeypatch.setattr(type(scanned.hypotheses), "list", lambda _self, *_filters: marked)
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("less sure from here on")
        rows = driver.app.screen.query_one("#list", RowList)
        lines = driver.text.splitlines()
        line = next(at for at, words in enumerate(lines) if "less sure from here on" in words)
        assert marked[2].title[:20] in lines[line + 1]
        seen = [rows.selected]
        for _ in marked[1:]:
            await driver.press("j")
            seen.append(rows.selected)
        assert seen == [item.id for item in marked]
        await driver.press("home")
        await driver.pilot.click(rows, offset=(4, 4))
        assert rows.selected == marked[0].id
        await driver.pilot.click(rows, offset=(4, 5))
        await driver.until(lambda: rows.selected == marked[2].id)


async def test_without_a_reservation_there_is_no_line(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("4 of 4")
        assert "less sure" not in driver.text
