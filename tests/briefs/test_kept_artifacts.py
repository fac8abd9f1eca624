"""What was once written is read and verifies for ever; what is compiled today reads as it is kept."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from alloy_assist.briefs.reading import model_of, read_json
from alloy_assist.briefs.verifying import check_bytes
from alloy_assist.errors import RefusedError
from alloy_assist.foundry.manifest import read_manifest
from alloy_assist.foundry.payloads import emit_arguments, emit_command, payload_for
from alloy_assist.foundry.request import KeyParts, branch_name, idempotency_key
from alloy_assist.operations.brief_checking import KNOWN
from alloy_assist.operations.schemas import published
from fixtures.artifacts import FOLDER, artifact_bytes
from fixtures.golden import PROMPTS, golden_prompts

KINDS = sorted(KNOWN)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kept_artifact_verifies_and_loses_nothing(kind: str) -> None:
    data = artifact_bytes(f"{kind}.v1.json")
    body, problems = check_bytes(data, kind, models=KNOWN)
    assert problems == ()
    assert body is not None
    jsonschema.Draft202012Validator(published(kind)).validate(body)
    model = model_of({**body, "later": [1, {"a": None}]}, kind, KNOWN)
    assert model.model_dump(mode="json", by_alias=True, exclude_unset=True) == {**body, "later": [1, {"a": None}]}
    flipped = data.replace(b'"id":"', b'"id":"x', 1)
    assert check_bytes(flipped, kind, models=KNOWN)[1]


def test_every_kind_is_kept() -> None:
    assert {path.name for path in FOLDER.glob("*.v1.json")} == {
        f"{kind}.v1.json" for kind in (*KINDS, "capability_manifest")
    }


def test_prompts_read_as_they_are_kept() -> None:
    kept = {path.stem: path.read_text(encoding="utf-8") for path in Path(PROMPTS).glob("*.md")}
    assert golden_prompts() == kept, "`python -m fixtures.golden` writes them again: look at the difference"


def test_the_key_of_a_request_is_over_its_seven_parts() -> None:
    request = read_json(artifact_bytes("foundry_execution_request.v1.json"), "request")
    parts = KeyParts(
        project=request["project_id"],
        revision=request["repository"]["revision"],
        brief_digest=request["brief"]["digest"],
        entry_event=request["entry_event"],
        payload=request["payload"],
        throttle=request["throttle"],
        requester=request["requester"],
    )
    assert idempotency_key(parts) == request["idempotency_key"]
    others = [
        KeyParts(
            "p", parts.revision, parts.brief_digest, parts.entry_event, parts.payload, parts.throttle, parts.requester
        ),
        KeyParts(
            parts.project, "r", parts.brief_digest, parts.entry_event, parts.payload, parts.throttle, parts.requester
        ),
        KeyParts(parts.project, parts.revision, "d", parts.entry_event, parts.payload, parts.throttle, parts.requester),
        KeyParts(
            parts.project, parts.revision, parts.brief_digest, "e", parts.payload, parts.throttle, parts.requester
        ),
        KeyParts(
            parts.project, parts.revision, parts.brief_digest, parts.entry_event, {}, parts.throttle, parts.requester
        ),
        KeyParts(
            parts.project, parts.revision, parts.brief_digest, parts.entry_event, parts.payload, "full", parts.requester
        ),
        KeyParts(
            parts.project, parts.revision, parts.brief_digest, parts.entry_event, parts.payload, parts.throttle, "q"
        ),
    ]
    assert len({idempotency_key(each) for each in (parts, *others)}) == 8


def test_payloads_are_those_that_the_installation_takes() -> None:
    manifest = read_manifest(artifact_bytes("capability_manifest.v1.json").decode(), "manifest")
    prompts = {"planning": "Plan.", "execution": "Do."}
    controls = {"strategic": True, "max_iterations": 5, "actions": {"iterate": True}}
    plain = payload_for("iteration_requested", controls, prompts, "alloy.brief.x")
    assert plain == {**controls, "strategic_prompt": "Plan.\nDo."}
    assert payload_for("prompt_execution_requested", {}, prompts, "alloy.brief.x") == {"prompt": "Do."}
    native = payload_for("iteration_requested", controls, prompts, "alloy.brief.x", manifest)
    assert native["formation_brief_id"] == "alloy.brief.x"
    with pytest.raises(RefusedError):
        payload_for("drop_tables", controls, prompts, "alloy.brief.x", manifest)


@pytest.mark.parametrize(
    "text", ['{"schema_version":"foundry.capability_manifest.v2"}', "[]", '{"throttles":1}', '{"a":1,"a":2}', "{"]
)
def test_a_manifest_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read_manifest(text, "manifest.json")


def test_the_command_line_is_quoted_for_any_prompt() -> None:
    import shlex

    payload = {"prompt": 'it\'s "$(rm -rf ~)" `x`\n\u2028 \x00 ü'}
    arguments = emit_arguments("prompt_execution_requested", "a b;c", "dry_run", payload, wait=True)
    assert tuple(shlex.split(emit_command(arguments))) == arguments
    assert json.loads(arguments[arguments.index("--payload") + 1]) == payload
    assert "\x00" not in emit_command(arguments)
    assert arguments[-1] == "--wait"


@pytest.mark.parametrize(
    ("project", "slug", "branch"),
    [
        ("shop", "pay", "alloy/shop/pay/01234567"),
        ("../..", "a..b", "alloy/x/a.b/01234567"),
        ("-x@{", "name.lock", "alloy/x/name/01234567"),
    ],
)
def test_branches_are_legal_references(project: str, slug: str, branch: str) -> None:
    assert branch_name(project, slug, "sha256:0123456789") == branch
