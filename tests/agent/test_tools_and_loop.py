import json
import time
from dataclasses import replace
from typing import Any

import pytest

from alloy_assist.agent import jobs
from alloy_assist.agent.answers import Ideas, Sharpened
from alloy_assist.agent.fencing import fenced
from alloy_assist.agent.loop import first_request, run_job
from alloy_assist.agent.tools import Toolbox, standard_tools
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import (
    BudgetError,
    CredentialsError,
    ModelError,
    RefusedRequestError,
    ServerError,
    TooLongError,
)
from alloy_assist.llm.gateway import ToolCall, estimate_tokens
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from alloy_assist.llm.scripted import ScriptedGateway

NOTHING = {"text": "", "where": "", "quote": ""}
ANSWER = json.dumps(
    {
        "title": NOTHING,
        "capability": {"text": "Offline tests.", "where": "shop/ports.py", "quote": "class Gateway"},
        "threat": NOTHING,
    }
)


def call(tool: str, /, **arguments: object) -> ToolCall:
    return ToolCall("c1", tool, json.dumps(arguments))


def use(workspace: Workspace, tool: str, /, **arguments: object) -> str:
    return Toolbox(workspace, standard_tools()).answer(call(tool, **arguments))


def door(gateway: ScriptedGateway, **limits: int) -> Door:
    return Door(gateway, Ledger(Limits(**limits), time.monotonic), Redactor(), MemoryLog())


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("list_files", {"folder": "shop"}, "shop/checkout.py (python)"),
        ("read_span", {"path": "shop/checkout.py", "start": 5, "end": 5}, "5: def pay("),
        ("search", {"text": "GATEWAY.charge"}, "shop/checkout.py:7"),
        ("symbol", {"name": "pay"}, "shop/checkout.py:5-7 function pay"),
        ("importers", {"target": "shop/ports.py"}, "shop/checkout.py:2"),
        ("imports", {"path": "shop/checkout.py"}, "shop/ports.py"),
        ("tests_for", {"path": "shop/checkout.py"}, "test_pays"),
        ("history", {"path": "shop/checkout.py"}, "1 changes by 1 people"),
        ("blame", {"path": "shop/checkout.py", "start": 1, "end": 2}, "Begin"),
        ("observations", {"target": "shop"}, "nothing was observed"),
        ("records", {"text": "gateway"}, "no record mentions it"),
    ],
)
def test_each_tool_answers_with_fenced_data(
    shop: Workspace, name: str, arguments: dict[str, object], expected: str
) -> None:
    result = use(shop, name, **arguments)

    assert expected in result
    assert result.startswith("<<<DATA ")


def test_a_commit_is_shown_without_its_secret_files(shop: Workspace) -> None:
    first = shop.facts.history.commits[-1].oid
    result = use(shop, "show_commit", commit=first)

    assert "Begin" in result
    assert "def pay" in result
    assert "abcdefgh12345678" not in result


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../etc/passwd", ".env", ".git/config", "shop/../../x", "~/.ssh/id_rsa", "", "shop\x00"]
)
@pytest.mark.parametrize("name", ["read_span", "blame", "imports", "tests_for", "history"])
def test_no_tool_reads_what_is_not_tracked_or_secret(shop: Workspace, name: str, path: str) -> None:
    result = use(shop, name, path=path)

    assert "root:" not in result
    assert "TOKEN" not in result


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call("accept_record", id="hyp_1"), "no tool"),
        (call("read_span", path="a", mode="w"), "Wrong arguments"),
        (call("read_span", path="x" * 9_000), "Wrong arguments"),
        (ToolCall("1", "read_span", "not json"), "Wrong arguments"),
        (call("show_commit", commit="--output=/tmp/x"), "Wrong arguments"),
    ],
)
def test_a_wrong_call_is_refused_in_words(shop: Workspace, made: ToolCall, expected: str) -> None:
    assert expected in Toolbox(shop, standard_tools()).answer(made)


def test_results_are_capped(shop: Workspace) -> None:
    text = fenced("x", "a" * 50_000)

    assert len(text) < 13_000
    assert "more characters were left out" in text


def test_no_text_can_close_its_own_fence() -> None:
    inner = fenced("x", "payload")
    outer = fenced("y", inner)

    mark = outer.split()[1]
    assert outer.count(f"<<<END {mark}>>>") == 1
    assert outer.endswith(f"<<<END {mark}>>>")


async def test_the_agent_looks_and_then_answers(shop: Workspace) -> None:
    gateway = ScriptedGateway(
        [call("search", text="gateway"), call("read_span", path="shop/ports.py"), "I have seen enough.", ANSWER]
    )
    finished = await run_job(
        jobs.sharpen("Vendors stay outside", "evidence"), door(gateway), Toolbox(shop, standard_tools())
    )

    assert isinstance(finished.answer, Sharpened)
    assert (finished.steps, finished.looked) == (3, 2)
    assert [bool(request.tools) for request in gateway.requests] == [True, True, True, False]
    system = [message for request in gateway.requests for message in request.messages if message.role == "system"]
    assert all("class Gateway" not in message.text for message in system)


async def test_a_model_that_repeats_itself_is_brought_to_an_end(shop: Workspace) -> None:
    gateway = ScriptedGateway(lambda sent: call("search", text="gateway") if sent.tools else ANSWER)
    finished = await run_job(jobs.sharpen("x", "y"), door(gateway), Toolbox(shop, standard_tools()))

    assert finished.steps == 3
    assert isinstance(finished.answer, Sharpened)


async def test_a_model_that_never_stops_looking_meets_its_step_limit(shop: Workspace) -> None:
    counter = iter(range(10_000))
    gateway = ScriptedGateway(
        lambda sent: call("read_span", path="shop/ports.py", start=next(counter) + 1) if sent.tools else ANSWER
    )
    finished = await run_job(jobs.sharpen("x", "y"), door(gateway), Toolbox(shop, standard_tools()))

    assert finished.steps == 6
    assert isinstance(finished.answer, Sharpened)


async def test_the_last_request_of_a_budget_is_kept_for_the_answer(shop: Workspace) -> None:
    counter = iter(range(10_000))
    gateway = ScriptedGateway(
        lambda sent: call("read_span", path="shop/ports.py", start=next(counter) + 1) if sent.tools else ANSWER
    )
    finished = await run_job(jobs.sharpen("x", "y"), door(gateway, requests=3), Toolbox(shop, standard_tools()))

    assert isinstance(finished.answer, Sharpened)
    assert (finished.steps, finished.looked, len(gateway.requests)) == (2, 2, 3)


async def test_a_budget_of_tokens_ends_the_run_in_words(shop: Workspace) -> None:
    gateway = ScriptedGateway(lambda _: ANSWER)
    with pytest.raises(BudgetError):
        await run_job(jobs.sharpen("x", "y"), door(gateway, tokens=200), Toolbox(shop, standard_tools()))

    assert gateway.requests == []


async def test_looking_takes_half_of_the_time_at_most_and_the_answer_the_rest(shop: Workspace) -> None:
    gateway = ScriptedGateway(lambda sent: 30.0 if sent.tools else ANSWER)
    begun = time.monotonic()
    finished = await run_job(
        replace(jobs.sharpen("x", "y"), deadline_seconds=1.0), door(gateway), Toolbox(shop, standard_tools())
    )

    assert isinstance(finished.answer, Sharpened)
    assert finished.looked == 0
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("failure", [RefusedRequestError("no tools here"), ServerError("no tools here")])
async def test_a_server_that_cannot_do_tools_is_asked_without(shop: Workspace, failure: ModelError) -> None:
    gateway = ScriptedGateway(lambda sent: failure if sent.tools else ANSWER)
    told: list[str] = []
    finished = await run_job(jobs.sharpen("x", "y"), door(gateway), Toolbox(shop, standard_tools()), told.append)

    assert isinstance(finished.answer, Sharpened)
    assert [line.partition(": ")[0] for line in told] == ["step 1", "step 1", "answers from what it was given"]
    assert told[1].startswith("step 1: looks no further: ")


async def test_a_server_that_is_gone_is_not_asked_again(shop: Workspace) -> None:
    gateway = ScriptedGateway(lambda _: CredentialsError("no key"))
    with pytest.raises(CredentialsError):
        await run_job(jobs.sharpen("x", "y"), door(gateway), Toolbox(shop, standard_tools()))

    assert len(gateway.requests) == 1


IDEA = {
    "where": "shop/ports.py",
    "quote": "class Gateway",
    "title": "One port",
    "capability": "Tests",
    "threat": "A call",
}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (json.dumps({"hypotheses": [IDEA, IDEA]})[:-40], 1),
        (json.dumps({"hypotheses": [IDEA, IDEA]})[:-2], 2),
        (json.dumps({"hypotheses": [IDEA, IDEA]})[:-1], 2),
    ],
)
async def test_what_was_whole_of_an_answer_that_broke_off_is_kept(shop: Workspace, text: str, left: int) -> None:
    gateway = ScriptedGateway(lambda _: TooLongError("too long", text=text))
    job = replace(jobs.propose("survey", "remarks", "none"), steps=0)
    finished = await run_job(job, door(gateway), Toolbox(shop, standard_tools()))

    assert isinstance(finished.answer, Ideas)
    assert len(finished.answer.hypotheses) == left
    assert finished.cut_short == "cut_off"
    assert len(gateway.requests) == 1


@pytest.mark.parametrize("text", ["", "I am sorry", '{"hypotheses": [{"where": "a', "{" * 5_000, '{"other": 1'])
async def test_where_nothing_whole_was_said_the_failure_is_told(shop: Workspace, text: str) -> None:
    gateway = ScriptedGateway(lambda _: TooLongError("too long", text=text))
    with pytest.raises(TooLongError):
        await run_job(
            replace(jobs.propose("survey", "remarks", "none"), steps=0), door(gateway), Toolbox(shop, standard_tools())
        )


def test_a_small_model_is_told_what_it_needs_and_not_to_look(shop: Workspace) -> None:
    small, large = first_request(jobs.sharpen("t", "e").for_a_small_model()), first_request(jobs.sharpen("t", "e"))

    assert (len(large.tools), len(small.tools)) == (12, 0)
    assert large.answer is None
    assert small.answer is Sharpened
    assert estimate_tokens(small) < estimate_tokens(large) * 0.7


@pytest.mark.parametrize(
    "job",
    [
        jobs.sharpen("t", "e"),
        jobs.propose("o", "r", "k"),
        jobs.phrase_question("q", "w", "e"),
        jobs.read_answer("q", "a"),
        jobs.judge_weakness("capability", "a"),
        jobs.notice_contradictions({"alloy.intent.a": "x"}),
        jobs.draft_record("text"),
    ],
    ids=lambda job: job.name,
)
def test_every_job_keeps_foreign_text_out_of_its_instructions(job: jobs.Job) -> None:
    system, data = job.opening()

    assert (system.role, data.role) == ("system", "user")
    assert "JSON object" in system.text
    assert all(label in data.text for label in job.data)
    # What is asked for is described, field by field.
    for field in _fields(job.answer.model_json_schema()):
        assert field in system.text


def _fields(schema: dict[str, Any]) -> set[str]:
    return {name for part in (schema, *schema.get("$defs", {}).values()) for name in part["properties"]}
