"""Reading YAML and JSON that anybody may have written: plain data or a refusal, never an object, an expansion or a surprise.

YAML here is what JSON can say, with comments: no anchors, aliases, tags or second documents; a key once; text stays text (dates and
``yes`` too).
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, DocumentStartEvent, NodeEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from store.errors import ImportRefusedError

LARGEST = 1024 * 1024
"""The most characters that a file may have."""

_DEEPEST = 40
_MOST_NODES = 60_000
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def parse_json(text: str, source: str) -> Any:
    """Return the plain data of a JSON text. Raises ImportRefusedError."""
    _check_size(text, source)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                _refuse(source, f"the key {key[:80]!r} is there twice")
            found[key] = value
        return found

    def finite(digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            _refuse(source, f"{digits[:40]} is too large a number")
        return value

    try:
        data = json.loads(
            text,
            object_pairs_hook=unique,
            parse_float=finite,
            parse_constant=lambda name: _refuse(source, f"{name} is no number"),
        )
    except json.JSONDecodeError as error:
        _refuse(source, f"line {error.lineno}: {error.msg}")
    except ValueError as error:  # an integer with thousands of digits
        _refuse(source, str(error))
    except RecursionError:
        _refuse(source, "it is nested too deeply")
    _check_depth(data, source)
    return data


def parse_yaml(text: str, source: str) -> Any:
    """Return the plain data of a YAML text. Raises ImportRefusedError."""
    return plain(compose(text, source), source)


def compose(text: str, source: str) -> Node:
    """Return the nodes of a YAML text, with their places in it. Raises ImportRefusedError."""
    _check_size(text, source)
    try:
        _check_events(text, source)
        node = _reader().compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        _refuse(source, f"{line}{error.problem or 'it is no YAML'}")
    except (YAMLError, ValueError, IndexError) as error:
        _refuse(source, f"it is no YAML: {str(error).splitlines()[0] if str(error) else type(error).__name__}")
    except RecursionError:
        _refuse(source, "it is nested too deeply")
    if node is None:
        _refuse(source, "it is empty")
    assert isinstance(node, Node)  # noqa: S101 - what the library promises but does not declare
    return node


def plain(node: Node, source: str) -> Any:
    """Return the plain data of a node. Raises ImportRefusedError for a key that is there twice or is no text."""
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                _refuse(source, f"line {key_node.start_mark.line + 1}: a key must be text")
            key = str(key_node.value)
            if key in found:
                _refuse(source, f"line {key_node.start_mark.line + 1}: the key {key[:80]!r} is there twice")
            found[key] = plain(value_node, source)
        return found
    if isinstance(node, SequenceNode):
        return [plain(item, source) for item in node.value]
    return _scalar(node, source)


def _scalar(node: Node, source: str) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) in {'"', "'", "|", ">"}:
        return text
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        value = float(text)
        if not math.isfinite(value):
            _refuse(source, f"line {node.start_mark.line + 1}: {text[:40]} is too large a number")
        return value
    return text


def _check_events(text: str, source: str) -> None:
    """Refuse what could be expanded before anything is."""
    depth = nodes = documents = 0
    for event in _reader().parse(text):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                _refuse(source, f"line {line}: there is a second document")
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
            _refuse(source, f"line {line}: anchors and aliases are not allowed")
        if isinstance(event, NodeEvent):
            nodes += 1
            if str(getattr(event, "ctag", None) or ""):
                _refuse(source, f"line {line}: tags are not allowed")
            if nodes > _MOST_NODES:
                _refuse(source, f"it has more than {_MOST_NODES} values")
            if isinstance(event, ScalarEvent):
                continue
        name = type(event).__name__
        depth += name in {"MappingStartEvent", "SequenceStartEvent"}
        depth -= name in {"MappingEndEvent", "SequenceEndEvent"}
        if depth > _DEEPEST:
            _refuse(source, f"line {line}: it is nested too deeply")


def _check_size(text: str, source: str) -> None:
    if len(text) > LARGEST:
        _refuse(source, f"it has {len(text)} characters, and {LARGEST} is the most")


def _check_depth(data: Any, source: str) -> None:
    level = [data]
    for _ in range(_DEEPEST):
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        ]
        if not level:
            return
    _refuse(source, "it is nested too deeply")


def _reader() -> YAML:
    return YAML(typ="safe", pure=True)


def _refuse(source: str, what: str) -> NoReturn:
    message = f"{source!r} is refused: {what}."
    raise ImportRefusedError(message, hint="Nothing was taken from it. Repair the file and import it again.")
