"""The agent: it looks, as often as its budget allows, and then answers once, without tools, in the type that was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.agent.salvage import salvaged
from alloy_assist.agent.tools import Toolbox, specs_of, standard_tools
from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import (
    ContextOverflowError,
    CutOffError,
    DeadlineError,
    EmptyAnswerError,
    InvalidAnswerError,
    ModelError,
    RefusedRequestError,
    ServerError,
)
from alloy_assist.llm.gateway import Message, Request
from archaeology.text import visible_line

_MOST_CALLS_A_STEP = 4
_MOST_REPEATED = 2
# The time, of what a job has, that may go into looking: an answer that is not given is worth nothing.
_LOOKING = 0.5
_LAST_TURN = "Answer now, with one JSON object of the shape that was described, and nothing else. Cite only what you have seen above."
# A model that cannot look, or not in time, may still be able to answer; some servers refuse tools, others fail over them.
_GOES_ON_WITHOUT = (
    ContextOverflowError,
    CutOffError,
    DeadlineError,
    EmptyAnswerError,
    InvalidAnswerError,
    RefusedRequestError,
    ServerError,
)
OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run of the agent gave. ``steps`` counts turns with tools, ``looked`` calls that were answered.

    ``cut_short`` is the kind of error that ended the answer in its middle, where what was whole of it until then is kept.
    """

    answer: Said
    steps: int
    looked: int
    cut_short: str = ""


def say_nothing(step: str) -> None:
    """A listener for callers that do not tell what the agent does."""
    del step


async def run_job(job: Job, door: Door, toolbox: Toolbox, on_step: OnStep = say_nothing) -> Finished:
    """Let a model do a job, inside its deadline. Raises a ModelError where it fails or is stopped before it has said anything whole."""
    now = asyncio.get_running_loop().time
    end, messages, steps, looked = now() + job.deadline_seconds, job.opening(), 0, 0
    until = end - job.deadline_seconds * (1 - _LOOKING)
    while steps < job.steps and toolbox.repeated < _MOST_REPEATED and door.ledger.requests_left > 1 and now() < until:
        steps += 1
        on_step(f"step {steps}: decides what to look at")
        purpose = f"{job.name}: step {steps}"
        try:
            reply = await door.ask(
                Request(purpose, messages, None, toolbox.specs(), job.max_output_tokens, until - now())
            )
        except _GOES_ON_WITHOUT as error:
            on_step(visible_line(f"step {steps}: looks no further: {error}"))
            break
        calls = reply.calls[:_MOST_CALLS_A_STEP]
        if not calls:
            break
        on_step(visible_line(f"step {steps}: looks at {', '.join(f'{call.name} {call.arguments}' for call in calls)}"))
        results = tuple(Message("tool", toolbox.answer(call), call_id=call.id) for call in calls)
        messages = (*messages, Message("assistant", reply.text, calls), *results)
        looked += len(results)
    messages = (*messages, Message("user", _LAST_TURN)) if looked else messages
    on_step("answers" if looked else "answers from what it was given")
    try:
        reply = await door.ask(
            Request(f"{job.name}: answer", messages, job.answer, (), job.max_output_tokens, end - now())
        )
    except ModelError as error:
        if (rest := salvaged(error.text, job.answer)) is None:
            raise
        return Finished(rest, steps, looked, error.kind)
    assert isinstance(reply.answer, Said)  # noqa: S101 - the door answers with the type that was asked for
    return Finished(reply.answer, steps, looked)


def first_request(job: Job) -> Request:
    """Return the first request that a job makes, with the tools that there are where it looks before it answers."""
    if job.steps:
        tools = specs_of(standard_tools())
        return Request(f"{job.name}: step 1", job.opening(), None, tools, job.max_output_tokens, job.deadline_seconds)
    return Request(job.name, job.opening(), job.answer, (), job.max_output_tokens, job.deadline_seconds)
