"""Finds out in which way a model can be asked for an answer of a type: by its schema, by a tool, or by JSON in its text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import (
    CutOffError,
    EmptyAnswerError,
    InvalidAnswerError,
    RefusedRequestError,
    ServerError,
)
from alloy_assist.llm.gateway import Message, Mode, Request

# What says that the way is wrong. Everything else says that nothing can be asked just now, in whatever way.
_NOT_SO = (InvalidAnswerError, EmptyAnswerError, CutOffError, RefusedRequestError, ServerError)
_SECONDS = 30.0
_TOKENS = 60


class Bird(BaseModel):
    """What a model is asked for; only the schema says so, and a server that passes it over cannot guess it."""

    kind_of_bird: str
    number_of_legs: int


_QUESTION = (
    Message("system", "Write down what the text says."),
    Message("user", "A heron was standing in the ditch this morning. Like every bird it stood on one of its two legs."),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One way that was tried: "answered", or the kind of its failure, and how long it took."""

    mode: Mode
    outcome: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Probed:
    """``mode`` is the first way that gave an answer of the type at the first attempt; None where none did."""

    mode: Mode | None
    trials: tuple[Trial, ...]


async def probe(door: Door, modes: Sequence[Mode]) -> Probed:
    """Try ways in turn until one works, with a few words that are nobody's. The door should have no patience.

    Raises a ModelError where the model cannot be asked at all: unreachable, no leave, no budget, too slow.
    """
    trials: list[Trial] = []
    await door.gateway.prepare()
    for mode in modes:
        door.mode = mode
        request = Request(f"probe: {mode}", _QUESTION, Bird, (), _TOKENS, _SECONDS)
        begun, outcome = time.monotonic(), "answered"
        try:
            await door.ask(request)
        except _NOT_SO as error:
            outcome = error.kind
        trials.append(Trial(mode, outcome, round(time.monotonic() - begun, 3)))
        if outcome == "answered":
            return Probed(mode, tuple(trials))
    return Probed(None, tuple(trials))
