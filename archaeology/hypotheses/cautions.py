"""What a warning in a comment may protect, once somebody else speaks for it: a failure that a change here would bring back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import categories_cited, grouped, shortened, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    Category,
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PatternPresent,
    PossibleIntent,
    TestExists,
)

_START = -1.6
_MOST_SHOWN = 4
_STRONG_ALONE = 4.0
_SHORT_HASH = 8
_MOST_SAID = 110
_TELLING_SUBJECT = 16
_LEAD = {
    Family.SCAR_TISSUE: "{place} carries a warning: “{said}”",
    Family.SECURITY_BOUNDARY: "{place} guards against misuse: “{said}”",
    Family.CONCURRENCY: "{place} depends on what runs at the same time: “{said}”",
    Family.PERFORMANCE_GUARD: "{place} is written for speed: “{said}”",
    Family.STABLE_FORMAT: "{place} keeps what others rely on: “{said}”",
}
_LEARNED = "Learned the hard way in {place}: “{said}”"
_ASK = {
    Family.SCAR_TISSUE: "What happened, before somebody wrote “{said}” in {place}?",
    Family.SECURITY_BOUNDARY: "Who is the attacker behind “{said}” in {place}, and what could they reach?",
    Family.CONCURRENCY: "Which threads or tasks meet in {place}, and what did it look like when this went wrong?",
    Family.PERFORMANCE_GUARD: "Who noticed that {place} was slow, and at what size of input does it still matter?",
    Family.STABLE_FORMAT: "Who outside this repository relies on {place}, and how long must that go on?",
}
_WORTH = {
    Family.SCAR_TISSUE: 0.22,
    Family.SECURITY_BOUNDARY: 0.27,
    Family.CONCURRENCY: 0.25,
    Family.PERFORMANCE_GUARD: 0.2,
    Family.STABLE_FORMAT: 0.24,
}
# How much a witness adds to the worth: a repair that wrote the warning is the best there is, a test that bears its number comes next.
_WORTH_OF = {"repair": 0.07, "regression": 0.04, "issue": 0.04, "revert": 0.03, "reason": 0.02}
_MOST_ADDED = 0.14


def propose_cautions(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the warnings that a repair wrote, or for which an issue, an undone change, a reason or a test speaks; the best of each family."""
    del facts  # the observations say it all
    found: list[Hypothesis] = []
    for group, items in grouped(observations, *_LEAD):
        told = [
            _hypothesis(group, comment, support)
            for comment in with_role(items, "comment")
            if _is_spoken_for(comment, support := _support_of(comment, items))
        ]
        if told:
            found.append(min(told, key=lambda item: (-item.worth, item.title)))
    found.sort(key=lambda item: (-item.worth, item.id))
    shown: Counter[Family] = Counter()
    for hypothesis in found:
        shown[hypothesis.family] += 1
        if shown[hypothesis.family] <= _MOST_SHOWN:
            yield hypothesis


def _support_of(comment: Observation, items: Sequence[Observation]) -> list[Observation]:
    """What speaks for this warning, and not for another one in the same file."""
    witnesses = with_role(items, "origin", "regression", "issue", "revert", "reason", "test", "fixes")
    return [item for item in witnesses if item.data.get("said", comment.data["sentence"]) == comment.data["sentence"]]


def _is_spoken_for(comment: Observation, support: list[Observation]) -> bool:
    if not categories_cited(support) - {Category.TEXTUAL}:
        return False
    return bool(_speaking(support)) or (
        comment.data["strength"] >= _STRONG_ALONE and bool(with_role(support, "fixes", "test"))
    )


def _speaking(support: list[Observation]) -> list[str]:
    """Which witnesses speak of the very thing, by what they are."""
    told = ["repair" for item in with_role(support, "origin") if item.data["repairs"]]
    told += ["reason" for item in with_role(support, "origin") if item.data["why"] and not item.data["repairs"]]
    told += ["regression" for item in with_role(support, "test") if item.data["issue"]][:1]
    return told + [item.data["role"] for item in with_role(support, "regression", "issue", "revert", "reason")]


def _hypothesis(group: str, comment: Observation, support: list[Observation]) -> Hypothesis:
    family, data = comment.family, comment.data
    terms = tuple(_terms(comment, support))
    number = confidence(terms)
    path, symbol, said = data["path"], data["symbol"], data["sentence"]
    place = f"`{symbol}` ({PurePosixPath(path).name})" if symbol else f"`{path}`"
    tests = with_role(support, "regression", "test")
    speaking = _speaking(support)
    repaired = {"repair", "issue", "revert"} & set(speaking)
    lead = _LEARNED if repaired and family is Family.SCAR_TISSUE else _LEAD[family]
    return Hypothesis(
        id=stable_id("hyp", group),
        title=lead.format(place=place, said=shortened(said, _MOST_SAID)),
        family=family,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=said, evidence=tuple(item.summary for item in tests)),
        subject=(path,),
        observations=(comment.id, *(item.id for item in support)),
        counter_evidence=tuple(_counter(support)),
        questions=tuple(_questions(family, place, said, support)),
        check=_check(tests, path, data["pattern"]),
        worth=round((0.3 + number) * (_WORTH[family] + min(_MOST_ADDED, sum(_WORTH_OF[one] for one in speaking))), 4),
    )


def _terms(comment: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Most warnings in comments are of no lasting interest (log-odds).", _START)
    yield term("a warning with a reason", comment.summary, min(1.2, 0.25 * comment.data["strength"]))
    for item in with_role(support, "origin"):
        effect = 1.2 if item.data["repairs"] else 0.5 if item.data["why"] else 0.0
        if effect:
            yield term("a repair wrote it" if item.data["repairs"] else "its commit says why", item.summary, effect)
    labels = {
        "regression": ("tests came with it", 0.6, 0.6),
        "issue": ("a commit names the issue", 0.9, 1.2),
        "revert": ("undone here", 0.9, 1.2),
        "reason": ("a commit says the same", 0.4, 0.6),
        "test": ("tested by name", 0.3, 0.5),
        "fixes": ("fixed unusually often", 0.4, 0.4),
    }
    for role, (label, each, most) in labels.items():
        found = with_role(support, role)
        if found:
            remembered = role == "test" and any(item.data["issue"] for item in found)
            yield term(label, found[0].summary, growing(len(found), each + 0.5 * remembered, most + 0.5 * remembered))


def _counter(support: list[Observation]) -> Iterator[CounterEvidence]:
    if not with_role(support, "regression", "test"):
        yield CounterEvidence(
            summary="No test was found that came with it or names it: ignoring it might go unnoticed."
        )


def _questions(family: Family, place: str, said: str, support: list[Observation]) -> Iterator[str]:
    origin = next((item for item in with_role(support, "origin") if item.data["repairs"]), None)
    if origin is not None and len(origin.data["subject"]) >= _TELLING_SUBJECT:
        when = datetime.fromtimestamp(origin.data["time"], UTC).date().isoformat()
        yield (
            f"Commit {origin.data['commit'][:_SHORT_HASH]} of {when} (“{shortened(origin.data['subject'], 80)}”) wrote this: "
            f"what change to {place} would bring the trouble back?"
        )
    else:
        yield _ASK[family].format(place=place, said=shortened(said, 80))
    reverts = with_role(support, "revert")
    if reverts:
        yield f"“{shortened(reverts[0].data['subject'], 80)}” was undone here: what would a second attempt have to do differently?"
    if with_role(support, "regression", "test"):
        yield f"A change to {place} ignores this and all tests pass: would you still turn it down, and on what ground?"
    else:
        yield f"Nothing but the comment in {place} says so: does it deserve a test, or has the cause gone away since?"


def _check(tests: list[Observation], path: str, pattern: str | None) -> TestExists | PatternPresent | None:
    """That the test is there; without one, that the warning still stands where it stood."""
    test = next((item.data["test"] for item in tests if item.data["test"]), None)
    if test:
        return TestExists(test=test)
    return PatternPresent(pattern=pattern, paths=(path,)) if pattern else None
