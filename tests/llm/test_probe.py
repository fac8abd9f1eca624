"""Each kind of server is asked in the first way that it understands, with words that are nobody's; an outage is no answer to that."""

import json
import time
from collections.abc import Callable

import pytest

from alloy_assist.llm.door import Door, Patience
from alloy_assist.llm.errors import CredentialsError, UnreachableError
from alloy_assist.llm.gateway import MODES, Mode
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.litellm_gateway import LitellmGateway
from alloy_assist.llm.probe import probe
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from fixtures.model_server import Exchange, hang_up, model_server

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    # Libraries that we do not own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

BIRD = {"kind_of_bird": "heron", "number_of_legs": 2}
PROSE = "A heron was in the ditch, on one of its two legs."


def knows_schemas(exchange: Exchange) -> None:
    asked = exchange.body.get("response_format", {}).get("type") == "json_schema"
    exchange.stream(json.dumps(BIRD) if asked else PROSE)


def knows_tools(exchange: Exchange) -> None:
    if "response_format" in exchange.body:
        exchange.status(400, "response_format is not supported")
    elif exchange.body.get("tools"):
        exchange.call(exchange.body["tools"][0]["function"]["name"], json.dumps(BIRD))
    else:
        exchange.stream(PROSE)


def knows_only_text(exchange: Exchange) -> None:
    """As old servers do: takes every parameter and passes it over; only a prompt that shows the shape helps."""
    shown = any("kind_of_bird" in str(message["content"]) for message in exchange.body["messages"])
    exchange.stream(f"Sure!\n```json\n{json.dumps(BIRD)}\n```" if shown else PROSE)


def chatters(exchange: Exchange) -> None:
    exchange.stream(PROSE)


def door(url: str, log: MemoryLog) -> Door:
    patience = Patience(attempts=1, repairs=0)
    gateway = LitellmGateway("openai/local", url, "none")
    return Door(gateway, Ledger(Limits(), time.monotonic), Redactor(), log, patience=patience)


@pytest.mark.parametrize(
    ("behaviour", "mode", "outcomes"),
    [
        (knows_schemas, "json_schema", ["answered"]),
        (knows_tools, "tools", ["refused", "answered"]),
        (knows_only_text, "json", ["invalid", "invalid", "answered"]),
        (chatters, None, ["invalid", "invalid", "invalid"]),
    ],
)
async def test_the_first_way_that_works_is_taken(
    behaviour: Callable[[Exchange], None], mode: Mode | None, outcomes: list[str]
) -> None:
    log = MemoryLog()
    with model_server(behaviour) as server:
        found = await probe(door(server.url, log), MODES)

    assert found.mode == mode
    assert [trial.outcome for trial in found.trials] == outcomes
    assert server.count == len(outcomes) == len(log.entries)
    assert {entry.purpose.partition(":")[0] for entry in log.entries} == {"probe"}


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [(lambda exchange: exchange.status(401, "who are you"), CredentialsError), (hang_up, UnreachableError)],
    ids=["no leave", "nobody there"],
)
async def test_what_is_no_answer_to_the_question_is_an_error(
    behaviour: Callable[[Exchange], None], error: type[Exception]
) -> None:
    with model_server(behaviour) as server:
        with pytest.raises(error):
            await probe(door(server.url, MemoryLog()), MODES)

        assert server.count == 1
