"""The model in the conversation: nobody waits for it, its words come as they are written, and what was sent can be looked at."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.bootstrap import Project
from alloy_assist.llm.errors import ModelError, StoppedError, UnreachableError
from alloy_assist.llm.gateway import OnText
from alloy_assist.llm.ledger import Spent
from alloy_assist.llm.request_log import LoggedRequest
from alloy_assist.operations.model_voice import ModelVoice
from alloy_assist.tui.screens.interview import InterviewScreen
from alloy_assist.tui.widgets.answer import AnswerArea

Drive = Callable[..., Any]


class SlowModel:
    """Says half of what it has to say, and waits to be let go or given up."""

    is_open = True

    def __init__(self, *, fails: ModelError | None = None) -> None:
        self.spent = Spent()
        self.fails = fails
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self.gave_up = threading.Event()

    def renew(self) -> None:
        """One budget is enough."""

    def give_up(self) -> None:
        self.gave_up.set()
        self.go_on.set()

    def perform(self, job: Job, on_text: OnText) -> Said:
        self.asked.append(job.name)
        if self.fails is not None:
            raise self.fails
        plain = job.data.get("question", "?")
        said = json.dumps({"question": f"In short, {plain}", "pieces": []}, ensure_ascii=False)
        on_text(said[:30])
        assert self.go_on.wait(30)
        if self.gave_up.is_set():
            self.gave_up.clear()
            self.go_on.clear()
            raise StoppedError("given up")
        self.go_on.clear()
        return job.answer.model_validate_json(said)


def give(project: Project, model: SlowModel) -> SlowModel:
    """Let a project have this model. Nothing of it has been used yet, so that interviews are made with it."""
    vars(project.modeling)["voice"] = ModelVoice("some-model", model)
    return model


async def begin(driver: Any) -> None:
    await driver.go("h", "hypotheses")
    await driver.pilot.press("i")
    await driver.sees("question 1 of at most 5")


async def test_the_question_shows_at_once_and_the_models_words_join_it(scanned: Project, drive: Drive) -> None:
    model = give(scanned, SlowModel())
    async with drive(scanned, (120, 40)) as driver:
        await begin(driver)
        await driver.sees("some-model", "In short")
        assert "plainly:" not in driver.text
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.pilot.press("t")
        screen.query_one(AnswerArea).insert("half a sen")
        model.go_on.set()
        await driver.sees("plainly:", "In short,")
        assert screen.query_one(AnswerArea).text == "half a sen"
        await driver.until(lambda: "some-model" not in driver.text)


async def test_escape_leaves_the_models_words_and_not_the_interview(scanned: Project, drive: Drive) -> None:
    model = give(scanned, SlowModel())
    async with drive(scanned, (120, 40)) as driver:
        await begin(driver)
        await driver.sees("some-model")
        await driver.pilot.press("escape")
        await driver.until(lambda: "some-model" not in driver.text)
        assert "question 1 of at most 5" in driver.text
        assert "plainly:" not in driver.text
        assert model.asked == ["phrase_question"]


async def test_an_answer_does_not_wait_for_a_wording_and_escape_does_not_wait_for_a_reading(
    scanned: Project, drive: Drive
) -> None:
    model = give(scanned, SlowModel())
    async with drive(scanned, (120, 40)) as driver:
        await begin(driver)
        await driver.sees("some-model")
        await driver.pilot.press("t")
        screen = driver.app.screen
        screen.query_one(AnswerArea).insert(
            "Anybody can change the payment vendor in a week and test checkout on a train"
        )
        await driver.pilot.press("enter")
        await driver.sees("reads your answer", "Escape goes on without")
        await driver.pilot.press("escape")
        await driver.sees("question 2 of at most 5")
        assert set(model.asked) == {"phrase_question", "read_answer"}


async def test_a_model_that_is_gone_is_said_once_and_the_interview_goes_on(scanned: Project, drive: Drive) -> None:
    model = give(scanned, SlowModel(fails=UnreachableError("Nothing answers at the model's address.")))
    async with drive(scanned, (120, 40)) as driver:
        await begin(driver)
        await driver.sees("Going on in plain words; nothing is lost.", "Nothing answers")
        await driver.press("l")
        await driver.sees("question 2 of at most 5")
        assert model.asked == ["phrase_question"]


def logged(number: int, outcome: str = "answered", usd: float | None = 0.0) -> LoggedRequest:
    return LoggedRequest(
        at=f"2026-03-0{number}T10:00:00.000+00:00",
        purpose=f"job {number}",
        model="openai/local",
        place="http://127.0.0.1:9",
        attempt=1,
        outcome=outcome,
        seconds=1.5,
        input_tokens=100 * number,
        output_tokens=7,
        usd=usd,
        redactions={"github key": 2} if number == 2 else {},
        messages=({"role": "system", "text": "You only read."}, {"role": "user", "text": f"words {number} \x1b[31m"}),
        answer="an answer" if outcome == "answered" else "",
        detail="" if outcome == "answered" else "Nothing answers.",
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_sent_is_listed_and_shown_in_full(scanned: Project, drive: Drive, size: tuple[int, int]) -> None:
    for entry in (logged(1), logged(2, usd=None), logged(3, "unreachable")):
        scanned.modeling.log.write(entry)
    async with drive(scanned, size) as driver:
        await driver.go("l", "log")
        await driver.press("m")
        await driver.sees("3 requests, 1 without an answer, 621 tokens, $0.0000", "unpriced", "unreachable")
        assert driver.text.index("job 3") < driver.text.index("job 1")
        await driver.press("j", "enter")
        await driver.sees("Request 2", "redacted before it left: 2 × github key", "You only read.", "words 2")
        assert "\x1b[31m" not in driver.text
        await driver.press("escape")
        await driver.press("escape")
        await driver.until(lambda: "What was sent to a model" not in driver.text)
