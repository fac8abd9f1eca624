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
from urllib.parse import urlsplit

from pydantic import BaseModel

from alloy_assist.llm.errors import ServerError
from alloy_assist.llm.gateway import MODES, Mode, OnText, Price, Reply, Request
from alloy_assist.llm.ledger import Permit
from alloy_assist.llm.streamed import StreamedAttempt, Target, bodies, tools

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
    api_key: str | None = field(default=None, repr=False)
    temperature: float = 0.0
    modes: tuple[Mode, ...] = MODES
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
        target = Target(self.model, self.base_url, self.api_key, self.temperature, self.price())
        attempt = StreamedAttempt(target, litellm, request, permit, on_text)
        if request.answer is None:
            await attempt.complete(messages=bodies(request.messages), **tools(request))
        else:
            await self._structured(instructor, request, request.answer, mode, attempt)
        return attempt.reply()

    async def _structured(
        self, instructor: ModuleType, request: Request, answer: type[BaseModel], mode: Mode, attempt: StreamedAttempt
    ) -> None:
        wire_mode = getattr(instructor.Mode, _INSTRUCTOR_MODES[mode])
        client = instructor.from_litellm(attempt.complete, mode=wire_mode, async_client=True)
        try:
            read = await client.create(response_model=answer, messages=bodies(request.messages), max_retries=0)
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
