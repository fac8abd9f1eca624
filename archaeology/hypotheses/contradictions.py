"""Contradictions as questions: is it drift, a known exception, or an intent that has died?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, shortened, with_role
from archaeology.hypotheses.left_out import left_out, let_pass
from archaeology.identity import stable_id
from archaeology.model import CounterEvidence, Family, Hypothesis, Observation, PossibleIntent

_START = -0.8
_MOST_SHOWN = 4


def propose_contradictions(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield a question for each declared intent that the code does not follow."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.CONTRADICTION):
        for declared, actual, make in (
            ("rule", "done", _rule),
            ("boundary", "as_one", _boundary),
            ("interface", "age", _interface),
            ("left_out", "changes", left_out),
            ("let_pass", "passing", let_pass),
        ):
            one, other = with_role(items, declared), with_role(items, actual)
            if one and other and one[0].citations and other[0].citations:
                found.append(make(group, one[0], other[0]))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _rule(group: str, rule: Observation, done: Observation) -> Hypothesis:
    name, places = rule.data["name"], done.data["places"]
    uses = f"{places} places use" if places > 1 else "one place uses"
    terms = (
        term("starting point", "Rules in documents are often broader than they are meant (log-odds).", _START),
        term("a rule that says never", rule.summary, 1.0),
        term("the code does", done.summary, growing(places, 0.3, 0.8)),
    )
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{rule.data['path']} says “{shortened(rule.data['text'], 120)}”, yet {uses} `{name}`: drift, exception, or a rule that is too broad?",
        family=Family.CONTRADICTION,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=rule.data["text"]),
        subject=done.subject,
        observations=(rule.id, done.id),
        counter_evidence=(CounterEvidence(summary=done.summary, citations=done.citations),),
        questions=(
            f"Is the rule on `{name}` still meant, and are these places to be put right or allowed?",
            f"If they are allowed: what makes them different, so that a newcomer knows when `{name}` is fine?",
        ),
        stated_by=rule.citations,
        suggested_next_action="interview",
        worth=round((0.3 + number) * 0.3, 4),
    )


def _boundary(group: str, boundary: Observation, as_one: Observation) -> Hypothesis:
    a, b, together = as_one.data["a"], as_one.data["b"], as_one.data["together"]
    source, target = boundary.data["source"], boundary.data["target"]
    terms = (
        term("starting point", "Parts may be kept apart in code and still belong together (log-odds).", _START),
        term("declared apart", boundary.summary, 0.6),
        term("changed as one", as_one.summary, growing(together // 5, 0.5, 1.2)),
    )
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"`{source}` may not import `{target}`, yet `{PurePosixPath(a).name}` and `{PurePosixPath(b).name}` change as one ({together} commits): what do they share?",
        family=Family.CONTRADICTION,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(),
        subject=(a, b),
        observations=(boundary.id, as_one.id),
        questions=(
            f"What must stay the same in `{a}` and `{b}`, and who tells somebody who changes only one of them?",
            f"Should what they share move to a place that both may import, or is keeping `{source}` apart from `{target}` worth doing it twice?",
        ),
        stated_by=boundary.citations,
        worth=round((0.3 + number) * 0.26, 4),
    )


def _interface(group: str, interface: Observation, age: Observation) -> Hypothesis:
    name, only, years = interface.data["name"], interface.data["only"], age.data["years"]
    terms = (
        term("starting point", "Some interfaces wait for others to implement them elsewhere (log-odds).", _START),
        term("one implementation, no double", interface.summary, 0.5),
        term("for years", age.summary, growing(years - 1, 0.3, 0.8)),
    )
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"`{name}` has had `{only}` as its only implementation for {years} years, and no test replaces it: what is it for?",
        family=Family.CONTRADICTION,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(),
        subject=interface.subject,
        observations=(interface.id, age.id),
        questions=(
            f"Who would notice if `{name}` went and `{only}` was used directly?",
            f"Does somebody outside this repository implement `{name}`?",
        ),
        worth=round((0.3 + number) * 0.14, 4),
    )
