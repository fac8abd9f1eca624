"""Execution requests: made from a compiled brief, refused where something has moved, and never twice by accident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alloy_assist.briefs.family import PromptPack
from alloy_assist.briefs.model import FormationBrief
from alloy_assist.briefs.parts import to_body
from alloy_assist.briefs.reading import read_json
from alloy_assist.briefs.sealing import pinned_bytes, with_digest
from alloy_assist.errors import MissingError, RefusedError
from alloy_assist.foundry.contract import ArtifactReference, BriefReference
from alloy_assist.foundry.manifest import CapabilityManifest
from alloy_assist.foundry.payloads import emit_arguments, emit_command, payload_for
from alloy_assist.foundry.request import (
    REQUEST_SCHEMA,
    ExecutionRequest,
    KeyParts,
    Override,
    Reporting,
    RepositoryReference,
    branch_name,
    idempotency_key,
)
from store.records import Actor
from store.runs import BriefRow

if TYPE_CHECKING:
    from store.database import Store

KIND = "foundry_execution_request"


@dataclass(frozen=True)
class Requested:
    """A request, its exact document, and the command line that hands it to Foundry today."""

    request: ExecutionRequest
    body: Mapping[str, Any]
    command: str


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be run: ``throttle`` and ``entry_event`` default to what the brief says."""

    throttle: str | None = None
    entry_event: str | None = None
    override: str = ""
    manifest: CapabilityManifest | None = None
    wait: bool = False


@dataclass(frozen=True)
class Ground:
    """What a request stands on: the row, its artifacts' bodies, where the repository is now, who asks, when, and a new id."""

    row: BriefRow
    bodies: Mapping[str, Mapping[str, Any]]
    revision: str | None
    actor: Actor
    now: str
    new_id: str


def build_request(ground: Ground, wish: Wish, used: Mapping[str, str]) -> ExecutionRequest:
    """Return a request. ``used`` maps the keys of earlier requests to their ids. Pure. Raises RefusedError, naming what is in the way."""
    brief = FormationBrief.model_validate(ground.bodies["formation_brief"])
    pack = PromptPack.model_validate(ground.bodies["prompt_pack"])
    controls = brief.foundry
    if controls is None or brief.source is None or brief.prompt_pack is None or brief.gate_overlay is None:
        message = f"The brief {brief.id!r} says nothing about how it is to be run."
        raise RefusedError(message)
    throttle = wish.throttle or controls.throttle
    _check_allowed(ground, throttle, brief.source.repository_revision, wish.manifest)
    prompts = {prompt.phase: prompt.text for prompt in pack.prompts}
    event = wish.entry_event or controls.entry_event
    payload = payload_for(event, controls.payload, prompts, brief.id, wish.manifest)
    revision = str(brief.source.repository_revision)
    parts = KeyParts(brief.project_id, revision, str(brief.digest), event, payload, throttle, ground.actor.name)
    key = idempotency_key(parts)
    override = _override(key, used, wish.override, ground.actor)
    branch = branch_name(brief.project_id, ground.row.slug, key) if throttle == "full" else None
    return ExecutionRequest.model_validate(
        {
            "schema_version": REQUEST_SCHEMA,
            "id": f"request_{ground.new_id}",
            "created_at": ground.now,
            "project_id": brief.project_id,
            "requester": ground.actor.name,
            "brief": BriefReference(id=brief.id, version=brief.version, digest=str(brief.digest)),
            "prompt_pack": ArtifactReference(id=str(brief.prompt_pack.id), digest=str(brief.prompt_pack.digest)),
            "gate_overlay": ArtifactReference(id=brief.gate_overlay.id, digest=brief.gate_overlay.digest),
            "repository": RepositoryReference(revision=revision, branch=branch),
            "entry_event": event,
            "payload": payload,
            "throttle": throttle,
            "approval": {name: value for name, value in (ground.row.approval or {}).items() if name != "made_of"},
            "idempotency_key": key,
            "reporting": Reporting(
                correlation_id=f"request_{ground.new_id}", result_schema="alloy.foundry_run_result.v1"
            ),
            **({"override": override} if override else {}),
        }
    )


def keep_request(request: ExecutionRequest, store: Store) -> Requested:
    """Keep a request as an artifact."""
    body = with_digest(to_body(request))
    store.artifacts.put_bytes(KIND, REQUEST_SCHEMA, body["digest"], pinned_bytes(body))
    return requested(body)


def requested(body: Mapping[str, Any], *, wait: bool = False) -> Requested:
    """Return a kept request with its command line."""
    request = ExecutionRequest.model_validate(body)
    arguments = emit_arguments(request.entry_event, request.project_id, request.throttle, request.payload, wait=wait)
    return Requested(request, body, emit_command(arguments))


def kept_requests(store: Store) -> tuple[dict[str, Any], ...]:
    """Return the bodies of all requests, the first first. Raises DigestMismatchError."""
    return tuple(read_json(artifact.body, artifact.digest) for artifact in store.artifacts.list(KIND))


def find_request(store: Store, name: str) -> Requested:
    """Return the one request whose id starts with a text. Raises MissingError."""
    found = [body for body in kept_requests(store) if name and str(body["id"]).startswith(name)]
    if len(found) != 1:
        message = f"There is no request {name!r}." if not found else f"{name!r} could be {len(found)} requests."
        raise MissingError(message, hint="`alloy request list` shows what there is.")
    return requested(found[0])


def _check_allowed(ground: Ground, throttle: str, compiled_at: str | None, manifest: CapabilityManifest | None) -> None:
    mode = (ground.row.approval or {}).get("mode")
    if throttle == "full" and mode != "mutating":
        message = f"The brief {ground.row.slug!r} is approved for {mode or 'nothing'}, and the throttle 'full' changes the repository."
        raise RefusedError(message, hint="Make a new brief and have it approved with `--mode mutating`.")
    if compiled_at is None:
        message = f"The brief {ground.row.slug!r} was compiled without a commit: there is nothing that a run could start from."
        raise RefusedError(message)
    if ground.revision != compiled_at:
        now = (ground.revision or "no commit")[:12]
        message = f"The repository has moved: the brief is for {compiled_at[:12]}, and HEAD is {now}."
        raise RefusedError(message, hint="Compile a new brief, or check out the commit that this one is for.")
    if manifest is not None and manifest.throttles and throttle not in manifest.throttles:
        message = f"This Foundry does not offer the throttle {throttle!r}."
        raise RefusedError(message, hint=f"There are: {', '.join(manifest.throttles)}.")


def _override(key: str, used: Mapping[str, str], reason: str, actor: Actor) -> Override | None:
    if key not in used:
        return None
    if not reason.strip():
        message = f"The same run was requested before, as {used[key]!r}."
        raise RefusedError(message, hint="Give a reason with --override if it is to be run again.")
    return Override(by=actor.name, reason=reason.strip(), of=used[key])
