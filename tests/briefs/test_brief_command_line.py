"""The worked example of a brief, rebuilt from records with the real commands and held against it field by field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.briefs.reading import read_yaml
from alloy_assist.cli.app import main
from fixtures.artifacts import artifact_bytes
from fixtures.briefing import build_shop

EXAMPLE = read_yaml(artifact_bytes("formation_brief.v1.worked_example.yaml"), "example.yaml")
RECORDS: dict[str, dict[str, list[str]]] = {
    "payment-provider-gateway": {
        "capability": [EXAMPLE["protected_capabilities"][0]["statement"]],
        "threat": [EXAMPLE["threats_to_watch"][0]],
        "strategy": [EXAMPLE["preferred_strategies"][0]],
        "forbid": [EXAMPLE["forbidden_moves"][0], EXAMPLE["forbidden_moves"][2]],
        "tradeoff": [EXAMPLE["tradeoffs"][0]],
        "evidence": [EXAMPLE["evidence_plan"]["required"][1], EXAMPLE["evidence_plan"]["required"][3]],
    },
    "liveview-functional-core": {
        "capability": [EXAMPLE["protected_capabilities"][1]["statement"]],
        "threat": [EXAMPLE["threats_to_watch"][2]],
        "strategy": [EXAMPLE["preferred_strategies"][1]],
        "forbid": [EXAMPLE["forbidden_moves"][1]],
        "tradeoff": [EXAMPLE["tradeoffs"][1]],
        "evidence": [EXAMPLE["evidence_plan"]["required"][0]],
    },
    "typed-domain-errors": {
        "threat": [EXAMPLE["threats_to_watch"][1]],
        "strategy": [EXAMPLE["preferred_strategies"][2]],
        "evidence": [EXAMPLE["evidence_plan"]["required"][2]],
    },
}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(build_shop(tmp_path / "shop"))
    monkeypatch.setenv("ALLOY_ACTOR", EXAMPLE["created_by"])

    def call(*arguments: str, code: int = 0) -> dict[str, Any]:
        found = main([*arguments, "--json", "--no-input"])
        captured = capsys.readouterr()
        assert found == code, captured.err
        document: dict[str, Any] = json.loads(captured.out)
        assert document["schema_version"]
        return document

    return call


def rebuild(run: Any) -> dict[str, Any]:
    for name, facets in RECORDS.items():
        options = [word for option, values in facets.items() for value in values for word in (f"--{option}", value)]
        run("intent", "create", name, "--id", f"alloy.intent.{name}", "--accept", *options)
    _require_all_evidence(run)
    mission, foundry = EXAMPLE["mission"], EXAMPLE["foundry"]
    row = run(
        "brief", "create", "--objective", mission["objective"], "--project", EXAMPLE["project_id"],
        "--product", mission["product_intent_refs"][0], "--design", mission["design_intent_refs"][0],
        "--throttle", foundry["throttle"], *[word for name in RECORDS for word in ("--record", name)],
    )["brief"]  # fmt: skip
    run("brief", "review", row["id"])
    seen = run("brief", "show", row["id"])["digest_shown"]
    run("brief", "approve", row["id"], "--seen", seen)
    done = run("brief", "compile", row["id"])
    (path,) = [
        each for each in done["files"] if each.endswith(".json") and "/briefs/" in each and "evidence" not in each
    ]
    assert run("brief", "verify", path)["ok"]
    assert run("brief", "verify", row["slug"])["ok"]
    brief: dict[str, Any] = json.loads(Path(path).read_text())
    return brief


def _require_all_evidence(run: Any) -> None:
    """As a team does it in its editor: export the records, change the files, import them again."""
    run("intent", "export", "--to", ".alloy/projections/records")
    for path in sorted(Path(".alloy/projections/records").rglob("*.yaml")):
        path.write_text(re.sub(r"(?m)^( +)- (id: evidence-.*)$", r"\1- \2\n\1  status: required", path.read_text()))
    run("intent", "import", ".alloy/projections/records")


def test_the_worked_example_is_rebuilt_from_records(run: Any) -> None:
    brief = rebuild(run)
    same = ("schema_version", "version", "project_id", "created_by", "status", "foundry", "feedback_hooks")
    assert {name: brief[name] for name in same} == {name: EXAMPLE[name] for name in same}
    # Kinds of the same thing, with values of their own: what is compiled has an id from its content and real digests.
    assert brief["id"].startswith("alloy.brief.")
    assert len(brief["digest"]) == len("sha256:") + 64
    assert set(brief["prompt_pack"]) == set(EXAMPLE["prompt_pack"])
    mission = {name: sorted(value) if isinstance(value, list) else value for name, value in EXAMPLE["mission"].items()}
    assert {name: brief["mission"][name] for name in mission} == mission
    for section in ("threats_to_watch", "preferred_strategies", "forbidden_moves", "tradeoffs"):
        assert sorted(line["statement"] for line in brief[section]) == sorted(EXAMPLE[section]), section
    capabilities = [each["statement"] for each in EXAMPLE["protected_capabilities"]]
    assert sorted(each["statement"] for each in brief["protected_capabilities"]) == sorted(capabilities)
    plan = brief["evidence_plan"]
    assert sorted(each["statement"] for each in plan["required"]) == sorted(EXAMPLE["evidence_plan"]["required"])
    assert set(EXAMPLE) <= set(brief)


def test_exit_codes_say_what_happened(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    brief = rebuild(run)
    name = brief["id"].removeprefix("alloy.brief.")
    pinned = Path(f".alloy/briefs/{name}.json")
    pinned.write_bytes(pinned.read_bytes().replace(b"stacey", b"stacie"))
    assert main(["brief", "verify", str(pinned)]) == 1
    assert main(["brief", "verify", "no-such-brief"]) == 3
    assert main(["brief", "show", "no-such-brief"]) == 3
    assert main(["brief", "compile", name[:20]]) == 4
    assert main(["brief", "create"]) == 2
    assert main(["brief", "approve", name[:20], "--no-input"]) == 2
    assert main(["request", "show", "nothing"]) == 3
    assert main(["schema", "nothing"]) == 3
    capsys.readouterr()


def test_schemas_are_printed_as_they_are_published(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(run("schema")["schemas"]) == 9
    assert main(["schema", "formation_brief"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("schema", "prompt_pack")["schema"]["title"] == "PromptPack"


def test_commands_for_people_print_no_control_characters(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(
        "intent",
        "create",
        "Odd \x1b]52;c;AAAA\x07 one",
        "--id",
        "alloy.intent.odd",
        "--accept",
        "--forbid",
        "Not \u202e this",
    )
    run("brief", "create", "--objective", "Odd \x1b[31m objective \x9b2J", "--record", "odd")
    for arguments in (["brief", "list"], ["brief", "show", "odd"], ["brief", "candidates", "odd \x1b[0m"]):
        assert main([*arguments, "--no-input"]) == 0
        out = capsys.readouterr().out
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(out)
    assert main(["brief", "show", "odd", "--document", "prompt pack: execution"]) == 0
    assert "# Do: Odd" in capsys.readouterr().out


def test_requests_templates_and_differences_have_commands(run: Any, tmp_path: Path) -> None:
    brief = rebuild(run)
    name = brief["id"].removeprefix("alloy.brief.")[:20]
    made = run("request", "create", name)
    assert made["command"].startswith(
        "foundry emit iteration_requested --project checkout-service --throttle dry_run --payload "
    )
    assert run("request", "create", name, code=4)["error"]["kind"] == "RefusedError"
    assert run("request", "list")["requests"] == [made["request"]]
    assert run("request", "show", made["request"]["id"])["command"] == made["command"]
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"schema_version":"foundry.capability_manifest.v2"}')
    assert run("request", "create", name, "--manifest", str(manifest), code=4)["error"]["hint"]
    assert run("brief", "template", "create", "next", "--from", name)["path"] == ".alloy/briefs/templates/next.yaml"
    assert run("brief", "template", "list")["templates"] == ["next"]
    assert run("brief", "template", "show", "next")["fields"]["throttle"] == "dry_run"
    other = run("brief", "create", "--objective", "Refund it", "--template", "next")["brief"]
    prompt = tmp_path / "prompt.md"
    prompt.write_text("Do it well.\n")
    run("brief", "edit-prompt", "refund-it", "execution", "--file", str(prompt), "--reason", "shorter")
    run("brief", "edit", other["id"], "--done", "A refund arrives.")
    told = run("brief", "diff", name, "refund-it")["differences"]
    assert "It is done when was added: A refund arrives." in told
    assert any("execution was edited by stacey" in line for line in told)
    assert {item["action"] for item in run("brief", "export", name, "--dry-run")["files"]} == {"unchanged"}
