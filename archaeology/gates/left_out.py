"""Which files an entry of a configuration leaves out, told without running an expression of the repository's."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from archaeology.checks.globs import text_matches
from archaeology.facts import Exclusion
from archaeology.inventory.wildcards import Pattern

_FOLDERS = 10_000

Matcher = Callable[[str, str], bool]
"""Takes a path, relative to the configuration's folder, and the file's module name, which may be empty."""


def matcher(entry: Exclusion) -> Matcher:
    """Return whether the entry is about a file, whatever it says of it (a leading ``!`` takes files in again)."""
    pattern = entry.pattern.removeprefix("!")
    if entry.form == "module":
        return lambda _, module: _is_module(pattern, module)
    if entry.form == "text":
        return lambda path, _: _is_text(pattern, path)
    if entry.form == "part":
        return lambda path, _: _is_part(pattern, path)
    anchored = f"/{pattern[2:]}" if pattern.startswith("./") else pattern
    glob = Pattern("", anchored.rstrip("/"))

    @lru_cache(maxsize=_FOLDERS)
    def is_within(folder: str) -> bool:  # paths share their folders
        return bool(folder) and any(glob.matches(part) for part in _ancestry(folder))

    return lambda path, _: is_within(path.rpartition("/")[0]) or glob.matches(path)


def _is_module(pattern: str, name: str) -> bool:
    """As mypy has it: ``a.b`` is that module, ``a.b.*`` it and all below."""
    whole = pattern.removesuffix(".*")
    return bool(name) and (text_matches(whole, name) or (whole != pattern and text_matches(f"{whole}.*", name)))


def _is_text(pattern: str, path: str) -> bool:
    ways = (path, f"/{path}")
    return any(text_matches(pattern, way) for way in ways) or text_matches(f"{pattern.rstrip('/')}/*", path)


def _is_part(pattern: str, path: str) -> bool:
    """As a search in the path and in the folders above it, which end with a slash."""
    bare = pattern.removeprefix("^").removesuffix("$")
    first, last = pattern.startswith("^"), pattern.endswith("$")
    if not last:
        return path.startswith(bare) if first else bare in path
    folders = [f"{part}/" for part in _ancestry(path)[:-1]]
    return any(part == bare if first else part.endswith(bare) for part in (path, *folders))


def _ancestry(path: str) -> list[str]:
    """A path and the folders above it, without trailing slashes."""
    parts = path.split("/")
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]
