"""The ledger: what a task may cost, what it has cost, and the permit without which no request is made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from alloy_assist.llm.errors import BudgetError, StoppedError, Usage

MIN_OUTPUT_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a task may cost. ``requests`` counts attempts, not answers."""

    requests: int = 24
    tokens: int = 200_000
    usd: float = 1.0
    seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class Spent:
    """What a task has cost so far. ``unpriced`` counts requests whose price nobody knows: they are not in ``usd``."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0.0
    unpriced: int = 0
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """Both directions together."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to make one request: its number, and how long its answer may become."""

    number: int
    max_output_tokens: int


class Ledger:
    """Keeps a task's account. Safe to stop and to read from another thread; wall time runs from the first permit."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        """``monotonic`` gives seconds that never go back."""
        self.limits = limits
        self._monotonic = monotonic
        self._begun: float | None = None
        self._spent = Spent()
        self._reserved: dict[int, tuple[int, float]] = {}
        self._stopped = False
        self._lock = threading.Lock()

    @property
    def spent(self) -> Spent:
        """What was spent until now."""
        with self._lock:
            return replace(self._spent, seconds=self._elapsed())

    @property
    def stopped(self) -> bool:
        """Whether the person stopped the task."""
        return self._stopped

    @property
    def requests_left(self) -> int:
        """How many more requests may be made at the most."""
        with self._lock:
            return max(self.limits.requests - self._spent.requests, 0)

    def stop(self) -> None:
        """Allow nothing more. What was found stays."""
        self._stopped = True

    def seconds_left(self) -> float:
        """Return how much wall time is left."""
        return self.limits.seconds - self._elapsed()

    def permit(self, input_tokens: int, output_tokens: int, input_usd: float = 0.0, output_usd: float = 0.0) -> Permit:
        """Allow one request, with its answer shortened to what is left, or raise BudgetError or StoppedError.

        ``input_tokens`` is an estimate, ``output_tokens`` the longest answer that is wanted; prices are in US dollars a token. What is
        allowed stays reserved until it is charged, so that requests side by side cannot overdraw.
        """
        with self._lock:
            if self._stopped:
                raise StoppedError("The work with the model was stopped.")
            if self._begun is None:
                self._begun = self._monotonic()
            if self._spent.requests >= self.limits.requests:
                raise _over("requests", self.limits.requests)
            if self._elapsed() >= self.limits.seconds:
                raise _over("seconds", self.limits.seconds)
            tokens = sum(reserved for reserved, _ in self._reserved.values())
            usd = sum(reserved for _, reserved in self._reserved.values())
            room = self.limits.tokens - self._spent.tokens - tokens - input_tokens
            if output_usd > 0.0:
                money = self.limits.usd - self._spent.usd - usd - input_tokens * input_usd
                room = min(room, int(money / output_usd))
                if room < MIN_OUTPUT_TOKENS:
                    raise _over("US dollars or tokens", self.limits.usd)
            if room < MIN_OUTPUT_TOKENS:
                raise _over("tokens", self.limits.tokens)
            number = self._spent.requests + 1
            self._spent = replace(self._spent, requests=number)
            allowed = min(output_tokens, room)
            self._reserved[number] = (input_tokens + allowed, input_tokens * input_usd + allowed * output_usd)
            return Permit(number, allowed)

    def charge(self, permit: Permit, usage: Usage) -> None:
        """Book what a permitted request cost, in place of what was reserved for it."""
        with self._lock:
            self._reserved.pop(permit.number, None)
            self._spent = replace(
                self._spent,
                input_tokens=self._spent.input_tokens + usage.input_tokens,
                output_tokens=self._spent.output_tokens + usage.output_tokens,
                usd=self._spent.usd + (usage.usd or 0.0),
                unpriced=self._spent.unpriced + (usage.usd is None),
            )

    def _elapsed(self) -> float:
        return 0.0 if self._begun is None else self._monotonic() - self._begun


def _over(what: str, limit: float) -> BudgetError:
    return BudgetError(
        f"The budget of {limit:g} {what} for this task is used up, so nothing more was sent.",
        hint="Raise it under [budget] in .alloy/config.toml, or go on without the model.",
    )
