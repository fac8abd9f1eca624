"""The model's server dies in the middle of an interview, by keyboard: the questions go on in plain words and nothing is lost."""

import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.settings import ModelSettings
from fixtures.model_server import Behaviour, Exchange, model_server
from store.records import RecordState

Drive = Callable[..., Any]

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    # Libraries that we do not own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def worded(exchange: Exchange) -> str:
    """What the server says: the question again, begun in other words; it reads and judges nothing."""
    data = exchange.body["messages"][-1]["content"]
    asked = re.search(r"question>>>\n(.*?)\n<<<END", data, re.DOTALL)
    if asked is None or '{"question"' not in exchange.body["messages"][0]["content"]:
        return '{"pieces": []}'
    return json.dumps({"question": f"In short, {' '.join(asked[1].split()).rpartition('?')[0]}?"}, ensure_ascii=False)


def speaks(exchange: Exchange) -> None:
    exchange.stream(worded(exchange))


def dies_while_speaking(exchange: Exchange) -> None:
    exchange.stream(worded(exchange)[:60], finish=None)


def with_model(project: Project, url: str) -> Project:
    """Choose and allow the model behind an address, as a person does with two commands."""
    model = ModelSettings(choice="local", name="openai/local", base_url=url, structured_mode="json")
    chosen = replace(project, settings=project.settings.model_copy(update={"model": model}))
    chosen.modeling.allow()
    return chosen


@pytest.mark.parametrize("dies", ["between questions", "while it speaks"])
async def test_the_interview_goes_on_in_plain_words_and_ends_in_a_record(
    scanned: Project, drive: Drive, dies: str
) -> None:
    behaviours: list[Behaviour] = [speaks] if dies == "between questions" else [dies_while_speaking]
    with ExitStack() as serving:
        server = serving.enter_context(model_server(*behaviours))
        project = with_model(scanned, server.url)
        async with drive(project) as driver:
            await driver.go("h", "hypotheses")
            await driver.press("i")
            if dies == "between questions":
                await driver.sees("question 1 of at most 5", "plainly:", "In short,")
            else:
                await driver.until(lambda: server.count >= 1)
            serving.close()  # from now on nothing listens there
            await driver.take_first_choices()
            assert "Going on in plain words; nothing is lost." in driver.notices
            assert driver.notices.count("Going on in plain words") == 1
            assert "In short" not in driver.text
    kept = project.intents.list()
    assert [record.state for record in kept] == [RecordState.ACCEPTED]
    outcomes = [entry.outcome for entry in project.modeling.requests()]
    assert outcomes[0] == ("answered" if dies == "between questions" else "cut_off")
    # What broke off may have been asked again before the server was gone.
    assert set(outcomes) <= {outcomes[0], "unreachable"}
    assert outcomes[-1] == "unreachable"
    assert len(outcomes) <= 8
