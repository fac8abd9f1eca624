"""Whose the keys are in an interview: the choices' until somebody asks to write, the field's until Escape."""

from collections.abc import Callable
from typing import Any

from alloy_assist.bootstrap import Project
from alloy_assist.tui.screens.interview import InterviewScreen
from alloy_assist.tui.widgets.answer import AnswerArea
from alloy_assist.tui.widgets.choices import ChoiceList
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.rows import RowList

Drive = Callable[..., Any]
_NEVER_AGAIN = 1


async def _asked_without_choices(driver: Any) -> InterviewScreen:
    """Open an interview from nothing about what went wrong, and leave its leads for later: the next question offers no choice."""
    await driver.go("i", "interview")
    await driver.sees("What must never happen again?")
    driver.app.screen.query_one(RowList).focus()
    for _ in range(_NEVER_AGAIN):
        await driver.press("down")
    await driver.press("enter")
    await driver.sees("question 1")
    while not driver.app.screen._turn.question or any(
        not item.letter for item in driver.app.screen._turn.question.choices
    ):
        asked = driver.app.screen._turn.asked
        await driver.press("l")
        await driver.until(lambda before=asked: driver.app.screen._turn.asked > before)
    screen: InterviewScreen = driver.app.screen
    return screen


async def test_a_key_is_a_key_where_nothing_is_offered(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        screen = await _asked_without_choices(driver)
        asked = screen._turn.asked
        assert screen.query_one(ChoiceList).has_focus
        await driver.sees("t Say it in your own words: Enter begins to write", "Enter or t begins to write")
        await driver.press("b")
        await driver.until(lambda: screen._turn.asked < asked)
        assert screen.query_one(AnswerArea).text == ""


async def test_enter_begins_to_write_and_letters_are_letters_then(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        screen = await _asked_without_choices(driver)
        answer = screen.query_one(AnswerArea)
        await driver.press("enter", "t", "b")
        assert answer.has_focus
        assert answer.text == "tb"
        await driver.sees("You are writing: Enter sends, Escape goes back to the choices")
        shown = screen.query_one(KeyBar).render().plain
        assert all(words in shown for words in ("Send", "esc Choices", "New line"))


async def test_escape_goes_back_to_the_choices_and_keeps_what_was_written(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        screen = await _asked_without_choices(driver)
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
        screen = await _asked_without_choices(driver)
        asked = screen._turn.asked
        await driver.press("U")
        await driver.sees("Letters are keys here; t begins to write")
        assert screen._turn.asked == asked


async def test_what_is_pasted_over_the_choices_is_an_answer(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (80, 24)) as driver:
        screen = await _asked_without_choices(driver)
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
        choices = screen.query_one(ChoiceList)
        answers = sum(not item.letter for item in screen._turn.question.choices)
        choices.highlighted = answers
        await driver.press("enter")
        assert screen.query_one(AnswerArea).has_focus
        assert screen._turn.asked == 0
