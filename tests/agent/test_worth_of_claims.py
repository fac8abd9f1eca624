"""What is left out although its citation resolves: it says nothing, or nothing of its own."""

import pytest

from alloy_assist.agent import jobs
from alloy_assist.agent.checking import Checked, Quoted, Supported
from alloy_assist.agent.jobs import Job
from alloy_assist.operations.model_worth import worth_showing

HYPOTHESIS = "Only `shop/gateways/stripe` may import `stripe`."
SHARPEN = jobs.sharpen(HYPOTHESIS, "shop/checkout.py: # Checkout runs on a train: its tests open no connection.")
PROPOSE = jobs.propose(
    "folders: shop", "shop/checkout.py:1: Checkout runs on a train, never with a connection.", "none"
)


def left_out(job: Job, slot: str, text: str) -> str:
    """Return why a claim is not shown, or nothing where it is."""
    claim = Supported(slot, text, quotes=(Quoted("evidence", "Checkout runs on a train"),))
    checked = worth_showing(Checked((claim,), (), 1, 0), job)
    assert len(checked.kept) + len(checked.dropped) == 1
    return checked.dropped[0].reason if checked.dropped else ""


@pytest.mark.parametrize(
    ("slot", "text", "reason"),
    [
        ("title", "No checkout without a train ever sees `stripe`", ""),
        ("capability", "Checkout is tested on a train, without a connection.", ""),
        ("title", "Only `shop/gateways/stripe` may import `stripe`", "word for word"),
        ("title", "Checkout runs on a train", "names nothing"),
        ("title", "`stripe` is used here", "does not happen"),
        ("title", "Only `stripe` " + "may be imported by one of them and by no other " * 3, "no title"),
        ("capability", "Only shop gateways stripe may import stripe", "says the hypothesis again"),
        ("capability", "Gärten wachsen langsam", "says nothing of it"),
        ("capability", "The gateway module can be imported to pay with stripe", "says nothing of it"),
        ("threat", "Is that a train?", "a question"),
        ("capability", "What the team or its users can do because of it", "told to do"),
    ],
)
def test_a_claim_about_a_hypothesis_says_something_of_it(slot: str, text: str, reason: str) -> None:
    why = left_out(SHARPEN, slot, text)

    assert reason in why
    assert bool(why) is bool(reason)


def test_a_proposal_in_words_that_stand_nowhere_is_left_out() -> None:
    assert (
        left_out(PROPOSE, "capability", "Gärten wachsen langsam") == "it has no word in common with what it was given"
    )


def test_what_was_said_once_is_not_shown_twice_but_a_title_may_say_what_a_facet_says() -> None:
    said = [Supported(slot, "Checkout runs on a train.") for slot in ("strategy", "threat", "title")]
    checked = worth_showing(Checked(tuple(said), (), 0, 0), PROPOSE)

    assert [claim.slot for claim in checked.kept] == ["strategy", "title"]
    assert checked.dropped[0].reason == "it was said already, as strategy"


def test_words_of_the_instructions_that_the_data_has_too_are_nobodys() -> None:
    told = jobs.propose(
        "folders", "README.md:3: This is a promise to users: a failure that must not come back.", "none"
    )

    assert left_out(PROPOSE, "strategy", "a failure that must not come back") == "it repeats what it was told to do"
    assert left_out(told, "strategy", "a failure that must not come back") == ""
