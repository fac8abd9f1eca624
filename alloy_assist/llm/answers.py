"""Reads the answer that was asked for out of the text that a model wrote."""

from __future__ import annotations

import json
import re

from pydantic import BaseModel, ValidationError

from alloy_assist.llm.errors import EmptyAnswerError, InvalidAnswerError

MAX_ANSWER_CHARACTERS = 200_000
_FENCED = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
_SHOWN = 300


def parse_answer(text: str, answer: type[BaseModel]) -> BaseModel:
    """Return the answer in a text: the whole text, a fenced block, or the outermost braces of it.

    Raises EmptyAnswerError and InvalidAnswerError, with the text.
    """
    if not text.strip():
        raise EmptyAnswerError("The model answered nothing.")
    if len(text) > MAX_ANSWER_CHARACTERS:
        raise InvalidAnswerError(f"The model's answer is too long: {len(text)} characters.")
    problem = "there is no JSON in it"
    for candidate in _candidates(text):
        try:
            return answer.model_validate_json(candidate)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problem = f"{where}: {first['msg']}" if where else first["msg"]
            if first["type"] != "json_invalid":
                break
    raise InvalidAnswerError(f"The model's answer is not what was asked for ({problem[:_SHOWN]}).", text=text)


def _candidates(text: str) -> list[str]:
    found = [text.strip(), *(block.strip() for block in _FENCED.findall(text))]
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        found.append(text[start : end + 1])
    return [candidate for candidate in found if _is_object(candidate)] or found[:1]


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
