"""Whether an undone change stayed undone: the lines that a revert took out, and those that it put back, against the files as they are now.

A second attempt seldom has the words of the first, so subjects cannot tell; the lines can, and the names that it coined. A change whose lines
or names stand in the files today came back. A revert whose own lines are gone was overtaken: the code that it defended is not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from archaeology.facts import Facts
from archaeology.history.log import CommitSequence
from archaeology.history.model import Revert
from archaeology.reader import old_versions

_NAME = re.compile(r"[A-Za-z_]\w{3,}")
_SHORTEST = 8
_CAME_BACK = 0.3
_NAMES_BACK = 0.5
_GONE = 0.15
_FEW = 3
_FEW_NAMES, _NAMES_ELSEWHERE = 2, 0.3
_MOST_FILES = 8
_FEW_FILES = 32


@dataclass(slots=True)
class _Lines:
    """Lines that a revert took out and put back, in the files that still exist, and the lines of those files today.

    ``coined`` are the names that went with it altogether.
    """

    taken_out: set[str] = field(default_factory=set)
    put_back: set[str] = field(default_factory=set)
    today: set[str] = field(default_factory=set)
    coined: set[str] = field(default_factory=set)


def standing(facts: Facts, reverts: Iterable[Revert]) -> Iterator[Revert]:
    """Yield the reverts whose change did not come back and whose own lines are still there, in the order given.

    A history without blobs cannot tell; its reverts are all yielded.
    """
    commits = facts.history.commits
    reverts = tuple(reverts)
    if not isinstance(commits, CommitSequence):
        yield from reverts
        return
    changed = {revert.commit: list(_blobs(facts, commits, revert)) for revert in reverts}
    differences = _differences(facts, [(old, new) for files in changed.values() for _, old, new in files])

    @lru_cache(maxsize=_FEW_FILES)
    def today(path: str) -> frozenset[str]:
        return _lines(facts.reader.text(path) or "")

    known: frozenset[str] | None = None
    for revert in reverts:
        lines = _Lines()
        for path, _, _ in changed[revert.commit]:
            difference = next(differences)
            lines.taken_out |= difference.taken_out
            lines.put_back |= difference.put_back
            lines.coined |= difference.coined
            lines.today |= today(path)
        if changed[revert.commit] and _stands(lines):
            known = _defined(facts) if known is None else known
            if not _is_elsewhere(lines.coined, known):
                yield revert


def _blobs(facts: Facts, commits: CommitSequence, revert: Revert) -> Iterator[tuple[str, str, str]]:
    number = commits.number_of(revert.commit)
    if number is None:
        return
    for path, old, new in commits.log.blobs_of(number):
        if path in facts.code and len(revert.paths) <= _MOST_FILES:
            yield path, old, new


class _Difference(NamedTuple):
    """The lines by which two versions of a file differ, and the names that only the first one had."""

    taken_out: frozenset[str]
    put_back: frozenset[str]
    coined: set[str]


def _differences(facts: Facts, pairs: Sequence[tuple[str, str]]) -> Iterator[_Difference]:
    """Yield how each new version differs from the old one. Whole versions are held two at a time: there may be hundreds."""
    texts = old_versions(facts.reader, [blob for pair in pairs for blob in pair if blob.strip("0")])
    for pair in pairs:
        before, after = (_lines((next(texts, (blob, None))[1] or "") if blob.strip("0") else "") for blob in pair)
        taken_out = before - after
        yield _Difference(taken_out, after - before, _names(taken_out) - _names(after) if taken_out else set())


def _lines(text: str) -> frozenset[str]:
    """The lines that say something: blank ones, brackets and the like are in every file."""
    return frozenset([line for line in set(map(str.strip, text.split("\n"))) if len(line) >= _SHORTEST])


def _names(lines: Iterable[str]) -> set[str]:
    return set(_NAME.findall("\n".join(lines)))


def _defined(facts: Facts) -> frozenset[str]:
    """What is defined anywhere today, by its last name, small and without underscores."""
    return frozenset(
        _joined(re.split(r"[.:#]+", definition.name)[-1])
        for code in facts.code.values()
        for definition in code.definitions
    )


def _is_elsewhere(coined: set[str], known: frozenset[str]) -> bool:
    """Whether names that went with a change are defined today, in whatever file: it was done in another place."""
    telling = {name for name in coined if len(name) >= _SHORTEST}
    back = {name for name in telling if _joined(name) in known}
    return bool(back) and len(back) >= max(min(_FEW_NAMES, len(telling)), _NAMES_ELSEWHERE * len(telling))


def _joined(name: str) -> str:
    return name.replace("_", "").lower()


def _stands(lines: _Lines) -> bool:
    out, back = lines.taken_out - lines.put_back, lines.put_back - lines.taken_out
    if not out and not back:
        return False
    if out and len(out & lines.today) > _CAME_BACK * len(out):
        return False
    fewest = max(_FEW, _NAMES_BACK * len(lines.coined))
    if len(lines.coined) >= fewest and len(lines.coined & _names(lines.today)) >= fewest:
        return False
    return len(back) < _FEW or len(back & lines.today) >= _GONE * len(back)
