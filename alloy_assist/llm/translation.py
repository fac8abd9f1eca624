"""What an error of the transport means. Works by names and numbers, so that no library has to be imported to ask."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from alloy_assist.llm.errors import (
    ContextOverflowError,
    CredentialsError,
    CutOffError,
    DeadlineError,
    ModelError,
    RateLimitError,
    RefusedRequestError,
    ServerError,
    UnknownModelError,
    UnreachableError,
    Usage,
)

_OVERFLOW = re.compile(
    r"(?i)context.{0,40}(?:length|size|window|exceed)|exceed.{0,40}context|maximum.{0,20}tokens|too many tokens|prompt is too long"
)
# Names of classes, which libraries put before what they say, once for each that has had it in its hands.
_CLASSES = re.compile(r"^(?:(?:litellm\.)?[A-Za-z]+(?:Error|Exception)(?::| -) ?)+")
_MOST_SHOWN = 400
_MAX_RETRY_AFTER = 3600.0
_NOTHING = Usage()
_UNAUTHORIZED = (401, 403)
_NOT_FOUND = 404
_TOO_MANY = 429
_SERVER = 500
_LONGEST_CHAIN = 12
_REDIRECT = range(300, 400)


def translated(error: Exception, *, begun: bool, text: str = "") -> ModelError:
    """Return the ModelError for an error of litellm, openai or httpx. ``begun``: whether part of an answer had come already."""
    status, said = _status(error), _said(error)
    if begun:
        return CutOffError(f"The model's answer broke off: {said}", text=text)
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return DeadlineError(f"The model's server did not answer in time: {said}")
    if type(error).__name__ == "ContextWindowExceededError" or (
        status in {400, 413, 422} and _OVERFLOW.search(str(error))
    ):
        return ContextOverflowError(f"The request is longer than the model can read: {said}", usage=_NOTHING)
    if status in _UNAUTHORIZED:
        return CredentialsError(
            f"The model's server did not accept the key ({status}): {said}",
            hint="Set the provider's API key in the environment, or keep it in the system's key store.",
            usage=_NOTHING,
        )
    if status == _NOT_FOUND or "LLM Provider NOT provided" in str(error):
        return UnknownModelError(
            f"There is no such model: {said}",
            hint="Names are those of litellm: openai/gpt-5, ollama/llama3, openai/local with a base URL.",
            usage=_NOTHING,
        )
    if status == _TOO_MANY:
        return RateLimitError(
            f"The model's server wants fewer requests (429): {said}", retry_after=_retry_after(error), usage=_NOTHING
        )
    if status in _REDIRECT:
        return RefusedRequestError(
            f"The model's server sent the request elsewhere ({status}), which is not followed.",
            hint="Give the address that it moved to, if you trust it.",
            usage=_NOTHING,
        )
    if any("Connect" in type(link).__name__ or "ProtocolError" in type(link).__name__ for link in _chain(error)):
        return UnreachableError(
            f"Nothing answers at the model's address: {said}", hint="Is the server running?", usage=_NOTHING
        )
    if status >= _SERVER:
        return ServerError(
            f"The model's server failed ({status}): {said}", retry_after=_retry_after(error), usage=_NOTHING
        )
    return RefusedRequestError(
        f"The model's server refused the request ({status or type(error).__name__}): {said}", usage=_NOTHING
    )


def _status(error: Exception) -> int:
    response = getattr(error, "response", None)
    for value in (getattr(error, "status_code", None), getattr(response, "status_code", None)):
        if isinstance(value, int):
            return value
    return 0


def _said(error: Exception) -> str:
    flat = _CLASSES.sub("", " ".join(str(error).split()))
    return flat if len(flat) <= _MOST_SHOWN else flat[:_MOST_SHOWN] + "…"


def _retry_after(error: Exception) -> float | None:
    """The seconds that the server asked to wait: a number, or a date (RFC 9110, 10.2.3)."""
    given = next(filter(None, (_header(link, "retry-after") for link in _chain(error))), "")
    if not given:
        return None
    try:
        seconds = float(given)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(max(seconds, 0.0), _MAX_RETRY_AFTER)


def _header(error: BaseException, name: str) -> str:
    for headers in (
        getattr(error, "litellm_response_headers", None),
        getattr(getattr(error, "response", None), "headers", None),
    ):
        if headers and headers.get(name):
            return str(headers.get(name)).strip()
    return ""


def _chain(error: BaseException) -> list[BaseException]:
    """The error and those that it was raised from: litellm wraps what openai wraps what httpx raised."""
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links and len(links) < _LONGEST_CHAIN:
        links.append(link)
        link = link.__cause__ or link.__context__
    return links
