"""One streamed request to a server: puts the pieces together, counts them, and says how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from alloy_assist.llm.answers import MAX_ANSWER_CHARACTERS, parse_answer
from alloy_assist.llm.errors import CutOffError, EmptyAnswerError, InvalidAnswerError, ModelError, TooLongError, Usage
from alloy_assist.llm.gateway import Message, OnText, Price, Reply, Request, ToolCall, estimate_tokens
from alloy_assist.llm.ledger import Permit
from alloy_assist.llm.translation import translated


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. ``api_key`` None leaves the key to litellm; ``price`` None is a price that nobody knows."""

    model: str
    base_url: str
    api_key: str | None = field(repr=False)
    temperature: float
    price: Price | None


@dataclass
class StreamedAttempt:
    """One streamed request, and what came of it. ``litellm`` is the module, which only the gateway imports."""

    target: Target
    litellm: ModuleType
    request: Request
    permit: Permit
    on_text: OnText
    answer: Any = None
    response: Any = None
    failure: ModelError | None = None
    chunks: list[Any] = field(default_factory=list)
    text: str = ""

    async def complete(self, *, messages: list[dict[str, Any]], **arguments: Any) -> Any:
        """Stand in for ``litellm.acompletion``: stream one answer and put it together. Raises a ModelError, and keeps it."""
        try:
            self.response = await self._stream(
                messages, {key: value for key, value in arguments.items() if key != "stream"}
            )
        except ModelError as error:
            self.failure = error
            raise
        except Exception as error:
            self.failure = translated(error, begun=bool(self.chunks), text=self.text)
            raise self.failure from error
        return self.response

    async def _stream(self, messages: list[dict[str, Any]], arguments: dict[str, Any]) -> Any:
        stream = await self.litellm.acompletion(
            model=self.target.model,
            messages=messages,
            base_url=self.target.base_url or None,
            api_key=self.target.api_key,
            max_tokens=self.permit.max_output_tokens,
            temperature=self.target.temperature,
            timeout=self.request.deadline_seconds,
            num_retries=0,
            max_retries=0,
            stream=True,
            stream_options={"include_usage": True},
            **arguments,
        )
        async for chunk in stream:
            self.chunks.append(chunk)
            delta = chunk.choices[0].delta if chunk.choices else None
            piece = (delta.content or "") if delta else ""
            self.text += piece
            if delta is not None and (piece or self.request.answer is not None):
                # An answer that comes as the arguments of a tool is an answer too.
                self.on_text(piece or "".join(call.function.arguments or "" for call in delta.tool_calls or ()))
            if len(self.text) > MAX_ANSWER_CHARACTERS:
                raise InvalidAnswerError(
                    f"The model did not stop: its answer passed {MAX_ANSWER_CHARACTERS} characters."
                )
        response = self.litellm.stream_chunk_builder(self.chunks, messages=messages)
        finish = stream.received_finish_reason
        if finish is None:
            raise CutOffError(
                "The connection broke in the middle of the model's answer.", text=self.text, usage=self.usage(response)
            )
        if finish == "length":
            raise TooLongError(
                f"The model's answer did not fit into {self.permit.max_output_tokens} tokens.",
                text=self.text,
                usage=self.usage(response),
            )
        return response

    def reply(self) -> Reply:
        """Return the answer. Raises EmptyAnswerError where there is none."""
        calls = tuple(
            ToolCall(
                str(call.id or f"call-{number}"), str(call.function.name or ""), str(call.function.arguments or "")
            )
            for number, call in enumerate(self._message().tool_calls or ())
        )
        usage = self.usage(self.response)
        if self.request.answer is not None:
            return Reply(self.text, answer=self.answer, usage=usage)
        if not self.text.strip() and not calls:
            raise EmptyAnswerError("The model answered nothing.", usage=usage)
        return Reply(self.text, calls=calls, usage=usage)

    def parsed(self) -> Any:
        """Return the answer that the text holds. Raises EmptyAnswerError and InvalidAnswerError."""
        assert self.request.answer is not None  # noqa: S101 - only called for structured requests
        calls = self._message().tool_calls or ()
        text = self.text or next((str(call.function.arguments) for call in calls), "")
        try:
            return parse_answer(text, self.request.answer)
        except ModelError as error:
            error.usage = self.usage(self.response)
            raise

    def usage(self, response: Any) -> Usage:
        """Return what the server counted, or an estimate where it did not count."""
        counted = getattr(response, "usage", None)
        taken, given = getattr(counted, "prompt_tokens", 0) or 0, getattr(counted, "completion_tokens", 0) or 0
        estimated = taken == 0
        if estimated:
            taken, given = estimate_tokens(self.request), len(self.text) // 3
        price = self.target.price
        usd = taken * price.input_usd + given * price.output_usd if price else None
        return Usage(taken, given, usd, estimated)

    def _message(self) -> Any:
        return self.response.choices[0].message


def bodies(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    """Return messages as the protocol has them."""
    return [_body(message) for message in messages]


def tools(request: Request) -> dict[str, Any]:
    """Return the tools of a request as the protocol has them."""
    if not request.tools:
        return {}
    return {
        "tools": [
            {
                "type": "function",
                "function": {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)},
            }
            for tool in request.tools
        ]
    }


def _body(message: Message) -> dict[str, Any]:
    body: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.calls:
        body["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.calls
        ]
    if message.role == "tool":
        body["tool_call_id"] = message.call_id
    return body
