"""Where requests to the model are made from: one budget, the way of asking that works, and a way to stop waiting."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.agent.loop import first_request
from alloy_assist.llm.background import run_in_background
from alloy_assist.llm.door import Door, Patience
from alloy_assist.llm.errors import RateLimitError, UnreachableError
from alloy_assist.llm.gateway import Gateway, OnText, ignore_text
from alloy_assist.llm.ledger import Ledger, Limits, Spent
from alloy_assist.llm.probe import Probed, probe
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import RequestLog
from alloy_assist.operations.model_consent import Consent
from alloy_assist.settings import BudgetSettings, ModelSettings

Result = TypeVar("Result")


@dataclass(frozen=True)
class Desk:
    """One task's access to the model. Everything that is asked here is charged to one ledger."""

    model: ModelSettings
    gateway: Gateway
    ledger: Ledger
    log: RequestLog
    consent: Consent
    clock: Callable[[], datetime]
    redactor: Redactor = field(default_factory=lambda: Redactor.with_environment(os.environ))

    @classmethod
    def open(  # noqa: PLR0913, PLR0917 - what a project knows about its model
        cls,
        model: ModelSettings,
        budget: BudgetSettings,
        gateway: Gateway,
        log: RequestLog,
        consent: Consent,
        clock: Callable[[], datetime],
        seconds: float | None = None,
    ) -> Desk:
        """Open a desk with the budget of the settings; ``seconds`` takes the place of its wall time."""
        limits = Limits(budget.max_steps, budget.max_tokens, budget.max_usd, seconds or budget.max_seconds)
        return cls(model, gateway, Ledger(limits, time.monotonic), log, consent, clock)

    @property
    def spent(self) -> Spent:
        """What this task has cost so far."""
        return self.ledger.spent

    def door(self, patience: Patience | None = None) -> Door:
        """Return the door that requests pass."""
        mode = self.model.structured_mode or self.consent.mode(self.model) or self.gateway.modes[-1]
        return Door(
            self.gateway,
            self.ledger,
            self.redactor,
            self.log,
            mode=mode,
            patience=patience or Patience(),
            now=self.clock,
        )

    def run(
        self,
        work: Callable[[Door], Coroutine[Any, Any, Result]],
        door: Door,
        on_interrupt: Callable[[], None] | None = None,
    ) -> Result:
        """Do something with the door, in the way of asking that works. Raises a ModelError.

        An interrupt stops the task, and what it has found by then is returned; ``on_interrupt`` takes the place of stopping it.
        """

        async def whole() -> Result:
            await self._settle_mode(door)
            return await work(door)

        return run_in_background(whole(), on_interrupt or self.ledger.stop)

    def answer(self, job: Job, door: Door, on_text: OnText = ignore_text) -> Said:
        """Do a job that needs no looking around: one request. Raises a ModelError."""
        answer = self.run(lambda open_door: open_door.ask(first_request(job), on_text), door, door.give_up).answer
        return answer if isinstance(answer, Said) else Said()

    def probe(self) -> Probed:
        """Find out in which way the model can be asked, and remember it. Raises a ModelError where it cannot be asked at all."""
        return run_in_background(self._probed(), self.ledger.stop)

    async def _settle_mode(self, door: Door) -> None:
        if self.model.structured_mode or len(self.gateway.modes) == 1 or self.consent.mode(self.model):
            return
        try:
            found = (await self._probed()).mode
        except (UnreachableError, RateLimitError):
            # It says nothing of the way of asking; the request itself has the patience to try again.
            return
        # Where no way worked at once, JSON in the text with its one correction is what is left.
        door.mode = found or "json"

    async def _probed(self) -> Probed:
        found = await probe(self.door(Patience(attempts=1, repairs=0)), self.gateway.modes)
        if found.mode is not None:
            self.consent.remember_mode(self.model, found.mode)
        return found
