"""Attribute patterns matched as git matches them, in time proportional to pattern times path.

Patterns come from the repository; a regular expression made from one could be built to backtrack for ever.
"""

from __future__ import annotations

from functools import lru_cache

_MAX_PATTERN = 512
_WILD = frozenset("*?[\\")


class Pattern:
    """A pattern of a ``.gitattributes`` file in ``folder`` (with a trailing slash, or empty for the root)."""

    def __init__(self, folder: str, pattern: str) -> None:
        """Keep the pattern; without a slash inside, it matches the file name at any depth."""
        self._folder = folder
        anchored = pattern.startswith("/") or "/" in pattern.rstrip("/")
        parts = pattern[:_MAX_PATTERN].strip("/").split("/")
        self._parts = tuple(parts if anchored else ["**", *parts])
        # What has no wildcard is told by comparing, and nearly all patterns of configurations are so.
        self._plain = None if _WILD.intersection(pattern[:_MAX_PATTERN]) else "/".join(parts)
        self._anchored = anchored
        # A trailing slash names a folder only, which attributes never apply to.
        self._never = pattern.endswith("/")

    def matches(self, path: str) -> bool:
        """Tell whether the pattern applies to a path relative to the repository."""
        if self._never or not path.startswith(self._folder):
            return False
        below = path[len(self._folder) :]
        if self._plain is not None:
            return (below if self._anchored else below[below.rfind("/") + 1 :]) == self._plain
        return _match_parts(self._parts, below.split("/"))


def _match_parts(pattern: tuple[str, ...], path: list[str]) -> bool:
    """Match path parts against pattern parts, where ``**`` stands for any number of parts."""
    here = there = 0
    star, resume = -1, 0
    while there < len(path):
        if here < len(pattern) and pattern[here] == "**":
            star, resume = here, there
            here += 1
            if here == len(pattern):
                return True
        elif here < len(pattern) and _match_name(pattern[here], path[there]):
            here += 1
            there += 1
        elif star >= 0:
            resume += 1
            here, there = star + 1, resume
        else:
            return False
    return here == len(pattern)


@lru_cache(maxsize=4096)
def _match_name(pattern: str, name: str) -> bool:
    """Match one part: ``*`` any characters, ``?`` one, ``[...]`` one of a set, a backslash the next character itself."""
    tokens = _tokens(pattern)
    here = there = 0
    star, resume = -1, 0
    while there < len(name):
        if here < len(tokens) and tokens[here] == "*":
            star, resume = here, there
            here += 1
        elif here < len(tokens) and _match_one(tokens[here], name[there]):
            here += 1
            there += 1
        elif star >= 0:
            resume += 1
            here, there = star + 1, resume
        else:
            return False
    return all(token == "*" for token in tokens[here:])


def _match_one(token: str, character: str) -> bool:
    if token == "?":
        return True
    if token.startswith("["):
        inside = token[1:-1]
        negated = inside[:1] in {"!", "^"}
        return _in_set(inside[1:] if negated else inside, character) != negated
    return token[-1] == character  # a plain character, or one behind a backslash


def _in_set(inside: str, character: str) -> bool:
    index = 0
    while index < len(inside):
        if inside[index + 1 : index + 2] == "-" and index + 2 < len(inside):
            if inside[index] <= character <= inside[index + 2]:
                return True
            index += 3
        elif inside[index] == character:
            return True
        else:
            index += 1
    return False


@lru_cache(maxsize=1024)
def _tokens(pattern: str) -> tuple[str, ...]:
    tokens: list[str] = []
    index = 0
    while index < len(pattern):
        end = index + 1
        if pattern[index] == "\\" and end < len(pattern):
            end += 1
        elif pattern[index] == "[":
            closing = pattern.find("]", index + 2)
            end = closing + 1 if closing > 0 else end
        token = pattern[index:end]
        tokens.append("\\[" if token == "[" else token)
        index = end
    return tuple(tokens)
