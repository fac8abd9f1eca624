"""What a small real model answered to the seven jobs, replayed; with ``-m live`` and ``ALLOY_TEST_BASE_URL`` the same is asked of a real one.

To record anew, remove the cassettes and run ``ALLOY_TEST_BASE_URL=http://127.0.0.1:8080/v1 pytest -m live tests/llm``.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import vcr

from alloy_assist.agent import jobs
from alloy_assist.agent.answers import Pieces, Wording
from alloy_assist.agent.checking import Checked, check, check_pieces
from alloy_assist.agent.claims import Answer
from alloy_assist.agent.loop import Finished, run_job
from alloy_assist.agent.tools import Toolbox, standard_tools
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.door import Door
from alloy_assist.llm.ledger import Ledger, Limits
from alloy_assist.llm.litellm_gateway import LitellmGateway
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from archaeology.model import CodeCitation
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
    "Support can replay any order from its events; if somebody wrote totals straight to the table, nobody could say why an "
    "invoice is wrong"
)
CHECKOUT = '''"""Checkout. It must run on a train: no vendor is imported here."""
from shop.ports import Gateway


def pay(gateway: Gateway, cents: int) -> str:
    return gateway.charge(cents)
'''
PORTS = """class Gateway:
    def charge(self, cents: int) -> str: ...
"""
VENDOR = """import stripe

from shop.ports import Gateway


class StripeGateway(Gateway):
    def charge(self, cents: int) -> str:
        return stripe.Charge.create(amount=cents).id
"""
EVIDENCE = """- `stripe` is imported by `shop/gateways/stripe.py` alone
  shop/gateways/stripe.py: import stripe
- `shop/checkout.py` says that it imports no vendor
  shop/checkout.py: It must run on a train: no vendor is imported here."""
OVERVIEW = """folders:
  shop (2 files)
  shop/gateways (1 files)
outside packages:
  stripe (imported 1 times)"""
RULES = {
    "alloy.intent.offline-checkout": "strategy: checkout never opens a connection; it only writes what has to be charged",
    "alloy.intent.charge-at-once": "strategy: checkout charges the card at once, before it answers, over a connection to the vendor",
}
JOBS = {
    "phrase_question": jobs.phrase_question(
        "It looks as if somebody meant this: `shop/checkout.py` never imports `stripe`. What does it buy you?",
        "`stripe` is imported by `shop/gateways/stripe.py` alone.",
        "shop/gateways/stripe.py:3",
        deadline_seconds=600.0,
    ),
    "read_answer": jobs.read_answer("What we keep?", SPOKEN),
    "judge_weakness": jobs.judge_weakness("capability", "We sleep better and things go more smoothly here"),
    "draft_record": jobs.draft_record(THREAD),
    "sharpen": jobs.sharpen("Only `shop/gateways/stripe.py` may import `stripe`.", EVIDENCE).for_a_small_model(),
    "propose": jobs.propose(
        OVERVIEW,
        "shop/checkout.py:1: Checkout. It must run on a train: no vendor is imported here.",
        "- Only `shop/gateways/stripe.py` may import `stripe`.",
    ).for_a_small_model(),
    "notice_contradictions": jobs.notice_contradictions(RULES),
}


def workspace(job: jobs.Job) -> Workspace:
    def nothing(*_: object) -> Any:
        raise AssertionError("these facts have no commits")

    facts = (
        FactsBuilder()
        .module("shop/checkout.py", CHECKOUT, imports=("shop/ports.py",))
        .module("shop/ports.py", PORTS)
        .module("shop/gateways/stripe.py", VENDOR, imports=("shop/ports.py", "stripe"))
        .build()
    )
    return Workspace(facts, nothing, nothing, texts=job.data)


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


async def perform(job: jobs.Job, url: str) -> tuple[Finished, Ledger, MemoryLog]:
    ledger, log = Ledger(Limits(seconds=1200), time.monotonic), MemoryLog()
    door = Door(LitellmGateway("openai/local", url, "none"), ledger, Redactor(), log, mode="json_schema")
    return await run_job(job, door, Toolbox(workspace(job), standard_tools())), ledger, log


def checked(job: jobs.Job, finished: Finished) -> list[Checked]:
    """What a person would be shown of an answer, and what not."""
    answer, places = finished.answer, workspace(job)
    if isinstance(answer, Pieces):
        return [check_pieces(answer.pieces, "answer", job.data["answer"], job.slots)]
    assert isinstance(answer, Answer)
    return [check(group, places, job.slots, job.least_places) for group in answer.groups()]


def recorded() -> list[str]:
    return [name for name in JOBS if (CASSETTES / f"{name}.yaml").exists()]


async def assert_holds(name: str, url: str) -> None:
    job = JOBS[name]
    finished, ledger, log = await perform(job, url)

    assert ledger.spent.requests == len(log.entries) >= 1
    assert ledger.spent.output_tokens > 0
    assert {entry.outcome for entry in log.entries} <= {"answered", "invalid", "cut_off"}
    assert finished.steps <= job.steps
    if isinstance(finished.answer, Wording):
        assert finished.answer.question
        return
    texts = {path: workspace(job).facts.reader.text(path) or "" for path in workspace(job).facts.files} | dict(job.data)
    for result in checked(job, finished):
        assert result.failed <= result.places
        # What such a model says may be wrong; what is shown can always be found in what it was given.
        for claim in result.kept:
            assert claim.slot in job.slots
            assert claim.quotes or claim.citations
            for quote in claim.quotes:
                assert quote.quote in " ".join(texts[quote.source].split())
            for place in claim.citations:
                assert isinstance(place, CodeCitation)
                assert place.quote in texts[place.path]


def test_every_job_is_recorded() -> None:
    assert recorded() == list(JOBS)


@pytest.mark.parametrize("name", JOBS)
async def test_a_recorded_answer_is_read_and_checked(name: str) -> None:
    with traffic(name, live=False):
        await assert_holds(name, RECORDED_URL)


@pytest.mark.parametrize("name", JOBS)
def test_a_recording_holds_neither_hosts_nor_keys(name: str) -> None:
    text = (CASSETTES / f"{name}.yaml").read_text()

    assert "127.0.0.1" not in text
    assert "uthorization" not in text
    # The server numbers its answers at random.
    assert Redactor().redact(re.sub(r"chatcmpl-\w+", "an answer", text)).found == {}


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
