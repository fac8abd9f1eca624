import json
import time

import pytest

from alloy_assist.agent import jobs
from alloy_assist.agent.claims import Claims
from alloy_assist.agent.fencing import fenced
from alloy_assist.agent.loop import run_job
from alloy_assist.agent.tools import Toolbox, standard_tools
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import BudgetError
from alloy_assist.llm.gateway import ToolCall
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from alloy_assist.llm.scripted import ScriptedGateway

ANSWER = json.dumps(
    {
        "claims": [
            {
                "slot": "capability",
                "text": "Offline tests.",
                "places": [{"where": "shop/ports.py", "quote": "class Gateway"}],
            }
        ]
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

    assert isinstance(finished.answer, Claims)
    assert (finished.steps, finished.looked) == (3, 2)
    assert [bool(request.tools) for request in gateway.requests] == [True, True, True, False]
    system = [message for request in gateway.requests for message in request.messages if message.role == "system"]
    assert all("class Gateway" not in message.text for message in system)


async def test_a_model_that_repeats_itself_is_brought_to_an_end(shop: Workspace) -> None:
    gateway = ScriptedGateway(lambda sent: call("search", text="gateway") if sent.tools else ANSWER)
    finished = await run_job(jobs.sharpen("x", "y"), door(gateway), Toolbox(shop, standard_tools()))

    assert finished.steps == 3
    assert isinstance(finished.answer, Claims)


async def test_a_model_that_never_stops_looking_meets_its_step_limit(shop: Workspace) -> None:
    counter = iter(range(10_000))
    gateway = ScriptedGateway(
        lambda sent: call("read_span", path="shop/ports.py", start=next(counter) + 1) if sent.tools else ANSWER
    )
    finished = await run_job(jobs.sharpen("x", "y"), door(gateway), Toolbox(shop, standard_tools()))

    assert finished.steps == 8


async def test_a_budget_ends_the_run(shop: Workspace) -> None:
    counter = iter(range(10_000))
    gateway = ScriptedGateway(lambda sent: call("read_span", path="shop/ports.py", start=next(counter) + 1))
    with pytest.raises(BudgetError):
        await run_job(jobs.sharpen("x", "y"), door(gateway, requests=3), Toolbox(shop, standard_tools()))

    assert len(gateway.requests) == 3


@pytest.mark.parametrize(
    "job",
    [
        jobs.sharpen("t", "e"),
        jobs.propose("o", "k"),
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
    for slot in job.slots:
        assert slot in system.text
