"""Who speaks for a warning beside the comment itself: the commit that wrote it, its tests, the issue, undone changes, stated reasons.

Why this is evidence of intent: a warning that came with the repair of a fault, and with a test that keeps the fault from coming back, was paid
for. The commit is found by the words of the warning, not by the file, so that it cannot be somebody else's repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from archaeology.detectors.origins import Origin, Stood
from archaeology.detectors.reverts_told import revert_reason, undone_subject
from archaeology.detectors.sentences import Caution
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Facts, TestCase
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Observation
from archaeology.readings.caseless import Choice
from archaeology.readings.messages import is_housekeeping, reason_in
from archaeology.readings.stems import stems_of

_MOST_WITNESSES = 2
_MUCH, _MUCH_SHARE = 4, 0.5
_CHORE = re.compile(r"(?:chore|style|docs?|ci|build|tests?)(?:\([^)]*\))?!?:", re.IGNORECASE)
_HOUSEWORK = Choice(
    (
        r"\bfix\w* (?:the |some |all |failing |broken |flaky |unit |integration )*(?:tests?|specs?|ci|builds?)\b",
        ("fix",),
        (" test", " spec", " ci", " build"),
    ),
    (
        r"\b(?:clippy|lints?|linters?|warnings|typos?|formatting)\b",
        ("clippy", "lint", "warnings", "typo", "formatting"),
    ),
)
# "Added: a report of crashes" adds; the name of a fault in it makes no repair of it.
_ADDS = re.compile(
    r"^(?:\W*\w{1,20}\W{1,3})?(?:add(?:ed|s|ing)?|feat(?:ures?)?|implement(?:ed|s|ing)?|introduc(?:ed?|es|ing)|new)\b",
    re.IGNORECASE,
)
_MENDS = re.compile(
    r"\b(?:fix\w*|bug\w*|avoid\w*|prevent\w*|protect\w*|guard\w*|missing|regressions?|work\W?arounds?)\b", re.IGNORECASE
)
_CLOSES = re.compile(
    r"\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?|refs?|bug|issue|gh)[-:\s]+(?:#|gh-)?(\d{2,7})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, where it stands, and the group that its observations belong to."""

    path: str
    symbol: str | None
    caution: Caution
    group: str


def is_housework(subject: str) -> bool:
    """Whether a subject line is of a chore, the tests, the build or the documentation."""
    return _CHORE.match(subject) is not None or _HOUSEWORK.is_in(subject)


def heard_in(witnesses: Witnesses, warnings: Iterable[Warned]) -> list[str]:
    """Return the files of the tests that are going to speak for these warnings, each once: to read them together costs far less."""
    told = list(warnings)
    witnesses.named.expect(warned.symbol for warned in told)
    return list(dict.fromkeys(case.path for warned in told for case in _named_by(witnesses, warned)))


def speak(facts: Facts, witnesses: Witnesses, warned: Warned, origin: Origin | None) -> Iterator[Observation]:
    """Yield what speaks for the warning, the commit that wrote it first; no commit is heard twice."""
    seen: set[str] = set()
    if origin is not None:
        seen.add(origin.commit.oid)
        yield from _origin(facts, witnesses, warned, origin)
    for issue in warned.caution.issues:
        commit = witnesses.commit_naming(issue)
        if commit is not None and commit.oid not in seen and not is_housekeeping(commit.subject):
            seen.add(commit.oid)
            summary = f"A commit names the same issue, {issue}: “{commit.subject}”"
            yield _witness(
                warned,
                "issue",
                Category.HISTORICAL,
                commit.oid,
                summary,
                facts.reader.cite_commit(commit.oid, commit.subject),
            )
    path, symbol, said = warned.path, warned.symbol, warned.caution.sentence
    for revert in witnesses.reverts(path, symbol, said)[:_MOST_WITNESSES]:
        if revert.commit not in seen:
            seen.add(revert.commit)
            undone = undone_subject(revert, facts.history)
            if undone is None:
                continue
            why = revert_reason(revert)
            summary = f"“{undone}” was undone here" + (f": {why}" if why else ".")
            citation = facts.reader.cite_commit(revert.commit, revert.subject)
            yield _witness(warned, "revert", Category.HISTORICAL, revert.commit, summary, citation, subject=undone)
    for reason in witnesses.reasons(path, symbol, said)[:_MOST_WITNESSES]:
        said_why = reason_in(reason.sentence)
        if reason.commit not in seen and said_why:
            seen.add(reason.commit)
            same = _says_the_same(warned, said_why)
            summary = f"A commit that changed the file {'says the same' if same else 'uses words of it'}: “{said_why}”"
            citation = facts.reader.cite_commit(reason.commit, reason.sentence)
            yield _witness(
                warned, "reason", Category.HISTORICAL, reason.commit, summary, citation, sentence=said_why, same=same
            )
    yield from _tests(facts, witnesses, warned)


def stand(facts: Facts, warned: Warned, stood: Stood) -> Iterator[Observation]:
    """Yield that the words have outlived changes of their file: whoever made those read them, and let them stand."""
    if stood.changes:
        since = datetime.fromtimestamp(stood.commit.time, UTC).year
        times = "1 change" if stood.changes == 1 else f"{stood.changes} changes"
        yield _witness(
            warned,
            "stood",
            Category.HISTORICAL,
            stood.commit.oid,
            f"The words have stood through {times} of the file since {since}.",
            facts.reader.cite_commit(stood.commit.oid, stood.commit.subject),
            changes=stood.changes,
            year=since,
        )


def _origin(facts: Facts, witnesses: Witnesses, warned: Warned, origin: Origin) -> Iterator[Observation]:
    """The commit that wrote the warning, and the tests that it changed along with the code, where it was a repair."""
    commit = origin.commit
    closed = _CLOSES.findall(commit.subject)
    issues = set(re.findall(r"\d{2,7}", commit.subject)) & set(warned.caution.issues)
    written = not is_housekeeping(commit.subject) and not is_housework(commit.subject)
    adds = _ADDS.match(commit.subject) is not None and not _MENDS.search(commit.subject)
    repairs = written and origin.beside and ((commit.fix and not adds) or bool(closed or issues))
    said = witnesses.reasons_of(commit.oid, commit.subject) if written else ()
    why = next((text for text in said if _speaks_of_it(warned, text)), None)
    about = bool(issues or why) or _speaks_of_it(warned, commit.subject)
    yield _witness(
        warned,
        "origin",
        Category.HISTORICAL,
        commit.oid,
        f"The words came with {'a repair' if repairs else 'the commit'} “{commit.subject}”"
        + (f", which says: “{why}”" if why else "."),
        facts.reader.cite_commit(commit.oid, commit.subject),
        subject=commit.subject,
        repairs=repairs,
        about=about,
        meant=written and origin.beside,
        why=why,
        commit=commit.oid,
        time=commit.time,
    )
    tests = witnesses.named.files.intersection(origin.paths) - {warned.path} if repairs else frozenset[str]()
    for path in sorted(filter(witnesses.named.has_cases, tests))[:1]:
        named = {*warned.caution.issues, *closed}
        case = witnesses.named.case_about(path, (warned.path, warned.symbol), named, warned.caution.sentence)
        citation = (
            facts.reader.cite_test(case) if case is not None else facts.reader.cite_commit(commit.oid, commit.subject)
        )
        yield _witness(
            warned,
            "regression",
            Category.EVIDENCE,
            path,
            f"The same commit changed `{path}`" + (f"; `{case.id}` is about it." if case is not None else "."),
            citation,
            test=case.id if case is not None else None,
            path=path,
        )


def _speaks_of_it(warned: Warned, message: str) -> bool:
    """Whether a commit's message shares a word with the warning that is not only in the name of the place."""
    _, said = _stems(warned.path, warned.symbol, warned.caution.sentence)
    return not said.isdisjoint(stems_of(message))


def _says_the_same(warned: Warned, sentence: str) -> bool:
    """Whether a commit's sentence has much of what the warning says, beside the name of the place: two words in common may be of anything."""
    place, said = _stems(warned.path, warned.symbol, warned.caution.sentence)
    told = stems_of(sentence) - place
    shared = len(said & told)
    return shared >= _MUCH and shared >= _MUCH_SHARE * min(len(said), len(told))


@lru_cache(maxsize=1)  # asked of each sentence of a commit, one after the other
def _stems(path: str, symbol: str | None, sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words in the name of a place, and those of a sentence that are not."""
    place = stems_of(f"{path} {symbol or ''}")
    return place, stems_of(sentence) - place


def _tests(facts: Facts, witnesses: Witnesses, warned: Warned) -> Iterator[Observation]:
    for case in _named_by(witnesses, warned):
        citation = _cited(facts, case)
        if citation is not None:
            does = f"remembers {case.issue}" if case.issue else "names it, and a word of what is said of it"
            summary = f"`{case.id}` {does}."
            yield _witness(
                warned, "test", Category.EVIDENCE, case.id, summary, citation, test=case.id, issue=case.issue
            )


def _named_by(witnesses: Witnesses, warned: Warned) -> list[TestCase]:
    """The tests that speak for a warning by their names."""
    found = witnesses.named.tests(warned.path, warned.symbol, warned.caution.issues, warned.caution.sentence)
    return found[:_MOST_WITNESSES]


def _cited(facts: Facts, case: TestCase) -> Citation | None:
    try:
        return facts.reader.cite_test(case)
    except (KeyError, ValueError):
        return None


def _witness(  # noqa: PLR0913, PLR0917 - what an observation is made of
    warned: Warned, role: str, category: Category, key: str, summary: str, citation: Citation, **data: Any
) -> Observation:
    return Observation(
        id=stable_id("obs", "caution", role, warned.group, key),
        category=category,
        family=warned.caution.family,
        summary=summary,
        subject=(warned.path,),
        citations=(citation,),
        data={"group": warned.group, "role": role, "said": warned.caution.sentence, **data},
    )
