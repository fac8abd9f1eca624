"""Whose the keys are in an interview: the choices' until somebody asks to write, the field's until Escape."""

from collections.abc import Callable
from typing import Any

from alloy_assist.bootstrap import Project
from alloy_assist.tui.widgets.answer import AnswerArea
from alloy_assist.tui.widgets.choices import ChoiceList
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.rows import RowList

Drive = Callable[..., Any]
_NEVER_AGAIN = 1
_BEGIN = "t Say it in your own words: Enter begins to write"


async def _asked_without_choices(driver: Any) -> int:
    """Go through an interview from nothing up to a question that offers no choice, and return its number."""
    await driver.go("i", "interview")
    await driver.sees("What must never happen again?")
    driver.app.screen.query_one(RowList).focus()
    for _ in range(_NEVER_AGAIN):
        await driver.press("down")
    await driver.press("enter")
    for number in range(1, 6):
        await driver.sees(f"question {number} of")
        if _BEGIN in driver.text:
            return number
        await driver.press("l")
    raise AssertionError(driver.text)


async def test_a_key_is_a_key_where_nothing_is_offered(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        number = await _asked_without_choices(driver)
        assert driver.app.screen.query_one(ChoiceList).has_focus
        await driver.sees(_BEGIN, "Enter or t begins to write")
        await driver.press("b")
        await driver.sees(f"question {number - 1} of")
        assert driver.app.screen.query_one(AnswerArea).text == ""


async def test_enter_begins_to_write_and_letters_are_letters_then(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await _asked_without_choices(driver)
        screen = driver.app.screen
        answer = screen.query_one(AnswerArea)
        await driver.press("enter", "t", "b")
        assert answer.has_focus
        assert answer.text == "tb"
        await driver.sees("You are writing: Enter sends, Escape goes back to the choices")
        shown = screen.query_one(KeyBar).render().plain
        assert all(words in shown for words in ("Send", "esc Choices", "New line"))


async def test_escape_goes_back_to_the_choices_and_keeps_what_was_written(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await _asked_without_choices(driver)
        screen = driver.app.screen
        await driver.press("t")
        await driver.write("half a sentence")
        await driver.press("escape")
        assert screen.query_one(ChoiceList).has_focus
        await driver.sees("half a sentence", "Enter or t begins to write")
        await driver.press("t")
        await driver.write(" more")
        assert screen.query_one(AnswerArea).text == "half a sentence more"


async def test_who_types_an_answer_over_the_choices_is_told_how_to_begin(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        number = await _asked_without_choices(driver)
        await driver.press("U")
        await driver.sees("Letters are keys here; t begins to write", f"question {number} of")


async def test_what_is_pasted_over_the_choices_is_an_answer(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        await _asked_without_choices(driver)
        screen = driver.app.screen
        await driver.write("nobody is charged twice")
        assert screen.query_one(AnswerArea).has_focus
        assert screen.query_one(AnswerArea).text == "nobody is charged twice"


async def test_the_line_of_ones_own_words_stands_after_the_answers_and_takes_the_cursor(
    scanned: Project, drive: Drive
) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1", "t In your own words")
        screen = driver.app.screen
        lines = [line.split("│")[0].strip() for line in driver.text.splitlines()]
        answers = [line for line in lines if line[:2] in {f"{number} " for number in range(1, 10)}]
        screen.query_one(ChoiceList).highlighted = len(answers)
        await driver.press("enter")
        assert screen.query_one(AnswerArea).has_focus
        await driver.sees("question 1 of")
