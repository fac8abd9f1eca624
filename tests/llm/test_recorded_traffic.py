"""What a small real model answered to the jobs, replayed; with ``-m live`` and ``ALLOY_TEST_BASE_URL`` the same is asked of a real one.

To record anew, remove the cassette and run ``ALLOY_TEST_BASE_URL=http://127.0.0.1:8080/v1 pytest -m live tests/llm``.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import vcr

from alloy_assist.agent import jobs
from alloy_assist.agent.checking import Checked, check
from alloy_assist.agent.claims import Claims, Said, Wording
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.door import Door
from alloy_assist.llm.gateway import Request
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.litellm_gateway import LitellmGateway
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from fixtures.facts import FactsBuilder

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CASSETTES = Path(__file__).parent.parent / "cassettes"
LIVE_URL = os.environ.get("ALLOY_TEST_BASE_URL", "")
RECORDED_URL = "http://model.test/v1"
THREAD = (
    "mara: the payment vendor leaked into checkout again, and the tests needed the network.\n"
    "tomasz: agreed, checkout must never import the vendor. We keep it behind the gateway port, one more file to read.\n"
)
SPOKEN = (
    "We keep the vendor out of checkout so that we can test it without a network; it costs us one more file to read."
)
JOBS = {
    "phrase_question": jobs.phrase_question(
        "It looks as if somebody meant this: `shop/checkout.py` never imports `stripe`. What does it buy you?",
        "`stripe` is imported by `shop/gateways/stripe.py` alone.",
        "shop/gateways/stripe.py:3",
        deadline_seconds=600.0,
    ),
    "read_answer": jobs.read_answer("What does it buy you?", SPOKEN),
    "judge_weakness": jobs.judge_weakness("capability", "Keep it simple and clean."),
    "draft_record": jobs.draft_record(THREAD),
}


def scrubbed(request: Any) -> Any:
    request.uri = RECORDED_URL + request.uri[request.uri.index("/v1") + 3 :]
    request.headers = {"content-type": "application/json"}
    return request


def without_headers(response: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in response["headers"].items() if name.lower() == "content-type"}
    return {**response, "headers": kept}


@contextmanager
def traffic(name: str, *, live: bool) -> Iterator[None]:
    recorder = vcr.VCR(
        before_record_request=scrubbed,
        before_record_response=without_headers,
        match_on=["method", "path"],
        record_mode="once" if live else "none",
    )
    with recorder.use_cassette(str(CASSETTES / f"{name}.yaml")):
        yield


async def perform(job: jobs.Job, url: str) -> tuple[Said, Ledger, MemoryLog]:
    ledger, log = Ledger(Limits(seconds=1200), time.monotonic), MemoryLog()
    door = Door(LitellmGateway("openai/local", url, "none"), ledger, Redactor(), log)
    reply = await door.ask(Request(job.name, job.opening(), job.answer, (), job.max_output_tokens, 600.0))
    assert isinstance(reply.answer, Said)
    return reply.answer, ledger, log


def checked(job: jobs.Job, answer: Said) -> Checked:
    def nothing(*_: object) -> Any:
        raise AssertionError("no commit is looked up for these jobs")

    assert isinstance(answer, Claims)
    return check(answer.claims, Workspace(FactsBuilder().build(), nothing, nothing, texts=job.data), job.slots)


def recorded() -> list[str]:
    return [name for name in JOBS if (CASSETTES / f"{name}.yaml").exists()]


async def assert_holds(name: str, url: str) -> None:
    job = JOBS[name]
    answer, ledger, log = await perform(job, url)

    assert ledger.spent.requests == len(log.entries) >= 1
    assert ledger.spent.output_tokens > 0
    if isinstance(answer, Wording):
        assert answer.question
        return
    result = checked(job, answer)
    # What such a model says may be wrong; what is shown can always be found in what it was given.
    for claim in result.kept:
        assert claim.slot in job.slots
        for quote in claim.quotes:
            assert quote.quote in " ".join(job.data[quote.source].split())
    assert result.failed <= result.places


@pytest.mark.parametrize("name", recorded())
async def test_a_recorded_answer_is_read_and_checked(name: str) -> None:
    with traffic(name, live=False):
        await assert_holds(name, RECORDED_URL)


@pytest.mark.parametrize("name", recorded())
def test_a_recording_holds_neither_hosts_nor_keys(name: str) -> None:
    text = (CASSETTES / f"{name}.yaml").read_text()

    assert "127.0.0.1" not in text
    assert "uthorization" not in text
    assert Redactor().redact(text).found == {}


@pytest.mark.live
@pytest.mark.timeout(1300)
@pytest.mark.parametrize("name", JOBS)
async def test_a_real_model_is_read_and_checked(name: str) -> None:
    if not LIVE_URL:
        pytest.skip("no model: set ALLOY_TEST_BASE_URL to an OpenAI-compatible server")
    if (CASSETTES / f"{name}.yaml").exists():
        await assert_holds(name, LIVE_URL)
        return
    with traffic(name, live=True):
        await assert_holds(name, LIVE_URL)
