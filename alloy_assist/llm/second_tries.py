"""What to ask when a request was too long, or its answer of the wrong shape."""

from __future__ import annotations

from dataclasses import replace

from alloy_assist.llm.errors import InvalidAnswerError
from alloy_assist.llm.gateway import Message, Request

_SHORTENED = "\n[… shortened: the model cannot read more]\n"
_SHOWN_ANSWER = 4_000


def shrunk(request: Request) -> Request:
    """Halve the longest messages that are data; our own instructions stay whole."""
    longest = max((len(message.text) for message in request.messages if message.role != "system"), default=0)
    return replace(request, messages=tuple(_halved(message, longest // 2) for message in request.messages))


def with_complaint(request: Request, error: InvalidAnswerError) -> Request:
    """Send an answer back with what is wrong about it."""
    complaint = f"That was not usable: {error} Answer again with one JSON object of the shape that was asked for, and nothing else."
    said = (Message("assistant", error.text[:_SHOWN_ANSWER]),) if error.text else ()
    return replace(request, messages=(*request.messages, *said, Message("user", complaint)))


def _halved(message: Message, most: int) -> Message:
    if message.role == "system" or len(message.text) <= most:
        return message
    head = most * 2 // 3
    return replace(message, text=message.text[:head] + _SHORTENED + message.text[len(message.text) - (most - head) :])
