"""The gateway to every provider and OpenAI-compatible server, by way of litellm and instructor: one attempt, typed errors.

Both libraries take seconds to import, so they are loaded with the first request and nowhere else. Each request is streamed: only a stream
shows that an answer ended in its middle, which litellm reports as a regular end.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from alloy_assist.llm.answers import MAX_ANSWER_CHARACTERS, parse_answer
from alloy_assist.llm.errors import CutOffError, EmptyAnswerError, InvalidAnswerError, ModelError, ServerError, Usage
from alloy_assist.llm.gateway import Message, Mode, OnText, Price, Reply, Request, ToolCall, estimate_tokens
from alloy_assist.llm.ledger import Permit
from alloy_assist.llm.translation import translated

# litellm reads these when it is imported: no price list from the network, no .env file of the folder, no client that outlives its loop.
_ENVIRONMENT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_MODE": "PRODUCTION",
    "DISABLE_AIOHTTP_TRANSPORT": "True",
}
_INSTRUCTOR_MODES = {"json_schema": "JSON_SCHEMA", "tools": "TOOLS", "json": "JSON"}


@dataclass
class LitellmGateway:
    """One model behind litellm. ``api_key`` None leaves the key to litellm, which takes the provider's own variable.

    For a server of one's own give its ``base_url`` and a key for that server: a provider's key is never sent there.
    """

    model: str
    base_url: str = ""
    api_key: str | None = None
    temperature: float = 0.0
    _loop: object = field(default=None, init=False, repr=False)

    @property
    def place(self) -> str:
        """Where requests go: the server's address, or the provider that the model's name begins with."""
        if self.base_url:
            parts = urlsplit(self.base_url)
            return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
        return f"the provider {self.model.partition('/')[0]!r}"

    def price(self) -> Price | None:
        """Return litellm's price of the model, 0 for a server of one's own, or None where it knows none."""
        if self.base_url:
            return Price(0.0, 0.0)
        known = _libraries()[0].model_cost.get(self.model) or _libraries()[0].model_cost.get(
            self.model.partition("/")[2]
        )
        if not known or "input_cost_per_token" not in known:
            return None
        return Price(float(known["input_cost_per_token"]), float(known.get("output_cost_per_token", 0.0)))

    async def prepare(self) -> None:
        """Import litellm and instructor, beside the loop: it takes seconds."""
        await asyncio.to_thread(_libraries)

    async def send(self, request: Request, permit: Permit, mode: Mode, on_text: OnText) -> Reply:
        """Make one request and return the whole answer. Raises a ModelError, never an error of litellm."""
        litellm, instructor = _libraries()
        self._refresh_client(litellm)
        attempt = _Attempt(self, litellm, request, permit, on_text)
        if request.answer is None:
            await attempt.complete(messages=_bodies(request.messages), **_tools(request))
        else:
            await self._structured(instructor, request, request.answer, mode, attempt)
        return attempt.reply()

    async def _structured(
        self, instructor: ModuleType, request: Request, answer: type[BaseModel], mode: Mode, attempt: _Attempt
    ) -> None:
        wire_mode = getattr(instructor.Mode, _INSTRUCTOR_MODES[mode])
        client = instructor.from_litellm(attempt.complete, mode=wire_mode, async_client=True)
        try:
            read = await client.create(response_model=answer, messages=_bodies(request.messages), max_retries=0)
        except Exception as error:
            if attempt.failure is not None:
                raise attempt.failure from error
            if attempt.response is None:
                raise ServerError(f"The request could not be made: {type(error).__name__}: {error}") from error
            # instructor could not read it; the text may still hold the answer in a fence.
            attempt.answer = attempt.parsed()
        else:
            # instructor answers with a subclass of its own making.
            attempt.answer = answer.model_validate(read.model_dump())

    def _refresh_client(self, litellm: ModuleType) -> None:
        """Give litellm an HTTP client of the running loop, which follows no redirect: requests go where the person said."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        import httpx

        litellm.in_memory_llm_clients_cache.flush_cache()
        client = httpx.AsyncClient(follow_redirects=False, timeout=None)  # noqa: S113 - the door keeps the deadline
        litellm.aclient_session = client  # type: ignore[attr-defined]
        self._loop = loop


@dataclass
class _Attempt:
    """One streamed request, and what came of it."""

    gateway: LitellmGateway
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
            model=self.gateway.model,
            messages=messages,
            base_url=self.gateway.base_url or None,
            api_key=self.gateway.api_key,
            max_tokens=self.permit.max_output_tokens,
            temperature=self.gateway.temperature,
            timeout=self.request.deadline_seconds,
            num_retries=0,
            max_retries=0,
            stream=True,
            stream_options={"include_usage": True},
            **arguments,
        )
        async for chunk in stream:
            self.chunks.append(chunk)
            piece = chunk.choices[0].delta.content if chunk.choices else None
            if piece:
                self.text += piece
                self.on_text(piece)
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
            raise CutOffError(
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
        price = self.gateway.price()
        usd = taken * price.input_usd + given * price.output_usd if price else None
        return Usage(taken, given, usd, estimated)

    def _message(self) -> Any:
        return self.response.choices[0].message


def _libraries() -> tuple[ModuleType, ModuleType]:
    os.environ.update(_ENVIRONMENT)
    litellm, instructor = importlib.import_module("litellm"), importlib.import_module("instructor")
    litellm.telemetry = False  # type: ignore[attr-defined]
    litellm.suppress_debug_info = True  # type: ignore[attr-defined]
    litellm.drop_params = True  # type: ignore[attr-defined]
    litellm.num_retries = 0  # type: ignore[attr-defined]
    # Some providers refuse a conversation with tool results in which no tool is offered; litellm then offers a dummy.
    litellm.modify_params = True  # type: ignore[attr-defined]
    # Both would write requests, and with them keys, to the log of the program.
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "instructor", "openai", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return litellm, instructor


def _bodies(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    return [_body(message) for message in messages]


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


def _tools(request: Request) -> dict[str, Any]:
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
