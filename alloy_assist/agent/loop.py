"""The agent: it looks, as often as its budget allows, and then answers once, without tools, in the type that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.agent.tools import Toolbox
from alloy_assist.llm.door import Door
from alloy_assist.llm.gateway import Message, OnText, Request, ignore_text

_MOST_CALLS_A_STEP = 4
_MOST_REPEATED = 2
_LAST_TURN = "Answer now, with one JSON object of the shape that was described, and nothing else. Cite only what you have seen above."


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run of the agent gave. ``steps`` counts turns with tools, ``looked`` calls that were answered."""

    answer: Said
    steps: int
    looked: int


async def run_job(job: Job, door: Door, toolbox: Toolbox, on_text: OnText = ignore_text) -> Finished:
    """Let a model do a job. Raises a ModelError where it fails, runs out of budget, or is stopped."""
    messages = job.opening()
    steps = looked = 0
    while job.reads and steps < job.steps and toolbox.repeated < _MOST_REPEATED:
        steps += 1
        looking = Request(
            f"{job.name}: step {steps}", messages, None, toolbox.specs(), job.max_output_tokens, job.deadline_seconds
        )
        reply = await door.ask(looking)
        calls = reply.calls[:_MOST_CALLS_A_STEP]
        if not calls:
            break
        results = tuple(Message("tool", toolbox.answer(call), call_id=call.id) for call in calls)
        messages = (*messages, Message("assistant", reply.text, calls), *results)
        looked += len(results)
    messages = (*messages, Message("user", _LAST_TURN)) if steps else messages
    final = Request(f"{job.name}: answer", messages, job.answer, (), job.max_output_tokens, job.deadline_seconds)
    reply = await door.ask(final, on_text)
    assert isinstance(reply.answer, Said)  # noqa: S101 - the door answers with the type that was asked for
    return Finished(reply.answer, steps, looked)
