"""The whole main job without a terminal, in JSON: from a repository to a request for a run, and a changed byte that is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode
from fixtures.repositories import build_bland, build_checkout

ANSWERS = """\
- match: {{hypothesis: {hypothesis}, facet: capability}}
  choice: 1
- match: {{facet: threat}}
  choice: 1
- match: {{facet: expectation}}
  answer: we will add a second payment provider next year
- match: {{facet: tradeoff}}
  answer: a new field of a vendor takes one more change in the port
- match: {{facet: evidence}}
  choice: 1
- match: {{facet: summary}}
  action: accept
"""
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The checkout service."""
    return build_checkout(tmp_path / "checkout")


@pytest.fixture
def alloy(repository: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program on that repository with ``--json``: what it answers, after a look at its exit code."""

    def run(*arguments: str, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        found = app.main(["--repo", str(repository), "--json", *arguments])
        captured = capsys.readouterr()
        assert found == code, captured.err
        # An interview tells its turns one a line; its end is what counts here.
        document = json.loads(captured.out.splitlines()[-1] if arguments[0] == "interview" else captured.out)
        assert isinstance(document, dict)
        assert str(document["schema_version"]).startswith("alloy.")
        return document

    return run


def accepted_record(alloy: Run, tmp_path: Path) -> str:
    """Scan, and be interviewed about the port in front of the vendor until there is an accepted record; return its id."""
    survey = alloy("scan")
    assert survey["schema_version"] == "alloy.survey.v1"
    listed = alloy("hypothesis", "list")["hypotheses"]
    assert [each["id"] for each in listed] == [each["id"] for each in survey["hypotheses"]]
    (port,) = (each["id"] for each in listed if "`stripe` stays behind `PaymentGateway`" in each["title"])
    shown = json.dumps(alloy("hypothesis", "show", port))
    assert "src/checkout/ports/payment_gateway.py" in shown
    answers = tmp_path / "answers.yaml"
    answers.write_text(ANSWERS.format(hypothesis=port))
    end = alloy("interview", "--hypothesis", port, "--answers", str(answers))
    assert end["kind"] == "finished"
    return str(end["record_id"])


def compiled_brief(alloy: Run, record: str) -> str:
    """Take a brief with that record through review and approval until it is compiled; return its id."""
    created = alloy(
        "brief", "create", "--objective", "Add a second payment provider", "--record", record, "--done", "Both work"
    )
    brief = str(created["brief"]["id"])
    alloy("brief", "review", brief)
    refused = alloy("brief", "approve", brief, code=ExitCode.USAGE)["error"]
    assert "person's yes" in refused["message"]
    alloy("brief", "approve", brief, "--seen", "sha256:" + "0" * 64, code=ExitCode.REFUSED)
    alloy("brief", "approve", brief, "--seen", alloy("brief", "show", brief)["digest_shown"])
    alloy("brief", "compile", brief)
    assert alloy("brief", "show", brief)["brief"]["state"] == "compiled"
    return brief


def test_from_a_repository_to_a_request_and_a_changed_byte_is_noticed(
    alloy: Run, repository: Path, tmp_path: Path
) -> None:
    record = accepted_record(alloy, tmp_path)
    (listed,) = alloy("intent", "list")["records"]
    assert (listed["id"], listed["state"]) == (record, "accepted")
    assert listed["facets"]["expectation"] == "We will add a second payment provider next year."
    assert {each["kind"] for each in listed["citations"]} >= {"code", "interview"}

    brief = compiled_brief(alloy, record)
    alloy("brief", "verify", brief)
    bodies = {file: json.loads(file.read_bytes()) for file in (repository / ".alloy" / "briefs").glob("*.json")}
    ((exported, body),) = (each for each in bodies.items() if each[1]["schema_version"] == "alloy.formation_brief.v1")
    alloy("brief", "verify", str(exported))
    assert record in exported.read_text()

    request = alloy("request", "create", brief)
    assert body["digest"] in json.dumps(request)

    whole = exported.read_bytes()
    place = whole.index(b"second payment")
    exported.write_bytes(whole[:place] + b"S" + whole[place + 1 :])
    alloy("brief", "verify", str(exported), code=ExitCode.NOT_SO)
    exported.write_bytes(whole)
    alloy("brief", "verify", str(exported))


def test_what_is_only_hypothesized_reaches_no_brief(alloy: Run, tmp_path: Path) -> None:
    del tmp_path
    alloy("scan")
    (best, *_) = alloy("hypothesis", "list")["hypotheses"]
    alloy("brief", "create", "--objective", "Anything", "--record", best["id"], code=ExitCode.NOT_FOUND)
    empty = alloy("brief", "create", "--objective", "Anything")["brief"]["id"]
    alloy("brief", "review", empty, code=ExitCode.REFUSED)
    alloy("brief", "compile", empty, code=ExitCode.REFUSED)
    alloy("request", "create", empty, code=ExitCode.REFUSED)


def test_a_rejected_hypothesis_is_not_proposed_again(alloy: Run) -> None:
    alloy("scan")
    (best, *_) = alloy("hypothesis", "list")["hypotheses"]
    alloy("hypothesis", "reject", best["id"], "--reason", "nobody meant it")
    alloy("scan", "--no-cache")
    again = {each["id"]: each["decision"] for each in alloy("hypothesis", "list")["hypotheses"]}
    assert again.get(best["id"], "rejected") == "rejected"


def test_a_bland_repository_has_nothing_to_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bland = build_bland(tmp_path / "bland")
    assert app.main(["--repo", str(bland), "--json", "scan"]) == 0
    assert json.loads(capsys.readouterr().out)["hypotheses"] == []
    (tmp_path / "answers.json").write_text("[]")
    answers = ["interview", "--answers", str(tmp_path / "answers.json"), "--json"]
    assert app.main(["--repo", str(bland), *answers]) == ExitCode.NOT_FOUND
    assert "--mode reject" in json.loads(capsys.readouterr().out)["error"]["hint"]
