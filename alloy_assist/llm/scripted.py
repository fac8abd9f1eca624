"""A model that says what it was told to: for tests, for trying things out, and for showing what would happen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from alloy_assist.llm.answers import parse_answer
from alloy_assist.llm.errors import EmptyAnswerError, ModelError, Usage
from alloy_assist.llm.gateway import Mode, OnText, Price, Reply, Request, ToolCall, estimate_tokens
from alloy_assist.llm.ledger import Permit

Line = str | ToolCall | tuple[ToolCall, ...] | ModelError | float
Script = Iterable[Line] | Callable[[Request], Line]


class ScriptedGateway:
    """Answers with its lines in turn, or with what a function makes of the request.

    A line is a text, tool calls, an error to fail with, or a number of seconds to stall (after which it answers nothing). ``requests``
    is everything that was sent, exactly as it would have left the machine.
    """

    model = "scripted"
    place = "nowhere"
    modes: tuple[Mode, ...] = ("json",)

    def __init__(self, script: Script, *, price: Price | None = None) -> None:
        self.requests: list[Request] = []
        self.asked_in: list[Mode] = []
        self._lines: Iterator[Line] | None = None if callable(script) else iter(tuple(script))
        self._answer = script if callable(script) else None
        self._price = price

    def price(self) -> Price | None:
        """Return the price that this model was given; free by default."""
        return self._price or Price(0.0, 0.0)

    async def prepare(self) -> None:
        """Do nothing: a script is ready at once."""

    async def send(self, request: Request, permit: Permit, mode: Mode, on_text: OnText) -> Reply:
        """Say the next line. Raises the line where it is an error, and EmptyAnswerError where the script is over."""
        del permit
        self.requests.append(request)
        self.asked_in.append(mode)
        line = self._next(request)
        if isinstance(line, float):
            await asyncio.sleep(line)
            line = ""
        if isinstance(line, ModelError):
            raise line
        usage = self._usage(request, line)
        if isinstance(line, ToolCall):
            line = (line,)
        if isinstance(line, tuple):
            return Reply("", calls=line, usage=usage)
        if not line.strip():
            raise EmptyAnswerError("The model answered nothing.", usage=usage)
        on_text(line)
        if request.answer is None:
            return Reply(line, usage=usage)
        try:
            return replace(Reply(line, usage=usage), answer=parse_answer(line, request.answer))
        except ModelError as error:
            error.usage = usage
            raise

    def _next(self, request: Request) -> Line:
        if self._answer is not None:
            return self._answer(request)
        assert self._lines is not None  # noqa: S101 - one of the two is always set
        return next(self._lines, "")

    def _usage(self, request: Request, line: Line) -> Usage:
        taken, given = estimate_tokens(request), len(str(line)) // 3
        price = self._price or Price(0.0, 0.0)
        return Usage(taken, given, taken * price.input_usd + given * price.output_usd)
