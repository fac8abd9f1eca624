"""Who else speaks for a warning: commits, undone changes, tests and fixes, found by what they share with it.

A file that changes every week was touched by some revert and some fix in any case, so touching the same file proves nothing: a witness
must name the same issue, the same function, or share three words of which two are rare in this history.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np

from archaeology.detectors.origins import FileVersions
from archaeology.detectors.places import folder_of, test_paths
from archaeology.facts import Facts, TestCase
from archaeology.history.log import CommitSequence
from archaeology.history.model import Commit, Reason, Revert
from archaeology.readings.messages import reason_in
from archaeology.readings.stems import stems_of

# Letters in a row, cut where a capital follows a small letter.
_WORD = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")
_LEAST_LETTERS = 4
_COMMON_SHARE = 0.02
_RARE_SHARE = 0.002
_RARE_LEAST = 3
_SHARED_WORDS = 3
_SHARED_RARE = 2
_TELLING_NAME = 5
_BEFORE_NUMBER = len("issues/")
_OF_TESTS = frozenset({"test", "case", "use", "using", "work", "handl", "retur", "call", "can", "not", "no"})
_COMMON = frozenset(
    "this that with from have been when will does into only also must should would could there their they them then than because since which while where "
    "other same some more most make made sure before after being over under just like need needs used using uses case cases code function method class "
    "file files value values test tests call calls called name names type types type return returns result error errors change changes changed "
    "avoid instead otherwise about here each every even still without revert reverts commit merge pull request issue"
    "".split()
)
_OF_ANY = stems_of(" ".join(_COMMON))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that can tell it from another: four letters or more, small, humps and underscores split."""
    return frozenset([word.lower() for word in _WORD.findall(text) if len(word) >= _LEAST_LETTERS]) - _COMMON


class _Wanted(NamedTuple):
    """What a witness of a warning must share with it: its telling words; or the name of its place and how a word ``beside`` that begins."""

    words: frozenset[str]
    name: str
    beside: frozenset[str]


class Witnesses:
    """Looks things up in the history and the tests of one survey; indexes are built when first needed."""

    def __init__(self, facts: Facts) -> None:
        """Look at these facts."""
        self._facts = facts
        self.versions = FileVersions(facts)
        self._named: dict[str, list[tuple[str, str, TestCase]]] = {}

    @cached_property
    def _reasons(self) -> dict[str, list[Reason]]:
        found: dict[str, list[Reason]] = defaultdict(list)
        for reason in self._facts.history.reasons:
            for path in reason.paths:
                found[path].append(reason)
        return found

    @cached_property
    def _reverts(self) -> dict[str, list[Revert]]:
        found: dict[str, list[Revert]] = defaultdict(list)
        for revert in self._facts.history.reverts:
            for path in revert.paths:
                found[path].append(revert)
        return found

    @cached_property
    def _counts(self) -> tuple[int, Counter[str]]:
        """How many messages give a reason or undo something, and in how many of them each word is."""
        texts = [reason.sentence for reason in self._facts.history.reasons]
        texts += [revert.subject for revert in self._facts.history.reverts]
        # The words of all of them at once would be more than all else that is known of the history.
        return len(texts), Counter(chain.from_iterable(map(words_of, texts)))

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that too many commit messages of this repository use to tell anything."""
        texts, counts = self._counts
        most = max(_RARE_LEAST, _COMMON_SHARE * texts)
        return frozenset(word for word, count in counts.items() if count > most)

    @cached_property
    def _rare(self) -> frozenset[str]:
        """Words that hardly any other message uses: two of them in common are no accident."""
        texts, counts = self._counts
        most = max(_RARE_LEAST, _RARE_SHARE * texts)
        return frozenset(word for word, count in counts.items() if count <= most)

    @cached_property
    def _cases(self) -> dict[str, list[TestCase]]:
        """The tests of each file."""
        found: dict[str, list[TestCase]] = defaultdict(list)
        for case in self._facts.tests.cases:
            found[case.path].append(case)
        return found

    def _named_cases(self, place: str) -> list[tuple[str, str, TestCase]]:
        """The tests of a file, with what they and their issues are called; made for the few files that are asked about."""
        known = self._named.get(place)
        if known is None:
            known = self._named[place] = [
                (_joined(case.id.rsplit("::", 1)[-1]), _digits(case.issue) if case.issue else "", case)
                for case in self._cases.get(place, ())
            ]
        return known

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        tests = set(test_paths(self._facts))
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self._facts.imports.edges:
            if edge.target is not None and edge.source in tests:
                found[edge.target].add(edge.source)
        return found

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        """Test files by folder: in some languages a test imports nothing of what lies beside it."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._cases:
            found[folder_of(path)].append(path)
        return found

    def reasons(self, path: str, symbol: str | None, text: str) -> list[Reason]:
        """Return reasons of commits that changed the file and speak of the same thing, newest first."""
        wanted = self._wanted(path, symbol, text)
        return [
            reason for reason in self._reasons.get(path, ()) if self._same(wanted, reason.sentence, reason.sentence)
        ]

    def reverts(self, path: str, symbol: str | None, text: str) -> list[Revert]:
        """Return undone changes of the file that speak of the same thing, newest first."""
        wanted = self._wanted(path, symbol, text)
        return [
            revert
            for revert in self._reverts.get(path, ())
            if self._same(wanted, f"{revert.subject} {revert.reason}", revert.subject)
        ]

    def tests(self, path: str, symbol: str | None, issues: Iterable[str], said: str) -> list[TestCase]:
        """Return tests near the file that name one of the issues, or both the function and something that is ``said`` of it.

        The function is named by its owner as well where others have one of that name.
        """
        numbers = set(issues)
        near = {*self._importers.get(path, ()), *self._neighbours.get(folder_of(path), ()), path}
        found: list[TestCase] = []
        for place in sorted(near & self._cases.keys()):
            found += self._cases_about(place, self._names(path, symbol), numbers, said)
        return sorted(found, key=lambda case: (not (case.issue and _digits(case.issue) in numbers), case.id))

    def has_cases(self, place: str) -> bool:
        """Whether a file has tests, and not only what tests need."""
        return bool(self._cases.get(place))

    def case_about(
        self, place: str, about: tuple[str, str | None], issues: Iterable[str], said: str
    ) -> TestCase | None:
        """Return the test of the file ``place`` that names one of the issues, or the function (path, symbol) and something that is said of it, or None."""
        return next(self._cases_about(place, self._names(*about), set(issues), said), None)

    def _names(self, path: str, symbol: str | None) -> tuple[str, str]:
        """Return what a function is called, and what it belongs to where that must be named as well, in small letters without underscores."""
        owner, _, last = (symbol or "").replace("::", ".").rpartition(".")
        name = _joined(last)
        belongs = owner.rpartition(".")[2] or PurePosixPath(path).stem
        return name, _joined(belongs) if name in self._shared else ""

    @cached_property
    def _shared(self) -> frozenset[str]:
        """What several functions of the product are called: a test that has only this in its name may be about any of them."""
        tests = set(test_paths(self._facts))
        owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for path, code in self._facts.code.items():
            for definition in code.definitions if path not in tests else ():
                owner, _, last = definition.name.replace("::", ".").rpartition(".")
                owners[_joined(last)].add((path, owner))
        return frozenset(name for name, found in owners.items() if len(found) > 1)

    def _cases_about(self, place: str, names: tuple[str, str], issues: set[str], said: str) -> Iterator[TestCase]:
        """Yield the tests of a file that name one of the issues, or the function, what it belongs to, and something that is said of it."""
        name, belongs = names
        telling = len(name) > _TELLING_NAME
        for own, issue, case in self._named_cases(place):
            by_name = telling and name in own and belongs in _joined(f"{place} {case.id}")
            if (issue and issue in issues) or (by_name and _speaks_of(case, name, said)):
                yield case

    def reasons_of(self, oid: str, subject: str = "") -> Iterator[str]:
        """Yield the sentences by which a commit says why, beyond its subject."""
        return filter(None, (reason_in(sentence, subject) for sentence in self._sentences.get(oid, ())))

    @cached_property
    def _sentences(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for reason in self._facts.history.reasons:
            found[reason.commit].append(reason.sentence)
        return found

    def commit_naming(self, issue: str) -> Commit | None:
        """Return the newest commit whose subject names an issue by its number."""
        pattern = re.compile(rb"(?:#|gh-|issues?/)%b\b" % re.escape(issue.encode()), re.IGNORECASE)
        commits = self._facts.history.commits
        if isinstance(commits, CommitSequence):
            start = _first(pattern, issue.encode(), commits.log.subjects)
            if start is None:
                return None
            return commits.log.commit(int(np.searchsorted(commits.log.subject_ends, start, side="right")))
        return next((commit for commit in commits if pattern.search(commit.subject.encode())), None)

    def commit_at(self, time: int) -> Commit | None:
        """Return a commit made at this second, or None."""
        commits = self._facts.history.commits
        if isinstance(commits, CommitSequence):
            places = np.flatnonzero(commits.log.times == time)
            return commits.log.commit(int(places[0])) if len(places) else None
        return next((commit for commit in commits if commit.time == time), None)

    def changed_since(self, path: str, time: int) -> tuple[int, Commit | None]:
        """Return how many commits changed the file after a time, under its present name, and the newest of them."""
        log, changed = self.versions.log, self.versions.commits(path)
        if log is None:
            return 0, None
        later = changed[log.times[changed] > time]
        return len(later), log.commit(int(later[0])) if len(later) else None

    def times_said(self, subject: str) -> int:
        """Return how many commits carry a subject's words, its own commit and its reverts among them."""
        commits = self._facts.history.commits
        if isinstance(commits, CommitSequence):
            return commits.log.subjects.count(subject.encode("utf-8", "replace"))
        return sum(subject in commit.subject for commit in commits)

    def _wanted(self, path: str, symbol: str | None, text: str) -> _Wanted:
        name = (symbol or "").replace("::", ".").rsplit(".", 1)[-1]
        telling = len(name) > _TELLING_NAME and name.lower() not in self._common
        return _Wanted(
            words_of(text) - self._common,
            name if telling else "",
            stems_of(text) - stems_of(f"{path} {symbol or ''}") - _OF_ANY,
        )

    def _same(self, wanted: _Wanted, said: str, text: str) -> bool:
        """Whether a text names the symbol and ``said`` a wanted word beside it, or ``said`` shares telling words."""
        if (
            wanted.name
            and wanted.name in text
            and re.search(rf"\b{re.escape(wanted.name)}\b", text)
            and wanted.beside & stems_of(said)
        ):
            return True
        shared = wanted.words & words_of(said)
        return len(shared) >= _SHARED_WORDS and sum(word in self._rare for word in shared) >= _SHARED_RARE


def _first(pattern: re.Pattern[bytes], number: bytes, text: bytes) -> int | None:
    """Where a pattern matches first that ends with a number: looking for the digits costs a fraction of the expression."""
    place = text.find(number)
    while place >= 0:
        end = place + len(number)
        found = pattern.search(text, max(0, place - _BEFORE_NUMBER), end + 1)
        if found is not None:
            return found.start()
        place = text.find(number, place + 1)
    return None


def _speaks_of(case: TestCase, name: str, said: str) -> bool:
    """Whether a test has a word of what is said in its own name, beside that of the function: of the many that call it, few look at that."""
    own = stems_of(case.id.rsplit("::", 1)[-1]) - _OF_TESTS - stems_of(case.path)
    return any(stem not in name for stem in own & stems_of(said))


def _joined(name: str) -> str:
    return name.replace("_", "").lower()


def _digits(issue: str) -> str:
    return re.sub(r"^\D+", "", issue)
