"""Whether an undone change stayed undone: the lines that a revert took out, and those that it put back, against the files as they are now.

A second attempt seldom has the words of the first, so subjects cannot tell; the lines can, and the names that it coined. A change whose lines
or names stand in the files today came back. A revert whose own lines are gone was overtaken: the code that it defended is not there any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from archaeology.detectors.whole_names import is_named, names_in
from archaeology.facts import Facts
from archaeology.history.log import CommitSequence
from archaeology.history.model import Revert
from archaeology.reader import old_versions, preload

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

    ``files`` holds for each file the lines that were taken out, and all that were in it then.
    """

    taken_out: set[str] = field(default_factory=set)
    put_back: set[str] = field(default_factory=set)
    today: set[str] = field(default_factory=set)
    files: list[tuple[set[str], set[str]]] = field(default_factory=list)

    def add(self, before: set[str], after: set[str]) -> None:
        """Add two versions of a file by their lines."""
        taken_out = set(_telling(before - after))
        self.taken_out |= taken_out
        self.put_back |= set(_telling(after - before))
        if taken_out:
            self.files.append((taken_out, after))

    def coined(self) -> set[str]:
        """Return the names that went altogether."""
        gone = set[str]()
        for taken_out, after in self.files:
            rest = "\n".join(_telling(after))
            gone.update(name for name in _names(taken_out) if not is_named(name, rest))
        return gone


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
    preload(facts.reader, sorted({path for files in changed.values() for path, _, _ in files})[:_FEW_FILES])
    versions = _versions(facts, [(old, new) for files in changed.values() for _, old, new in files])

    @lru_cache(maxsize=_FEW_FILES)
    def today(path: str) -> set[str]:
        return _lines(facts.reader.text(path) or "")

    left: list[tuple[Revert, set[str]]] = []
    for revert in reverts:
        lines = _Lines()
        for path, _, _ in changed[revert.commit]:
            lines.add(*next(versions))
            lines.today |= today(path)
        if _have_not_come_back(lines):
            coined = lines.coined()
            if not _came_back(coined, lines.today):
                left.append((revert, {name for name in coined if len(name) >= _SHORTEST}))
    defined = _defined(facts, {_joined(name) for _, telling in left for name in telling})
    yield from (revert for revert, telling in left if not _is_elsewhere(telling, defined))


def _blobs(facts: Facts, commits: CommitSequence, revert: Revert) -> Iterator[tuple[str, str, str]]:
    number = commits.number_of(revert.commit)
    if number is None:
        return
    for path, old, new in commits.log.blobs_of(number):
        if path in facts.code and len(revert.paths) <= _MOST_FILES:
            yield path, old, new


def _versions(facts: Facts, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the lines of each old version and of the new one. A revert's are held at a time: there may be hundreds."""
    texts = old_versions(facts.reader, [blob for pair in pairs for blob in pair if blob.strip("0")])
    for pair in pairs:
        before, after = (_lines((next(texts, (blob, None))[1] or "") if blob.strip("0") else "") for blob in pair)
        yield before, after


def _lines(text: str) -> set[str]:
    return set(map(str.strip, text.split("\n")))


def _telling(lines: Iterable[str]) -> Iterator[str]:
    """The lines that say something: blank ones, brackets and the like are in every file."""
    return (line for line in lines if len(line) >= _SHORTEST)


def _names(lines: Iterable[str]) -> set[str]:
    return names_in("\n".join(_telling(lines)))


def _defined(facts: Facts, wanted: AbstractSet[str]) -> set[str]:
    """Which of these names, small and without underscores, are the last names of what is defined anywhere today."""
    found = set[str]()
    # A file at a time: there may be a hundred thousand definitions, and all their names at once take as much room as their facts.
    for code in facts.code.values() if wanted else ():
        names = _joined("\0".join([definition.name for definition in code.definitions]))
        plain = names.replace(":", ".").replace("#", ".").split("\0")
        found |= wanted & {name.rpartition(".")[2] for name in plain}
    return found


def _is_elsewhere(telling: set[str], defined: AbstractSet[str]) -> bool:
    """Whether telling names that went with a change are defined today, in whatever file: it was done in another place."""
    back = {name for name in telling if _joined(name) in defined}
    return bool(back) and len(back) >= max(min(_FEW_NAMES, len(telling)), _NAMES_ELSEWHERE * len(telling))


def _joined(name: str) -> str:
    return name.replace("_", "").lower()


def _have_not_come_back(lines: _Lines) -> bool:
    """Whether few of the lines that were taken out stand today, and some of those that were put back."""
    out, back = lines.taken_out - lines.put_back, lines.put_back - lines.taken_out
    if not out and not back:
        return False
    if out and len(out & lines.today) > _CAME_BACK * len(out):
        return False
    return len(back) < _FEW or len(back & lines.today) >= _GONE * len(back)


def _came_back(coined: set[str], today: Iterable[str]) -> bool:
    """Whether names that went with a change are used in the lines of today."""
    fewest = max(_FEW, _NAMES_BACK * len(coined))
    if len(coined) < fewest:
        return False
    text = "\n".join(_telling(today))
    return sum(is_named(name, text) for name in coined) >= fewest
