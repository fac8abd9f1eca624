"""Regular expressions of configuration files, read and never run: which literal beginnings they stand for.

A repository's expression could keep a matcher busy for ever, so only what can be told by looking is used: anchors, literal
characters, one-character classes and alternatives. Everything after the first other thing is open.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_PREFIXES = 200
_META = frozenset("[({*+?.|)$^")
_ANYTHING = frozenset({"", ".*", ".+", ".*$", ".+$", "\\\\*", "\\\\.*", "/*", "/?", "[^/]+", ".*/"})


@dataclass(frozen=True, slots=True)
class Prefix:
    """Text that a match begins with. ``anchored``: at the very beginning; ``whole``: and with nothing after it.

    ``loose``: what follows narrows the match down in a way that was not understood.
    """

    text: str
    anchored: bool
    whole: bool
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Prefixes:
    """All beginnings that an expression stands for; ``negated`` where it means everything but them (``^(?!...)``)."""

    items: tuple[Prefix, ...]
    negated: bool = False


def prefixes(expression: str) -> Prefixes:
    """Read an expression; no items where nothing can be told about it."""
    text = expression.strip()
    if text.startswith("^(?!") and text.endswith(")") and _closing(text, 1) == len(text) - 1:
        return Prefixes(tuple(_alternatives(text[4:-1], anchored=True)), negated=True)
    return Prefixes(tuple(_alternatives(text, anchored=False))[:MAX_PREFIXES])


def _alternatives(text: str, *, anchored: bool) -> list[Prefix]:
    found: list[Prefix] = []
    for branch in _split(text):
        found += _branch(branch, anchored=anchored)
    return list(dict.fromkeys(found))


def _branch(text: str, *, anchored: bool) -> list[Prefix]:
    """Follow one alternative from the left, multiplying at groups, until something cannot be told."""
    heads: list[str] = [""]
    position = 0
    while position < len(text):
        character = text[position]
        if character == "^" and position == 0:
            anchored, position = True, 1
        elif character == "$":
            return [Prefix(head, anchored, whole=True) for head in heads if head]
        elif character == "(":
            end = _closing(text, position)
            group = _group(text[position:end])
            if group is None or end < 0 or text[end + 1 : end + 2] in {"*", "+", "?", "{"}:
                break
            inner = [part for branch in _split(group) for part in _branch(branch, anchored=False)]
            starts_anchored = all(branch.startswith("^") for branch in _split(group))
            anchored = anchored or (heads == [""] and starts_anchored)
            heads = [head + part.text for head in heads for part in inner][:MAX_PREFIXES]
            if not inner or not all(_is_plain(branch.removeprefix("^")) for branch in _split(group)):
                break
            position = end + 1
        else:
            literal, length = _literal(text, position)
            if literal is None or text[position + length : position + length + 1] in {"*", "+", "?", "{"}:
                break
            heads = [head + literal for head in heads]
            position += length
    loose = text[position:] not in _ANYTHING
    return [Prefix(head, anchored, whole=False, loose=loose) for head in heads if head]


def _literal(text: str, position: int) -> tuple[str | None, int]:
    """Return the one character that stands here and how long it is written; None for a class or anything else."""
    character = text[position]
    if character == "\\":
        escaped = text[position + 1 : position + 2]
        return (escaped, 2) if escaped and not escaped.isalnum() else (None, 1)
    if character == "[" and text[position + 2 : position + 3] == "]" and text[position + 1] not in "^\\":
        return text[position + 1], 3
    if character == "." and text[position + 1 : position + 2] not in {"*", "+", "?", "{"}:
        return ".", 1  # people forget to escape the dot of a file name
    return (None, 1) if character in _META else (character, 1)


def _is_plain(text: str) -> bool:
    position = 0
    while position < len(text):
        literal, length = _literal(text, position)
        if literal is None:
            return False
        position += length
    return True


def _group(text: str) -> str | None:
    body = text[1:]
    if body.startswith("?:"):
        return body[2:]
    return None if body.startswith("?") else body


def _closing(text: str, opening: int) -> int:
    depth, position = 0, opening
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == "(":
            depth += 1
        elif text[position] == ")":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return -1


def _split(text: str) -> list[str]:
    """Split at the bars outside groups and classes."""
    parts, depth, start, position = [], 0, 0, 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == "|" and depth == 0:
            parts.append(text[start:position])
            start = position + 1
        position += 1
    return [*parts, text[start:]]
