"""JSON as tools write it: with comments and trailing commas."""

from __future__ import annotations

import json
import re
from typing import Any

_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])')


def read_json(text: str | None) -> dict[str, Any]:
    """Return the object that the text holds; an empty one where there is none or it cannot be read."""
    if not text:
        return {}
    bare = _STRING_OR_COMMENT.sub(lambda match: match.group() if match.group().startswith('"') else " ", text)
    try:
        value = json.loads(_TRAILING_COMMA.sub(lambda match: match.group(1) or "", bare))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def at(value: Any, *keys: str) -> Any:
    """Return what lies under the keys, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def texts(value: Any) -> list[str]:
    """Return the strings of a string or a list; anything else has none."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
