"""Artifacts on disk: kept examples load for ever, every changed byte is noticed, hostile input is refused by name."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from jsonschema.protocols import Validator

from alloy_assist.briefs.compiling import compile_brief
from alloy_assist.briefs.errors import MalformedArtifactError, UnknownVersionError
from alloy_assist.briefs.family import GateOverlay
from alloy_assist.briefs.markdown import brief_markdown
from alloy_assist.briefs.minimal import from_minimal, to_minimal
from alloy_assist.briefs.model import FormationBrief
from alloy_assist.briefs.parts import statement_of, to_body
from alloy_assist.briefs.reading import load_brief, read_json, read_yaml
from alloy_assist.briefs.sealing import pinned_bytes, sealed
from alloy_assist.briefs.verifying import check_bytes
from alloy_assist.briefs.views import brief_yaml, exported_files
from alloy_assist.errors import MissingError
from alloy_assist.operations.schemas import NAMES, generated, published
from fixtures.artifacts import FOLDER, artifact_bytes
from fixtures.briefing import errors_record, gateway_record, selection_of, snapshot_of

EXAMPLE = "formation_brief.v1.worked_example.yaml"
MINIMAL = "formation_brief.minimal.json"
ACT = {"created_at": "2026-06-06T10:00:00+00:00", "created_by": "stacey", "status": "compiled"}


def bodies() -> dict[str, dict[str, Any]]:
    records = gateway_record(), errors_record()
    done = compile_brief("Take payments", "take-payments", selection_of(*records), snapshot_of(*records))
    return {**done.bodies, "formation_brief": sealed(done.bodies["formation_brief"], ACT)}


def test_the_worked_example_loads_and_round_trips() -> None:
    data = artifact_bytes(EXAMPLE)
    brief = load_brief(data, EXAMPLE)
    assert brief.id == "brief_01HZ_CHECKOUT_PAYMENT"
    assert brief.created_at == "2026-06-06T10:00:00-04:00"
    assert statement_of(brief.preferred_strategies[1]) == "Functional Core / Imperative Shell."
    assert brief.foundry is not None
    assert brief.foundry.payload["actions"] == {"iterate": True, "maintain": False}
    body = read_yaml(data, EXAMPLE)
    assert to_body(brief) == body
    assert read_yaml(brief_yaml(body, "again").encode(), "again.yaml") == body
    assert list(to_body(brief)) == list(body)


def test_the_minimal_shape_loads_and_round_trips() -> None:
    data = artifact_bytes(MINIMAL)
    body = read_json(data, MINIMAL)
    brief = load_brief(data, MINIMAL)
    assert (brief.id, brief.project_id) == ("alloy.brief.example", "example-project")
    assert brief.prompt_pack is not None
    assert brief.prompt_pack.phases["summarization"] == "alloy.prompt.summary.example"
    assert brief.foundry is not None
    assert brief.foundry.payload["max_iterations"] == 3
    assert to_minimal(from_minimal(body)) == body
    assert to_minimal(to_body(brief)) == body


def test_kept_artifacts_are_never_removed() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.suffix in {".json", ".yaml"}} >= {EXAMPLE, MINIMAL}


def test_fields_of_a_later_version_are_kept() -> None:
    body = read_yaml(artifact_bytes(EXAMPLE), EXAMPLE)
    body["mission"]["mood"] = {"calm": [1, 2.5, None]}
    body["schema_version"] = "alloy.formation_brief.v1.7"
    body["later"] = "kept"
    brief = load_brief(json.dumps(body).encode(), "later.json")
    assert to_body(brief) == body


@pytest.mark.parametrize("kind", ["formation_brief", "prompt_pack", "gate_overlay", "evidence_plan"])
def test_every_flipped_byte_is_noticed(kind: str) -> None:
    data = pinned_bytes(bodies()[kind])
    assert check_bytes(data, kind)[1] == ()
    # Every byte of the beginning and the end, and a sample of what lies between (a step that is prime to any layout).
    places = [*range(120), *range(120, len(data) - 60, 97), *range(len(data) - 60, len(data))]
    for place in places:
        for mask in (0x01, 0x20) if place < 120 else (0x01,):
            flipped = bytearray(data)
            flipped[place] ^= mask
            assert check_bytes(bytes(flipped), kind)[1], (place, mask)
    assert check_bytes(data[:-1], kind)[1]
    assert check_bytes(data + b"\n", kind)[1]


@pytest.mark.parametrize("field", ["created_at", "created_by", "status"])
def test_what_names_the_act_is_sealed_too(field: str) -> None:
    body = {**bodies()["formation_brief"], field: "somebody else"}
    assert any("seal" in problem for problem in check_bytes(pinned_bytes(body), "brief")[1])


def test_bytes_that_are_known_to_be_others_are_not_parsed() -> None:
    body, problems = check_bytes(b"{" * 100_000, "brief.json", expected="sha256:" + "0" * 64)
    assert body is None
    assert "bytes are not those that were written" in problems[0]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b'{"schema_version":"alloy.formation_brief.v1","id":"a","id":"b"}', "there twice"),
        (b'{"a":NaN}', "NaN"),
        (b'{"a":-Infinity}', "Infinity"),
        (b'{"a":1e999}', "too large"),
        (b'{"a":9007199254740993}', "canonical"),
        (b'{"a":' + b"9" * 5000 + b"}", "refused"),
        (b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}", "nested too deeply"),
        (b'{"a":"\\ud800"}', "canonical"),
        (b'{"a":"' + b"x" * 2_000_000 + b'"}', "most"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "no object"),
        (b"{", "line 1"),
        (b"", "line 1"),
    ],
)
def test_hostile_json_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(MalformedArtifactError, match=named):
        read_json(data, "hostile.json")


@pytest.mark.parametrize(
    "text", ["a: &x [1]\nb: *x\n", "a: 1\na: 2\n", "a: !!python/object:os.system {}\n", "--- 1\n--- 2\n"]
)
def test_hostile_yaml_is_refused(text: str) -> None:
    with pytest.raises(MalformedArtifactError):
        read_yaml(text.encode(), "hostile.yaml")


def test_another_major_version_is_refused_by_name() -> None:
    with pytest.raises(UnknownVersionError, match=r"alloy\.formation_brief\.v2"):
        load_brief(b'{"schema_version":"alloy.formation_brief.v2"}', "newer.json")
    with pytest.raises(MalformedArtifactError, match="not an artifact"):
        load_brief(b'{"schema_version":"somebody.else.v1"}', "other.json")


def test_schemas_are_those_that_the_models_say() -> None:
    assert {f"{name}.json" for name in NAMES} == set(generated())
    for name in NAMES:
        assert json.dumps(published(name), indent=2, sort_keys=True) + "\n" == generated()[f"{name}.json"]
    with pytest.raises(MissingError):
        published("nothing")


def test_what_is_compiled_is_what_the_schemas_say() -> None:
    for kind, body in bodies().items():
        schema = published(kind)
        validator: Validator = jsonschema.Draft202012Validator(schema)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator.validate(body)
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**body, "schema_version": f"alloy.{kind}.v2"})
    jsonschema.Draft202012Validator(published("formation_brief")).validate(read_yaml(artifact_bytes(EXAMPLE), EXAMPLE))


def test_the_yaml_view_says_what_the_json_says() -> None:
    body = bodies()["formation_brief"]
    tricky = {**body, "mission": {**body["mission"], "objective": "yes: no # 1e3 'null' - \u202e\n  two: lines"}}
    assert read_yaml(brief_yaml(tricky, "x").encode(), "x.yaml") == tricky


def test_the_export_lists_the_hash_of_every_file() -> None:
    files = exported_files("name", bodies())
    listed = files[".alloy/briefs/name.sha256"].decode().splitlines()
    assert len(listed) == len(files) - 1
    assert ".alloy/prompts/name/execution.md" in files
    gates = json.loads(files[".alloy/gates/name.foundry.json"])
    assert set(gates["gates"][0]) == {"name", "command", "required", "timeout"}


def test_the_reviewers_page_escapes_what_comes_from_data() -> None:
    record = gateway_record(forbidden_moves=("<script>alert(1)</script> [x](http://y) \x1b[2J",))
    done = compile_brief("Take *payments*", "x", selection_of(record), snapshot_of(record))
    page = brief_markdown(
        FormationBrief.model_validate(done.bodies["formation_brief"]),
        GateOverlay.model_validate(done.bodies["gate_overlay"]),
        done.findings,
    )
    assert "<script>" not in page
    assert "[x](http" not in page
    assert "\x1b" not in page
    assert "Take \\*payments\\*" in page
