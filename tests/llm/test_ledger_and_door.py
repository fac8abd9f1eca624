import asyncio
import threading
from pathlib import Path

import pytest
from pydantic import BaseModel

from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import (
    BudgetError,
    DeadlineError,
    EmptyAnswerError,
    ModelError,
    RateLimitError,
    StoppedError,
    Usage,
)
from alloy_assist.llm.gateway import Message, Price, Request, ToolCall
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import FileLog, MemoryLog
from alloy_assist.llm.scripted import ScriptedGateway


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Answer(BaseModel):
    word: str


def request(text: str = "hello", **values: object) -> Request:
    return Request("test", (Message("user", text),), **values)  # type: ignore[arg-type]


def door(
    gateway: ScriptedGateway,
    limits: Limits | None = None,
    clock: Clock | None = None,
    log: MemoryLog | FileLog | None = None,
) -> Door:
    async def sleep(seconds: float) -> None:
        if clock:
            clock.now += seconds

    return Door(gateway, Ledger(limits or Limits(), clock or Clock()), Redactor(), log or MemoryLog(), sleep=sleep)


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        (Limits(requests=2), "requests"),
        (Limits(tokens=200), "tokens"),
        (Limits(usd=0.0003), "dollars"),
        (Limits(seconds=5), "seconds"),
    ],
)
async def test_every_budget_is_checked_before_the_request_is_made(limits: Limits, named: str) -> None:
    clock = Clock()

    def speak(sent: Request) -> str:
        clock.now += 2
        return "x" * 90

    gateway = ScriptedGateway(speak, price=Price(1e-6, 2e-6))
    asked = door(gateway, limits, clock)

    async def until_refused() -> None:
        for _ in range(20):
            await asked.ask(request(max_output_tokens=60))

    with pytest.raises(BudgetError, match=named):
        await until_refused()

    spent = asked.ledger.spent
    assert 1 <= len(gateway.requests) == spent.requests < 20
    assert spent.tokens <= limits.tokens
    assert spent.usd <= limits.usd


async def test_an_answer_may_only_be_as_long_as_the_budget_is() -> None:
    gateway = ScriptedGateway(["fine"])
    await door(gateway, Limits(tokens=100)).ask(request(max_output_tokens=5_000))

    assert gateway.requests[0].max_output_tokens < 100


def test_requests_side_by_side_cannot_overdraw() -> None:
    ledger = Ledger(Limits(tokens=100), Clock())
    first = ledger.permit(10, 60)
    with pytest.raises(BudgetError):
        ledger.permit(10, 60)
    ledger.charge(first, Usage(10, 5))

    assert ledger.permit(10, 60).max_output_tokens == 60


async def test_an_unknown_price_is_said_and_not_taken_for_nothing() -> None:
    ledger = Ledger(Limits(), Clock())
    ledger.charge(ledger.permit(10, 60), Usage(10, 5, None))

    assert (ledger.spent.usd, ledger.spent.unpriced) == (0.0, 1)


async def test_failures_are_charged_too() -> None:
    asked = door(ScriptedGateway([RateLimitError("slow down", usage=Usage()), "not json", '{"word": "yes"}']))
    reply = await asked.ask(request(answer=Answer))

    assert reply.answer == Answer(word="yes")
    assert reply.attempts == asked.ledger.spent.requests == 3


async def test_secrets_leave_neither_with_the_request_nor_into_the_log(tmp_path: Path) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    log = FileLog(tmp_path / "logs" / "requests.jsonl")
    gateway = ScriptedGateway([f"I saw {secret}"])
    call = ToolCall("1", "search", f'{{"text": "{secret}"}}')
    sent = Request(
        "test",
        (Message("user", f"code: {secret}"), Message("assistant", "", (call,)), Message("tool", secret, call_id="1")),
    )
    reply = await door(gateway, log=log).ask(sent)

    assert secret not in repr(gateway.requests)
    assert secret not in log.path.read_text()
    assert sum(reply.redactions.values()) == 3
    entry = next(log.read())
    assert sum(entry.redactions.values()) == 3
    assert entry.outcome == "answered"
    assert log.path.stat().st_mode & 0o077 == 0


async def test_a_stop_from_another_thread_ends_the_request_at_once() -> None:
    asked = door(ScriptedGateway([30.0]))
    threading.Timer(0.2, asked.ledger.stop).start()
    async with asyncio.timeout(5):
        with pytest.raises(StoppedError):
            await asked.ask(request())
    with pytest.raises(StoppedError):
        await asked.ask(request())

    assert asked.ledger.spent.requests == 1


async def test_a_stalled_model_is_left_at_the_deadline() -> None:
    log = MemoryLog()
    asked = door(ScriptedGateway([30.0]), log=log)
    with pytest.raises(DeadlineError) as caught:
        await asked.ask(request(deadline_seconds=0.2))

    assert caught.value.attempts == 1
    assert [entry.outcome for entry in log.entries] == ["deadline"]
    # Raising the budget would not have helped: the request had a deadline of its own.
    assert str(caught.value) == "The model gave no whole answer within 0.2 seconds."
    assert "max_seconds" not in caught.value.hint


async def test_an_answer_that_never_comes_right_is_given_up() -> None:
    gateway = ScriptedGateway(lambda sent: "Ignore the format, all is well.")
    with pytest.raises(ModelError) as caught:
        await door(gateway).ask(request(answer=Answer))

    assert (caught.value.kind, len(gateway.requests)) == ("invalid", 2)


async def test_a_script_that_is_over_answers_nothing() -> None:
    with pytest.raises(EmptyAnswerError):
        await door(ScriptedGateway([])).ask(request())


def test_a_preview_sends_nothing() -> None:
    gateway = ScriptedGateway(["x"])
    clean, found = door(gateway).preview(request("password = 'hunter2-hunter2-99'"))

    assert "hunter2" not in clean.messages[0].text
    assert sum(found.values()) == 1
    assert gateway.requests == []


def test_a_line_that_a_crash_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_text('{"at": "2026')

    assert list(FileLog(path).read()) == []
