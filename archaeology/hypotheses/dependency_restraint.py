"""What dependency restraint may protect: installing anywhere, starting fast, nobody else's breakage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.identity import stable_id
from archaeology.model import ConfidenceTerm, Family, Hypothesis, Observation, PossibleIntent

_START = -1.6


def propose_dependency_restraint(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield one hypothesis where the product code imports very little from outside and its past or a document says that this is meant."""
    del facts  # the observations say it all
    items = [item for item in observations if item.family is Family.DEPENDENCY_RESTRAINT]
    few = next((item for item in items if item.data["role"] == "few"), None)
    support = [item for item in items if item is not few]
    if few is None or not support:
        return
    names, folder = few.data["names"], f"`{few.data['folder']}`" if few.data["folder"] else "the product"
    rule = next((item for item in support if item.data["role"] == "rule"), None)
    removed = [item.data["name"] for item in support if item.data["role"] == "removed"]
    said = "nothing from outside" if not names else " and ".join(f"`{name}`" for name in names) + " only"
    allowed = "nothing from outside" if not names else f"nothing but {' and '.join(f'`{name}`' for name in names)}"
    past = f"; {' and '.join(f'`{name}`' for name in removed[:2])} went out again" if removed else ""
    terms = tuple(_terms(few, support))
    number = confidence(terms)
    yield Hypothesis(
        id=stable_id("hyp", few.data["group"]),
        title=f"{folder[0].upper()}{folder[1:]} gets by with {said} in {few.data['files']} source files{past}.",
        family=Family.DEPENDENCY_RESTRAINT,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=f"Import {allowed} in {folder}."),
        subject=few.subject,
        observations=(few.id, *(item.id for item in support)),
        questions=(
            f"What would a package have to do for you before {folder} may import it?",
            f"`{removed[0]}` went out again: what had it cost, and whom?"
            if removed
            else f"Who suffers first from one more dependency of {folder}: those who install it, audit it, or release it?",
        ),
        stated_by=rule.citations if rule else (),
        worth=round((0.3 + number) * (0.14 if rule else 0.24), 4),
    )


def _terms(few: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Small code bases often have few dependencies (log-odds).", _START)
    yield term("much code, few packages", few.summary, growing(few.data["files"] // 20, 0.5, 1.2))
    removed = [item for item in support if item.data["role"] == "removed"]
    if removed:
        yield term("taken out again", removed[0].summary, growing(len(removed), 0.6, 1.2))
    for item in support:
        if item.data["role"] == "rule":
            yield term("a document says so", item.summary, 0.9)
