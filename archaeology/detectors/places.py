"""Words and groupings that several detectors share: which package a file belongs to, and how citations are made safely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archaeology.facts import Facts
from archaeology.model import Citation

_MAX_QUOTED_LINES = 12
_SET_UP = re.compile(
    r"(?:^|/)(?:setup\.(?:py|cfg)|pyproject\.toml|package\.json|Gemfile|mix\.exs|Cargo\.toml|go\.mod|pom\.xml|composer\.json|build\.gradle(?:\.kts)?|"
    r"Dockerfile|Makefile|Rakefile|[\w.-]+\.(?:gemspec|lock|csproj|props|ya?ml))$"
)


def folder_of(path: str) -> str:
    """Return the folder of a path with its trailing slash; the root is the empty string."""
    return path[: path.rfind("/") + 1]


def ending_of(path: str) -> str:
    """Return the ending of a file's name with its dot, as :mod:`pathlib` has it, which costs ten times as much; empty where it has none."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def is_set_up(path: str) -> bool:
    """Return whether a file sets the project up (manifests, the build): versions are bumped there and put back with others' releases."""
    return _SET_UP.search(path) is not None


def production_paths(facts: Facts) -> Iterator[str]:
    """Yield the paths of parsed files that people write and the product runs, in order."""
    for path in sorted(facts.code):
        if facts.files[path].is_production:
            yield path


def test_paths(facts: Facts) -> Iterator[str]:
    """Yield the paths of parsed test files, in order."""
    cases = {case.path for case in facts.tests.cases}
    for path in sorted(facts.code):
        if path in cases or "test" in facts.files[path].flags:
            yield path


def cite(facts: Facts, path: str, start: int, end: int, symbol: str | None = None) -> tuple[Citation, ...]:
    """Cite lines, at most a dozen of them; nothing where the file has no text that may be read."""
    try:
        return (facts.reader.cite_lines(path, start, min(end, start + _MAX_QUOTED_LINES - 1), symbol),)
    except (KeyError, ValueError):
        return ()


def cite_all(facts: Facts, places: Iterable[tuple[str, int, str | None]], most: int = 4) -> tuple[Citation, ...]:
    """Cite single lines (path, line, symbol), at most ``most`` of them."""
    found: list[Citation] = []
    for path, line, symbol in places:
        if len(found) >= most:
            break
        found.extend(cite(facts, path, line, line, symbol))
    return tuple(found)


def common_folder(paths: Iterable[str]) -> str:
    """Return the deepest folder that holds all paths, with a trailing slash; the root is the empty string."""
    known = list(paths)
    if not known:
        return ""
    first, last = min(known), max(known)  # what these two share, all share
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("/", 0, same) + 1]
