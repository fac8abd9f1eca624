"""What a corner for threads and tasks may protect: that the rest can be read and tested as if one thing happened at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, named, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    BoundaryException,
    ConfidenceTerm,
    End,
    Family,
    Hypothesis,
    ImportBoundary,
    Observation,
    PossibleIntent,
)

_START = -1.5
_MOST_SHOWN = 2
_MANY = 50


def propose_concurrency(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the corners that alone know threads or tasks, where a commit or comment says that this matters."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.CONCURRENCY):
        corner, said = with_role(items, "corner"), with_role(items, "said")
        if corner and said:
            found.append(_hypothesis(group, corner[0], said))
    told: set[str] = set()
    for hypothesis in sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]:
        # Two libraries in the same corner are one discipline.
        if not told & set(hypothesis.subject):
            told |= set(hypothesis.subject)
            yield hypothesis


def _hypothesis(group: str, corner: Observation, said: list[Observation]) -> Hypothesis:
    names, places, others = corner.data["names"], corner.data["corner"], corner.data["others"]
    terms = tuple(_terms(corner, said))
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{named(names)} {'stay' if len(names) > 1 else 'stays'} in {named(places)}: the other {others} source files never import {'them' if len(names) > 1 else 'it'}.",
        family=Family.CONCURRENCY,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=f"Use {named(names)} in {named(places, 4)} only."),
        subject=corner.subject,
        observations=(corner.id, *(item.id for item in said)),
        questions=(
            f"What could a change outside {named(places)} no longer count on if it used {named(names)}?",
            "Which calls from there may block or come back on another thread, and how would a caller know?",
        ),
        check=_check(corner),
        worth=round((0.3 + number) * 0.2, 4),
    )


def _terms(corner: Observation, said: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Most code has no use for threads (log-odds).", _START)
    yield term("one corner", corner.summary, growing(corner.data["others"] // _MANY, 0.4, 1.0))
    for item in said:
        yield term(f"a {'commit' if item.category == 'historical' else 'comment'} speaks of it", item.summary, 0.6)


def _check(corner: Observation) -> ImportBoundary | None:
    folder, names = corner.data["folder"], corner.data["names"]
    if not folder:
        return None
    return ImportBoundary(
        sources=(End(module=folder.strip("/").replace("/", "."), path=folder),),
        forbidden=tuple(End(module=name, external=True) for name in names),
        except_=tuple(BoundaryException(from_=place, to=name) for place in corner.data["corner"] for name in names),
    )
