"""Every way in which a server can fail ends as a typed outcome, in time, with attempts and cost accounted."""

import time
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import ModelError
from alloy_assist.llm.gateway import MODES, Message, Mode, Request
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.litellm_gateway import LitellmGateway
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from fixtures.model_server import Exchange, ModelServer, hang_up, model_server, stall

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    # Libraries that we do not own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

GOOD = '{"title": "The core imports no vendor", "score": 3}'
KEY = "sk-notreal0notreal1notreal2notreal3notreal4notre"


class Answer(BaseModel):
    title: str
    score: int


def request(*, answer: type[BaseModel] | None = Answer, deadline: float = 60.0, text: str = "What is this?") -> Request:
    messages = (Message("system", "Answer with JSON."), Message("user", text))
    return Request("test", messages, answer=answer, max_output_tokens=200, deadline_seconds=deadline)


class Task:
    """A door to one server, with what it kept."""

    def __init__(self, server: ModelServer, mode: Mode = "json", limits: Limits | None = None) -> None:
        self.ledger = Ledger(limits or Limits(), time.monotonic)
        self.log = MemoryLog()
        self.pauses: list[float] = []
        gateway = LitellmGateway("openai/local", server.url, KEY)
        self.door = Door(gateway, self.ledger, Redactor([KEY]), self.log, mode=mode, sleep=self.pause)

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


def status(code: int, message: str = "", **headers: str) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.status(code, message, headers)


def says(*pieces: str, finish: str | None = "stop", pause: float = 0.0) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.stream(*pieces, finish=finish, pause=pause)


@pytest.mark.parametrize("mode", MODES)
async def test_a_good_answer_is_typed_counted_and_logged(mode: Mode) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.body.get("tools"):
            exchange.call(exchange.body["tools"][0]["function"]["name"], GOOD)
        else:
            exchange.stream(GOOD[:20], GOOD[20:])

    with model_server(behave) as server:
        task = Task(server, mode)
        reply = await task.door.ask(request())

    assert reply.answer == Answer(title="The core imports no vendor", score=3)
    assert server.count == reply.attempts == 1
    assert task.ledger.spent.requests == 1
    assert [entry.outcome for entry in task.log.entries] == ["answered"]
    if mode != "tools":
        assert (task.ledger.spent.input_tokens, task.ledger.spent.output_tokens) == (11, 7)
    if mode == "json_schema":
        assert server.exchanges[0].body["response_format"]["type"] == "json_schema"


async def test_text_is_streamed_while_it_comes() -> None:
    heard: list[str] = []
    with model_server(says("one ", "two ", "three")) as server:
        reply = await Task(server).door.ask(request(answer=None), heard.append)

    assert heard == ["one ", "two ", "three"]
    assert reply.text == "one two three"


@pytest.mark.parametrize(
    ("behaviour", "kind", "requests"),
    [
        (status(401, "bad key"), "credentials", 1),
        (status(403, "not for you"), "credentials", 1),
        (status(404, "no such model"), "unknown_model", 1),
        (status(400, "this is bad"), "refused", 1),
        (status(429, "slow down"), "rate_limit", 4),
        (status(500, "oops"), "server", 4),
        (status(503, "later"), "server", 4),
        (hang_up, "unreachable", 4),
        (status(400, "the request exceeds the available context size"), "context_overflow", 2),
        (status(307, "", location="http://127.0.0.1:1/elsewhere"), "refused", 1),
        (says(""), "empty", 4),
        (says("I think that ", "it is fine."), "invalid", 2),
        (says('{"title": "x"}'), "invalid", 2),
        (says('{"title": "x", "score": "many"}'), "invalid", 2),
        (says('{"title": "The co', finish="length"), "cut_off", 1),
        (says('{"title": "The co', finish=None), "cut_off", 4),
        (says(GOOD, finish=None), "cut_off", 4),
    ],
)
async def test_each_failure_has_its_type_and_its_number_of_requests(
    behaviour: Callable[[Exchange], None], kind: str, requests: int
) -> None:
    with model_server(behaviour) as server:
        task = Task(server)
        begun = time.monotonic()
        with pytest.raises(ModelError) as caught:
            await task.door.ask(request())

    assert caught.value.kind == kind
    assert server.count == requests == caught.value.attempts == task.ledger.spent.requests
    assert [entry.outcome for entry in task.log.entries] == [kind] * requests
    assert time.monotonic() - begun < 70


@pytest.mark.parametrize(
    "behaviour",
    [stall(20), says(*["x"] * 100, pause=0.2)],
    ids=["stall", "slow drip"],
)
async def test_what_takes_too_long_ends_at_its_deadline(behaviour: Callable[[Exchange], None]) -> None:
    with model_server(says(GOOD), behaviour) as server:
        task = Task(server)
        await task.door.ask(request())  # the first one pays for the import
        begun = time.monotonic()
        with pytest.raises(ModelError) as caught:
            await task.door.ask(request(deadline=1.0))
        took = time.monotonic() - begun

    assert caught.value.kind == "deadline"
    assert took < 8
    assert task.log.entries[-1].outcome == "deadline"
    assert task.ledger.spent.input_tokens > 11


async def test_the_server_says_how_long_to_wait() -> None:
    with model_server(status(429, "slow", **{"retry-after": "7"}), says(GOOD)) as server:
        task = Task(server)
        reply = await task.door.ask(request())

    assert reply.attempts == 2
    assert task.pauses == [7.0]


async def test_a_wait_beyond_the_budget_is_not_waited_for() -> None:
    with model_server(status(429, "slow", **{"retry-after": "900"})) as server:
        task = Task(server)
        with pytest.raises(ModelError) as caught:
            await task.door.ask(request())

    assert caught.value.kind == "rate_limit"
    assert (server.count, task.pauses) == (1, [])


async def test_an_overlong_request_is_halved_once() -> None:
    with model_server(status(400, "maximum context length is 8192 tokens"), says(GOOD)) as server:
        task = Task(server)
        reply = await task.door.ask(request(text="word " * 2000))

    assert reply.attempts == 2
    first, second = (len(exchange.body["messages"][-1]["content"]) for exchange in server.exchanges)
    assert second < 0.6 * first
    assert "shortened" in server.exchanges[1].body["messages"][-1]["content"]


async def test_an_answer_of_the_wrong_shape_is_sent_back_with_what_is_wrong() -> None:
    with model_server(says('{"title": "x"}'), says(f"Sure!\n```json\n{GOOD}\n```")) as server:
        reply = await Task(server).door.ask(request())

    assert isinstance(reply.answer, Answer)
    assert "score" in server.exchanges[1].body["messages"][-1]["content"]


async def test_a_server_that_echoes_our_key_does_not_get_it_onto_the_screen() -> None:
    with model_server(status(401, f"Incorrect API key provided: {KEY} \x1b]52;c;aGk=\x07")) as server:
        task = Task(server)
        with pytest.raises(ModelError) as caught:
            await task.door.ask(request())

    assert server.exchanges[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(caught.value)
    assert KEY not in repr(task.log.entries)
    assert "\x1b" not in str(caught.value)


async def test_a_tool_call_comes_back_as_one() -> None:
    with model_server(lambda exchange: exchange.call("read_span", '{"path": "a.py"}')) as server:
        reply = await Task(server).door.ask(request(answer=None))

    assert [(call.name, call.arguments) for call in reply.calls] == [("read_span", '{"path": "a.py"}')]


async def test_nothing_listens_there() -> None:
    with model_server(says(GOOD)) as server:
        pass
    task = Task(server)
    with pytest.raises(ModelError) as caught:
        await task.door.ask(request())

    assert caught.value.kind == "unreachable"
    assert task.ledger.spent.tokens == 0


async def test_what_the_ledger_does_not_allow_is_never_sent() -> None:
    with model_server(says(GOOD)) as server:
        task = Task(server, limits=Limits(requests=1))
        await task.door.ask(request())
        with pytest.raises(ModelError) as caught:
            await task.door.ask(request())

    assert caught.value.kind == "budget"
    assert server.count == 1
