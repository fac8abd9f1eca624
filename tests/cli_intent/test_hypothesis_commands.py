"""The commands on hypotheses: shown without control characters, decided, and confirmed only by a person."""

from __future__ import annotations

import pytest

from alloy_assist.operations.hypotheses import record_from
from fixtures.commands import CHECK, CITATION, Alloy, guess
from store.records import Facets


def test_hypotheses_are_shown_and_decided(mined: Alloy) -> None:
    rows = mined.json("hypothesis", "list")["hypotheses"]
    assert [row["id"] for row in rows] == ["hyp-1", "hyp-2"]
    shown = mined("hypothesis", "show", "hyp-1")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "against: one import in 2021" in shown
    assert "+0.30  held: for 90 commits" in shown
    mined("hypothesis", "show", "hyp", code=3)
    mined("hypothesis", "reject", "hyp-2", code=2)
    assert mined.json("hypothesis", "defer", "hyp-2")["hypothesis"]["decision"] == "deferred"
    assert mined.json("hypothesis", "reject", "hyp-2", "--reason", "no")["hypothesis"]["decision_reason"] == "no"
    assert [row["id"] for row in mined.json("hypothesis", "list")["hypotheses"]] == ["hyp-1"]
    assert [row["id"] for row in mined.json("hypothesis", "list", "--decision", "rejected")["hypotheses"]] == ["hyp-2"]
    assert mined.json("hypothesis", "reopen", "hyp-2")["hypothesis"]["decision"] == "open"


def test_a_confirmed_hypothesis_is_an_accepted_record_with_what_was_seen(mined: Alloy) -> None:
    record = mined.json("hypothesis", "confirm", "hyp-1", "--tradeoff", "one adapter more", "--reason", "yes")["record"]
    assert (record["state"], record["origin"]["hypothesis"], record["scope"]) == (
        "accepted",
        "hyp-1",
        ["shop/domain/**"],
    )
    assert record["facets"]["capability"] == "the domain is testable alone"
    assert record["facets"]["tradeoff"] == "one adapter more"
    assert record["facets"]["evidence"][0]["check"] == CHECK
    assert record["citations"] == [{"kind": "code", "body": CITATION}]
    assert mined.json("hypothesis", "show", "hyp-1")["hypothesis"]["record_id"] == record["id"]
    mined("hypothesis", "confirm", "hyp-1", code=4)
    assert "confirmed already" in mined.error
    assert len(mined.json("intent", "list")["records"]) == 1


def test_an_agent_cannot_confirm(mined: Alloy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOY_ACTOR", "agent:helper")
    mined("hypothesis", "confirm", "hyp-1", code=4)
    assert mined.json("intent", "list")["records"] == []
    assert mined.json("hypothesis", "show", "hyp-1")["hypothesis"]["decision"] == "open"


def test_a_hypothesis_without_a_check_says_only_what_was_seen() -> None:
    record = record_from(guess(check=None, possible_intent={}, subject=["os"]), Facets(), "Another title")
    assert (record.id, record.facets, record.scope, record.forbidden_moves) == (
        "alloy.intent.another-title",
        Facets(),
        (),
        (),
    )
