"""Rewriting in an interview: a line that holds several keeps them all, a title can be changed, a piece of a sentence can be left out."""

from collections.abc import Callable
from typing import Any

from alloy_assist.bootstrap import Project
from alloy_assist.elicitation import model as m

Drive = Callable[..., Any]


def at_the_summary(project: Project) -> m.Turn:
    """An interview that requires two things, left where it reads aloud."""
    work = project.interviewing
    found = project.hypotheses.list()[0]
    turn = work.start(None, found.id, kind=m.SubjectKind.HYPOTHESIS)
    while turn.question is not None:
        wanted = turn.question.choices[:2] if turn.question.topic is m.Slot.EVIDENCE else turn.question.choices[:1]
        keys = tuple(choice.key for choice in wanted)
        event = m.Answered(question=turn.question.id, choices=keys) if keys else m.NotKnown(question=turn.question.id)
        turn = work.submit(turn.interview_id, event)
    return turn


def evidence(turn: m.Turn) -> list[str]:
    return [entry.text for entry in turn.draft.entries if entry.slot is m.Slot.EVIDENCE]


async def test_a_line_that_holds_several_is_kept_whole_and_a_title_can_be_changed(
    scanned: Project, drive: Drive
) -> None:
    left = at_the_summary(scanned)
    before = evidence(left)
    assert len(before) > 1
    async with drive(scanned) as driver:
        await driver.press("enter")
        await driver.sees("Read aloud:")
        await driver.press("e")
        await driver.sees("Which line?", "Title")
        await driver.press("5")
        await driver.sees("One on each line.")
        await driver.press("ctrl+s")
        await driver.until(lambda: "One on each line." not in driver.text)
        await driver.sees("Read aloud:")
        await driver.press("e")
        await driver.sees("Which line?")
        await driver.press(*["down"] * 13, "enter")
        await driver.sees("An empty text takes the line out.")
        await driver.write(" for good")
        await driver.press("enter")
        await driver.until(lambda: "An empty text" not in driver.text)
        await driver.until(lambda: "for good" in scanned.interviewing.show(left.interview_id).title)
    assert evidence(scanned.interviewing.show(left.interview_id)) == before


async def test_a_piece_of_a_sentence_can_be_left_out(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("t")
        await driver.write("We keep providers replaceable because prices rise, at the cost of one more adapter")
        await driver.press("enter")
        await driver.sees("several things", "2 What it costs: one more adapter")
        await driver.press("2")
        await driver.sees("Where does it belong?", "Nowhere: leave it out")
        assert "Where it applies" not in driver.text.partition("Where does it belong?")[2].partition("Nowhere")[0]
        await driver.press("8")
        await driver.until(lambda: "Where does it belong?" not in driver.text)
        await driver.press("enter")
        await driver.sees("question 2")
    info = scanned.interviewing.list()[0]
    assert scanned.interviewing.state(info.id).draft.text(m.Slot.TRADEOFF) == ""
