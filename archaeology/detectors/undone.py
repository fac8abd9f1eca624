"""Whether an undone change stayed undone: the lines that a revert took out, and those that it put back, against the files as they are now.

A second attempt seldom has the words of the first, so subjects cannot tell; the lines can, and the names that it coined. A change whose lines
or names stand in the files today came back. A revert whose own lines are gone was overtaken: the code that it defended is not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
_MOST_FILES = 8


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
    pairs = {revert.commit: list(_blobs(facts, commits, revert)) for revert in reverts}
    wanted = {blob for files in pairs.values() for _, old, new in files for blob in (old, new) if blob.strip("0")}
    texts = dict(_line_sets(facts, wanted))
    today: dict[str, frozenset[str]] = {}
    for revert in reverts:
        lines = _Lines()
        for path, old, new in pairs[revert.commit]:
            before, after = texts.get(old, frozenset()), texts.get(new, frozenset())
            lines.taken_out |= before - after
            lines.put_back |= after - before
            if path not in today:
                today[path] = _lines(facts.reader.text(path) or "")
            lines.today |= today[path]
            lines.coined |= _names(before - after) - _names(after)
        if pairs[revert.commit] and _stands(lines):
            yield revert


def _blobs(facts: Facts, commits: CommitSequence, revert: Revert) -> Iterator[tuple[str, str, str]]:
    number = commits.number_of(revert.commit)
    if number is None:
        return
    for path, old, new in commits.log.blobs_of(number):
        if path in facts.code and len(revert.paths) <= _MOST_FILES:
            yield path, old, new


def _line_sets(facts: Facts, blobs: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for blob, text in old_versions(facts.reader, sorted(blobs)):
        yield blob, _lines(text or "")


def _lines(text: str) -> frozenset[str]:
    """The lines that say something: blank ones, brackets and the like are in every file."""
    return frozenset([line for line in set(map(str.strip, text.split("\n"))) if len(line) >= _SHORTEST])


def _names(lines: Iterable[str]) -> set[str]:
    return set(_NAME.findall("\n".join(lines)))


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
