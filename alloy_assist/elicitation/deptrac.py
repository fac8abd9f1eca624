"""A boundary as deptrac wants it: a layer for each end, and for each layer the others that it may use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_STARS = {r"\*\*/": "(.*/)?", r"\*\*": ".*", r"\*": "[^/]*"}


def deptrac_contract(check: dict[str, Any], comment: str) -> str:
    """Return the configuration for an import boundary; ``comment`` is its title, harmless on a line of its own.

    What deptrac does not find in a layer's list it refuses, so that every layer lists all the others but those that the boundary forbids it.
    """
    ends: dict[str, dict[str, Any]] = {}
    for end in (*check.get("sources", ()), *check.get("forbidden", ())):
        ends.setdefault(_key(end), end)
    names = {key: _name(index, key) for index, key in enumerate(ends, start=1)}
    sources, forbidden = ({_key(end) for end in check.get(side, ())} for side in ("sources", "forbidden"))
    lines = [f"# {comment}", "deptrac:", "  layers:"]
    for key, end in ends.items():
        excepted = _excepted(check) if key in sources else []
        lines += [f"    - name: {names[key]}", "      collectors:", *_collectors(end, excepted)]
    lines.append("  ruleset:")
    for key, end in ends.items():
        if end.get("path"):
            allowed = [names[other] for other in ends if other != key and not (key in sources and other in forbidden)]
            lines.append(f"    {names[key]}: [{', '.join(allowed)}]")
    return "\n".join(lines) + "\n"


def _key(end: dict[str, Any]) -> str:
    return str(end.get("path") or end.get("module"))


def _name(index: int, key: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", key.lower().rsplit(".", 1)[0] if "/" in key else key.lower()).strip("_")
    return f"layer_{index}_{words[-40:].strip('_')}"


def _collectors(end: dict[str, Any], excepted: list[str]) -> Iterator[str]:
    path = end.get("path")
    if not path:
        yield f"        - {{ type: classLike, value: {_quoted('^' + re.escape(str(end['module'])) + '.*')} }}"
        return
    there = f"{{ type: directory, value: {_quoted(re.escape(str(path)) + '.*')} }}"
    if not excepted:
        yield f"        - {there}"
        return
    # What is excepted stands in no layer: deptrac then lets it use what it likes.
    yield "        - type: bool"
    yield f"          must: [{there}]"
    yield f"          must_not: [{', '.join(f'{{ type: directory, value: {_quoted(item)} }}' for item in excepted)}]"


def _excepted(check: dict[str, Any]) -> list[str]:
    return [
        _pattern(str(item["from"])) for item in check.get("except", ()) if isinstance(item, dict) and item.get("from")
    ]


def _pattern(glob: str) -> str:
    pattern = re.escape(glob)
    for star, meaning in _STARS.items():
        pattern = pattern.replace(star, meaning)
    return f"{pattern}.*" if glob.endswith("/") else pattern


def _quoted(text: str) -> str:
    return json.dumps(text)
