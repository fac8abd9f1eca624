"""Warnings in comments and who else speaks for them: the scars of five families.

Why this is evidence of intent: a comment that forbids something, says what would break, or names the bug behind it was written by
somebody who had seen it happen. Alone it may be an opinion; with a commit, an undone change or a test that speaks of the same thing it is
a failure that the team has paid for. By its words it belongs to security, concurrency, stable formats, performance, or plain scar tissue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from archaeology.detectors.addressees import narrates, tells_callers
from archaeology.detectors.caution_lines import FileLines, pattern_of
from archaeology.detectors.caution_places import documents, placed, setting
from archaeology.detectors.caution_witnesses import Warned, heard_in, speak, stand
from archaeology.detectors.gravity import gravity_of
from archaeology.detectors.origins import Said, traced
from archaeology.detectors.outdated import Gone, outdated
from archaeology.detectors.places import cite, production_paths
from archaeology.detectors.sentences import Caution, caution_of, says_why
from archaeology.detectors.surroundings import completed, is_kept_in_part, never_runs
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Comment, Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.reader import preload
from archaeology.readings import Reading
from archaeology.readings.caseless import Caseless
from archaeology.readings.passages import paragraph_of, sentences_of

_MOST_A_GROUP = 3
_MOST_GROUPS = 80
_MOST_TRACED = 120
_MOST_TIMES = 3
_MIN_FIXES = 4
_MIN_SHARE = 0.25
_NAMES = re.compile(r"`[^`]*`|\[[^\]]*\]|\b[^\WA-Z_]*+[A-Z_]\w*|\b(?:socket|pipe|file|stream)\b")
_IN_TESTS = Caseless(
    r"(?:^|[:./_-])(?:tests?|test_?(?:cases?|data|utils?|helpers?|support)|fuzz\w*)(?:[:./_-]|$)|::test_|(?:^|[/_-])(?:examples?|samples?|demos?|fixtures?)/|(?:^|/)(?:gradlew|mvnw)::",
    needs=("test", "fuzz", "example", "sample", "demo", "fixture", "gradlew", "mvnw"),
)
_PARTS = (
    "rule",
    "rejected",
    "ground",
    "instead",
    "harm",
    "kept",
    "until",
    "threat",
    "verdict",
    "joint",
    "cause",
    "gap",
)

_Counts = tuple[int, int, float]  # fixes, revisions, and the share of fixes that is usual


@dataclass(frozen=True, slots=True)
class _Found:
    """A warning where it stands."""

    path: str
    comment: Comment
    caution: Caution


@dataclass(frozen=True, slots=True)
class _Told:
    """A warning that is told: as it stands, its telling sentence as history is asked about it, and all of it as witnesses are."""

    entry: _Found
    said: Said
    warned: Warned


def detect_cautions(facts: Facts) -> Iterator[Observation]:
    """Yield warnings grouped by file and family, strongest first, each followed by its witnesses; files that are fixed often too."""
    witnesses, gone, lines = Witnesses(facts), Gone(facts), FileLines(facts)
    fixes = dict(_fixed_often(facts))
    told = [_told(path, family, found[:_MOST_A_GROUP]) for (path, family), found in _grouped(facts, lines)]
    known = traced(facts, [one.said for group in told for one in group][:_MOST_TRACED], witnesses.versions)
    preload(facts.reader, heard_in(witnesses, (one.warned for group in told for one in group)))
    lines.expect(group[0].warned.path for group in told)
    for group in told:
        path = group[0].warned.path
        for one in group:
            yield _comment(facts, lines.of(path), one.entry, one.warned.group)
            yield from speak(facts, witnesses, one.warned, known.written.get(one.said))
            if one.said in known.stood:
                yield from stand(facts, one.warned, known.stood[one.said])
            yield from outdated(facts, gone, one.warned)
        if path in fixes:
            yield from _fixes(facts, path, fixes[path], group[0].warned)


def _told(path: str, family: Family, found: Sequence[_Found]) -> list[_Told]:
    """The warnings of a file and family, as they are asked about."""
    group = stable_id("caution", family.value, path)
    return [_Told(one, _said(one), Warned(path, one.comment.symbol, one.caution, group)) for one in found]


def _said(entry: _Found) -> Said:
    """The sentence that tells, in the file: what stands before it may be older."""
    caution = entry.caution
    telling = caution.reading.rule or caution.reading.harm
    sentences = sentences_of(caution.sentence)
    return Said(entry.path, next((said for said in sentences if telling and telling in said), caution.sentence))


def _grouped(facts: Facts, lines: FileLines) -> list[tuple[tuple[str, Family], list[_Found]]]:
    """Warnings by file and family, strongest first, each once. What is said word for word in several files is documentation, no scar."""
    home = PurePosixPath(facts.repository.root).name.removesuffix(".git")
    said: dict[str, list[_Found]] = defaultdict(list)
    for found in _warnings(facts, lines, home):
        said[_bare(found.caution.sentence)].append(found)
    groups: dict[tuple[str, Family], list[_Found]] = defaultdict(list)
    lessons = [same[0] for same in said.values() if _is_one_lesson(facts, same)]
    lines.expect(entry.path for entry in lessons)
    for entry in lessons:
        if not _tells_others(facts, lines, entry):
            groups[entry.path, entry.caution.family].append(entry)
    for members in groups.values():
        members.sort(key=lambda entry: (-entry.caution.strength, entry.comment.start_line))
    return sorted(groups.items(), key=lambda item: (-item[1][0].caution.strength, item[0]))[:_MOST_GROUPS]


def _warnings(facts: Facts, lines: FileLines, home: str) -> Iterator[_Found]:
    """The warnings in comments, read again with the ends of their sentences where only a part of the comment was kept."""
    comments = ((path, comment) for path in production_paths(facts) for comment in _outside_tests(facts, path))
    read = [(path, comment, caution) for path, comment in comments if (caution := caution_of(comment, home))]
    lines.expect(path for path, comment, _ in read if is_kept_in_part(comment))
    for path, comment, caution in read:
        whole = completed(lines.of(path), comment) if is_kept_in_part(comment) else comment
        again = caution if whole.text == comment.text else caution_of(whole, home)
        if again is not None:
            yield _Found(path, placed(facts.code[path], whole), again)


def _outside_tests(facts: Facts, path: str) -> Iterator[Comment]:
    """The comments of a file that stand in no test, example or the like; it is asked once of those that stand in one function."""
    known: dict[str | None, bool] = {}
    for comment in facts.code[path].comments:
        if comment.symbol not in known:
            known[comment.symbol] = _IN_TESTS.is_in(f"{path}::{comment.symbol or ''}")
        if not known[comment.symbol]:
            yield comment


def _is_one_lesson(facts: Facts, same: list[_Found]) -> bool:
    """Whether it is said once; or some times in the functions of one file, with its reason: the same case twice, and no documentation."""
    if len(same) == 1:
        return True
    return len(same) <= _MOST_TIMES and all(
        entry.path == same[0].path
        and entry.caution.sentence == same[0].caution.sentence
        and says_why(entry.caution)
        and not documents(facts.code[entry.path], entry.comment)
        for entry in same
    )


def _bare(sentence: str) -> str:
    """A sentence without the names in it: documentation repeats itself for one type after the other."""
    return _NAMES.sub("", sentence[:1].lower() + sentence[1:]).rstrip(" .")


def _tells_others(facts: Facts, known: FileLines, entry: _Found) -> bool:
    """Whether the words tell callers how to use it, readers what comes next, or whoever is given another file made from this one."""
    code, lines = facts.code[entry.path], known.of(entry.path)
    return (
        tells_callers(code, lines, entry.comment, entry.caution)
        or narrates(lines, entry.comment, entry.caution)
        or never_runs(lines, entry.comment, code.language)
    )


def _comment(facts: Facts, lines: Sequence[str], entry: _Found, group: str) -> Observation:
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
            "documents": documents(facts.code[entry.path], comment),
            **setting(facts.code[entry.path], lines, comment),
            "around": list(paragraph_of(comment.text, caution.sentence)),
            "strength": caution.strength,
            "forbids": caution.forbids,
            "reasoned": says_why(caution),
            "gravity": gravity_of(caution).value,
            "issues": list(caution.issues),
            "reading": _parts(caution.reading),
            "pattern": pattern_of(caution.sentence, lines[comment.start_line - 1 : comment.end_line]),
        },
    )


def _parts(reading: Reading) -> dict[str, Any]:
    """What was read of a warning, for whoever proposes something from it; parts that were not read are left out."""
    parts = {name: getattr(reading, name) for name in _PARTS} | {"depends": list(reading.depends)}
    return {"speech": reading.speech.value, **{name: part for name, part in parts.items() if part}}


def _fixed_often(facts: Facts) -> Iterator[tuple[str, _Counts]]:
    """Files where an unusual share of the changes were fixes: (fixes, revisions, the usual share)."""
    histories = {path: facts.history.files[path] for path in production_paths(facts) if path in facts.history.files}
    revisions = sum(item.revisions for item in histories.values())
    usual = sum(item.fixes for item in histories.values()) / revisions if revisions else 0.0
    for path, item in histories.items():
        if item.fixes >= _MIN_FIXES and item.fixes >= max(_MIN_SHARE, 2 * usual) * item.revisions:
            yield path, (item.fixes, item.revisions, usual)


def _fixes(facts: Facts, path: str, counts: _Counts, warned: Warned) -> Iterator[Observation]:
    commit = Witnesses(facts).commit_at(facts.history.files[path].last_time)
    if commit is not None:
        fixes, revisions, usual = counts
        yield Observation(
            id=stable_id("obs", "caution", "fixes", warned.group),
            category=Category.BEHAVIOURAL,
            family=warned.caution.family,
            summary=f"{fixes} of {revisions} changes of `{path}` were fixes; in the repository it is {usual:.0%}.",
            subject=(path,),
            citations=(facts.reader.cite_commit(commit.oid, commit.subject),),
            data={"group": warned.group, "role": "fixes", "fixes": fixes, "revisions": revisions},
        )
