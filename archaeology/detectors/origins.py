"""Which commit wrote a sentence: found by halving over the versions of its file, for many sentences at once.

A line's last change (what ``git blame`` tells) is often a reformatting. What counts is the commit before which none of the words were there
and after which some were, however they were wrapped or corrected since; that costs a few old versions a sentence, read in one batch a round.
Where the words came with the file itself or out of another one, or the commit changed half of the repository, nobody can say what they were
written for; and a commit that wrote them without a line of code beside them repaired nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from archaeology.detectors.file_versions import FileVersions, Versions
from archaeology.detectors.word_rows import AnyRun, Place, any_run
from archaeology.facts import Facts
from archaeology.history.log import PackedLog
from archaeology.history.model import Commit
from archaeology.reader import old_versions

_WORD = re.compile(r"\w+")
_MOST_WORDS = 40
_LEAST_WORDS = 4
_MOST_PATHS = 25
_MOST_SOURCES = 8
_MOST_STEPS = 4
_NEAR = 15
_COMMENT = re.compile(r"^(?:#|//|/\*|\*|--|;|%|\"\"\"|'''|<!--|$)")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the file that it stands in."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that wrote a sentence, all paths that it changed, and whether it changed code beside the words as well."""

    commit: Commit
    paths: tuple[str, ...]
    beside: bool = True


@dataclass(frozen=True, slots=True)
class Stood:
    """Since when a sentence is known to stand in its file, and how many changes of the file it has outlived."""

    commit: Commit
    changes: int


@dataclass(frozen=True, slots=True)
class Traced:
    """What the history says of sentences: who wrote each, where that can be told, and how long each has stood."""

    written: Mapping[Said, Origin]
    stood: Mapping[Said, Stood]


@dataclass(slots=True)
class _Search:
    """The halving for one sentence: ``low`` is the newest version known to be without it, ``high`` the oldest known to have it."""

    said: Said
    words: AnyRun
    versions: Versions
    low: int
    high: int
    lost: bool = False  # a version could not be had: nothing can be told
    before: str = ""  # the text of the version that the commit of ``high`` changed

    @property
    def middle(self) -> int | None:
        """The version to look at next, or None once the two ends meet."""
        return (self.low + self.high) // 2 if self.high - self.low > 1 else None


def origins(facts: Facts, said: Iterable[Said], versions: FileVersions | None = None) -> Mapping[Said, Origin]:
    """Return the commits that wrote these sentences, for those where that can be told."""
    return traced(facts, said, versions).written


def traced(facts: Facts, said: Iterable[Said], versions: FileVersions | None = None) -> Traced:
    """Return which commits wrote these sentences, and how long they have stood in their files; words that came with the file have stood too."""
    versions = versions or FileVersions(facts)
    log = versions.log
    if log is None:
        return Traced({}, {})
    wanted = list(dict.fromkeys(said))
    known = {path: versions.versions(path) for path in dict.fromkeys(item.path for item in wanted)}
    searches = [search for item in wanted if (search := _begin(known[item.path], item)) is not None]
    while open_ones := [search for search in searches if search.middle is not None]:
        _look(facts, open_ones)
    _settle(facts, log, [search for search in searches if search.low >= 0])
    found, stood = {}, {}
    for search in (search for search in searches if not search.lost):
        number = search.versions.numbers[search.high]
        paths = log.paths_of(number, _MOST_PATHS + 1)
        stood[search.said] = Stood(log.commit(number), len(search.versions.numbers) - 1 - search.high)
        if search.low >= 0 and len(paths) <= _MOST_PATHS:
            found[search.said] = (search, number, paths)
    return Traced(dict(_written(facts, log, found)), stood)


def _written(
    facts: Facts, log: PackedLog, found: Mapping[Said, tuple[_Search, int, tuple[str, ...]]]
) -> Iterator[tuple[Said, Origin]]:
    """The origins among the commits that were found: those that did not carry the words over from another file."""
    sources: dict[str, list[_Search]] = {}
    own: dict[str, list[_Search]] = {}
    for said, (search, number, _) in found.items():
        own.setdefault(search.versions.blob(search.high), []).append(search)
        for blob in _sources(log, number, said.path):
            sources.setdefault(blob, []).append(search)
    carried, beside = set[Said](), set[Said]()
    # One text at a time: all that are looked at take more room than anything else in a scan.
    for blob, text in old_versions(facts.reader, sorted({*sources, *own})):
        carried.update(search.said for search in sources.get(blob, ()) if search.words.are_in(text or ""))
        for search in own.get(blob, ()):
            if search.said not in carried and _code_beside(search.words, search.before, text or ""):
                beside.add(search.said)
            search.before = ""
    for said, (_, number, paths) in found.items():
        if said not in carried:
            yield said, Origin(log.commit(number), paths, said in beside)


def _settle(facts: Facts, log: PackedLog, searches: Sequence[_Search]) -> None:
    """Go back along the parents of what was found to a commit whose own version of the file before it lacks the words.

    Versions are halved in the order of their commits, and one of a branch beside may lie between the words' own and the next.
    """
    for _ in range(_MOST_STEPS):
        waiting: dict[str, list[_Search]] = {}
        for search in searches:
            waiting.setdefault(_old_blob(log, search), []).append(search)
        searches = []
        for blob, text in old_versions(facts.reader, sorted(filter(None, waiting))):
            for search in waiting.pop(blob):
                search.before = text or ""
                # The halving has mostly ended at that very version, and found it without the words.
                if search.low >= 0 and search.versions.blob(search.low) == blob:
                    continue
                if search.words.are_in(search.before):
                    search.high = next((at for at in range(search.high) if search.versions.blob(at) == blob), 0)
                    searches.append(search)
        for search in (search for rest in waiting.values() for search in rest):
            search.low = -1  # it came with the file
    for search in searches:
        search.low = -1


def _old_blob(log: PackedLog, search: _Search) -> str:
    """The blob that the commit of ``high`` found in its parent; empty where there was none."""
    number, blob = search.versions.numbers[search.high], search.versions.blob(search.high)
    old = next((old for _, old, new in log.blobs_of(number) if new == blob), "")
    return old if old.strip("0") else ""


def _sources(log: PackedLog, number: int, path: str) -> list[str]:
    """The versions before a commit of the other files of the same kind that it changed."""
    kind = PurePosixPath(path).suffix
    others = [old for other, old, _ in log.blobs_of(number) if other != path and PurePosixPath(other).suffix == kind]
    return [blob for blob in others if blob.strip("0")][:_MOST_SOURCES]


def _code_beside(words: AnyRun, old: str, new: str) -> bool:
    """Whether the words came with a line of code near them that was not there before."""
    place = words.first(new)
    if place is None:
        return False
    near = (line.strip() for line in _around(new, place))
    code = {line for line in near if not _COMMENT.match(line) and _WORD.search(line)}
    if any(line not in old for line in code):
        return True
    return not code <= {line.strip() for line in old.split("\n")}


def _around(text: str, place: Place) -> list[str]:
    """The lines that a place is on, and those near before and after them; the text is not cut into lines for that."""
    begin, end = place.start, place.end - 1
    for _ in range(_NEAR + 1):
        begin = text.rfind("\n", 0, begin)
        if begin < 0:
            break
    for _ in range(_NEAR + 1):
        end = text.find("\n", end + 1)
        if end < 0:
            return text[begin + 1 :].split("\n")
    return text[begin + 1 : end].split("\n")


def _begin(known: Versions, said: Said) -> _Search | None:
    words = _WORD.findall(said.sentence)[:_MOST_WORDS]
    if len(words) < _LEAST_WORDS or len(known.numbers) < 2:  # noqa: PLR2004 - one version has no before
        return None
    return _Search(said, any_run(words), known, -1, len(known.numbers) - 1)


def _look(facts: Facts, searches: Sequence[_Search]) -> None:
    """Halve each search once, with one batch of old versions for all."""
    waiting: dict[str, list[_Search]] = {}
    for search in searches:
        if search.middle is not None:
            waiting.setdefault(search.versions.blob(search.middle), []).append(search)
    for blob, text in old_versions(facts.reader, sorted(waiting)):
        for search in waiting.pop(blob, ()) if text is not None else ():
            middle = search.middle
            if middle is not None and text is not None:
                search.low, search.high = (search.low, middle) if search.words.are_in(text) else (middle, search.high)
    for search in (search for rest in waiting.values() for search in rest):
        search.low, search.high, search.lost = -1, 0, True
