"""Reasons that only a commit tells: why code that still stands is as it is, where no comment says so.

Why this is evidence of intent: whoever wrote down why a thing must be done so, and not as it was, had met the trouble. The next one who
reads the code does not see it, since the words are in the history; as long as the lines that the commit wrote are there, the decision is in
force. Commits of many files, chores, reverts and what was reverted tell nothing that is sure to be about these lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from archaeology.detectors.places import cite
from archaeology.detectors.standing_lines import Standing, standing_lines, symbol_at, written
from archaeology.detectors.told_candidates import worth_reading
from archaeology.detectors.topics import family_of, issues_in
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Facts
from archaeology.history.log import PackedLog
from archaeology.history.model import Commit
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.reader import MAX_MESSAGE_BYTES, whole_messages
from archaeology.readings import read
from archaeology.readings.stems import stems_of
from archaeology.readings.told import Told, told_in
from archaeology.readings.told_reasons import Why, gives_reasons, why_in
from archaeology.readings.told_stories import story_in, tells_story
from archaeology.text import visible_line

_MOST_FOLLOWED, _MOST_TOLD = 64, 12
_MOST_FILES = 11
_NEAR = 12
_SAID_ALREADY = 0.4
_COMMENT = re.compile(r"^\s*(?:#|//|/\*|\*|--|;|%|<!--|\"\"\"|''')")
_PARTS = ("rule", "rejected", "ground", "instead", "harm", "kept", "joint", "gap")


@dataclass(frozen=True, slots=True)
class _Found:
    """A reason with its commit, by number as well."""

    number: int
    commit: Commit
    why: Why


def detect_told_reasons(facts: Facts) -> Iterator[Observation]:
    """Yield the reasons that commits tell of lines that still stand, best first, each with what speaks for it."""
    witnesses = Witnesses(facts)
    found = {one.number: one for one in _told(facts, witnesses)}
    wanted = written(facts, witnesses.versions, {one.number: one.why.words for one in found.values()})
    for number, standing in islice(standing_lines(facts, wanted), _MOST_TOLD):
        yield from _observations(facts, witnesses, found[number], standing)


def _told(facts: Facts, witnesses: Witnesses) -> list[_Found]:
    """The commits of few source files whose messages tell a reason, best reasons first; newer ones first among equals."""
    log = witnesses.versions.log
    if log is None:
        return []
    oids = worth_reading(facts, log)
    found = []
    for oid, message in _messages(facts, log, oids):
        why = _why(message) if message else None
        if message and why is not None and _is_literal(message, why):
            found.append(_Found(oids[oid], log.commit(oids[oid]), why))
    found.sort(key=lambda one: (-one.why.points, one.number))
    return found[:_MOST_FOLLOWED]


def _messages(facts: Facts, log: PackedLog, commits: Mapping[str, int]) -> Iterator[tuple[str, str | None]]:
    """Yield the whole messages of commits, given by id with their numbers: git is asked for those of several lines only."""
    known = {oid: log.message(number) for oid, number in commits.items()}
    yield from ((oid, message[:MAX_MESSAGE_BYTES]) for oid, message in known.items() if message is not None)
    yield from whole_messages(facts.reader, [oid for oid, message in known.items() if message is None])


def _why(message: str) -> Why | None:
    """The better of the reason and the story that a message tells; the reason where they are as good."""
    gives, tells = gives_reasons(message), tells_story(message)
    told: Iterable[Told] = told_in(message) if gives or tells else ()
    if gives and tells:
        told = tuple(told)  # which both read
    reason = why_in(told) if gives else None
    story = story_in(told) if tells else None
    return story if story is not None and (reason is None or story.points > reason.points) else reason


def _is_literal(message: str, why: Why) -> bool:
    """Whether what would be quoted stands in the message as it will be shown, so that the citation finds it again."""
    words = " ".join(message.split())
    return all(visible_line(quote) == quote and quote in words for quote in (why.act, why.reason) if quote)


def _is_said(facts: Facts, why: Why, standing: Standing) -> bool:
    """Whether a comment near the lines, or any that was kept of the file, has much of the same words."""
    wanted = stems_of(why.reason)
    lines = (facts.reader.text(standing.path) or "").split("\n")
    near = lines[max(0, standing.start_line - 1 - _NEAR) : standing.end_line + _NEAR]
    said = stems_of(" ".join(line for line in near if _COMMENT.match(line)))
    if len(wanted & said) >= _SAID_ALREADY * len(wanted):
        return True
    comments = facts.code[standing.path].comments
    return any(len(wanted & stems_of(comment.text)) >= _SAID_ALREADY * len(wanted) for comment in comments)


def _observations(facts: Facts, witnesses: Witnesses, one: _Found, standing: Standing) -> Iterator[Observation]:
    commit, why, path = one.commit, one.why, standing.path
    group = stable_id("told", commit.oid)
    family = family_of(why.words)
    year = datetime.fromtimestamp(commit.time, UTC).year
    said = _is_said(facts, why, standing)
    symbol = symbol_at(facts.code[path], standing.start_line, standing.end_line)
    quotes = [quote for quote in (why.act, why.reason) if quote]
    read_of = read(why.reason)
    parts = {name: getattr(read_of, name) for name in _PARTS} | {"depends": list(read_of.depends)}
    yield Observation(
        id=stable_id("obs", "told", commit.oid),
        category=Category.HISTORICAL,
        family=family,
        summary=f"A commit of {year} that changed `{path}` says: {': '.join(f'“{quote}”' for quote in quotes)}",
        subject=(path,),
        citations=tuple(facts.reader.cite_commit(commit.oid, quote) for quote in quotes),
        data={
            "group": group,
            "role": "told",
            "path": path,
            "symbol": symbol,
            "sentence": why.reason,
            "act": why.act,
            "done": why.done,
            "ground": why.ground,
            "joint": why.joint,
            "harm": why.harm,
            "ruled": why.ruled,
            "points": why.points,
            "commit": commit.oid,
            "subject": commit.subject,
            "time": commit.time,
            "year": year,
            "repairs": commit.fix,
            "issues": list(issues_in(commit.subject)),
            "reading": {"speech": read_of.speech.value, **{name: part for name, part in parts.items() if part}},
        },
    )
    since, newest = witnesses.changed_since(path, commit.time)
    yield Observation(
        id=stable_id("obs", "told", "stands", commit.oid),
        category=Category.STRUCTURAL,
        family=family,
        summary=f"{standing.share:.0%} of the lines that it wrote still stand ({standing.lines}), these in `{path}` among them; {'a comment beside them has words of it' if said else 'no comment there says why'}.",
        subject=(path,),
        citations=cite(facts, path, standing.start_line, standing.end_line, symbol),
        data={"group": group, "role": "stands", "share": standing.share, "lines": standing.lines, "said": said},
    )
    if newest is not None and since:
        yield _changed(facts, (group, family, path), since, newest)
    yield from _tests(facts, witnesses, one, group, family)


def _changed(facts: Facts, about: tuple[str, Family, str], since: int, newest: Commit) -> Observation:
    group, family, path = about
    times = "once" if since == 1 else f"{since} times"
    return Observation(
        id=stable_id("obs", "told", "since", group),
        category=Category.BEHAVIOURAL,
        family=family,
        summary=f"`{path}` has been changed {times} since, and these lines were left as they are.",
        subject=(path,),
        citations=(facts.reader.cite_commit(newest.oid, newest.subject),),
        data={"group": group, "role": "since", "changes": since},
    )


def _tests(facts: Facts, witnesses: Witnesses, one: _Found, group: str, family: Family) -> Iterator[Observation]:
    """The first test file that the commit changed and that is still there, with the test that speaks of it where one does."""
    log = witnesses.versions.log
    touched = set(log.paths_of(one.number, _MOST_FILES + 1)) if log is not None else set()
    for path in sorted(path for path in touched if path in facts.code and witnesses.named.has_cases(path))[:1]:
        issues = issues_in(one.commit.subject)
        case = witnesses.named.case_about(path, (path, None), issues, one.why.words) if issues else None
        citation = (
            facts.reader.cite_test(case)
            if case is not None
            else facts.reader.cite_commit(one.commit.oid, one.commit.subject)
        )
        yield Observation(
            id=stable_id("obs", "told", "test", one.commit.oid, path),
            category=Category.EVIDENCE,
            family=family,
            summary=f"The same commit changed `{path}`" + (f"; `{case.id}` is about it." if case is not None else "."),
            subject=(path,),
            citations=(citation,),
            data={"group": group, "role": "test", "path": path, "test": case.id if case is not None else None},
        )
