"""What a guard may protect: something that an attacker would otherwise learn or reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, term
from archaeology.hypotheses.grouping import grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import Family, Hypothesis, Observation, PossibleIntent

_START = -0.9
_MOST_SHOWN = 2


def propose_security_boundary(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the guards of which a commit or a comment says what they guard against."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.SECURITY_BOUNDARY):
        guard, said = with_role(items, "guard"), with_role(items, "said")
        if guard and said:
            found.append(_hypothesis(group, guard[0], said))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, guard: Observation, said: list[Observation]) -> Hypothesis:
    path, what = guard.data["path"], guard.data["what"]
    symbol = guard.data["symbol"] or PurePosixPath(path).name
    terms = (
        term("starting point", "Guards are often copied from an example (log-odds).", _START),
        term("longer than the plain way", guard.summary, 0.8),
        *(term("somebody names the attack", item.summary, 0.8) for item in said),
    )
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"`{symbol}` ({path}) {what} on purpose: a plain comparison or parser there would open a hole."
        if "compares" not in what
        else f"`{symbol}` ({path}) {what} on purpose: `==` in its place would let an attacker guess.",
        family=Family.SECURITY_BOUNDARY,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=guard.summary),
        subject=(path,),
        observations=(guard.id, *(item.id for item in said)),
        questions=(
            f"Who can send what `{symbol}` looks at, and what would they gain?",
            f"Where else does the same kind of value come in, and is it guarded there as in `{symbol}`?",
        ),
        worth=round((0.3 + number) * 0.26, 4),
    )
