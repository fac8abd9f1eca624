"""What a warning in a comment may protect, once somebody else speaks for it: a failure that a change here would bring back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
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
_MOST_OTHERS = 3
_STRONG_ALONE = 4.0
_LEAD = {
    Family.SCAR_TISSUE: "Learned the hard way in {place}: “{said}”",
    Family.SECURITY_BOUNDARY: "Security rests on {place}: “{said}”",
    Family.CONCURRENCY: "Concurrent use rests on {place}: “{said}”",
    Family.PERFORMANCE_GUARD: "Speed rests on {place}: “{said}”",
    Family.STABLE_FORMAT: "What others rely on rests on {place}: “{said}”",
}
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
_WORD = re.compile(r"[A-Za-z]{3,}")
_PATTERN_WORDS = 3


def propose_cautions(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the warnings for which a commit, an undone change, a test or a history of fixes speaks, the best few of each family."""
    del facts  # the observations say it all
    found: list[Hypothesis] = []
    for group, items in grouped(observations, *_LEAD):
        comments = sorted(with_role(items, "comment"), key=lambda item: (-item.data["strength"], item.id))
        support = with_role(items, "issue", "revert", "reason", "test", "fixes")
        if not comments or not categories_cited(support) - {Category.TEXTUAL}:
            continue
        spoken_for = with_role(support, "issue", "revert", "reason", "test")
        if spoken_for or comments[0].data["strength"] >= _STRONG_ALONE:
            found.append(_hypothesis(group, comments, support))
    found.sort(key=lambda item: (-item.worth, item.id))
    shown: Counter[Family] = Counter()
    for hypothesis in found:
        shown[hypothesis.family] += 1
        if shown[hypothesis.family] <= _MOST_SHOWN:
            yield hypothesis


def _hypothesis(group: str, comments: list[Observation], support: list[Observation]) -> Hypothesis:
    first, family = comments[0], comments[0].family
    terms = tuple(_terms(comments, support))
    number = confidence(terms)
    path, symbol, said = first.data["path"], first.data["symbol"], first.data["sentence"]
    place = f"`{symbol}` ({PurePosixPath(path).name})" if symbol else f"`{path}`"
    tests = with_role(support, "test")
    spoken_for = len(with_role(support, "issue", "revert", "reason", "test"))
    return Hypothesis(
        id=stable_id("hyp", group),
        title=_LEAD[family].format(place=place, said=said),
        family=family,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=said, evidence=tuple(item.summary for item in tests)),
        subject=(path,),
        observations=(*(item.id for item in comments), *(item.id for item in support)),
        counter_evidence=_counter(support),
        questions=tuple(_questions(family, place, said, support)),
        check=_check(tests, path, said),
        worth=round((0.3 + number) * (_WORTH[family] + 0.03 * min(spoken_for, 3)), 4),
    )


def _terms(comments: list[Observation], support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Most warnings in comments are of no lasting interest (log-odds).", _START)
    strength = comments[0].data["strength"]
    yield term("a warning with a reason", comments[0].summary, min(1.2, 0.25 * strength))
    if len(comments) > 1:
        yield term(
            "more warnings of the kind", f"{len(comments)} in the same file", growing(len(comments) - 1, 0.2, 0.4)
        )
    labels = {
        "issue": ("a commit names the issue", 0.9, 1.2),
        "revert": ("undone here", 0.9, 1.2),
        "reason": ("a commit says the same", 0.6, 0.9),
        "test": ("tested by name", 0.5, 0.8),
        "fixes": ("fixed unusually often", 0.4, 0.4),
    }
    for role, (label, each, most) in labels.items():
        found = with_role(support, role)
        if found:
            remembered = role == "test" and any(item.data["issue"] for item in found)
            yield term(label, found[0].summary, growing(len(found), each + 0.3 * remembered, most + 0.2 * remembered))


def _counter(support: list[Observation]) -> tuple[CounterEvidence, ...]:
    if not with_role(support, "test"):
        return (CounterEvidence(summary="No test was found that names it: ignoring the warning might go unnoticed."),)
    return ()


def _questions(family: Family, place: str, said: str, support: list[Observation]) -> Iterator[str]:
    yield _ASK[family].format(place=place, said=shortened(said))
    reverts = with_role(support, "revert")
    if reverts:
        yield f"“{reverts[0].data['subject']}” was undone here: what would a second attempt have to do differently?"
    if with_role(support, "test"):
        yield f"Does a test fail where a change ignores “{shortened(said, 60)}”, or would only users notice?"
    else:
        yield f"Is it still so, and how would you find out that “{shortened(said, 60)}” no longer holds?"


def _check(tests: list[Observation], path: str, said: str) -> TestExists | PatternPresent | None:
    """That the test is there; without one, that the warning still stands where it stood."""
    if tests:
        return TestExists(test=tests[0].data["test"])
    words = _WORD.findall(said)[:_PATTERN_WORDS]
    return PatternPresent(pattern=r"\W+".join(words), paths=(path,)) if len(words) == _PATTERN_WORDS else None
