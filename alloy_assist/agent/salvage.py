"""What is left of an answer that was cut off in its middle: its whole parts, and nothing of the part that was being written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import ValidationError
from pydantic_core import from_json

from alloy_assist.agent.claims import Answer, Said


def salvaged(text: str, answer: type[Said]) -> Said | None:
    """Return the answer that the beginning of its JSON holds already, or None where that says nothing."""
    start = text.find("{")
    if start < 0 or not issubclass(answer, Answer):
        return None
    begun = text[start:]
    try:
        data = from_json(begun, allow_partial=True)
        found = answer.model_validate(_whole(data, answer, ends_whole=_ends_whole(begun)))
    except (ValueError, ValidationError, RecursionError):
        return None
    return found if found.groups() else None


def _whole(data: Any, answer: type[Answer], *, ends_whole: bool) -> Mapping[str, Any]:
    """Fill in what was not reached, and leave out the last element of a list where it was not finished.

    The parser has left out the value that was being written; of an object that is what is left of it, without its quote no claim.
    """
    fields: dict[str, Any] = {}
    for name, info in answer.model_fields.items():
        many = get_origin(info.annotation) is tuple
        empty: Any = [] if many else "" if info.annotation is str else {}
        value = data.get(name, empty) if isinstance(data, dict) else None
        fields[name] = value[:-1] if many and isinstance(value, list) and not ends_whole else value
    return fields


def _ends_whole(begun: str) -> bool:
    """Return whether a list breaks off between two elements."""
    try:
        from_json(begun.rstrip().rstrip(",}]").rstrip() + "}]}")
    except ValueError:
        return False
    return True
