"""Questions that authors of comments asked themselves: they say that they do not know why, and it was left so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import Family, Hypothesis, Observation, PossibleIntent

_START = -0.4
_MOST_SHOWN = 3
_LONGEST_PLACE = 45
_WORTH = 0.3


def propose_unknown_reasons(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield what somebody did not know, in their words; nothing is said to be so."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.SCAR_TISSUE):
        said, since = with_role(items, "unknown"), with_role(items, "unknown_since")
        if said and since:
            found.append(_hypothesis(group, said[0], since[0]))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, said: Observation, since: Observation) -> Hypothesis:
    data = said.data
    file = PurePosixPath(data["path"]).name
    symbol = data["symbol"]
    place = f"`{symbol}`" if symbol and len(symbol) <= _LONGEST_PLACE else f"`{file}`"
    above = f" above `{data['below']}`" if data["below"] else ""
    since_when = f", since {data['year']}" if data["year"] else ""
    terms = (
        term("starting point", "A doubt may be as old as its cause, and both of no interest (log-odds).", _START),
        term("the author says so", said.summary, 1.0),
        term("it was left standing", since.summary, growing(since.data["changes"], 0.05, 0.4)),
    )
    number = confidence(terms)
    what = f"`{data['below']}`" if data["below"] else "what the comment stands on"
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"“{data['asked']}”, says a comment{above} in {place}{since_when}: does anybody know by now?",
        family=Family.SCAR_TISSUE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(),
        subject=said.subject,
        observations=(said.id, since.id),
        questions=(
            f"Does anybody know by now why that is so in {place}, and could the comment say it?",
            f"What breaks in {place} without {what}, and has anybody tried?",
        ),
        suggested_next_action="interview",
        worth=round((0.3 + number) * _WORTH, 4),
    )
