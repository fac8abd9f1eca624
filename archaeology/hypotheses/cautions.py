"""What a warning in a comment may protect, once somebody else speaks for it: a failure that a change here would bring back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archaeology.facts import Facts
from archaeology.hypotheses.caution_questions import questions_about
from archaeology.hypotheses.caution_terms import terms_of
from archaeology.hypotheses.caution_words import Told
from archaeology.hypotheses.confidence import confidence, term
from archaeology.hypotheses.grouping import categories_cited, grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    Category,
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PatternPresent,
    TestExists,
)
from archaeology.readings import Speech

_MOST_SHOWN = 6
_STRONG_ALONE = 4.0
_WEAK = frozenset({"change", "regression"})
_PLAIN_BAN = re.compile(r"(?:do not|don['’]t|never|avoid|ensure|make sure)\b", re.IGNORECASE)
_TELLING_WORDS = 9
_LEAST_KNOWN = 0.5  # what is left of the worth where nothing is left to ask
_UNPAID = 0.7  # and where nobody is known to have paid for the warning
_FAMILIES = (
    Family.SCAR_TISSUE,
    Family.SECURITY_BOUNDARY,
    Family.CONCURRENCY,
    Family.PERFORMANCE_GUARD,
    Family.STABLE_FORMAT,
)
_WORTH = {
    Family.SCAR_TISSUE: 0.22,
    Family.SECURITY_BOUNDARY: 0.27,
    Family.CONCURRENCY: 0.25,
    Family.PERFORMANCE_GUARD: 0.2,
    Family.STABLE_FORMAT: 0.24,
}
# How much a witness adds to the worth: a repair that wrote the warning is the best there is, a test that bears its number comes next.
_WORTH_OF = {
    "repair": 0.07,
    "change": 0.02,
    "regression": 0.04,
    "remembered": 0.04,
    "issue": 0.04,
    "revert": 0.03,
    "reason": 0.02,
}
_MOST_ADDED = 0.14
# In log-odds: a comment about a package that has gone is more often left over than meant.
_NAMES_WHAT_IS_GONE = -1.2
_MOST_QUESTIONS = 3
# The second warning of a file is told beside its first where it is worth this part of it.
_NEARLY = 0.75
_SAME = 0.8  # of the words of two warnings
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A warning that may be told, as far as its rank depends on it: of ten hardly two are shown, and only those are put together."""

    id: str
    title: str
    worth: float
    confidence: float
    rationale: tuple[ConfidenceTerm, ...]
    told: Told
    comment: Observation
    support: Sequence[Observation]
    outdated: Sequence[Observation]


def propose_cautions(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the warnings that a repair wrote, or for which an issue, an undone change, a reason or a test speaks; the best of each family.

    A warning that says itself why, and that was written with the code beside it or left standing while its file changed, is told as well,
    with less confidence.
    """
    del facts  # the observations say it all
    found: list[_Candidate] = []
    for group, items in grouped(observations, *_FAMILIES):
        told = [
            candidate
            for comment in with_role(items, "comment")
            if _is_spoken_for(comment, support := _support_of(comment, items))
            and (candidate := _candidate(group, comment, support, _outdated(comment, items))) is not None
        ]
        found += _best(told)
    found.sort(key=lambda item: (-item.worth, item.id))
    shown: Counter[Family] = Counter()
    for candidate in _without_copies(found):
        family = candidate.comment.family
        shown[family] += 1
        if shown[family] <= _MOST_SHOWN:
            yield _hypothesis(candidate)


def _without_copies(found: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Leave out what says the same of another thing: "... private posts ..." in one file, "... private letters ..." in the next."""
    told: list[set[str]] = []
    for candidate in found:
        words = set(_WORD.findall(candidate.title.partition("”")[0].lower()))
        if len(words) < _TELLING_WORDS or all(len(words & other) < _SAME * len(words | other) for other in told):
            told.append(words)
            yield candidate


def _best(told: Sequence[_Candidate]) -> list[_Candidate]:
    """The best warning of a file and family; the next as well where it is nearly as good and speaks of another function."""
    ranked = sorted(told, key=lambda candidate: (-candidate.worth, candidate.title))
    for candidate in ranked[1:]:
        place, best = candidate.comment.data["symbol"], ranked[0]
        elsewhere = None not in {place, best.comment.data["symbol"]} and place != best.comment.data["symbol"]
        if elsewhere and candidate.worth >= _NEARLY * best.worth:
            return [best, replace(candidate, id=stable_id("hyp", candidate.id, candidate.comment.id))]
    return ranked[:1]


def _support_of(comment: Observation, items: Sequence[Observation]) -> list[Observation]:
    """What speaks for this warning, and not for another one in the same file."""
    witnesses = with_role(items, "origin", "regression", "issue", "revert", "reason", "test", "fixes", "stood")
    mine = [item for item in witnesses if item.data.get("said", comment.data["sentence"]) == comment.data["sentence"]]
    return [item for item in mine if item.data["role"] != "stood"] if set(_speaking(mine)) - _WEAK else mine


def _outdated(comment: Observation, items: Sequence[Observation]) -> list[Observation]:
    """That the warning names a package which nothing imports any more, where that is so."""
    return [item for item in with_role(items, "outdated") if item.data["said"] == comment.data["sentence"]][:1]


def _is_spoken_for(comment: Observation, support: list[Observation]) -> bool:
    if not categories_cited(support) - {Category.TEXTUAL}:
        return False
    speaking = set(_speaking(support))
    reading = comment.data["reading"]
    # "Move it to a thread to avoid blocking" says what the code does and what for; a lesson it is where somebody paid for that very thing.
    if reading["speech"] == Speech.WARNS and reading.get("joint") == "to avoid" and speaking <= _WEAK:
        return False
    bare = not (comment.data["reasoned"] or reading.get("harm") or reading.get("ground") or comment.data["issues"])
    if bare and _PLAIN_BAN.match(comment.data["sentence"]) and len(comment.data["sentence"].split()) < _TELLING_WORDS:
        return False  # "Do not add it twice" says what the next line sees to
    if speaking <= _WEAK:  # at most a repair of something else, as far as its words tell
        meant = any(item.data["meant"] for item in with_role(support, "origin"))
        if comment.data["strength"] >= _STRONG_ALONE and (speaking or with_role(support, "fixes", "test")):
            return True
        return bool(comment.data["reasoned"] and (meant or with_role(support, "stood")))
    return True


def _speaking(support: list[Observation]) -> list[str]:
    """Which witnesses speak of the very thing, by what they are."""
    told = ["repair" for item in with_role(support, "origin") if item.data["repairs"] and item.data["about"]]
    told += ["change" for item in with_role(support, "origin") if item.data["repairs"] and not item.data["about"]]
    told += ["reason" for item in with_role(support, "origin") if item.data["why"] and not item.data["repairs"]]
    told += ["remembered" for item in with_role(support, "test") if item.data["issue"]][:1]
    return told + [item.data["role"] for item in with_role(support, "regression", "issue", "revert", "reason")]


def _candidate(
    group: str, comment: Observation, support: list[Observation], outdated: list[Observation]
) -> _Candidate | None:
    told = Told(comment, support)
    title = told.title
    if not title:
        return None  # half a comment is nothing that anybody says aloud
    terms = (
        *terms_of(comment, support),
        *(term("it names what is gone", item.summary, _NAMES_WHAT_IS_GONE) for item in outdated),
    )
    number = confidence(terms)
    speaking = _speaking(support)
    paid = {"repair", "change", "remembered", "issue", "revert", "regression"} & set(speaking)
    share = _LEAST_KNOWN if told.leaves_nothing_to_ask() else 1.0 if paid else _UNPAID
    added = min(_MOST_ADDED, sum(_WORTH_OF[one] for one in speaking))
    worth = round((0.3 + number) * (_WORTH[comment.family] + added) * share, 4)
    return _Candidate(stable_id("hyp", group), title, worth, number, terms, told, comment, support, outdated)


def _hypothesis(candidate: _Candidate) -> Hypothesis:
    """A warning that is told, with its questions and what would speak against it."""
    comment, support, outdated, told = candidate.comment, candidate.support, candidate.outdated, candidate.told
    data = comment.data
    return Hypothesis(
        id=candidate.id,
        title=candidate.title,
        family=comment.family,
        confidence=candidate.confidence,
        rationale=candidate.rationale,
        possible_intent=told.intent,
        subject=(data["path"],),
        observations=(comment.id, *(item.id for item in (*support, *outdated))),
        counter_evidence=(
            *(CounterEvidence(summary=item.summary, citations=item.citations) for item in outdated),
            *_counter(support),
        ),
        questions=tuple([*(_still(item, told.place) for item in outdated), *questions_about(told)][:_MOST_QUESTIONS]),
        check=_check(with_role(support, "regression", "test"), data["path"], data["pattern"]),
        worth=candidate.worth,
    )


def _still(item: Observation, place: str) -> str:
    return f"Nothing imports `{item.data['name']}` since {item.data['year']}: does the comment in {place} still hold, or is it out of date?"


def _counter(support: Sequence[Observation]) -> Iterator[CounterEvidence]:
    if not with_role(support, "regression", "test"):
        yield CounterEvidence(
            summary="No test was found that came with it or names it; one that goes by other names is not seen. Ignoring it might go unnoticed."
        )


def _check(tests: list[Observation], path: str, pattern: str | None) -> TestExists | PatternPresent | None:
    """That the test is there; without one, that the warning still stands where it stood."""
    test = next((item.data["test"] for item in tests if item.data["test"]), None)
    if test:
        return TestExists(test=test)
    return PatternPresent(pattern=pattern, paths=(path,)) if pattern else None
