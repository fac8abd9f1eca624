"""The commands on records, as a person and as a script use them."""

from __future__ import annotations

import json
from collections.abc import Callable

import click
import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import hypothesis, intent
from fixtures.commands import CHECK, Alloy, create


def test_a_record_from_beginning_to_end(alloy: Alloy) -> None:
    assert create(alloy) == "alloy.intent.payment-providers"
    assert create(alloy) == "alloy.intent.payment-providers-2"
    assert alloy.json("intent", "accept", "payment-providers")["record"]["state"] == "accepted"
    assert (
        alloy.json("intent", "edit", "payment-providers", "--tradeoff", "a layer", "--reason", "asked")["record"][
            "version"
        ]
        == 3
    )
    assert "active" in alloy("intent", "activate", "payment-providers")
    assert "tradeoff: a layer" in alloy("intent", "show", "payment-providers")
    assert alloy.json("intent", "show", "payment-providers", "--version", "1")["record"]["state"] == "proposed"
    versions = alloy.json("intent", "history", "payment-providers")["versions"]
    assert [row["change"]["action"] for row in versions] == ["create", "accepted", "edit", "active"]
    assert "asked" in alloy("intent", "history", "payment-providers")
    alloy("intent", "supersede", "payment-providers", "--by", "payment-providers-2")
    assert (
        alloy.json("intent", "show", "payment-providers")["record"]["superseded_by"]
        == "alloy.intent.payment-providers-2"
    )


def test_exit_codes_say_what_went_wrong(alloy: Alloy) -> None:
    name = create(alloy)
    alloy("intent", "show", "nothing", code=3)
    alloy("intent", "activate", name, code=4)
    assert "can become accepted, deprecated" in alloy.error
    alloy("intent", "deprecate", name, code=4)
    assert "reason is needed" in alloy.error
    alloy("intent", "edit", name, code=2)
    alloy("intent", "edit", name, "--title", "x", "--expect-version", "7", code=4)
    alloy("intent", "create", " ", code=2)
    alloy("intent", "create", "x", "--id", "Not An Id", code=2)
    alloy("intent", "create", "x", "--scope", "../outside/", code=2)
    alloy("intent", "list", "--state", "nonsense", code=2)
    alloy("intent", "relate", name, "refines", "nothing", code=3)
    alloy("intent", "list", "--path", "/etc/passwd", code=2)
    answer = alloy.json("intent", "deprecate", name, code=4)
    assert answer["error"]["kind"] == "IllegalTransitionError"
    assert [row["version"] for row in alloy.json("intent", "list")["records"]] == [1]


def test_lists_and_searches(alloy: Alloy) -> None:
    name = create(alloy)
    create(
        alloy,
        "Other",
        "--strategy",
        "one adapter",
        "--evidence",
        "a test",
        "--family",
        "pure_core",
        "--severity",
        "high",
    )
    alloy("intent", "accept", name)

    def ids(*arguments: str) -> list[str]:
        return [row["id"].removeprefix("alloy.intent.") for row in alloy.json("intent", *arguments)["records"]]

    assert ids("list") == ["other", "payment-providers"]
    assert ids("list", "--state", "accepted") == ["payment-providers"]
    assert ids("list", "--path", "src/pay/stripe.py") == ["payment-providers"]
    assert ids("list", "--path", str(alloy.root / "src/pay/stripe.py")) == ["payment-providers"]
    assert ids("list", "--path", "src.pay.stripe") == ["payment-providers"]
    (alloy.root / "src" / "pay").mkdir(parents=True)
    assert ids("list", "--path", "src/pay") == ids("list", "--path", "src.pay") == ["payment-providers"]
    assert ids("list", "--path", "docs/x.md") == []
    assert (
        ids("list", "--strategy", "adapter")
        == ids("list", "--family", "pure_core")
        == ids("list", "--evidence", "proposed")
        == ["other"]
    )
    assert ids("list", "--limit", "1", "--offset", "1") == ["payment-providers"]
    assert sorted(ids("search", "replace")) == ["other", "payment-providers"]
    assert "No record fits" in alloy("intent", "search", "zzz")
    alloy("intent", "relate", "other", "applies_to", "lib/")
    alloy("intent", "relate", "other", "supports", "payment")
    assert ids("list", "--relation", "supports") == ["other"]


def test_waiving_evidence_is_kept_with_who_and_why(alloy: Alloy) -> None:
    name = create(alloy, "Waived", "--evidence", "a test")
    project = open_project(alloy.root)
    record = project.intents.waive(name, "evidence-1", "not before the rewrite", "2027-01-01")
    waiver = record.facets.evidence[0].waiver
    assert waiver is not None
    assert (record.facets.evidence[0].status, waiver.why, waiver.until) == (
        "waived",
        "not before the rewrite",
        "2027-01-01",
    )
    project.close()


def commands() -> list[tuple[str, click.Command]]:
    return [
        (f"{group.name} {name}", command)
        for group in (intent.group, hypothesis.group)
        for name, command in group.commands.items()
    ]


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_with_an_example(name: str, command: click.Command, alloy: Callable[..., str]) -> None:
    text = alloy(*name.split(), "--help")
    assert "Example:" in text
    assert f"alloy {name.split(maxsplit=1)[0]}" in text
    assert "--json" in text
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_a_check_is_added_to_the_evidence_and_never_twice(alloy: Alloy) -> None:
    alloy.json("intent", "create", "Rules stand alone", "--evidence", "review", "--check", json.dumps(CHECK))
    pattern = {
        "kind": "pattern_absent",
        "pattern": "eval\\(",
        "paths": ["**/*.py"],
        "statement": "nothing is evaluated",
    }

    for _ in range(2):
        alloy.json("intent", "edit", "rules-stand-alone", "--check", json.dumps(pattern))

    evidence = alloy.json("intent", "show", "rules-stand-alone")["record"]["facets"]["evidence"]
    assert [(item["kind"], item["status"], bool(item["check"])) for item in evidence] == [
        ("review", "proposed", False),
        ("check", "required", True),
        ("check", "required", True),
    ]
    assert evidence[1]["statement"] == "no file of `domain` imports `stripe`"
    assert evidence[2]["statement"] == "nothing is evaluated"
    assert len({item["id"] for item in evidence}) == 3


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"kind": "spell"}', '{"kind": "pattern_absent", "pattern": "x"}', "[" * 100_000]
)
def test_a_check_that_is_none_is_wrong_usage(alloy: Alloy, text: str) -> None:
    alloy("intent", "create", "Rules stand alone", "--check", text, code=2)

    assert "This is no check" in alloy.error
    assert alloy.json("intent", "list")["records"] == []
