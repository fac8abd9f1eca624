"""Whether a commit put one name in the place of another and changed nothing else: a package that goes on under a new name.

Two libraries that do the same are seldom called in the same way, line for line. Where every line that named the old one now names the new one in its
place, the package was renamed, moved or forked, and nobody chose between two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

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


def only_the_name_changed(facts: Facts, lives: Iterable[EdgeLife], new: str = "") -> bool:
    """Return whether the commits that took a package out of code put ``new`` in its place and left the lines as they were.

    Without ``new``, any package whose name the new lines hold in quotes: what has gone since has left no other trace.

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
    names = [new] if new else _quoted(changes)
    return any(_is_swapped(changes, name) for name in names)


def _quoted(changes: Iterable[tuple[str, str, str]]) -> list[str]:
    """The names in quotes that the new lines hold and no old text does, those that are there most often."""
    told: Counter[str] = Counter()
    for before, after, _ in changes:
        lines = set(after.split("\n")) - set(before.split("\n"))
        told.update(name for line in sorted(lines) for name in _IN_QUOTES.findall(line) if name not in before)
    return [name for name, _ in told.most_common(_MOST_NAMES)]


def _is_swapped(changes: Iterable[tuple[str, str, str]], new: str) -> bool:
    counts = [_swapped(before, after, old, new) for before, after, old in changes]
    same, named = sum(count[0] for count in counts), sum(count[1] for count in counts)
    return bool(named) and same >= _NEARLY_ALL * named


def _swapped(before: str, after: str, old: str, new: str) -> tuple[int, int]:
    """How many lines differ only by the name, and how many lines that named the old package went or changed."""
    were, are = before.split("\n"), after.split("\n")
    gone = set(map(str.strip, were)) - set(map(str.strip, are))
    its_words, other = _words(old), _words(new)
    telling = {word for word in its_words if len(word) >= _SHORTEST} or its_words
    named = [line for line in gone if not telling.isdisjoint(_LETTERS.split(line.lower()))]
    if not named:
        return 0, 0
    came = {_plain(line, other) for line in set(are) - set(were)}
    return sum(_plain(line, its_words) in came for line in named), len(named)


def _plain(line: str, words: set[str]) -> str:
    """A line in small letters without the words of a package's name, and without what stands between words."""
    return " ".join(part for part in _LETTERS.split(line.lower()) if part and part not in words)


def _words(package: str) -> set[str]:
    return {word for word in _LETTERS.split(package.lower()) if word}
