"""The commands on records and hypotheses, as a person and as a script use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import app, hypothesis, intent
from alloy_assist.operations.hypotheses import record_from
from fixtures.builder import RepositoryBuilder
from store.interviews import StoredHypothesis
from store.records import Facets
from store.runs import ScanRow

CHECK = {
    "kind": "import_boundary",
    "sources": [{"module": "shop.domain", "path": "shop/domain/", "external": False}],
    "forbidden": [{"module": "stripe", "path": None, "external": True}],
    "except": [],
    "indirect": False,
}
CITATION = {
    "kind": "code",
    "path": "shop/domain/pay.py",
    "start_line": 1,
    "end_line": 2,
    "quote": "x \x1b[31m",
    "blob": "b",
    "quote_sha256": "q",
}


class Alloy:
    """Runs the program on a repository and gives what it said."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        self.error = ""

    def __call__(self, *arguments: str, code: int = 0) -> str:
        self._capsys.readouterr()
        found = app.main(["--repo", str(self.root), *arguments])
        said = self._capsys.readouterr()
        self.error = said.err
        assert found == code, said.err
        return said.out

    def json(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        answer = json.loads(self(*arguments, "--json", code=code))
        assert isinstance(answer, dict)
        assert answer["schema_version"].startswith("alloy.")
        return answer


@pytest.fixture
def alloy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Alloy:
    builder = RepositoryBuilder(tmp_path / "repo")
    builder.write("README.md", "hello\n").commit("begin", "mara")
    return Alloy(tmp_path / "repo", capsys)


def guess(name: str = "hyp-1", **fields: Any) -> StoredHypothesis:
    body = {
        "possible_intent": {
            "capability": "the domain is testable alone",
            "strategy": "no SDK in the domain",
            "evidence": ["tests"],
        },
        "rationale": [{"label": "held", "detail": "for 90 commits", "effect": 0.3}],
        "counter_evidence": [{"summary": "one import in 2021"}],
        "questions": ["what would break?"],
        "check": CHECK,
        "subject": ["shop/domain/"],
        **fields,
    }
    observation = {"id": "o1", "category": "structural", "summary": "no \u202e import", "citations": [CITATION]}
    return StoredHypothesis(
        id=name,
        title=f"The domain never imports stripe ({name})",
        family="vendor_isolation",
        confidence=0.8,
        rank=1,
        body=body,
        observations=(observation,),
        evidence_digest="sha256:e",
    )


@pytest.fixture
def mined(alloy: Alloy) -> Alloy:
    project = open_project(alloy.root)
    project.store().hypotheses.sync(ScanRow(id="s1", at="t", head=None), [guess("hyp-1"), guess("hyp-2")])
    project.close()
    return alloy


def create(alloy: Alloy, title: str = "Payment providers", *more: str) -> str:
    record = alloy.json("intent", "create", title, "--capability", "replaceable", "--scope", "src/pay/", *more)[
        "record"
    ]
    return str(record["id"])


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


def test_records_go_out_and_come_in(alloy: Alloy, tmp_path: Path) -> None:
    name = create(alloy)
    alloy("intent", "accept", name)
    assert "1 of 1 file(s) written" in alloy("intent", "export")
    assert "up to date" in alloy("intent", "export")
    path = alloy.root / ".alloy" / "projections" / "intent" / "payment-providers.yaml"
    text = path.read_text()
    path.write_text("# ours, do not touch\n" + text.replace("title: Payment providers", "title: Providers"))
    assert [item["action"] for item in alloy.json("intent", "import", str(path.parent), "--dry-run")["items"]] == [
        "update"
    ]
    assert alloy.json("intent", "show", name)["record"]["version"] == 2
    assert alloy.json("intent", "import", str(path))["written"] is True
    assert alloy.json("intent", "show", name)["record"]["title"] == "Providers"
    alloy("intent", "export")
    assert path.read_text().startswith("# ours, do not touch\nschema_version:")

    elsewhere = RepositoryBuilder(tmp_path / "other")
    elsewhere.write("x", "x").commit("x", "mara")
    other = tmp_path / "other"
    assert app.main(["--repo", str(other), "intent", "import", str(path.parent)]) == 0
    project = open_project(other)
    assert project.intents.show("payment").state == "accepted"
    project.close()


def test_conflicts_are_listed_and_nothing_is_written(alloy: Alloy) -> None:
    name = create(alloy)
    alloy("intent", "export")
    path = alloy.root / ".alloy" / "projections" / "intent" / "payment-providers.yaml"
    path.write_text(path.read_text().replace("title: Payment providers", "title: Theirs"))
    alloy("intent", "edit", name, "--title", "Ours")
    create(alloy, "Unrelated")
    said = alloy("intent", "import", str(path), code=4)
    for part in ("conflict", "title", "base: Payment providers", "ours: Ours", "theirs: Theirs"):
        assert part in said
    answer = alloy.json("intent", "import", str(path), code=4)
    assert answer["written"] is False
    assert answer["items"][0]["conflicts"] == [
        {"field": "title", "base": "Payment providers", "ours": "Ours", "theirs": "Theirs"}
    ]
    alloy("intent", "import", str(path), "--take", "ours")
    assert alloy.json("intent", "show", name)["record"]["title"] == "Ours"
    alloy("intent", "import", str(path), "--take", "theirs")
    assert alloy.json("intent", "show", name)["record"]["title"] == "Theirs"


def test_what_cannot_be_imported(alloy: Alloy, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    for content in (b"a: &a [*a]\n", b"", b"\xff\xfe", b"id: x\nid: y\n"):
        bad.write_bytes(content)
        alloy("intent", "import", str(bad), code=2 if content == b"\xff\xfe" else 4)
        assert "bad.yaml" in alloy.error
    alloy("intent", "import", str(tmp_path / "none.yaml"), code=3)
    assert alloy.json("intent", "list")["records"] == []


def test_the_block_for_agents_asks_before_it_writes_outside(alloy: Alloy) -> None:
    alloy("intent", "accept", create(alloy))
    target = alloy.root / "AGENTS.md"
    target.write_text("# Mine\r\n\r\nkept\r\n")
    alloy("intent", "export", "--format", "agents", "--to", str(target), code=2)
    assert "+- " in alloy.error
    assert target.read_bytes() == b"# Mine\r\n\r\nkept\r\n"
    alloy("intent", "export", "--format", "agents", "--to", str(target), "--dry-run")
    assert target.read_bytes() == b"# Mine\r\n\r\nkept\r\n"
    alloy("intent", "export", "--format", "agents", "--to", str(target), "--yes")
    assert target.read_bytes().startswith(b"# Mine\r\n\r\nkept\r\n\n<!-- alloy:intent:begin -->")
    assert "up to date" in alloy("intent", "export", "--format", "agents", "--to", str(target))
    alloy("intent", "export", "--format", "markdown")
    assert "## Payment providers" in (alloy.root / ".alloy" / "projections" / "INTENT.md").read_text()


def test_links_are_not_written_through(alloy: Alloy, tmp_path: Path) -> None:
    create(alloy)
    outside = tmp_path / "outside"
    outside.mkdir()
    (alloy.root / ".alloy" / "projections").symlink_to(outside)
    alloy("intent", "export", code=4)
    assert "leads elsewhere" in alloy.error
    assert list(outside.iterdir()) == []
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (alloy.root / "AGENTS.md").symlink_to(victim)
    alloy("intent", "export", "--format", "agents", "--to", str(alloy.root / "AGENTS.md"), "--yes", code=4)
    assert victim.read_text() == "mine"


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
