"""What giving up a package may protect: a property that it did not have, or a cost that nobody wants to pay again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, named, shortened, with_role
from archaeology.identity import stable_id
from archaeology.model import ConfidenceTerm, End, Family, Hypothesis, ImportBoundary, Observation, PossibleIntent

_START = -1.3
_MOST_SHOWN = 3
_YEAR = 365


def propose_technology_choice(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the packages that were given up by name and stayed out or were replaced, the most used ones first."""
    found = []
    for group, items in grouped(observations, Family.TECHNOLOGY_CHOICE):
        gone, support = with_role(items, "gone"), with_role(items, "stayed", "instead")
        if gone and support:
            found.append(_hypothesis(facts, group, gone[0], support))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(facts: Facts, group: str, gone: Observation, support: list[Observation]) -> Hypothesis:
    target, reason = gone.data["target"], gone.data["reason"]
    instead = with_role(support, "instead")
    place = f"`{gone.data['common']}`" if gone.data["common"] else named(gone.data["folders"], 1)
    name = instead[0].data["name"] if instead else None
    terms = tuple(_terms(gone, support))
    number = confidence(terms)
    given_up = f"`{target}` was given up in {place}" + (f" for `{name}`" if name else "")
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{given_up} and should not come back: “{shortened(reason, 120)}”",
        family=Family.TECHNOLOGY_CHOICE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=f"Do without `{target}`" + (f"; use `{name}`." if name else ".")),
        subject=tuple(gone.data["folders"]),
        observations=(gone.id, *(item.id for item in support)),
        questions=tuple(_questions(target, name)),
        check=_check(facts, gone),
        worth=round((0.3 + number) * (0.2 + 0.02 * min(4, gone.data["places"]) + (0.04 if name else 0)), 4),
    )


def _terms(gone: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Packages come and go, mostly with the code that needed them (log-odds).", _START)
    yield term("a commit names it", gone.summary, 0.9)
    if gone.data["places"] > 1:
        yield term(
            "taken out everywhere",
            f"{gone.data['places']} places imported it",
            growing(gone.data["places"] - 1, 0.25, 0.7),
        )
    for item in support:
        if item.data["role"] == "stayed":
            yield term("stayed out", item.summary, growing(item.data["days"] // _YEAR, 0.4, 1.0))
        else:
            yield term("replaced", item.summary, 0.5)


def _questions(target: str, name: str | None) -> Iterator[str]:
    if name:
        yield f"What does `{name}` give you that `{target}` did not: speed, fewer dependencies, maintenance, a licence?"
        yield f"What would make you leave `{name}` in turn?"
    else:
        yield f"What did `{target}` cost you, that doing without it is better?"
        yield f"Would you turn down a change that brings `{target}` back for one small thing?"


def _check(facts: Facts, gone: Observation) -> ImportBoundary | None:
    """That none of the places where it was imports it, as far as they still exist."""
    present = [
        folder
        for folder in gone.data["folders"]
        if folder and any(path.startswith(folder) for path in facts.imports.modules)
    ]
    if not present:
        return None
    return ImportBoundary(
        sources=tuple(End(module=folder.strip("/").replace("/", "."), path=folder) for folder in present),
        forbidden=(End(module=gone.data["target"], external=True),),
    )
