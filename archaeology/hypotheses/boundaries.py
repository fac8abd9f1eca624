"""Hypotheses about import boundaries: observations of different categories about one boundary become one possible intent."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from archaeology.boundaries.chance import corrected
from archaeology.boundaries.questions import questions
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.wording import counted as number_of
from archaeology.boundaries.wording import family_of, listed, number, title
from archaeology.facts import Facts
from archaeology.hypotheses.boundary_worth import worth
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.identity import stable_id
from archaeology.model import (
    Category,
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PossibleIntent,
)

START = -1.9
_CHANCE = 0.4
_MAX_CHANCE = 1.8
_LEAST_PROBABLE = 1e-9
_REVERSE = 0.25
_MAX_REVERSE = 1.0
_BROKEN = -1.4
_MAX_BROKEN = -4.2
# Statements about many pairs at once, or about one dependency, break sooner: measured over a year of history.
_FRAGILE = {Form.STACK: -0.4, Form.SIBLINGS: -0.8, Form.VENDOR_ONLY: -0.8}
_FURTHER_PLACE = -0.4
_LITTLE = 1.0
# Many units hardly ever meet; below this that is all that there is to say of siblings.
_SIBLINGS_AT_ALL = 0.25
# By these somebody says that a boundary is meant, also where a compiler keeps it.
_LAID_DOWN = frozenset({"gate", "document"})


def propose_boundaries(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield a hypothesis for each boundary that observations of at least two categories, each with citations, support."""
    del facts  # everything is in the observations
    grouped: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if "boundary" in observation.data:
            grouped[observation.data["boundary"]].append(observation)
    for boundary, group in grouped.items():
        counted = next((item for item in group if "statement" in item.data), None)
        others = [item for item in group if item is not counted]
        if (
            counted is not None
            and counted.data["statement"]["enforced"]
            and not _LAID_DOWN.intersection(item.data["term"] for item in others if not item.data["against"])
        ):
            continue  # that nobody does what would not compile is no news
        cited = {item.category for item in others if item.citations and not item.data["against"]}
        if counted is not None and counted.citations and cited - {Category.STRUCTURAL}:
            found = _hypothesis(boundary, Statement.model_validate(counted.data["statement"]), counted, others)
            if found.family is not Family.SIBLING_INDEPENDENCE or found.confidence >= _SIBLINGS_AT_ALL:
                yield found


def _hypothesis(boundary: str, statement: Statement, counted: Observation, others: Sequence[Observation]) -> Hypothesis:
    terms = tuple(_terms(statement, counted, others))
    sure = confidence(terms)
    stated = next((item for item in others if item.data["by"]), None)
    said = title(statement)
    return Hypothesis(
        id=stable_id("hyp", boundary),
        title=said,
        family=family_of(statement),
        confidence=sure,
        rationale=terms,
        possible_intent=PossibleIntent(
            strategy=said,
            threat=next((item.summary for item in others if item.data["term"] == "repaired"), None),
            evidence=tuple(item.summary for item in others if item.category is Category.EVIDENCE),
        ),
        subject=counted.subject,
        observations=(counted.id, *(item.id for item in others)),
        counter_evidence=tuple(_counter(statement, others)),
        questions=questions(statement, "" if stated is None else stated.data["by"]),
        check=statement.check,
        stated_by=tuple(citation for item in others if item.data["by"] for citation in item.citations),
        worth=round(worth(statement, sure, {one.label for one in terms}, stated=stated is not None), 4),
    )


def _terms(statement: Statement, counted: Observation, others: Iterable[Observation]) -> Iterator[ConfidenceTerm]:
    """The arithmetic, in log-odds that add up (:mod:`archaeology.hypotheses.confidence`)."""
    yield term("starting point", "most silences between packages mean nothing (all effects are log-odds)", START)
    comparisons = counted.data["comparisons"]
    probability = corrected(statement.chance, comparisons)
    against_chance = min(_MAX_CHANCE, max(0.0, -_CHANCE * math.log10(max(probability, _LEAST_PROBABLE))))
    if round(against_chance, 2):
        yield term(
            "against chance",
            f"{number(statement.expected)} expected by chance, {statement.observed} found: probability {probability:.2g} after "
            f"correction for {comparisons} boundaries",
            against_chance,
        )
    if statement.reverse:
        yield term(
            "one-way traffic",
            f"{number_of(statement.reverse)} the allowed way, so that the two sides do meet",
            growing(statement.reverse, _REVERSE, _MAX_REVERSE),
        )
    if statement.form in _FRAGILE:
        yield term(
            "breadth", "one statement about many imports: any one of them can break it", _FRAGILE[statement.form]
        )
    if statement.form is Form.VENDOR_ONLY and statement.allowed[1:]:
        further = len(statement.allowed) - 1
        yield term("scattered", f"{further + 1} places use it already, one more would fit in", _FURTHER_PLACE * further)
    if statement.observed:
        crossing = (
            f"{number_of(statement.observed)} {'crosses' if statement.observed == 1 else 'cross'} it at this revision"
        )
        yield term("broken today", crossing, max(_MAX_BROKEN, _BROKEN * statement.observed))
    for item in others:
        if round(item.data["effect"], 2):
            yield term(item.data["term"], item.summary, item.data["effect"])


def _counter(statement: Statement, others: Iterable[Observation]) -> Iterator[CounterEvidence]:
    if statement.observed and statement.broken:
        source, target = statement.broken
        crosses, listed_as = (
            ("crosses", "listed as an exception") if statement.observed == 1 else ("cross", "listed as exceptions")
        )
        yield CounterEvidence(
            summary=f"{number_of(statement.observed)} {crosses} it today, such as {source} → {target}; {listed_as}."
        )
    if statement.expected < _LITTLE:
        yield CounterEvidence(
            summary=f"Chance alone would make only {number(statement.expected)} such imports, so their absence proves little."
        )
    if statement.unseen:
        yield CounterEvidence(
            summary="One side uses the other without an import: by a name that is put together while the program runs, or by way of an index."
        )
    if statement.typing_only:
        names = listed(statement.forbidden, statement.container, joiner="or")
        yield CounterEvidence(summary=f"Type annotations do refer to {names}; only the running program keeps apart.")
    for item in others:
        if item.data["against"]:
            yield CounterEvidence(summary=item.summary, citations=item.citations)
