"""What is said to a model and what it answers, and the one protocol that adapters speak.

A gateway makes exactly one attempt and knows nothing of budgets, retries or secrets: that is the business of
:class:`alloy_assist.llm.door.Door`, which is the only caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from alloy_assist.llm.errors import Usage
from alloy_assist.llm.ledger import Permit

Mode = Literal["json_schema", "tools", "json"]
MODES: tuple[Mode, ...] = ("json_schema", "tools", "json")
OnText = Callable[[str], None]


def ignore_text(text: str) -> None:
    """A listener for callers that do not show the answer while it comes."""
    del text


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants to use; ``arguments`` is the JSON text that it wrote, which may be anything."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation. Only our own words are ever ``system``; what comes from a repository is ``user`` or ``tool``."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    calls: tuple[ToolCall, ...] = ()
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as the model is told of it; ``parameters`` is a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a model. ``answer`` is the type to answer with; None asks for text. ``purpose`` is for the log.

    ``deadline_seconds`` is for everything together: all attempts and the pauses between them.
    """

    purpose: str
    messages: tuple[Message, ...]
    answer: type[BaseModel] | None = None
    tools: tuple[ToolSpec, ...] = ()
    max_output_tokens: int = 1024
    deadline_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. ``answer`` is set where a type was asked for, ``calls`` where the model wants to use tools."""

    text: str
    answer: BaseModel | None = None
    calls: tuple[ToolCall, ...] = ()
    usage: Usage = field(default_factory=Usage)
    attempts: int = 1
    redactions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a token."""

    input_usd: float
    output_usd: float


class Gateway(Protocol):
    """One attempt at one model."""

    @property
    def model(self) -> str:
        """The model's name."""
        ...

    @property
    def place(self) -> str:
        """Where requests go, for people to read."""
        ...

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The ways of asking for an answer of a type that may be tried, the best first."""
        ...

    def price(self) -> Price | None:
        """Return what the model costs, or None where that is not known."""
        ...

    async def prepare(self) -> None:
        """Load what takes long to load, once; sends nothing. Not counted against a request's deadline."""
        ...

    async def send(self, request: Request, permit: Permit, mode: Mode, on_text: OnText) -> Reply:
        """Make one request and return the whole answer; pieces of text go to ``on_text`` as they come.

        Only a ledger can make the permit. Raises a ModelError, with the usage where the server gave one.
        """
        ...


def estimate_tokens(request: Request) -> int:
    """Return how many tokens a request may have, rather too many than too few: one for three characters, and some a message."""
    characters = sum(
        len(message.text) + sum(len(call.arguments) for call in message.calls) for message in request.messages
    )
    described = sum(len(str(tool.parameters)) + len(tool.description) for tool in request.tools)
    schema = len(str(request.answer.model_json_schema())) if request.answer is not None else 0
    return (characters + described + schema) // 3 + 8 * len(request.messages) + 8
