"""The published JSON Schemas (2020-12): made from the models, committed as files, and read from those files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from alloy_assist.errors import MissingError

NAMES: Final = (
    "alloy.formation_brief.v1",
    "alloy.prompt_pack.v1",
    "alloy.gate_overlay.v1",
    "alloy.evidence_plan.v1",
    "alloy.foundry_execution_request.v1",
    "alloy.foundry_run_result.v1",
    "alloy.evidence_observation.v1",
    "alloy.run_feedback.v1",
    "foundry.capability_manifest.v1",
)
"""Every schema that is published or read, in the order of the work."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published(name: str) -> dict[str, Any]:
    """Return a committed schema by its name, with or without ``alloy.`` and the version. Raises MissingError."""
    found = [known for known in NAMES if name in {known, known.removesuffix(".v1"), known.split(".")[1]}]
    if not found:
        message = f"There is no schema {name!r}."
        raise MissingError(message, hint=f"There are: {', '.join(NAMES)}.")
    text = (files("alloy_assist.briefs") / "schemas" / f"{found[0]}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def generated() -> dict[str, str]:
    """Return file name -> text of every schema, as the models say it now: what the committed files must hold."""
    return {f"{name}.json": _text(name, model) for name, model in _models().items()}


def _models() -> Mapping[str, type[BaseModel]]:
    from alloy_assist.briefs.reading import MODELS
    from alloy_assist.feedback.model import EvidenceObservation, RunFeedback
    from alloy_assist.foundry.manifest import CapabilityManifest
    from alloy_assist.foundry.request import ExecutionRequest
    from alloy_assist.foundry.result import RunResult

    ours = {f"alloy.{kind}.v1": model for kind, model in MODELS.items()}
    return {
        **ours,
        "alloy.foundry_execution_request.v1": ExecutionRequest,
        "alloy.foundry_run_result.v1": RunResult,
        "alloy.evidence_observation.v1": EvidenceObservation,
        "alloy.run_feedback.v1": RunFeedback,
        "foundry.capability_manifest.v1": CapabilityManifest,
    }


class _Published(GenerateJsonSchema):
    """Schemas of what is read: a field with a default may be left out, and no default is filled in by a validator."""

    schema_dialect = _DIALECT


def _text(name: str, model: type[BaseModel]) -> str:
    schema = model.model_json_schema(schema_generator=_Published, by_alias=True)
    required = [*schema.get("required", []), "schema_version"]
    whole = {"$schema": _DIALECT, "$id": f"urn:alloy-assist:schema:{name}", **schema, "required": sorted(set(required))}
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=True) + "\n"
