"""Whether a commit put one name in the place of another and changed nothing else: a package that goes on under a new name.

Two libraries that do the same are seldom called in the same way, line for line. Where every line that named the old one now names the new one in its
place, the package was renamed, moved or forked, and nobody chose between two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archaeology.detectors.places import ending_of
from archaeology.facts import Facts
from archaeology.history.log import CommitSequence
from archaeology.history.model import EdgeLife
from archaeology.reader import old_versions

_MOST_FILES = 40
_NEARLY_ALL = 0.9
_LETTERS = re.compile(r"[^a-z0-9]+")
_SHORTEST = 4
_MOST_NAMES = 4
# As a package is asked for: no path beside the file.
_IN_QUOTES = re.compile(r"""(?:require\(|from |import )\s?["']([a-z@][\w@/-]{1,80})["']""")


def only_the_name_changed(facts: Facts, lives: Iterable[EdgeLife], names: Sequence[str] = ()) -> bool:
    """Return whether the commits that took a package out of code put one of ``names`` in its place and left the lines as they were.

    Without ``names``, any package whose name the new lines hold in quotes: what has gone since has left no other trace.

    False where the history has no versions of the files, or where that cannot be told.
    """
    commits = facts.history.commits
    if not isinstance(commits, CommitSequence):
        return False
    went = {life.vanished: life.target for life in lives if life.vanished}
    # Code that has gone since counts as well, by the languages of what is there.
    written_in = set(map(ending_of, facts.code))
    pairs = [
        (old, put, name)
        for oid, name in sorted(went.items())
        if (number := commits.number_of(oid)) is not None
        for path, old, put in commits.log.blobs_of(number)
        if ending_of(path) in written_in and old.strip("0") and put.strip("0")
    ]
    if not pairs or len(pairs) > _MOST_FILES:
        return False
    texts = dict(old_versions(facts.reader, sorted({blob for old, put, _ in pairs for blob in (old, put)})))
    changes = [(texts.get(old) or "", texts.get(put) or "", name) for old, put, name in pairs]
    named = [change for before, after, name in changes if (change := _change(before, after, name)).gone]
    return any(_is_swapped(named, name) for name in names or _quoted(changes))


def _quoted(changes: Iterable[tuple[str, str, str]]) -> list[str]:
    """The names in quotes that the new lines hold and no old text does, those that are there most often."""
    told: Counter[str] = Counter()
    for before, after, _ in changes:
        lines = set(after.split("\n")) - set(before.split("\n"))
        told.update(name for line in sorted(lines) for name in _IN_QUOTES.findall(line) if name not in before)
    return [name for name, _ in told.most_common(_MOST_NAMES)]


class _Change(NamedTuple):
    """Of a file that was changed: its lines that named the old package and went or changed, without that name, and its new lines in words."""

    gone: list[str]
    came: list[list[str]]


def _change(before: str, after: str, old: str) -> _Change:
    were, are = before.split("\n"), after.split("\n")
    gone = set(map(str.strip, were)) - set(map(str.strip, are))
    its_words = _words(old)
    telling = {word for word in its_words if len(word) >= _SHORTEST} or its_words
    named = [line for line in map(str.lower, gone) if _names(line, telling)]
    return _Change(
        [_without(its_words, _LETTERS.split(line)) for line in named],
        [_LETTERS.split(line.lower()) for line in set(are) - set(were)] if named else [],
    )


def _is_swapped(changes: Iterable[_Change], new: str) -> bool:
    """Whether nearly all lines that named the old package are there with the new name and differ by nothing else."""
    other, same, named = _words(new), 0, 0
    for change in changes:
        came = {_without(other, line) for line in change.came}
        same += sum(line in came for line in change.gone)
        named += len(change.gone)
    return bool(named) and same >= _NEARLY_ALL * named


def _names(line: str, words: set[str]) -> bool:
    """Whether one of the words stands in a line in small letters: most have not even the letters, which is told without cutting them."""
    return any(map(line.__contains__, words)) and not words.isdisjoint(_LETTERS.split(line))


def _without(words: set[str], line: list[str]) -> str:
    """The words of a line but those of a package's name, without what stood between them."""
    return " ".join([word for word in line if word and word not in words])


def _words(package: str) -> set[str]:
    return {word for word in _LETTERS.split(package.lower()) if word}
