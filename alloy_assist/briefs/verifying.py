"""Whether an artifact is what was compiled: its exact bytes first, then its digest, its seal, its schema. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from alloy_assist.briefs.errors import ArtifactError
from alloy_assist.briefs.reading import MODELS, kind_of, model_of, read_json
from alloy_assist.briefs.sealing import content_digest, pinned_bytes, seal_of
from store.identity import digest_of_bytes

REFERENCES: Mapping[str, str] = {
    "prompt_pack": "prompt_pack",
    "gate_overlay": "gate_overlay",
    "evidence_plan": "evidence_plan",
}
"""Field of a brief that names an artifact -> the kind of that artifact."""


def check_bytes(
    data: bytes, source: str, expected: str | None = None, models: Mapping[str, type[BaseModel]] = MODELS
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the body in pinned bytes and what is wrong with it; no body where it cannot be read.

    ``expected`` is the digest of the bytes, where it is known from elsewhere: bytes that differ are not even parsed.
    """
    if expected is not None and digest_of_bytes(data) != expected:
        return None, (f"{source}: the bytes are not those that were written ({expected} is expected).",)
    try:
        body = read_json(data, source)
        kind = kind_of(body, source, models)
    except ArtifactError as error:
        return None, (str(error),)
    problems = []
    if pinned_bytes(body) != data:
        problems.append(f"{source}: the bytes are not in the canonical form in which artifacts are pinned.")
    problems += check_digest(body, source)
    if kind == "formation_brief" and body.get("seal") != seal_of(body):
        problems.append(f"{source}: the seal does not fit: something in it was changed after it was compiled.")
    try:
        model_of(body, source, models)
    except ArtifactError as error:
        problems.append(str(error))
    return body, tuple(problems)


def check_digest(body: Mapping[str, Any], source: str) -> list[str]:
    """Return a problem if a body does not have the digest that it names."""
    named, found = body.get("digest"), content_digest(body)
    return [] if named == found else [f"{source}: it names the digest {named!r}, and its content has {found!r}."]


def check_reference(brief: Mapping[str, Any], field: str, body: Mapping[str, Any] | None) -> list[str]:
    """Return a problem if what a brief refers to is missing or is something else."""
    wanted = brief.get(field)
    if not isinstance(wanted, Mapping) or not wanted.get("digest"):
        return [f"The brief does not name its {field}."]
    if body is None:
        return [f"The {field} {wanted['digest']} that the brief names is not there."]
    if body.get("digest") != wanted["digest"] or body.get("id") != wanted.get("id"):
        return [f"The brief names the {field} {wanted['digest']}, and {body.get('digest')} is there."]
    return []
