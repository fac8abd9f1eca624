"""Globs of paths: what they match, where they look from, and which says more. Pure.

A glob is a line of a ``.gitignore`` read as "governs": ``src/pay/`` a folder and all below, ``*.py`` at any depth, ``/docs/*.md`` from
the root, ``!src/pay/generated/`` an exception to the ones before it.
"""

from __future__ import annotations

from functools import lru_cache

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from store.errors import RefusedRecordError

_WILDCARDS = frozenset("*?[\\")
_NOT_LITERAL = _WILDCARDS | set("#! ")
_LONGEST = 1024


def check_glob(glob: str) -> None:
    """Raise RefusedRecordError unless the glob is one that can match a path inside a repository."""
    body = glob.removeprefix("!")
    parts = body.split("/")
    hint = "Use paths relative to the repository with forward slashes, like 'src/payments/' or '*.sql'."
    if not body or body != body.strip() or len(glob) > _LONGEST or "\n" in glob or "\0" in glob:
        message = f"The scope {glob[:80]!r} is no glob of a path."
        raise RefusedRecordError(message, hint=hint)
    if ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):  # noqa: PLR2004 - a drive letter
        message = f"The scope {glob!r} leads outside the repository."
        raise RefusedRecordError(message, hint=hint)
    if _pattern(glob) is None:
        message = f"The scope {glob!r} matches nothing."
        raise RefusedRecordError(message, hint=hint)


def is_exception(glob: str) -> bool:
    """Say whether a glob takes paths out again."""
    return glob.startswith("!")


def matches(glob: str, path: str) -> bool:
    """Say whether a glob (its leading ``!`` aside) matches a path."""
    body = glob.removeprefix("!")
    if not _NOT_LITERAL & set(body):
        return _matches_literally(body, path)
    pattern = _pattern(body)
    return pattern is not None and pattern.match_file(path) is not None


def governs(globs: tuple[str, ...], path: str) -> bool:
    """Say whether the globs of a record, in their order, govern a path: the last one that matches decides."""
    return next((not is_exception(glob) for glob in reversed(globs) if matches(glob, path)), False)


def literal_prefix(glob: str) -> str:
    """Return the folder or file that all matches are in or under, without slashes around it; '' for any depth."""
    body = glob.removeprefix("!")
    anchored = "/" in body.rstrip("/")
    if not anchored:
        return ""
    parts = []
    for part in body.strip("/").split("/"):
        if _WILDCARDS & set(part):
            break
        parts.append(part)
    return "/".join(parts)


def prefixes_of(path: str) -> tuple[str, ...]:
    """Return every literal prefix that a glob governing the path can have, the longest first."""
    parts = [part for part in path.split("/") if part]
    return tuple("/".join(parts[:count]) for count in range(len(parts), -1, -1))


def specificity(glob: str) -> tuple[int, int, int]:
    """Return a sort key: more literal segments, then more literal characters, then fewer wildcards say more."""
    parts = [part for part in glob.removeprefix("!").split("/") if part]
    segments = sum(not _WILDCARDS & set(part) for part in parts)
    wildcards = sum(character in _WILDCARDS for part in parts for character in part)
    return (segments, sum(map(len, parts)) - wildcards, -wildcards)


def _matches_literally(body: str, path: str) -> bool:
    """Most scopes name a file or folder, and comparing text is a hundred times faster than making a regular expression."""
    name, folder = body.strip("/"), body.endswith("/")
    if "/" in body.rstrip("/"):
        return path.startswith(f"{name}/") or (path == name and not folder)
    parts = path.split("/")
    return name in (parts[:-1] if folder else parts)


@lru_cache(maxsize=65536)
def _pattern(glob: str) -> GitIgnoreSpecPattern | None:
    try:
        pattern = GitIgnoreSpecPattern(glob)
    except ValueError:  # pathspec raises a subclass for what git would ignore as malformed
        return None
    return pattern if pattern.include is not None else None
