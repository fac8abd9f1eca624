from __future__ import annotations

import pytest

from archaeology.readings.reading import Speech, read


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


@pytest.mark.parametrize(
    "passage",
    [
        "The sign must be either an opening or a closing one, since we found its place.",
        "The caller must be the owner of the till, because we checked it above.",
        "The name of it must be non-null because hasName() is true.",
        "It must have been sold by then, as we already counted what is left of it.",
    ],
)
def test_what_follows_from_what_was_seen_before_orders_nothing(passage: str) -> None:
    assert read(passage).speech is Speech.DESCRIBES


def test_a_must_whose_ground_lies_elsewhere_is_a_rule() -> None:
    assert (
        read("The key must be unique in the till, since we use it as an id.").rule
        == "The key must be unique in the till"
    )


def test_what_has_just_happened_is_no_ground_that_could_be_gone_one_day() -> None:
    assert not read("Since running the credential process itself failed, ensure that the process is stopped.").ground
    assert read("Since the old till reads only names, leave out the numbers of the goods.").ground


def test_that_not_everything_is_so_turns_nothing_down() -> None:
    assert not read("Not everything is in here because most things are just used once in one place.").rejected
