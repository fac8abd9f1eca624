"""Captures and calls near the words of a query, without walking the tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from archaeology.code.patterns import PART_OF_WORD, Landmark, Marks

_BRACKETED = frozenset({b"/*"})
_NEWLINE = 10
_BEGIN = ("definition.", "decorator", "modifier", "name", "base", "import")

if TYPE_CHECKING:
    from tree_sitter import Node, QueryCursor

    from archaeology.code.source import Span


def captures_near(
    root: Node,
    data: bytes,
    landmarks: tuple[Landmark, ...],
    cursor: QueryCursor,
    known: Mapping[str, list[Node]],
) -> dict[str, list[Node]]:
    """Return what the query captures near the words, together with what is known, in no certain order and maybe twice.

    ``known`` is what was captured near the top of the tree: what begins with a word there needs no second look.
    """
    captures = cursor.captures
    found: defaultdict[str, list[Node]] = defaultdict(list)
    for name, nodes in known.items():
        found[name] += nodes
    starts = {node.start_byte for name, nodes in known.items() if name.startswith(_BEGIN) for node in nodes}
    done: set[int] = {root.id}
    for landmark in landmarks:
        for node in _roots_near(root, data, landmark, starts):
            if node.id not in done:
                done.add(node.id)
                for name, nodes in captures(node).items():
                    found[name] += nodes
    return found


def _roots_near(root: Node, data: bytes, landmark: Landmark, known: set[int]) -> Iterator[Node]:
    """Yield the nodes that stand as high above a place of the word as its patterns want, unless they are known."""
    word, heights, opens, closes, holds = landmark
    find, node_at = data.find, root.descendant_for_byte_range
    length = len(word)
    end = held = 0
    while (start := find(word, end)) >= 0:
        end = start + length
        # A decorator's name is what is captured, and it follows the sign; other names follow the word and a blank.
        if start in known or (end + opens) in known:
            continue
        if (closes and data[end : end + 1] in PART_OF_WORD) or (opens and data[start - 1 : start] in PART_OF_WORD):
            continue
        if holds:
            if held < end and (held := find(holds, end)) < 0:
                return
            node = node_at(start, held + len(holds))
            if node is not None and node.start_byte == start:
                yield node
            continue
        node = node_at(start, end)
        # Where that is not the word alone, it stands in a text.
        if node is not None and node.start_byte == start and node.end_byte == end:
            yield from _above(node, heights)


def _above(node: Node | None, heights: tuple[int, ...]) -> Iterator[Node]:
    level = 0
    for height in heights:
        while level < height and node is not None:
            node = node.parent
            level += 1
        if node is None:
            return
        yield node


def comments_at(root: Node, data: bytes, marks: Marks) -> list[Span]:
    """Return the spans of all comments, which begin with one of the marks, in order; those on lines of their own in one piece."""
    kinds = marks.kinds
    found: list[Span] = []
    node_at = root.descendant_for_byte_range
    more_lines = _more_lines(marks.texts).match
    for mark in marks.texts:
        place = data.find(mark)
        while place >= 0:
            node = node_at(place, place + 1)
            if node is not None and node.kind_id not in kinds:
                node = node.parent
            if node is None or node.start_byte != place or node.kind_id not in kinds:
                place = data.find(mark, place + 1)
                continue
            end = node.end_byte
            if mark not in _BRACKETED:
                # Below a comment that stands on a line of its own, what begins like a comment is one.
                more = more_lines(data, end - (data[end - 1] == _NEWLINE))
                if more is not None and not data[data.rfind(b"\n", 0, place) + 1 : place].strip():
                    end = more.end()
            found.append((place, end))
            place = data.find(mark, end)
    found.sort()
    return found


@cache
def _more_lines(marks: tuple[bytes, ...]) -> re.Pattern[bytes]:
    begins = b"|".join(re.escape(mark) for mark in marks if mark not in _BRACKETED)
    return re.compile(rb"(?:\r?\n[ \t]*(?:" + begins + rb")[^\n]*)+")


def called_before(root: Node, bracket: int, cursor: QueryCursor, kinds: frozenset[int]) -> int:
    """Return the offset of what is called with the arguments that the bracket opens; -1 where it opens something else."""
    # What stands on both sides of the bracket's beginning is the call itself.
    call = root.descendant_for_byte_range(bracket - 1, bracket + 1) if bracket else None
    if call is None or call.kind_id not in kinds:
        return -1
    return min((called.start_byte for called in cursor.captures(call).get("call", ())), default=-1)
