"""What giving up a package may protect: a property that it did not have, or a cost that nobody wants to pay again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, shortened, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PatternAbsent,
    PossibleIntent,
)
from archaeology.text import counted

_START = -1.3
_MOST_SHOWN = 3
_YEAR = 365
_SECOND = 0.4  # one package that went is a story, the next ones are a list
_FORCED = re.compile(
    r"\b(?:deprecat\w*|unmaintained|abandoned|archived|end[- ]of[- ]life|eol|leftovers?|no longer (?:maintained|supported)|(?:drop\w*|remov\w*) (?:support for )?(?:python|py|php|ruby|node|java|jdk) ?\d)",
    re.IGNORECASE,
)


def propose_technology_choice(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the packages that were given up by name and stayed out or were replaced, the most used ones first."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.TECHNOLOGY_CHOICE):
        gone, support = with_role(items, "gone"), with_role(items, "stayed", "instead")
        # That a package went, and nothing else, nobody will argue about: somebody must say why, or something must have been hired instead.
        if gone and support and (gone[0].data["why"] or with_role(support, "instead")):
            found.append(_hypothesis(group, gone[0], support))
    best = sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]
    yield from best[:1]
    yield from (item.model_copy(update={"worth": round(item.worth * _SECOND, 4)}) for item in best[1:])


def _hypothesis(group: str, gone: Observation, support: list[Observation]) -> Hypothesis:
    target, reason = gone.data["target"], gone.data["why"] or gone.data["reason"]
    instead = with_role(support, "instead")
    place = f"`{gone.data['common']}`" if gone.data["common"] else _places(gone.data["folders"])
    name = instead[0].data["name"] if instead else None
    terms = tuple(_terms(gone, support))
    number = confidence(terms)
    years = gone.data["year"]
    what = (
        f"`{target}` gave way to `{name}` in {place} in {years}"
        if name
        else f"`{target}` was taken out of {place} in {years}"
    )
    forced = _is_forced(gone)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{what} and has stayed out: “{shortened(reason, 90)}”",
        family=Family.TECHNOLOGY_CHOICE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=f"Do without `{target}`" + (f"; use `{name}`." if name else ".")),
        subject=tuple(gone.data["folders"]),
        observations=(gone.id, *(item.id for item in support)),
        counter_evidence=(
            (
                CounterEvidence(
                    summary="The reason speaks of what others gave up or demanded; it may not have been your choice."
                ),
            )
            if forced
            else ()
        ),
        questions=tuple(_questions(gone, name)),
        check=_check(gone),
        worth=round(
            (0.3 + number)
            * (0.2 + 0.02 * min(4, gone.data["places"]) + (0.04 if name else 0))
            * (0.7 if forced else 1),
            4,
        ),
    )


def _is_forced(gone: Observation) -> bool:
    return _FORCED.search(f"{gone.data['reason']} {gone.data['why'] or ''}") is not None


def _places(folders: Sequence[str]) -> str:
    return f"`{folders[0]}`" + (f" and {counted(len(folders) - 1, 'more place')}" if len(folders) > 1 else "")


def _terms(gone: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Packages come and go, mostly with the code that needed them (log-odds).", _START)
    yield term("a commit names it", gone.summary, 0.9)
    if gone.data["places"] > 1:
        yield term(
            "taken out everywhere",
            f"{gone.data['places']} places imported it",
            growing(gone.data["places"] - 1, 0.25, 0.7),
        )
    if _is_forced(gone):
        yield term("hardly a choice", "The reason speaks of what others gave up or demanded.", -0.6)
    for item in support:
        if item.data["role"] == "stayed":
            yield term("stayed out", item.summary, growing(item.data["days"] // _YEAR, 0.4, 1.0))
        else:
            yield term("replaced", item.summary, 0.5)


def _questions(gone: Observation, name: str | None) -> Iterator[str]:
    target, year, why = gone.data["target"], gone.data["year"], gone.data["why"]
    if why:
        yield f"“{shortened(why, 90)}”: is that still true of `{target}`, or would you decide otherwise today?"
    elif name:
        yield f"What could `{name}` do for you in {year} that `{target}` could not: speed, size, upkeep, a licence?"
    if name:
        yield f"What would make you leave `{name}` in turn, and go where?"
    else:
        yield f"Somebody brings `{target}` back for one small thing: do you turn it down?"


def _check(gone: Observation) -> PatternAbsent | None:
    """That no manifest declares it again. Who imports it is no boundary that anybody would state."""
    paths = tuple(gone.data["manifests"])
    return PatternAbsent(pattern=gone.data["pattern"], paths=paths) if paths else None
