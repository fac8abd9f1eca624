"""YAML with line numbers, safely: only plain values are made, whatever tags say, and aliases cannot multiply."""

from __future__ import annotations

import warnings

from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from archaeology.gates.located import MalformedConfigError, Node

MAX_CHARACTERS = 256 * 1024
MAX_NODES = 40_000
MAX_DEPTH = 60
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def parse_yaml(text: str) -> Node:
    """Parse the first document; MalformedConfigError where that is not possible within the limits.

    Words such as ``on`` and ``yes`` stay words. Merge keys (``<<``) are followed.
    """
    if len(text) > MAX_CHARACTERS:
        raise MalformedConfigError(f"over {MAX_CHARACTERS} characters of YAML")
    try:
        with warnings.catch_warnings():
            # An anchor that is used twice is odd, but the file's own affair.
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            root = next(iter(YAML(typ="safe", pure=True).compose_all(text)), None)
    except YAMLError as error:
        raise MalformedConfigError(f"not YAML: {str(error).splitlines()[0]}") from error
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, NotImplementedError) as error:
        raise MalformedConfigError("not YAML that can be read") from error  # odd input trips the parser itself
    except RecursionError as error:
        raise MalformedConfigError("YAML nested too deeply") from error
    return Node(None, 1, 1) if root is None else _Converter().convert(root, 0)


class _Converter:
    """Turns composed nodes into values, counting every visit, so that an alias costs as much as what it stands for."""

    def __init__(self) -> None:
        self._visits = 0

    def convert(self, node: object, depth: int) -> Node:
        self._visits += 1
        if self._visits > MAX_NODES or depth > MAX_DEPTH:
            raise MalformedConfigError("YAML too large or nested too deeply")
        match node:
            case MappingNode():
                return self._mapping(node, depth)
            case SequenceNode():
                items = [self.convert(item, depth + 1) for item in node.value]
                return Node(items, *_lines(node))
            case ScalarNode():
                return Node(_scalar(node), *_lines(node))
            case _:
                raise MalformedConfigError("YAML with an unknown kind of node")

    def _mapping(self, node: MappingNode, depth: int) -> Node:
        values: dict[str, Node] = {}
        merged: list[Node] = []
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue
            converted = self.convert(value, depth + 1)
            if key.value == "<<":
                merged.append(converted)
                continue
            start = key.start_mark.line + 1
            aliased = value.start_mark.line + 1 < start  # an alias stands for lines elsewhere
            values[str(key.value)] = Node(converted.value, start, start if aliased else converted.end_line)
        for inherited in merged:
            for source in inherited.each():
                values = dict(source.items()) | values
        return Node(values, *_lines(node))


def _lines(node: MappingNode | SequenceNode | ScalarNode) -> tuple[int, int]:
    start, end = node.start_mark.line + 1, node.end_mark.line + 1
    # A block ends where the next token begins: at column 0 of a later line, or wherever it is indented to.
    return start, max(
        start, end - 1 if end > start and (node.end_mark.column == 0 or not isinstance(node, ScalarNode)) else end
    )


def _scalar(node: ScalarNode) -> str | float | bool | None:
    text = str(node.value)
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    return text
