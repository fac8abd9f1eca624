"""Writing YAML: fresh, or into a text that people have edited, where everything that did not change stays byte for byte as it is."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from store.errors import ImportRefusedError
from store.exchange.documents import compose, parse_yaml, plain

_SPECIAL = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What must be escaped: controls, line separators, byte order marks, and what is no character."""


class _CannotSpliceError(Exception):
    """The text is laid out in a way that cannot be changed in place."""


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def dump_yaml(value: dict[str, Any]) -> str:
    """Return a fresh YAML text of plain data, in the order of its keys."""
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 10**9
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    writer.dump(_styled(value), out)
    return out.getvalue()


def respell(text: str, value: dict[str, Any]) -> str:
    """Return the text with the value in it: unchanged parts, order and comments stay as they are.

    A text that cannot be read, or that is laid out so that it cannot be changed in place, is written afresh.
    """
    try:
        node = compose(text, "the earlier file")
        if plain(node, "the earlier file") == value:
            return text
        edits: list[_Edit] = []
        _splice(text, node, value, edits)
        changed = _applied(text, edits)
        if parse_yaml(changed, "the new file") == value:
            return changed
    except (ImportRefusedError, _CannotSpliceError):
        pass  # what cannot be kept is written afresh
    return dump_yaml(value)


def _applied(text: str, edits: list[_Edit]) -> str:
    """Put the edits in; of those that begin at one place, what is put in comes before what is taken out."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join((*pieces, text[done:]))


def _splice(text: str, node: Node, value: Any, edits: list[_Edit]) -> None:
    if plain(node, "") == value:
        return
    block = isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value
    if block and isinstance(node, MappingNode) and isinstance(value, dict) and value:
        _splice_mapping(text, node, value, edits)
    elif block and isinstance(node, SequenceNode) and isinstance(value, list) and value:
        _splice_sequence(text, node, value, edits)
    elif isinstance(node, ScalarNode) and node.style not in {"|", ">"} and not isinstance(value, dict | list):
        rendered = _scalar_text(value)
        if rendered is None or node.start_mark.index == node.end_mark.index:
            raise _CannotSpliceError
        edits.append(_Edit(node.start_mark.index, node.end_mark.index, rendered))
    else:
        raise _CannotSpliceError


def _splice_mapping(text: str, node: MappingNode, value: dict[str, Any], edits: list[_Edit]) -> None:
    keys = [str(key.value) for key, _ in node.value]
    places = _places(text, [key for key, _ in node.value], _end(text, node))
    column = node.value[0][0].start_mark.column
    pad = " " * column
    for (_, child), key, (start, end) in zip(node.value, keys, places, strict=True):
        if key not in value:
            if start != _line_start(text, start):
                raise _CannotSpliceError
            edits.append(_Edit(start, end, ""))
            continue
        kept = len(edits)
        try:
            _splice(text, child, value[key], edits)
        except _CannotSpliceError:
            del edits[kept:]
            own_line = start == _line_start(text, start)
            edits.append(_Edit(start, end, _indented(dump_yaml({key: value[key]}), pad, first=own_line)))
    order = list(value)
    for position, key in enumerate(order):
        if key in keys:
            continue
        before = next((other for other in reversed(order[:position]) if other in keys), None)
        at = places[keys.index(before)][1] if before is not None else places[0][0]
        if before is None and at != _line_start(text, at):
            raise _CannotSpliceError
        lead = "" if at == _line_start(text, at) else "\n"
        edits.append(_Edit(at, at, lead + _indented(dump_yaml({key: value[key]}), pad, first=True)))


def _splice_sequence(text: str, node: SequenceNode, value: list[Any], edits: list[_Edit]) -> None:
    places = _places(text, node.value, _end(text, node), dashes=True)
    old = [json.dumps(plain(item, ""), sort_keys=True) for item in node.value]
    new = [json.dumps(item, sort_keys=True) for item in value]
    first = _line_start(text, node.value[0].start_mark.index)
    pad = " " * (len(text[first:]) - len(text[first:].lstrip(" ")))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        shared = min(i2 - i1, j2 - j1)
        for offset in range(shared):
            kept = len(edits)
            try:
                _splice(text, node.value[i1 + offset], value[j1 + offset], edits)
            except _CannotSpliceError:
                del edits[kept:]
                edits.append(_Edit(*places[i1 + offset], _items([value[j1 + offset]], pad)))
        edits.extend(_Edit(*places[index], "") for index in range(i1 + shared, i2))
        if j2 - j1 > shared:
            at = places[i1 + shared][0] if i1 + shared < len(places) else places[-1][1]
            lead = "" if at == _line_start(text, at) else "\n"
            edits.append(_Edit(at, at, lead + _items(value[j1 + shared : j2], pad)))


def _places(text: str, nodes: list[Node], end: int, *, dashes: bool = False) -> list[tuple[int, int]]:
    """Return where each entry begins and ends; blank lines and comments before the next one belong to neither."""
    starts = []
    for node in nodes:
        line = _line_start(text, node.start_mark.index)
        lead = text[line : node.start_mark.index].strip()
        if lead not in ({"-"} if dashes else {"", "-"}):
            raise _CannotSpliceError
        starts.append(node.start_mark.index if lead and not dashes else line)
    if sorted(set(starts)) != starts:
        raise _CannotSpliceError
    ends = [_line_start(text, start) for start in starts[1:]] + [end]
    columns = [node.start_mark.column - (2 if dashes else 0) for node in nodes]
    return [
        (start, _without_gap(text, start, stop, column))
        for start, stop, column in zip(starts, ends, columns, strict=True)
    ]


def _without_gap(text: str, start: int, end: int, column: int) -> int:
    while end > start:
        line = text.rfind("\n", start, end - 1) + 1
        if line <= start:
            break
        body = text[line:end]
        indent = len(body) - len(body.lstrip(" "))
        if body.strip() and not (body.lstrip(" ").startswith("#") and indent <= column):
            break
        end = line
    return end


def _end(text: str, node: Node) -> int:
    index = int(node.end_mark.index)
    return index if index == len(text) else _line_start(text, index)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _indented(rendered: str, pad: str, *, first: bool) -> str:
    lines = rendered.splitlines(keepends=True)
    return "".join((pad + line if line.strip() and (first or number) else line) for number, line in enumerate(lines))


def _items(values: list[Any], pad: str) -> str:
    rendered = dump_yaml({"k": values}).partition("\n")[2]
    return "".join(pad + line[2:] if line.strip() else line for line in rendered.splitlines(keepends=True))


def _scalar_text(value: Any) -> str | None:
    if isinstance(value, str) and "\n" in value:
        return None
    line = dump_yaml({"k": value}).removesuffix("\n")
    return None if "\n" in line else line.removeprefix("k:").strip()


def _styled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _styled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_styled(item) for item in value]
    if isinstance(value, str):
        lines = value.split("\n")
        clean = all(line == line.rstrip(" ") and not _SPECIAL.search(line) for line in lines)
        if len(lines) > 1 and clean and lines[0] and not lines[0].startswith(" "):
            return LiteralScalarString(value)
        if _SPECIAL.search(value):
            return DoubleQuotedScalarString(value)
    return value
