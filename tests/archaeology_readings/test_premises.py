from __future__ import annotations

import pytest

from archaeology.readings.reading import read


@pytest.mark.parametrize(
    ("passage", "rule"),
    [
        (
            "If the till holds no name, then don't print the slip.",
            "If the till holds no name, don't print the slip",
        ),
        (
            "When the lock is held, we must not call back, otherwise it deadlocks.",
            "When the lock is held, we must not call back",
        ),
        # A choice with its reason, not an order.
        (
            "If the drawer is an open one, then we need a second key otherwise the inner lock can be taken for the outer one.",
            "If the drawer is an open one, we need a second key",
        ),
        # The first clause gives the reason; it is no condition.
        (
            "Since in this shop we assume that nothing is free, we can't sell at zero and therefore we must return an error.",
            "we can't sell at zero and therefore we must return an error",
        ),
    ],
)
def test_a_rule_keeps_the_condition_under_which_it_holds(passage: str, rule: str) -> None:
    assert read(passage).rule == rule


def test_a_rule_whose_condition_an_earlier_sentence_tells_is_none() -> None:
    assert not read("If this is so, then don't print the slip.").rule
