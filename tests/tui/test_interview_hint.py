"""The line below the choices says which keys work where the person is."""

from __future__ import annotations

import pytest

from alloy_assist.elicitation.model import Choice, Mode, Question, Slot, Turn
from alloy_assist.tui.interview_keys import hint


def turn(*choices: Choice, hint: str = "", multiple: bool = False) -> Turn:
    question = Question(
        id="q", topic=Slot.CAPABILITY, text="What for?", why="", choices=choices, hint=hint, multiple=multiple
    )
    return Turn(interview_id="i", sequence=1, kind="question", mode=Mode.WHY, question=question)


ANSWER = Choice(key="a", label="an answer")
ENDING = Choice(key="accident", label="Nobody meant it", letter="n")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (turn(ANSWER), "t writes in your own words; Enter sends"),
        (turn(ANSWER, multiple=True), "Space marks several. t writes in your own words; Enter sends"),
        (turn(ANSWER, hint="Paths or globs."), "Paths or globs. t writes in your own words; Enter sends"),
        (turn(), "You are writing: Enter sends, ^j makes a new line, @ cites, Escape leaves the field"),
        (turn(ENDING), "You are writing: Enter sends, ^j makes a new line, @ cites, Escape leaves the field"),
        (
            turn(hint="Name one."),
            "Name one. You are writing: Enter sends, ^j makes a new line, @ cites, Escape leaves the field",
        ),
    ],
)
def test_the_hint_says_who_has_the_keys(shown: Turn, said: str) -> None:
    assert hint(shown) == said
