"""What today's Foundry accepts: two entry events, their payloads, and the command line that emits them. Pure."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any, Final

from alloy_assist.errors import RefusedError
from alloy_assist.foundry.manifest import CapabilityManifest

ITERATION: Final = "iteration_requested"
PROMPT: Final = "prompt_execution_requested"
_ASSUMED = frozenset({ITERATION, PROMPT})
_NATIVE = "formation_brief_reference"


def payload_for(
    entry_event: str,
    controls: Mapping[str, Any],
    prompts: Mapping[str, str],
    brief_id: str,
    manifest: CapabilityManifest | None = None,
) -> dict[str, Any]:
    """Return the payload of an entry event.

    ``controls`` is the payload of the brief's runtime controls; ``prompts`` maps a phase to its text. Without a manifest only what
    every installation takes is used. Raises RefusedError for an event that the installation does not offer.
    """
    offered = manifest.event_names() if manifest is not None and manifest.entry_events else _ASSUMED
    if entry_event not in offered or entry_event not in _ASSUMED:
        message = f"The event {entry_event!r} is not one that can be requested here."
        raise RefusedError(message, hint=f"There are: {', '.join(sorted(offered & _ASSUMED)) or 'none'}.")
    if entry_event == PROMPT:
        payload: dict[str, Any] = {"prompt": prompts["execution"]}
    else:
        payload = {
            "strategic": bool(controls.get("strategic", True)),
            "max_iterations": int(controls.get("max_iterations", 3)),
            "actions": dict(controls.get("actions", {})),
            "strategic_prompt": f"{prompts['planning']}\n{prompts['execution']}",
        }
    if manifest is not None and _NATIVE in manifest.features:
        payload["formation_brief_id"] = brief_id
    return payload


def emit_arguments(
    entry_event: str, project: str, throttle: str, payload: Mapping[str, Any], *, wait: bool = False
) -> tuple[str, ...]:
    """Return the argument vector of ``foundry emit``; the payload is one line of ASCII JSON."""
    text = json.dumps(payload, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    arguments = ("foundry", "emit", entry_event, "--project", project, "--throttle", throttle, "--payload", text)
    return (*arguments, "--wait") if wait else arguments


def emit_command(arguments: tuple[str, ...]) -> str:
    """Return a command line that a POSIX shell reads back as exactly these arguments."""
    return shlex.join(arguments)
