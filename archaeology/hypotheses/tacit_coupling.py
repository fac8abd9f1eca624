"""What tacit coupling may hide: an agreement between two places that nothing checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import ConfidenceTerm, CounterEvidence, Family, Hypothesis, Observation, PossibleIntent

_START = -1.2
_SHOWN = 2
_SELDOM_ALONE = 0.8
_MUCH_SHARED = 4


def propose_tacit_coupling(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield a hypothesis for each of the strongest couplings that no import explains, every file in one of them at most."""
    del facts  # the observations say it all
    pairs = [
        (group, together, apart)
        for group, items in grouped(observations, Family.TACIT_COUPLING)
        for together in with_role(items, "together")
        for apart in with_role(items, "unconnected")
    ]
    pairs.sort(key=lambda entry: (-entry[1].data["share"] * entry[1].data["together"], entry[0]))
    told: set[str] = set()
    shown = 0
    for group, together, apart in pairs:
        ends = {together.data["a"], together.data["b"]}
        if shown < _SHOWN and not ends & told:
            told |= ends
            shown += 1
            yield _hypothesis(group, together, apart)


def _hypothesis(group: str, together: Observation, apart: Observation) -> Hypothesis:
    a, b = together.data["a"], together.data["b"]
    terms = tuple(_terms(together, apart))
    number = confidence(terms)
    folder = together.data["folder"]
    short_a, short_b = a.removeprefix(folder), b.removeprefix(folder)
    where = f"in `{folder}`, " if folder else ""
    times = f"{together.data['together']} times"
    if together.data["copies"]:
        title = f"{where}`{short_a}` and `{short_b}` are two copies of one thing, kept in step by hand: changed together {times}."
    else:
        alone = ", seldom alone" if together.data["share"] >= _SELDOM_ALONE else ""
        title = (
            f"{where}`{short_a}` and `{short_b}` change together ({times}{alone}), though neither imports the other."
        )
    title = title[0].upper() + title[1:]
    return Hypothesis(
        id=stable_id("hyp", group),
        title=title,
        family=Family.TACIT_COUPLING,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            threat=f"A change of `{PurePosixPath(a).name}` that forgets `{b if together.data['copies'] else PurePosixPath(b).name}`."
        ),
        subject=(a, b),
        observations=(together.id, apart.id),
        counter_evidence=tuple(_counter(apart)),
        questions=tuple(_questions(together)),
        worth=round((0.3 + number) * (0.16 if together.data["copies"] else 0.22), 4),
    )


def _questions(together: Observation) -> Iterator[str]:
    a, b = PurePosixPath(together.data["a"]).name, PurePosixPath(together.data["b"]).name
    if a == b:
        a, b = together.data["a"], together.data["b"]
    if together.data["copies"]:
        yield f"What keeps `{a}` and `{b}` from being one file: different platforms, different releases, or nobody's time?"
    else:
        yield f"What do `{a}` and `{b}` both know: a format, an order, a rule?"
    yield f"`{a}` changes and `{b}` is forgotten: what breaks first, and would a test notice?"


def _terms(together: Observation, apart: Observation) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Much that changes together does so by chance or by refactoring (log-odds).", _START)
    yield term("together", together.summary, growing(together.data["together"] // 4, 0.5, 1.4))
    share = together.data["share"]
    yield term("hardly ever alone", f"{share:.0%} of the busier file's changes", 1.5 * (share - 0.5))
    if apart.data["shared"] > _MUCH_SHARED:
        yield term("common ground", apart.summary, -0.4)
    else:
        yield term("unconnected", apart.summary, 0.4)


def _counter(apart: Observation) -> Iterator[CounterEvidence]:
    if apart.data["shared"]:
        yield CounterEvidence(
            summary=f"Both import {apart.data['shared']} of the same files, which may be what changes."
        )
