"""Reading artifacts that anybody may have written: strictly as data first, then as what their schema says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from alloy_assist.briefs.errors import MalformedArtifactError, UnknownVersionError
from alloy_assist.briefs.family import EvidencePlan, GateOverlay, PromptPack
from alloy_assist.briefs.minimal import from_minimal, is_minimal
from alloy_assist.briefs.model import FormationBrief
from alloy_assist.briefs.parts import Part
from alloy_assist.briefs.sealing import pinned_bytes
from store.errors import ImportRefusedError
from store.exchange.documents import LARGEST, parse_json, parse_yaml

MODELS: Final[Mapping[str, type[Part]]] = {
    "formation_brief": FormationBrief,
    "prompt_pack": PromptPack,
    "gate_overlay": GateOverlay,
    "evidence_plan": EvidencePlan,
}
"""Kind of artifact -> its model at the major version that is written."""

_SCHEMA = re.compile(r"alloy\.([a-z_]+)\.v([0-9]{1,6})(\.[0-9]{1,6})?")
_MAJOR = "1"
M = TypeVar("M", bound=BaseModel)


def read_json(data: bytes, source: str) -> dict[str, Any]:
    """Return the object in JSON bytes.

    Raises MalformedArtifactError for anything but one object in UTF-8 with each key once, finite numbers, whole numbers within 2**53,
    valid Unicode, at most 40 levels and a mebibyte.
    """
    body = _object(_strict(parse_json, _text(data, source), source), source)
    pinned_bytes(body)  # refuses what has no canonical form: large integers, lone surrogates
    return body


def read_yaml(data: bytes, source: str) -> dict[str, Any]:
    """Return the object in YAML bytes, which may use no more than JSON can say. Raises MalformedArtifactError."""
    body = _object(_strict(parse_yaml, _text(data, source), source), source)
    pinned_bytes(body)
    return body


def kind_of(body: Mapping[str, Any], source: str, models: Mapping[str, type[BaseModel]] = MODELS) -> str:
    """Return which kind of artifact it is, of those that are known. Raises MalformedArtifactError, or UnknownVersionError for another major version."""
    if is_minimal(body):
        return "formation_brief"
    named = body.get("schema_version")
    match = _SCHEMA.fullmatch(named) if isinstance(named, str) else None
    if match is None or match[1] not in models:
        message = f"{source!r} is not an artifact that is known here: its schema_version is {named!r}."
        raise MalformedArtifactError(message, hint="`alloy schema` lists what is known.")
    if match[2] != _MAJOR:
        message = f"{source!r} is written in {named!r}; this version reads v{_MAJOR}."
        raise UnknownVersionError(message, hint="Use the version of Alloy Assist that wrote it, or a newer one.")
    return match[1]


def model_of(body: Mapping[str, Any], source: str, models: Mapping[str, type[BaseModel]] = MODELS) -> BaseModel:
    """Return an artifact as its model; fields that are not known are kept. Raises as :func:`kind_of` does."""
    kind = kind_of(body, source, models)
    given = from_minimal(body) if is_minimal(body) else body
    return validated(models[kind], given, source)


def load_brief(data: bytes, source: str) -> FormationBrief:
    """Return a Formation Brief from JSON or YAML, in the full or the minimal shape; its digest is not looked at."""
    body = read_yaml(data, source) if source.endswith((".yaml", ".yml")) else read_json(data, source)
    found = model_of(body, source)
    if not isinstance(found, FormationBrief):
        message = f"{source!r} is no Formation Brief but {body.get('schema_version')!r}."
        raise MalformedArtifactError(message)
    return found


def validated(model: type[M], body: Mapping[str, Any], source: str) -> M:
    """Return plain data as a model. Raises MalformedArtifactError naming the first field that is wrong."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        message = f"{source!r} is not what its schema says, at {place!r}: {first['msg']}"
        raise MalformedArtifactError(message, hint=f"{error.error_count()} such places.") from error


def _text(data: bytes, source: str) -> str:
    if len(data) > 4 * LARGEST:
        message = f"{source!r} has {len(data)} bytes: too large for an artifact."
        raise MalformedArtifactError(message)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{source!r} is not UTF-8 at byte {error.start}."
        raise MalformedArtifactError(message) from error


def _strict(parse: Any, text: str, source: str) -> Any:
    try:
        return parse(text, source)
    except ImportRefusedError as error:
        raise MalformedArtifactError(str(error), hint="Nothing was taken from it.") from error


def _object(value: Any, source: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    message = f"{source!r} is not an artifact: it holds no object."
    raise MalformedArtifactError(message)
