"""Commits that undo others, each linked to what it undoes: by id, by subject, or by the number of a pull request."""

from __future__ import annotations

import re
from bisect import bisect_left

from archaeology.git import decode_text
from archaeology.history.log import PackedLog
from archaeology.history.messages import Undoing, undoing
from archaeology.history.model import Revert
from archaeology.history.revert_words import revert_issue, revert_reason
from archaeology.text import visible_line

_MAX_PATHS = 20
_PULL_SUFFIX = re.compile(rb"\s*\((?:#|!)(\d+)\)\s*$")
_MERGED_PULL = re.compile(rb"^Merge pull request #(\d+) ")


def find_reverts(log: PackedLog) -> tuple[Revert, ...]:
    """Return reverts newest first. ``undone`` is None where nothing older in the log fits what the message says."""
    saying = {
        commit: said for commit, message in log.undoings.items() if (said := undoing(decode_text(message))) is not None
    }
    if not saying:
        return ()
    finder = _Finder(log, set(saying.values()))
    return tuple(_revert(log, commit, finder.find(commit, said)) for commit, said in saying.items())


def _revert(log: PackedLog, commit: int, undone: str | None) -> Revert:
    message = decode_text(log.undoings[commit])
    return Revert(
        commit=log.oid(commit),
        undone=undone,
        time=int(log.times[commit]),
        subject=visible_line(decode_text(log.subject(commit))),
        reason=revert_reason(message),
        paths=log.paths_of(commit, _MAX_PATHS),
        issue=revert_issue(message),
    )


class _Finder:
    """Finds the commits that reverts mean."""

    def __init__(self, log: PackedLog, wanted: set[Undoing]) -> None:
        self._log = log
        self._sorted = log.by_oid() if any(said.oid for said in wanted) else []
        self._by_subject: dict[bytes, list[int]] = {said.subject.encode(): [] for said in wanted if said.subject}
        self._by_number: dict[bytes, list[int]] = {said.number.encode(): [] for said in wanted if said.number}
        if self._by_subject or self._by_number:
            self._index()

    def find(self, commit: int, said: Undoing) -> str | None:
        """Return the id of the newest fitting commit that is older than the revert in the log's order."""
        if said.oid and (found := self._by_id(said.oid)) is not None:
            return found
        places = [
            *self._by_number.get((said.number or "").encode(), ()),
            *self._by_subject.get((said.subject or "").encode(), ()),
        ]
        older = [place for place in places if place > commit]
        return self._log.oid(min(older)) if older else None

    def _by_id(self, prefix: str) -> str | None:
        place = bisect_left(self._sorted, prefix, key=self._log.oid)
        matches = [self._log.oid(number) for number in self._sorted[place : place + 2]]
        matches = [oid for oid in matches if oid.startswith(prefix)]
        return matches[0] if len(matches) == 1 else None

    def _index(self) -> None:
        log = self._log
        for commit, title in log.titles:
            if (places := self._by_subject.get(title)) is not None:
                places.append(commit)
        for commit in range(len(log)):
            subject = log.subject(commit)
            if (places := self._by_subject.get(subject)) is not None:
                places.append(commit)
            if subject.endswith(b")") and (suffix := _PULL_SUFFIX.search(subject)):
                number = suffix[1]
                if (places := self._by_subject.get(subject[: suffix.start()])) is not None:
                    places.append(commit)
            elif subject.startswith(b"Merge pull request #") and (merged := _MERGED_PULL.match(subject)):
                number = merged[1]
            else:
                continue
            if (places := self._by_number.get(number)) is not None:
                places.append(commit)
