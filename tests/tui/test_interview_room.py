"""On a small screen everything of an interview can be read from the keyboard, and stands where it belongs."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.containers import VerticalScroll

from alloy_assist.bootstrap import Project
from alloy_assist.elicitation.model import Choice, Mode, Question, Slot, Summary, Turn
from alloy_assist.tui.messages import TurnArrived
from alloy_assist.tui.widgets.choices import ChoiceList
from alloy_assist.tui.widgets.key_bar import KeyBar

Drive = Callable[..., Any]
SENTENCE = "We preserve that " + ", ".join(f"part {number} of the whole is kept as it was" for number in range(1, 41))
LONG = "it stays so " * 9


def _read_aloud() -> Turn:
    summary = Summary(sentence=SENTENCE, missing=("what it costs",), suggests="accept")
    return Turn(interview_id="i", sequence=1, kind="summary", mode=Mode.SCAR, summary=summary)


def _asked() -> Turn:
    choices = (Choice(key="a", label=f"first {LONG}"), Choice(key="b", label=f"second {LONG}"))
    question = Question(id="q", topic=Slot.CAPABILITY, text="What for?", why="", choices=choices, multiple=True)
    return Turn(interview_id="i", sequence=1, kind="question", mode=Mode.WHY, question=question)


async def _shows(driver: Any, turn: Turn) -> None:
    await driver.go("i", "interview")
    driver.app.screen.post_message(TurnArrived(turn))
    await driver.settle()


async def test_what_is_read_aloud_has_the_room_and_can_be_scrolled(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await _shows(driver, _read_aloud())
        pane = driver.app.screen.query_one("#conversation", VerticalScroll)
        assert pane.size.height >= 15
        assert "a accepts it" not in driver.text
        await driver.press(*("J",) * 12)
        await driver.sees("part 40 of the whole", "Nobody has said: what it costs", "a accepts it")
        await driver.press(*("K",) * 12)
        await driver.sees("Read aloud:")


async def test_escape_from_the_record_goes_back_to_the_question(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await _shows(driver, _asked())
        await driver.press("d")
        await driver.sees("Nothing has been said yet.")
        await driver.press("escape")
        assert driver.app.current_mode == "interview"
        await driver.sees("What for?")


@pytest.mark.parametrize(("width", "named"), [(80, True), (140, False)])
async def test_the_record_has_a_key_only_where_it_does_not_stand_beside(
    scanned: Project, drive: Drive, width: int, named: bool
) -> None:
    async with drive(scanned, (width, 24)) as driver:
        await _shows(driver, _asked())
        labels = [binding.description for _, binding, *_ in driver.app.screen.active_bindings.values()]
        assert ("Record" in labels) is named
        assert driver.app.screen.query_one(KeyBar).render().plain.startswith("t Write  b Back")


async def test_a_choice_keeps_its_indent_where_it_wraps_and_when_it_is_marked(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await _shows(driver, _asked())
        for box in ("[ ]", "[x]"):
            rows = driver.text.splitlines()
            first = next(at for at, row in enumerate(rows) if f"1 {box} first it stays so" in row)
            indent = rows[first].index("first")
            assert rows[first + 1][:indent].isspace()
            assert rows[first + 1][indent:].startswith(("it", "stays", "so"))
            await driver.press("1")
        assert driver.app.screen.query_one(ChoiceList).marked == ()
