"""How a request to a model can end badly: one type an outcome, each saying what was tried and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alloy_assist.errors import OutsideError


@dataclass(frozen=True, slots=True)
class Usage:
    """What a request took. ``usd`` is None where nobody knows the price; ``estimated`` marks counts that the server did not give."""

    input_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = 0.0
    estimated: bool = False

    @property
    def tokens(self) -> int:
        """Both directions together."""
        return self.input_tokens + self.output_tokens


class ModelError(OutsideError):
    """The root of every failure of a model. ``attempts`` requests were made; ``usage`` is what the last of them cost.

    ``text`` is what came back, where something did; ``retry_after`` is in seconds, as the server asked for it.
    """

    kind: ClassVar[str] = "failed"
    transient: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        usage: Usage | None = None,
        text: str = "",
        retry_after: float | None = None,
    ) -> None:
        """Keep the message for the first line and the hint (what to do next) for the second."""
        super().__init__(message, hint=hint)
        self.usage = usage
        self.text = text
        self.retry_after = retry_after
        self.attempts = 0


class CredentialsError(ModelError):
    """The server did not accept the key, or there is none (401, 403)."""

    kind = "credentials"


class UnknownModelError(ModelError):
    """The server has no model of this name (404), or the name says no provider."""

    kind = "unknown_model"


class RateLimitError(ModelError):
    """Too many requests (429)."""

    kind = "rate_limit"
    transient = True


class ServerError(ModelError):
    """The server failed (5xx), or answered something that is not its protocol."""

    kind = "server"
    transient = True


class UnreachableError(ModelError):
    """Nothing answers at the address, or the connection broke before an answer began."""

    kind = "unreachable"
    transient = True


class DeadlineError(ModelError):
    """No whole answer came in time: a stall, or a drip that was too slow."""

    kind = "deadline"


class CutOffError(ModelError):
    """The answer ended in its middle: the connection broke."""

    kind = "cut_off"
    transient = True


class TooLongError(CutOffError):
    """The answer reached its limit of tokens. Asked again, the model would write the same."""

    transient = False


class EmptyAnswerError(ModelError):
    """The model answered nothing."""

    kind = "empty"
    transient = True


class InvalidAnswerError(ModelError):
    """The answer is not JSON, or not of the shape that was asked for."""

    kind = "invalid"


class ContextOverflowError(ModelError):
    """The request is longer than what the model can read."""

    kind = "context_overflow"


class RefusedRequestError(ModelError):
    """The server refused the request for another reason (400, 3xx, content filters)."""

    kind = "refused"


class BudgetError(ModelError):
    """The ledger did not allow the request: it was not made."""

    kind = "budget"


class StoppedError(ModelError):
    """The person stopped the work."""

    kind = "stopped"
