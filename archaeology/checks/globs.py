"""The two kinds of patterns that checks use: globs over paths and wildcards over module names.

Matched part by part in tables, never by backtracking: patterns come from records and imported files, and none may take long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

ANYTHING = "**"
_WILDCARD = re.compile(r"[*?]")
_SEPARATORS = re.compile(r"::|[./\\]")


def path_matches(path: str, globs: Sequence[str]) -> bool:
    """Whether a path is matched by one of the globs.

    ``*`` and ``?`` stop at slashes; ``**`` stands for any number of folders, none included; a trailing slash means all below.
    """
    parts: list[str] | None = None
    for glob in globs:
        if not _may_match(path, _letters(glob, "/")):
            continue
        parts = parts or path.split("/")
        if _path_parts_match(glob, parts):
            return True
    return False


def matching_paths(paths: Iterable[str], globs: Sequence[str]) -> list[str]:
    """Return the paths that one of the globs matches, in their order."""
    beginnings = tuple(map(_beginning, globs))
    return [path for path in paths if path.startswith(beginnings) and path_matches(path, globs)]


def module_matches(pattern: str, module: str, path: str | None) -> bool:
    """Whether one side of an exception is this module.

    A pattern with a trailing slash is a folder of the repository; one with wildcards and slashes is a glob over paths. In a module
    name ``*`` stands for one part and ``**`` for one or more, as import-linter has it; without wildcards it is that module, or that
    path, and nothing else.
    """
    if pattern == ANYTHING:
        return True
    if "*" not in pattern and not pattern.endswith("/"):
        return pattern in {module, path}
    if "/" in pattern:
        return path is not None and (path.startswith(pattern) if "*" not in pattern else path_matches(path, (pattern,)))
    return _sequence_matches(_SEPARATORS.split(pattern), _SEPARATORS.split(module), _same, least=1)


def text_matches(pattern: str, text: str) -> bool:
    """Whether a text is matched by a pattern in which ``*`` stands for any characters and ``?`` for one."""
    if not _may_match(text, _letters(pattern)):
        return False
    if pattern.count("*") == 1 and "?" not in pattern:  # as nearly all that people write
        head, _, tail = pattern.partition("*")
        return len(text) >= len(head) + len(tail) and text.startswith(head) and text.endswith(tail)
    at, star, mark = 0, -1, 0
    position = 0
    while position < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, mark = at, position
            at += 1
        elif at < len(pattern) and pattern[at] in {"?", text[position]}:
            at += 1
            position += 1
        elif star >= 0:
            at = star + 1
            mark += 1
            position = mark
        else:
            return False
    return not pattern[at:].strip("*")


@lru_cache(maxsize=1024)
def _letters(pattern: str, separator: str = "") -> tuple[str, ...]:
    """What stands between the wildcards (and separators): most texts are told apart by not holding it."""
    wildcards = re.compile(f"[*?{separator}]")
    return tuple(filter(None, wildcards.split(pattern)))


def _may_match(text: str, letters: tuple[str, ...]) -> bool:
    for wanted in letters:  # noqa: SIM110 - all() costs twice as much, and this runs for every file and pattern
        if wanted not in text:
            return False
    return True


def _beginning(glob: str) -> str:
    """How every path begins that a glob matches: its folders before the first wildcard."""
    wildcard = _WILDCARD.search(glob)
    if wildcard is None:
        return glob.rstrip("/")
    return glob[: wildcard.start()].rpartition("/")[0]


def _path_parts_match(glob: str, parts: list[str]) -> bool:
    if glob.endswith("/"):
        return len(parts) > 1 and _path_parts_match(f"{glob}**", parts)
    return _sequence_matches(glob.split("/"), parts, text_matches, least=0)


def _sequence_matches(
    patterns: Sequence[str], parts: Sequence[str], matches: Callable[[str, str], bool], *, least: int
) -> bool:
    """Match parts in order; ``**`` stands for at least ``least`` of them. Cost: patterns × parts."""
    reachable = {0}
    for pattern in patterns:
        if not reachable:
            return False
        if pattern == "**":
            reachable = set(range(min(reachable) + least, len(parts) + 1))
        else:
            reachable = {at + 1 for at in reachable if at < len(parts) and matches(pattern, parts[at])}
    return len(parts) in reachable


def _same(pattern: str, part: str) -> bool:
    return pattern in {"*", part}
