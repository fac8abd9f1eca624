"""What isolated tests may protect: that they run anywhere, at once, and say the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import categories_cited, grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import Category, ConfidenceTerm, Family, Hypothesis, Observation, PatternPresent, PossibleIntent

_START = -1.5
_MOST_SHOWN = 2


def propose_test_isolation(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield what tests are kept off by devices that a commit or a rule speaks for, and that are set up for all tests or refuse."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.TEST_ISOLATION):
        devices, support = with_role(items, "devices"), with_role(items, "reason", "rule")
        # A device that each test asks for by itself keeps nobody from writing the next test without it: that is a habit.
        held = devices and (devices[0].data["enforced_by"] or with_role(support, "rule"))
        if held and categories_cited(support) - {Category.EVIDENCE}:
            found.append(_hypothesis(group, devices[0], support))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, devices: Observation, support: list[Observation]) -> Hypothesis:
    data, rules = devices.data, with_role(support, "rule")
    aspect, names = data["aspect"], " and ".join(data["names"][:2])
    terms = tuple(_terms(devices, support))
    number = confidence(terms)
    where = f"`{data['enforced_by']}`, for all of them" if data["enforced_by"] else f"{data['files']} files"
    names = data["device"] if data["enforced_by"] else names
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
        check=_check(data),
        stated_by=rules[0].citations if rules else (),
        worth=round((0.3 + number) * (0.14 if rules else 0.18), 4),
    )


def _check(data: Mapping[str, Any]) -> PatternPresent | None:
    """That the line by which it holds for all tests still stands; where there is none, nothing can be checked."""
    if not data["enforced_by"]:
        return None
    return PatternPresent(pattern=re.escape(data["words"]), paths=(data["enforced_by"],))


def _terms(devices: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "A mock here and there is convenience (log-odds).", _START)
    yield term("devices", devices.summary, growing(devices.data["files"], 0.25, 1.2))
    if devices.data["refuses"]:
        yield term("it refuses", f"{devices.data['refuses'][0]} stops a test that tries.", 0.8)
    for item in support:
        yield term("a commit says why" if item.data["role"] == "reason" else "a document says so", item.summary, 0.8)
