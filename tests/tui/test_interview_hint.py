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


BEGIN = "Enter or t begins to write"
WRITING = "You are writing: Enter sends, Escape goes back to the choices"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (turn(ANSWER), "t writes in your own words; Enter sends"),
        (turn(ANSWER, multiple=True), "Space marks several. t writes in your own words; Enter sends"),
        (turn(ANSWER, hint="Paths or globs."), "Paths or globs. t writes in your own words; Enter sends"),
        (turn(), BEGIN),
        (turn(ENDING), BEGIN),
        (turn(hint="Name one."), f"Name one. {BEGIN}"),
    ],
)
def test_the_hint_says_what_the_keys_do_among_the_choices(shown: Turn, said: str) -> None:
    assert hint(shown) == said


@pytest.mark.parametrize(
    ("shown", "said"), [(turn(ANSWER), WRITING), (turn(), WRITING), (turn(hint="Name one."), f"Name one. {WRITING}")]
)
def test_the_hint_says_what_the_keys_do_in_the_field(shown: Turn, said: str) -> None:
    assert hint(shown, writing=True) == said


def test_an_answer_that_has_to_be_picked_offers_no_words() -> None:
    asked = turn(ANSWER)
    assert asked.question is not None
    question = asked.question.model_copy(update={"allows_text": False})
    assert hint(asked.model_copy(update={"question": question})) == "Enter sends"
