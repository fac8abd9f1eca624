"""Tacit coupling: files that nothing in the code connects and that are changed together all the same.

Why this is evidence of intent: everything that changes in one big commit changes together by accident, so only commits of few files are
counted (:mod:`archaeology.detectors.narrow_changes`), and files that change in most commits are left out here, as are those that build upon one type. What remains, in folders declared apart and without an import
either way, is knowledge that two places share and that no compiler checks. Templates and examples are copies on purpose, and say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from archaeology.detectors.narrow_changes import narrowed
from archaeology.detectors.places import cite, common_folder, folder_of
from archaeology.facts import Facts, Flag
from archaeology.history.model import CoChange
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_MIN_TOGETHER = 10
_MIN_NARROW = 6
_MIN_SHARE = 0.5
_MAX_FOUND = 12
HUBS = frozenset(
    {
        "__init__",
        "index",
        "mod",
        "lib",
        "main",
        "version",
        "_version",
        "changelog",
        "setup",
        "conftest",
        "build",
        "build.gradle",
        "mix",
        "package",
        "rakefile",
        "gemfile",
    }
)
_COPIED = re.compile(
    r"(?:^|[/_-])(?:templates?|examples?|samples?|fixtures?|playgrounds?|skeletons?|demos?|vendor(?:ed)?|third_party|stubs?|installer|boilerplate|starters?|wrapper|gradlew|mvnw|\.github)(?:[/_.-]|$)",
    re.IGNORECASE,
)
# Translations of one text are written by other people at other times; that they belong together is no secret.
_TRANSLATED = re.compile(r"(?:^|/)(?:lang|langs|locales?|i18n|l10n|translations?|nls)/", re.IGNORECASE)
# Where an import names a package, which is a folder, and not a file in it.
_BY_PACKAGE = frozenset({"go"})
# Files that stand for their folder and hand on what lies in it.
_DOORS = frozenset({"__init__", "index", "mod", "lib"})
_MOST_DOORS = 3
_COPY = 0.5
_BUILD = frozenset({".kts", ".gradle", ".cmake", ".gemspec"})


def detect_tacit_coupling(facts: Facts) -> Iterator[Observation]:
    """Yield pairs of files that change together, and for each that no import connects them."""
    found = sorted(
        (
            pair
            for pair in narrowed(facts, [pair for pair in facts.history.cochanges if _telling(facts, pair)])
            if pair.together >= _MIN_NARROW and _share(pair) >= _MIN_SHARE and not _common_bases(facts, pair)
        ),
        key=lambda pair: (-_share(pair) * pair.together, pair.a, pair.b),
    )
    connected = _connected(facts, {path for pair in found for path in (pair.a, pair.b)}) if found else set()
    apart = [
        pair
        for pair in found
        if _way(facts, pair.a, pair.b) not in connected and _way(facts, pair.b, pair.a) not in connected
    ]
    importers = _importing_doors(facts) if apart else {}
    apart = [
        pair
        for pair in apart
        if not any(
            (a, door) in connected for a, b in ((pair.a, pair.b), (pair.b, pair.a)) for door in _doors(b, importers)
        )
    ]
    if not apart:
        return
    joined = _shared_neighbours(facts)
    for pair in apart[:_MAX_FOUND]:
        yield from _observations(facts, pair, len(joined.get(pair.a, set()) & joined.get(pair.b, set())))


def _connected(facts: Facts, asked: AbstractSet[str]) -> set[tuple[str, str]]:
    """What each of these files imports: a file, or where an import names a package its folder."""
    return {
        _way(facts, edge.source, edge.target)
        for edge in facts.imports.edges
        if edge.source in asked and edge.target is not None
    }


def _way(facts: Facts, source: str, target: str) -> tuple[str, str]:
    """How one file may reach the other."""
    file = facts.files.get(source)
    by_package = file is not None and file.language in _BY_PACKAGE
    return source, folder_of(target) if by_package else target


def _importing_doors(facts: Facts) -> dict[str, list[str]]:
    """For each file those that stand for a folder and import it."""
    found: dict[str, list[str]] = {}
    for edge in facts.imports.edges:
        if edge.target is not None and PurePosixPath(edge.source).stem in _DOORS:
            found.setdefault(edge.target, []).append(edge.source)
    return found


def _doors(path: str, importers: dict[str, list[str]]) -> set[str]:
    """The files through which a file is imported by its folder's name: those that stand for its folder, or import it for theirs."""
    place = PurePosixPath(path)
    beside = {str(place.parent / f"{stem}{end}") for stem in _DOORS for end in (place.suffix, ".ts", ".js", ".py")}
    found = {*beside, f"{place.parent}{place.suffix}"}  # Rust puts the module beside its folder
    newest = {path, *found}
    for _ in range(_MOST_DOORS):
        newest = {door for one in newest for door in importers.get(one, ())} - found
        found |= newest
    return found


def _are_copies(facts: Facts, pair: CoChange) -> bool:
    """Whether two files of one name also say the same, by and large."""
    if PurePosixPath(pair.a).name != PurePosixPath(pair.b).name:
        return False
    one, other = (_lines(facts, path) for path in (pair.a, pair.b))
    return bool(one) and len(one & other) >= _COPY * max(len(one), len(other))


def _lines(facts: Facts, path: str) -> set[str]:
    return {line for raw in (facts.reader.text(path) or "").splitlines() if len(line := raw.strip()) > 1}


def _common_bases(facts: Facts, pair: CoChange) -> list[str]:
    """What types of both files build upon, by name: then what the two agree on is written there, and changes both."""
    one, other = (
        {base for definition in facts.code[path].definitions for base in definition.bases} for path in (pair.a, pair.b)
    )
    return sorted(one & other)


def _observations(facts: Facts, pair: CoChange, shared: int) -> Iterator[Observation]:
    group = stable_id("coupling", pair.a, pair.b)
    both = (*cite(facts, pair.a, 1, 1), *cite(facts, pair.b, 1, 1))
    yield Observation(
        id=stable_id("obs", "tacit_coupling", "together", group),
        category=Category.BEHAVIOURAL,
        family=Family.TACIT_COUPLING,
        summary=f"`{pair.a}` and `{pair.b}` changed in the same commit {pair.together} times, of {pair.revisions_a} and {pair.revisions_b} changes.",
        subject=(pair.a, pair.b),
        citations=both,
        data={
            "group": group,
            "role": "together",
            "a": pair.a,
            "b": pair.b,
            "together": pair.together,
            "share": round(_share(pair), 3),
            "folder": common_folder((pair.a, pair.b)),
            "copies": _are_copies(facts, pair),
        },
    )
    yield Observation(
        id=stable_id("obs", "tacit_coupling", "unconnected", group),
        category=Category.STRUCTURAL,
        family=Family.TACIT_COUPLING,
        summary="Neither imports the other"
        + (f"; both import {shared} of the same files." if shared else ", and they import no file in common."),
        subject=(pair.a, pair.b),
        citations=both,
        data={"group": group, "role": "unconnected", "shared": shared},
    )


def _telling(facts: Facts, pair: CoChange) -> bool:
    """Product code in different folders, neither a hub nor a copy by design, that changes together often and mostly."""
    if pair.together < _MIN_TOGETHER or _share(pair) < _MIN_SHARE or folder_of(pair.a) == folder_of(pair.b):
        return False
    return all(_product(facts, path) for path in (pair.a, pair.b))


def _product(facts: Facts, path: str) -> bool:
    file = facts.files.get(path)
    place = PurePosixPath(path)
    return (
        file is not None
        and path in facts.code
        and file.is_production
        and Flag.MIGRATION not in file.flags
        and place.stem.lower() not in HUBS
        and place.suffix not in _BUILD
        and not _COPIED.search(path)
        and not _TRANSLATED.search(path)
    )


def _share(pair: CoChange) -> float:
    """The share of the changes of the *busier* file that touched both: high only where neither often changes alone."""
    return pair.together / max(pair.revisions_a, pair.revisions_b, 1)


def _shared_neighbours(facts: Facts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for edge in facts.imports.edges:
        if edge.target is not None:
            found.setdefault(edge.source, set()).add(edge.target)
    return found
