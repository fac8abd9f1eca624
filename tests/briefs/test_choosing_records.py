"""Which records are suggested for an objective."""

from __future__ import annotations

import pytest

from alloy_assist.briefs.choosing import candidates
from fixtures.briefing import errors_record, gateway_record
from store.records import IntentRecord


def _record(name: str, title: str, capability: str, *scope: str) -> IntentRecord:
    base = errors_record()
    facets = base.facets.model_copy(
        update={"capability": capability, "threat": None, "expectation": None, "strategy": None}
    )
    return base.model_copy(
        update={"id": f"alloy.intent.{name}", "title": title, "facets": facets, "scope": scope, "relations": ()}
    )


STRIPE = _record("stripe", "Only `billing` imports `stripe`", "Another provider can be put in.", "shop/billing/**")
CLOCK = _record("clock", "Time is passed in", "A test can stand at any moment.", "shop/core/**")
RETRY = _record("retry", "Retries end", "A queue never hammers a server.", "shop/queue/paymentRetry.py")
OTHERS = [
    _record(f"other{n}", "Reports are plain data", "A report can be printed anywhere.", "shop/reports/**")
    for n in range(5)
]


def _suggested(objective: str, *records: IntentRecord) -> list[str]:
    return [each.record.id.rsplit(".", 1)[-1] for each in candidates(objective, [], records) if each.suggested]


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        ("Add a second payment provider", ["retry", "stripe"]),
        ("Freeze the clock: stop time", ["clock"]),
        ("Rewrite PaymentRetry", ["retry"]),
        ("Poems and songs", []),
    ],
)
def test_one_telling_word_that_few_records_have_is_enough(objective: str, expected: list[str]) -> None:
    assert sorted(_suggested(objective, STRIPE, CLOCK, RETRY, *OTHERS)) == expected


def test_a_word_that_most_records_have_says_nothing_by_itself() -> None:
    assert _suggested("Print something anywhere", STRIPE, *OTHERS) == []


def test_the_reason_names_the_shared_words() -> None:
    found = candidates("Put another payment provider behind the gateway", [], [gateway_record(), STRIPE, *OTHERS])
    assert "provider" in next(each.reason for each in found if each.record.id == "alloy.intent.stripe")
