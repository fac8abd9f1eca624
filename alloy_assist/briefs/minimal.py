"""The minimal shape of a Formation Brief, a starting template in other words: to the full shape and back. Pure.

==========================================  ======================================
minimal                                     full
==========================================  ======================================
``brief_id``                                ``id``
``project``                                 ``project_id``
``source_intent.product|design|engineering``  ``mission.…_intent_refs``
``strategies_to_prefer``                    ``preferred_strategies``
``prompt_packs`` (phase -> id)              ``prompt_pack.phases`` (``summary`` -> ``summarization``)
``foundry_runtime.max_iterations|actions``  ``foundry.payload``
==========================================  ======================================

All other names are the same in both. What is not known is kept in either direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alloy_assist.briefs.model import BRIEF_SCHEMA

_RENAMED = {"brief_id": "id", "project": "project_id", "strategies_to_prefer": "preferred_strategies"}
_REFS = {"product": "product_intent_refs", "design": "design_intent_refs", "engineering": "engineering_intent_refs"}
_CONTROLS = ("entry_event", "throttle")
_PHASES = {"summary": "summarization"}


def is_minimal(body: Mapping[str, Any]) -> bool:
    """Return whether a body is in the minimal shape: it names a ``brief_id`` and no schema."""
    return "brief_id" in body and "schema_version" not in body


def from_minimal(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body of the minimal shape in the full shape."""
    full: dict[str, Any] = {"schema_version": BRIEF_SCHEMA}
    for key, value in body.items():
        if key == "source_intent" and isinstance(value, Mapping):
            continue
        if key == "prompt_packs" and isinstance(value, Mapping):
            full["prompt_pack"] = {"phases": {_PHASES.get(phase, phase): each for phase, each in value.items()}}
        elif key == "foundry_runtime" and isinstance(value, Mapping):
            controls = {name: value[name] for name in _CONTROLS if name in value}
            full["foundry"] = {
                **controls,
                "payload": {name: each for name, each in value.items() if name not in _CONTROLS},
            }
        else:
            full[_RENAMED.get(key, key)] = value
    sources = body.get("source_intent")
    if isinstance(sources, Mapping):
        refs = {_REFS[name]: value for name, value in sources.items() if name in _REFS}
        mission = full.get("mission")
        full["mission"] = {**(mission if isinstance(mission, Mapping) else {}), **refs}
    return full


def to_minimal(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body of the full shape in the minimal one; what the minimal shape has no name for keeps its own."""
    backwards = {new: old for old, new in _RENAMED.items()}
    minimal: dict[str, Any] = {}
    for key, value in body.items():
        if key == "schema_version":
            continue
        if key == "mission" and isinstance(value, Mapping):
            names = {new: old for old, new in _REFS.items()}
            minimal["mission"] = {name: each for name, each in value.items() if name not in names}
            minimal["source_intent"] = {names[name]: each for name, each in value.items() if name in names}
        elif key == "prompt_pack" and isinstance(value, Mapping) and "phases" in value:
            names = {new: old for old, new in _PHASES.items()}
            minimal["prompt_packs"] = {names.get(phase, phase): each for phase, each in value["phases"].items()}
        elif key == "foundry" and isinstance(value, Mapping):
            controls = {name: value[name] for name in _CONTROLS if name in value}
            minimal["foundry_runtime"] = {**controls, **value.get("payload", {})}
        else:
            minimal[backwards.get(key, key)] = value
    return minimal
