"""Whether what a commit wrote still stands: the lines that it added, against the files as they are now, and which of them its words speak of.

A reason that was told years ago holds for code that is still there. Lines are compared without their indentation; those that say nothing
(brackets, imports, comments) count for nothing. Where the versions cannot be had, or most of the lines have gone, nobody can say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from archaeology.detectors.added_lines import Added, Today, added_lines
from archaeology.detectors.file_versions import FileVersions
from archaeology.facts import Facts, FileFacts
from archaeology.reader import old_versions
from archaeology.readings.stems import stems_of

_MOST_ADDED = 400
_LEAST_SHARE = 0.6
_LEAST_STEMS = 2
_FEW_LINES = 12
_FEW_PLACES = 6
_REACH = 5
_SHORTEST_STEM = 4
_CODE_NAME = re.compile(r"[A-Za-z_]\w*(?:[A-Z_]\w*|\(\))|\b[a-z]+(?:[A-Z][a-z0-9]*)+\b|\b\w+_\w+\b|`([^`\s]{3,})`")
_NAME = re.compile(r"\w+")
_OWNERS = frozenset({"function", "method", "class", "struct", "trait", "interface", "module", "enum"})
_COMMON = frozenset(
    "value error resul strin objec funct metho class retur param confi optio defau index lengt count const publi priva stati false true none null self func".split()
)


class Standing(NamedTuple):
    """Lines of a file today that a commit wrote and its words speak of; ``share`` of all that it wrote still stands, in ``lines`` lines."""

    path: str
    start_line: int
    end_line: int
    share: float
    lines: int


class Written(NamedTuple):
    """A commit by its number, the words that it is quoted with, and its source files as (path today, blob before, blob after)."""

    commit: int
    words: str
    files: tuple[tuple[str, str, str], ...]


def written(facts: Facts, versions: FileVersions, told: Mapping[int, str]) -> list[Written]:
    """Return what is needed to look for the lines of commits, given by number with the words that they are quoted with.

    Files that were renamed since stand under their present names.
    """
    log = versions.log
    now = {old: new for new, old in facts.history.renames.items()} if told else {}
    found = []
    for commit, words in told.items():
        files = []
        for path, old, new in log.blobs_of(commit) if log is not None else ():
            here = path if path in facts.code else now.get(path, "")
            if here in facts.code and facts.files[here].is_production and new.strip("0"):
                files.append((here, old, new))
        found.append(Written(commit, words, tuple(files)))
    return found


def standing_lines(facts: Facts, commits: Sequence[Written]) -> Iterator[tuple[int, Standing]]:
    """Yield for each commit whose lines still stand its number and the lines that its words speak of, in the order given."""
    blobs = [blob for one in commits for _, old, new in one.files for blob in (old, new) if blob.strip("0")]
    texts = old_versions(facts.reader, blobs)
    cases = _cases(facts, {path for one in commits for path, _, _ in one.files})
    for one in commits:
        added: list[tuple[str, list[Added]]] = []
        lost = False
        for path, old, new in one.files:
            before, after = ((next(texts, (blob, None))[1] if blob.strip("0") else "") for blob in (old, new))
            lost = lost or before is None or after is None
            added.append((path, added_lines(before or "", after or "")))
        if not lost and (found := _found(facts, cases, one.words, added)) is not None:
            yield one.commit, found


def _cases(facts: Facts, paths: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """The lines of the tests that stand in these files, with those of the product."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for case in facts.tests.cases:
        if case.path in paths:
            found[case.path].append((case.line, case.end_line))
    return found


def _found(
    facts: Facts, cases: Mapping[str, list[tuple[int, int]]], words: str, added: Sequence[tuple[str, list[Added]]]
) -> Standing | None:
    total = len({(path, one.line) for path, lines in added for one in lines})
    if not 0 < total <= _MOST_ADDED:
        return None
    here: list[tuple[str, Today, list[Added]]] = []
    for path, lines in filter(itemgetter(1), added):
        today = Today(facts.reader.text(path) or "")
        here.append((path, today, [one for one in lines if today.has(one)]))
    stand = len({(path, one.line) for path, _, lines in here for one in lines})
    if stand < _LEAST_SHARE * total:
        return None
    best: tuple[float, str, int, set[int]] | None = None
    for path, today, lines in here:
        spoken = _spoken(words, path)
        places = [(one.line, found[:_FEW_PLACES]) for one, found in zip(lines, today.numbers(lines), strict=True)]
        numbers = {number for _, found in places for number in found}
        spans = cases.get(path, ())
        telling = ((line, found) for line, found in places if spoken.may_name(line))
        for line, number in ((line, number) for line, found in telling for number in found):
            if line.startswith("assert") or any(start <= number <= end for start, end in spans):
                continue  # a test among the sources that it is of
            symbol = symbol_at(facts.code[path], number, number)
            weight = _weight(line, symbol or "", spoken, few=total <= _FEW_LINES)
            if not weight:
                continue
            beside = len(
                {number + step for step in (-2, -1, 1, 2)} & numbers
            )  # of equal lines the one among the others
            if best is None or weight + 0.1 * beside > best[0]:
                best = (weight + 0.1 * beside, path, number, numbers)
    return _around(best[1], best[2], best[3], round(stand / total, 2), stand) if best is not None else None


def _around(path: str, line: int, numbers: set[int], share: float, stand: int) -> Standing:
    """The lines around one that were written with it, a few at most."""
    start = end = line
    while start - 1 in numbers and line - start < _REACH:
        start -= 1
    while end + 1 in numbers and end - line < _REACH:
        end += 1
    return Standing(path, start, end, share, stand)


def symbol_at(code: FileFacts, start: int, end: int) -> str | None:
    """Return the innermost definition that lines stand in, or None."""
    around = [
        one for one in code.definitions if one.kind in _OWNERS and one.start_line <= start and one.end_line >= end
    ]
    return min(around, key=lambda one: one.end_line - one.start_line).name if around else None


class _Spoken(NamedTuple):
    """What the words of a commit name: names of code as they are written, and stems of words that are not in the path."""

    names: frozenset[str]
    stems: frozenset[str]

    def may_name(self, line: str) -> bool:
        """Whether a line may have one of them: most have not even the letters, which is told without cutting them into words."""
        small = line.lower()
        held = small.__contains__
        return not line.isascii() or any(map(held, self.stems)) or any(map(held, self.names))


def _spoken(words: str, path: str) -> _Spoken:
    names = {name.group(1) or name.group() for name in _CODE_NAME.finditer(words)}
    return _Spoken(
        frozenset(name.strip("()`").rpartition(".")[2].lower() for name in names) - {""},
        frozenset(stem for stem in stems_of(words) - stems_of(path) - _COMMON if len(stem) >= _SHORTEST_STEM),
    )


def _weight(line: str, symbol: str, spoken: _Spoken, *, few: bool) -> float:
    """How plainly a line is what the words speak of; 0 where it shares one ordinary word at most and the commit wrote more than a ``few``."""
    own = {name.lower() for name in _NAME.findall(line)}
    named = len(own & spoken.names)
    shared, around = len(stems_of(line) & spoken.stems), len(stems_of(symbol) & spoken.stems)
    plain = named or shared >= _LEAST_STEMS or (shared and (around or few))
    return 2.0 * named + shared + 0.5 * around if plain else 0.0
