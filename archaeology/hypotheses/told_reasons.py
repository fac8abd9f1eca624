"""What a commit tells of why the code is as it is: a reason that holds for lines that still stand, and that nobody sees who only reads them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.caution_quotes import upper
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PossibleIntent,
    TestExists,
)
from archaeology.readings.stems import stems_of
from archaeology.readings.words import dangling

_START = -1.6
_MOST_SHOWN = 8
_LONGEST = 380
_SAID_ALREADY = 0.4
_WORTH = 0.24
_LONGEST_PLACE = 45
_VERSION = re.compile(
    r"\b(?:(?:Windows|macOS|Linux|FreeBSD|Safari|Chrome|Firefox|IE|Java|JDK|PHP|Python|Ruby|Node(?:\.js)?|Go|Postgres(?:QL)?|MySQL|SQLite|Redis|OpenSSL|Docker|JRuby|PyPy|Android|iOS) ?\d[\w.]*)"
)
_ASKED = {
    "because": "“{ground}”: is that still so, and what would {place} do if it were not?",
    "otherwise": "“{ground}”: is that still so, and what would {place} do if it were not?",
    "avoiding": "Would it still come to “{ground}” if {place} did without this, and who has seen it?",
    "before": "“{ground}”: would it come to that again if {place} did without this, and what would notice?",
    "so": "Who relies on it that “{ground}”, and would you still build {place} so?",
}
_FAMILIES = (
    Family.SCAR_TISSUE,
    Family.SECURITY_BOUNDARY,
    Family.CONCURRENCY,
    Family.PERFORMANCE_GUARD,
    Family.STABLE_FORMAT,
)


def propose_told_reasons(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the reasons that commits tell of standing lines, best first; not those whose commit wrote a comment that is told by itself."""
    del facts  # the observations say it all
    comments = _comments(observations)
    found = []
    for group, items in grouped(observations, *_FAMILIES):
        told, stands = with_role(items, "told"), with_role(items, "stands")
        if told and stands and not _is_told_by_comment(told[0], comments):
            hypothesis = _hypothesis(group, told[0], stands[0], items)
            if len(hypothesis.title) <= _LONGEST:
                found.append(hypothesis)
    found.sort(key=lambda item: (-item.worth, item.id))
    once: dict[tuple[str, ...], Hypothesis] = {}
    for item in found:  # one reason of a file says enough of it at first
        once.setdefault(item.subject, item)
    yield from list(once.values())[:_MOST_SHOWN]


def _comments(observations: Sequence[Observation]) -> dict[str, list[tuple[str, str | None]]]:
    """The warnings in comments by their file, each with the commit that wrote it where that is known."""
    written = {
        item.data["said"]: item.data["commit"] for item in with_role(observations, "origin") if "said" in item.data
    }
    found: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for item in with_role(observations, "comment"):
        if "sentence" in item.data:
            found[item.data["path"]].append((item.data["sentence"], written.get(item.data["sentence"])))
    return found


def _is_told_by_comment(told: Observation, comments: Mapping[str, list[tuple[str, str | None]]]) -> bool:
    """Whether a warning in the file came with the same commit or has the same words: a reader of the code sees that one."""
    words = stems_of(told.data["sentence"])
    return any(
        commit == told.data["commit"] or len(words & stems_of(said)) >= _SAID_ALREADY * len(words)
        for said, commit in comments.get(told.data["path"], ())
    )


def _hypothesis(group: str, told: Observation, stands: Observation, items: Sequence[Observation]) -> Hypothesis:
    data = told.data
    since, tests = with_role(items, "since"), with_role(items, "test")
    terms = tuple(_terms(told, stands, since, tests))
    number = confidence(terms)
    place = _place(data["symbol"], data["path"])
    before = "before that, " if data["joint"] == "before" else ""
    said = f"“{upper(data['act'])}”: {before}“{data['sentence']}”" if data["act"] else f"“{upper(data['sentence'])}”"
    test = next((item.data["test"] for item in tests if item.data["test"]), None)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{said}, says a commit of {data['year']} on {place}",
        family=told.family,
        confidence=number,
        rationale=terms,
        possible_intent=_intent(told),
        subject=(data["path"],),
        observations=(told.id, stands.id, *(item.id for item in (*since, *tests))),
        counter_evidence=tuple(_counter(tests)),
        questions=tuple(_questions(told, stands, place, tests)),
        check=TestExists(test=test) if test else None,
        worth=round((0.3 + number) * _WORTH, 4),
    )


def _terms(
    told: Observation, stands: Observation, since: Sequence[Observation], tests: Sequence[Observation]
) -> Iterator[ConfidenceTerm]:
    data = told.data
    yield term("starting point", "Most of what commits give as a reason was of its day (log-odds).", _START)
    yield term("the commit says why", told.summary, 0.9 + 0.3 * data["ruled"])
    if data["harm"]:
        yield term("it names what goes wrong", f"“{data['sentence']}”", 0.4)
    if data["repairs"]:
        yield term("it was a repair", data["subject"], 0.3)
    yield term("its lines still stand", stands.summary, round(stands.data["share"] - 0.4, 2))
    for item in since:
        yield term("it was left standing", item.summary, growing(item.data["changes"], 0.1, 0.5))
    for item in tests:
        yield term("tests came with it", item.summary, 0.5 if item.data["test"] else 0.3)


def _intent(told: Observation) -> PossibleIntent:
    """What was done is the strategy; the harm that was read of the reason, or what is avoided, is the threat. Nothing else was said."""
    data, read = told.data, told.data["reading"]
    done = read.get("rule") or read.get("instead") or data["act"] or data["done"]
    avoided = data["ground"] if data["joint"] == "avoiding" else ""
    return PossibleIntent(
        capability=read.get("kept"), threat=read.get("harm") or avoided or None, strategy=upper(done) if done else None
    )


def _counter(tests: Sequence[Observation]) -> Iterator[CounterEvidence]:
    if not any(item.data["test"] for item in tests):
        yield CounterEvidence(
            summary="No test was found that names it; one that goes by other names is not seen. A change that runs against it might go unnoticed."
        )


def _questions(told: Observation, stands: Observation, place: str, tests: Sequence[Observation]) -> Iterator[str]:
    data = told.data
    hidden = not stands.data["said"] and not tests
    if hidden:
        yield f"No comment in {place} says so, and no test was found that names it: what would stop somebody from taking it out?"
    version = _VERSION.search(data["sentence"])
    if version:
        yield f"The commit names {version.group()}: does it still matter to you, and could {place} do without this when it no longer does?"
    else:
        ground = data["sentence"] if dangling(data["ground"]) else data["ground"]
        yield _ASKED[data["joint"]].format(ground=ground.rstrip(" ."), place=place)
    if not hidden:
        yield f"When may {place} do without this again, and who decides that?"


def _place(symbol: str | None, path: str) -> str:
    if not symbol:
        return f"`{PurePosixPath(path).name}`"
    owner, dot, last = symbol.rpartition(".")
    said = owner if dot and owner.rpartition(".")[2] == last else symbol
    return f"`{said if len(said) <= _LONGEST_PLACE else re.split(r'[.:]+', said)[-1]}`"
