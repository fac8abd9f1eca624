"""What isolated tests may protect: that they run anywhere, at once, and say the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import categories_cited, grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import Category, ConfidenceTerm, Family, Hypothesis, Observation, PathExists, PossibleIntent

_START = -1.5
_MOST_SHOWN = 2


def propose_test_isolation(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield what tests are kept off by devices that a commit or a rule speaks for."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.TEST_ISOLATION):
        devices, support = with_role(items, "devices"), with_role(items, "reason", "rule")
        if devices and categories_cited(support) - {Category.EVIDENCE}:
            found.append(_hypothesis(group, devices[0], support))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, devices: Observation, support: list[Observation]) -> Hypothesis:
    data, rules = devices.data, with_role(support, "rule")
    aspect, names = data["aspect"], " and ".join(data["names"][:2])
    terms = tuple(_terms(devices, support))
    number = confidence(terms)
    where = f"{data['files']} files" if data["files"] > 1 else f"`{data['first']}`"
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{data['claim']}: {names} in {where}.",
        family=Family.TEST_ISOLATION,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(strategy=f"Keep tests off {aspect} with {names}.", evidence=(devices.summary,)),
        subject=devices.subject,
        observations=(devices.id, *(item.id for item in support)),
        questions=(
            f"Which tests may depend on {aspect} all the same, and where do they run?",
            f"What did tests that depended on {aspect} cost you before {names} came: false alarms, waiting, or one machine where they failed?",
        ),
        check=PathExists(path=data["first"]),
        stated_by=rules[0].citations if rules else (),
        worth=round((0.3 + number) * (0.14 if rules else 0.18), 4),
    )


def _terms(devices: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "A mock here and there is convenience (log-odds).", _START)
    yield term("devices", devices.summary, growing(devices.data["files"], 0.25, 1.2))
    if devices.data["refuses"]:
        yield term("it refuses", f"{devices.data['refuses'][0]} stops a test that tries.", 0.8)
    for item in support:
        yield term("a commit says why" if item.data["role"] == "reason" else "a document says so", item.summary, 0.8)
