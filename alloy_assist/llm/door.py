"""The one door to a model: nothing leaves that was not allowed, redacted and logged, and every end is a typed outcome in time."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from alloy_assist.llm.errors import (
    ContextOverflowError,
    DeadlineError,
    InvalidAnswerError,
    ModelError,
    StoppedError,
    Usage,
)
from alloy_assist.llm.gateway import Gateway, Message, Mode, OnText, Reply, Request, estimate_tokens, ignore_text
from alloy_assist.llm.ledger import Ledger
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import LoggedRequest, RequestLog, timestamp
from alloy_assist.llm.second_tries import shrunk, with_complaint
from archaeology.text import visible

_FIRST_PAUSE = 0.5
_STOP_POLL = 0.05
_SHOWN_ANSWER = 4_000
# Below that many seconds their tenths matter.
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request may be made in all, and how often an answer of the wrong shape is sent back."""

    attempts: int = 4
    repairs: int = 1


@dataclass
class _Progress:
    """What was tried for one request."""

    attempts: int = 0
    repairs: int = 0
    shrunk: bool = False
    pause: float = _FIRST_PAUSE
    said: str = ""
    redactions: Counter[str] = field(default_factory=Counter)


class Door:
    """Asks a model under a ledger. The only caller of gateways; used by one task at a time.

    Transient failures are tried again, at most four attempts in all, waiting as long as the server asks for; an answer of the wrong shape
    is sent back once with what is wrong; a request that is too long is halved once. Everything happens before the request's deadline.
    """

    def __init__(  # noqa: PLR0913 - each one is a seam for tests
        self,
        gateway: Gateway,
        ledger: Ledger,
        redactor: Redactor,
        log: RequestLog,
        *,
        mode: Mode = "json",
        patience: Patience = Patience(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.gateway = gateway
        self.ledger = ledger
        self.mode: Mode = mode
        self._patience = patience
        self._given_up = False
        self._redactor = redactor
        self._log = log
        self._now = now
        self._sleep = sleep

    def preview(self, request: Request) -> tuple[Request, Counter[str]]:
        """Return a request as it would leave the machine, and what was replaced in it. Sends nothing."""
        found: Counter[str] = Counter()
        return replace(request, messages=tuple(self._clean(message, found) for message in request.messages)), found

    async def ask(self, request: Request, on_text: OnText = ignore_text) -> Reply:
        """Return a model's whole answer. Raises a ModelError that says what happened, with attempts and usage."""
        progress = _Progress()
        self._given_up = False

        def hear(piece: str) -> None:
            progress.said += piece
            on_text(piece)

        await self.gateway.prepare()
        deadline = min(request.deadline_seconds, max(self.ledger.seconds_left(), 0.0))
        try:
            async with asyncio.timeout(deadline):
                return await self._ask(request, hear, progress)
        except TimeoutError as error:
            spent = deadline < request.deadline_seconds
            late = DeadlineError(
                f"The model gave no whole answer within {deadline:.{0 if deadline > _SHORT else 1}f} seconds.",
                hint="Raise max_seconds under [budget]."
                if spent
                else "Try again when it is less busy, or choose a quicker model.",
            )
            late.attempts, late.text = progress.attempts, self._redactor.redact(progress.said).text
            raise late from error
        except StoppedError as error:
            error.text = self._redactor.redact(progress.said).text
            raise

    def give_up(self) -> None:
        """End the request that is being made, from whatever thread; the next one may be made all the same."""
        self._given_up = True

    async def _ask(self, request: Request, on_text: OnText, progress: _Progress) -> Reply:
        while True:
            try:
                reply = await self._attempt(request, on_text, progress)
            except ModelError as error:
                error.attempts = progress.attempts
                request = await self._again(request, error, progress)
            else:
                return replace(reply, attempts=progress.attempts, redactions=dict(progress.redactions))

    async def _again(self, request: Request, error: ModelError, progress: _Progress) -> Request:
        """Return what to ask next after a failure, having waited; or raise the failure."""
        if progress.attempts >= self._patience.attempts:
            raise error
        if isinstance(error, ContextOverflowError) and not progress.shrunk:
            progress.shrunk = True
            return shrunk(request)
        if isinstance(error, InvalidAnswerError) and progress.repairs < self._patience.repairs:
            progress.repairs += 1
            return with_complaint(request, error)
        if not error.transient:
            raise error
        pause = error.retry_after if error.retry_after is not None else progress.pause * random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries
        progress.pause *= 2
        if pause >= self.ledger.seconds_left():
            raise error
        await self._sleep(pause)
        return request

    async def _attempt(self, request: Request, on_text: OnText, progress: _Progress) -> Reply:
        clean, found = self.preview(request)
        estimate = estimate_tokens(clean)
        price = self.gateway.price()
        permit = self.ledger.permit(
            estimate,
            request.max_output_tokens,
            price.input_usd if price else 0.0,
            price.output_usd if price else 0.0,
        )
        clean = replace(clean, max_output_tokens=permit.max_output_tokens)
        progress.attempts += 1
        progress.redactions, progress.said = found, ""
        begun = time.monotonic()
        # Until the server says otherwise, what was sent counts as paid for.
        usage = Usage(estimate, 0, estimate * price.input_usd if price else None, estimated=True)
        outcome, answer, detail = StoppedError.kind, "", ""
        try:
            reply = await self._stoppable(self.gateway.send(clean, permit, self.mode, on_text))
        except ModelError as error:
            usage = error.usage or usage
            outcome, answer, detail = error.kind, error.text, str(error)
            raise self._cleaned(error) from error.__cause__
        except asyncio.CancelledError:
            outcome = StoppedError.kind if self.ledger.stopped or self._given_up else DeadlineError.kind
            raise
        else:
            usage, outcome, answer = reply.usage, "answered", reply.text or str([call.name for call in reply.calls])
            return reply
        finally:
            self.ledger.charge(permit, usage)
            self._write(clean, progress, outcome, usage, time.monotonic() - begun, answer, detail)

    async def _stoppable(self, sending: Awaitable[Reply]) -> Reply:
        """Wait for an answer, and end at once where the person gives it up or stops the ledger, from whatever thread."""
        task = asyncio.ensure_future(sending)
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=_STOP_POLL)
                if (self.ledger.stopped or self._given_up) and not task.done():
                    raise StoppedError("The work with the model was stopped.")
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=1.0)

    def _clean(self, message: Message, found: Counter[str]) -> Message:
        text = self._redactor.redact(message.text)
        found.update(text.found)
        calls = []
        for call in message.calls:
            arguments = self._redactor.redact(call.arguments)
            found.update(arguments.found)
            calls.append(replace(call, arguments=arguments.text))
        return replace(message, text=text.text, calls=tuple(calls))

    def _cleaned(self, error: ModelError) -> ModelError:
        """A server's words may repeat our key or hold control characters; nobody shall see either."""
        error.args = (visible(self._redactor.redact(str(error)).text),)
        error.text = self._redactor.redact(error.text).text
        return error

    def _write(  # noqa: PLR0913, PLR0917 - all of it is one attempt
        self,
        request: Request,
        progress: _Progress,
        outcome: str,
        usage: Usage,
        seconds: float,
        answer: str,
        detail: str,
    ) -> None:
        self._log.write(
            LoggedRequest(
                at=timestamp(self._now()),
                purpose=request.purpose,
                model=self.gateway.model,
                place=self.gateway.place,
                attempt=progress.attempts,
                outcome=outcome,
                seconds=round(seconds, 3),
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                usd=usage.usd,
                redactions=dict(progress.redactions),
                messages=tuple({"role": item.role, "text": item.text} for item in request.messages),
                answer=self._redactor.redact(answer[:_SHOWN_ANSWER]).text,
                detail=self._redactor.redact(detail).text,
            )
        )
