"""Who else speaks for a warning: commits, undone changes and fixes, found by what they share with it.

A file that changes every week was touched by some revert and some fix in any case, so touching the same file proves nothing: a witness
must name the same issue, the same function, or share three words of which two are rare in this history.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from archaeology.detectors.file_versions import FileVersions
from archaeology.detectors.named_tests import NamedTests
from archaeology.facts import Facts
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
_MARKS = (b"#", b"gh-", b"issue/", b"issues/")
_BEFORE_NUMBER = max(map(len, _MARKS))
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
        self.named = NamedTests(facts)

    @cached_property
    def _reasons(self) -> dict[str, list[Reason]]:
        """The reasons of commits that changed each file; nobody asks about one that is gone, as most are."""
        found: dict[str, list[Reason]] = defaultdict(list)
        for reason in self._facts.history.reasons:
            for path in reason.paths:
                if path in self._facts.files:
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
    def _said(self) -> list[str]:
        """The messages that give a reason or undo something."""
        texts = [reason.sentence for reason in self._facts.history.reasons]
        return texts + [revert.subject for revert in self._facts.history.reverts]

    def _is_common(self, word: str) -> bool:
        """Whether too many commit messages of this repository use a word for it to tell anything."""
        most = max(_RARE_LEAST, int(_COMMON_SHARE * len(self._said)))
        return self._times(word, most) > most

    def _is_rare(self, word: str) -> bool:
        """Whether hardly any other message uses a word: two of them in common are no accident."""
        most = max(_RARE_LEAST, int(_RARE_SHARE * len(self._said)))
        return 0 < self._times(word, most) <= most

    def _times(self, word: str, most: int) -> int:
        """In how many of the messages a word is, counted to one beyond ``most``.

        Hardly any message shares enough with a warning for this to be asked, so no word is counted before it is.
        """
        having = (text for text in self._said if word in text.lower() and word in words_of(text))
        return sum(1 for _ in islice(having, most + 1))

    def reasons(self, path: str, symbol: str | None, text: str) -> list[Reason]:
        """Return reasons of commits that changed the file and speak of the same thing, newest first."""
        of_file = self._reasons.get(path)
        if not of_file:
            return []
        wanted = _wanted(path, symbol, text)
        return [reason for reason in of_file if self._same(wanted, reason.sentence, reason.sentence)]

    def reverts(self, path: str, symbol: str | None, text: str) -> list[Revert]:
        """Return undone changes of the file that speak of the same thing, newest first."""
        of_file = self._reverts.get(path)
        if not of_file:
            return []
        wanted = _wanted(path, symbol, text)
        return [revert for revert in of_file if self._same(wanted, f"{revert.subject} {revert.reason}", revert.subject)]

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
        commits, number = self._facts.history.commits, issue.encode()
        if isinstance(commits, CommitSequence):
            start = _naming(number, commits.log.subjects)
            if start is None:
                return None
            return commits.log.commit(int(np.searchsorted(commits.log.subject_ends, start, side="right")))
        return next((commit for commit in commits if _naming(number, commit.subject.encode()) is not None), None)

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

    def _same(self, wanted: _Wanted, said: str, text: str) -> bool:
        """Whether a text names the symbol and ``said`` a wanted word beside it, or ``said`` shares telling words."""
        if (
            wanted.name
            and wanted.name in text
            and re.search(rf"\b{re.escape(wanted.name)}\b", text)
            and wanted.beside & stems_of(said)
            and not self._is_common(wanted.name.lower())
        ):
            return True
        small = said.lower()
        if sum(map(small.__contains__, wanted.words)) < _SHARED_WORDS:  # most end here, before they are cut into words
            return False
        both = wanted.words & words_of(said)
        if len(both) < _SHARED_WORDS:
            return False
        shared = [word for word in both if not self._is_common(word)]
        return len(shared) >= _SHARED_WORDS and sum(map(self._is_rare, shared)) >= _SHARED_RARE


def _wanted(path: str, symbol: str | None, text: str) -> _Wanted:
    name = (symbol or "").replace("::", ".").rsplit(".", 1)[-1]
    telling = len(name) > _TELLING_NAME
    return _Wanted(
        words_of(text),
        name if telling else "",
        stems_of(text) - stems_of(f"{path} {symbol or ''}") - _OF_ANY if telling else frozenset(),
    )


def _naming(number: bytes, text: bytes) -> int | None:
    """Where a text names an issue by its number first; looking for the digits costs a fraction of an expression, which would be made for each."""
    place = text.find(number)
    while place >= 0:
        end = place + len(number)
        before = text[max(0, place - _BEFORE_NUMBER) : place].lower()
        mark = next(filter(before.endswith, _MARKS), None)
        if mark is not None and _is_of_word(text[end - 1 : end]) != _is_of_word(text[end : end + 1]):
            return place - len(mark)
        place = text.find(number, place + 1)
    return None


def _is_of_word(letter: bytes) -> bool:
    return letter.isalnum() or letter == b"_"
