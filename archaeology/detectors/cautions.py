"""Warnings in comments and who else speaks for them: the scars of five families.

Why this is evidence of intent: a comment that forbids something, says what would break, or names the bug behind it was written by
somebody who had seen it happen. Alone it may be an opinion; with a commit, an undone change or a test that speaks of the same thing it is
a failure that the team has paid for. By its words it belongs to security, concurrency, stable formats, performance, or plain scar tissue.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archaeology.detectors.places import cite, production_paths
from archaeology.detectors.sentences import Caution, caution_of
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Comment, Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Family, Observation

_MOST_A_GROUP = 3
_MOST_GROUPS = 80
_MOST_WITNESSES = 2
_MIN_FIXES = 4
_MIN_SHARE = 0.25
_STRONG_FOR_CALLERS = 4.5
_NAMES = re.compile(r"`[^`]*`|\[[^\]]*\]|\b\w*[A-Z_]\w*|\b(?:socket|pipe|file|stream)\b")
_IN_TESTS = re.compile(r"(?:^|[:./_])tests?(?:[:./_]|$)|::test_", re.IGNORECASE)
_FOR_CALLERS = re.compile(r"\s*(?:///|//!|/\*\*|@(?:module)?doc\b)")


_Counts = tuple[int, int, float]  # fixes, revisions, and the share of fixes that is usual


@dataclass(frozen=True, slots=True)
class _Found:
    """A warning where it stands."""

    path: str
    comment: Comment
    caution: Caution


def detect_cautions(facts: Facts) -> Iterator[Observation]:
    """Yield warnings grouped by file and family, strongest first, each followed by its witnesses; files that are fixed often too."""
    witnesses = Witnesses(facts)
    fixes = dict(_fixed_often(facts))
    for (path, family), found in _grouped(facts):
        group = stable_id("caution", family.value, path)
        for entry in found[:_MOST_A_GROUP]:
            yield _comment(facts, entry, group)
            yield from _witnesses(facts, witnesses, entry, group)
        if path in fixes:
            yield from _fixes(facts, path, fixes[path], family, group)


def _grouped(facts: Facts) -> list[tuple[tuple[str, Family], list[_Found]]]:
    """Warnings by file and family, strongest first. What is said word for word in two places is documentation, no scar."""
    found = [
        _Found(path, comment, caution)
        for path in production_paths(facts)
        for comment in facts.code[path].comments
        if not _IN_TESTS.search(f"{path}::{comment.symbol or ''}") and (caution := caution_of(comment)) is not None
    ]
    said = Counter(_bare(entry.caution.sentence) for entry in found)
    groups: dict[tuple[str, Family], list[_Found]] = defaultdict(list)
    for entry in found:
        if said[_bare(entry.caution.sentence)] == 1 and not _tells_callers(facts, entry):
            groups[entry.path, entry.caution.family].append(entry)
    for members in groups.values():
        members.sort(key=lambda entry: (-entry.caution.strength, entry.comment.start_line))
    return sorted(groups.items(), key=lambda item: (-item[1][0].caution.strength, item[0]))[:_MOST_GROUPS]


def _bare(sentence: str) -> str:
    """A sentence without the names in it: documentation repeats itself for one type after the other."""
    return _NAMES.sub("", sentence)


def _tells_callers(facts: Facts, entry: _Found) -> bool:
    """Whether the comment is documentation for whoever uses the code, and forbids nothing strongly."""
    if entry.caution.forbids and entry.caution.strength >= _STRONG_FOR_CALLERS:
        return False
    lines = (facts.reader.text(entry.path) or "").split("\n")[entry.comment.start_line - 1 : entry.comment.end_line]
    return any(_FOR_CALLERS.match(line) for line in lines)


def _comment(facts: Facts, entry: _Found, group: str) -> Observation:
    comment, caution = entry.comment, entry.caution
    return Observation(
        id=stable_id("obs", "caution", entry.path, comment.symbol, caution.sentence),
        category=Category.TEXTUAL,
        family=caution.family,
        summary=f"A comment in `{comment.symbol or entry.path}` says: “{caution.sentence}”",
        subject=(entry.path,),
        citations=cite(facts, entry.path, comment.start_line, comment.end_line, comment.symbol),
        data={
            "group": group,
            "role": "comment",
            "path": entry.path,
            "symbol": comment.symbol,
            "sentence": caution.sentence,
            "strength": caution.strength,
            "forbids": caution.forbids,
        },
    )


def _witnesses(facts: Facts, witnesses: Witnesses, entry: _Found, group: str) -> Iterator[Observation]:
    path, symbol, said = entry.path, entry.comment.symbol, entry.caution.sentence
    seen: set[str] = set()

    def witness(role: str, category: Category, key: str, summary: str, citation: Citation, **data: Any) -> Observation:
        return Observation(
            id=stable_id("obs", "caution", role, group, key),
            category=category,
            family=entry.caution.family,
            summary=summary,
            subject=(path,),
            citations=(citation,),
            data={"group": group, "role": role, **data},
        )

    for issue in entry.caution.issues:
        commit = witnesses.commit_naming(issue)
        if commit is not None and commit.oid not in seen:
            seen.add(commit.oid)
            yield witness(
                "issue",
                Category.HISTORICAL,
                commit.oid,
                f"A commit names the same issue, {issue}: “{commit.subject}”",
                facts.reader.cite_commit(commit.oid, commit.subject),
            )
    for revert in witnesses.reverts(path, symbol, said)[:_MOST_WITNESSES]:
        yield witness(
            "revert",
            Category.HISTORICAL,
            revert.commit,
            f"“{revert.subject}” was undone here" + (f": {revert.reason}" if revert.reason else "."),
            facts.reader.cite_commit(revert.commit, revert.subject),
            subject=revert.subject,
        )
    for reason in witnesses.reasons(path, symbol, said)[:_MOST_WITNESSES]:
        if reason.commit not in seen:
            seen.add(reason.commit)
            yield witness(
                "reason",
                Category.HISTORICAL,
                reason.commit,
                f"A commit that changed the file says of the same thing: “{reason.sentence}”",
                facts.reader.cite_commit(reason.commit, reason.sentence),
            )
    for case in witnesses.tests(path, symbol, entry.caution.issues)[:_MOST_WITNESSES]:
        try:
            citation = facts.reader.cite_test(case)
        except (KeyError, ValueError):
            continue
        remembers = f" and remembers {case.issue}" if case.issue else ""
        yield witness(
            "test",
            Category.EVIDENCE,
            case.id,
            f"`{case.id}` tests it by name{remembers}.",
            citation,
            test=case.id,
            issue=case.issue,
        )


def _fixed_often(facts: Facts) -> Iterator[tuple[str, _Counts]]:
    """Files where an unusual share of the changes were fixes: (fixes, revisions, the usual share)."""
    histories = {path: facts.history.files[path] for path in production_paths(facts) if path in facts.history.files}
    revisions = sum(item.revisions for item in histories.values())
    usual = sum(item.fixes for item in histories.values()) / revisions if revisions else 0.0
    for path, item in histories.items():
        if item.fixes >= _MIN_FIXES and item.fixes >= max(_MIN_SHARE, 2 * usual) * item.revisions:
            yield path, (item.fixes, item.revisions, usual)


def _fixes(facts: Facts, path: str, counts: _Counts, family: Family, group: str) -> Iterator[Observation]:
    commit = Witnesses(facts).commit_at(facts.history.files[path].last_time)
    if commit is not None:
        fixes, revisions, usual = counts
        yield Observation(
            id=stable_id("obs", "caution", "fixes", group),
            category=Category.BEHAVIOURAL,
            family=family,
            summary=f"{fixes} of {revisions} changes of `{path}` were fixes; in the repository it is {usual:.0%}.",
            subject=(path,),
            citations=(facts.reader.cite_commit(commit.oid, commit.subject),),
            data={"group": group, "role": "fixes", "fixes": fixes, "revisions": revisions},
        )
