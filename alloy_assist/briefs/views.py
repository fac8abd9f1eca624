"""Views of artifacts: YAML, the gate file that Foundry reads, and the files that are exported. Pure."""

from __future__ import annotations

import hashlib
import io
import json
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML

from alloy_assist.briefs.family import GateMode, GateOverlay, PromptPack
from alloy_assist.briefs.markdown import brief_markdown
from alloy_assist.briefs.model import FormationBrief
from alloy_assist.briefs.parts import to_body
from alloy_assist.briefs.sealing import pinned_bytes
from archaeology.text import visible

_VIEW = "# A view of {name}.json, which is what is pinned. Made by Alloy Assist; changes here have no effect.\n"


def brief_yaml(body: Mapping[str, Any], name: str) -> str:
    """Return a brief as YAML in reading order."""
    ordered = to_body(FormationBrief.model_validate(body))
    stream = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment] # declared as None, meant as a switch
    yaml.width = 120
    yaml.dump(ordered, stream)
    return _VIEW.format(name=name) + stream.getvalue()


def foundry_gates(overlay: GateOverlay) -> str:
    """Return the gate file that Foundry reads: name, command as one line for a shell, whether it is required, timeout in seconds."""
    gates = [
        {
            "name": visible(gate.id),
            "command": shlex.join(gate.command),
            "required": gate.mode is not GateMode.ADVISORY,
            "timeout": gate.timeout_seconds,
        }
        for gate in overlay.gates
    ]
    return json.dumps({"gates": gates}, indent=2, ensure_ascii=True) + "\n"


def exported_files(name: str, bodies: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """Return every file of a compiled brief: path relative to the root of the repository -> content.

    ``<name>.sha256`` lists the digests of all others in the form that ``sha256sum --check`` reads.
    """
    brief = FormationBrief.model_validate(bodies["formation_brief"])
    pack = PromptPack.model_validate(bodies["prompt_pack"])
    overlay = GateOverlay.model_validate(bodies["gate_overlay"])
    files = {
        f".alloy/briefs/{name}.json": pinned_bytes(bodies["formation_brief"]),
        f".alloy/briefs/{name}.yaml": brief_yaml(bodies["formation_brief"], name).encode(),
        f".alloy/briefs/{name}.md": brief_markdown(brief, overlay).encode(),
        f".alloy/briefs/{name}.evidence.json": pinned_bytes(bodies["evidence_plan"]),
        f".alloy/prompts/{name}.json": pinned_bytes(bodies["prompt_pack"]),
        f".alloy/gates/{name}.json": pinned_bytes(bodies["gate_overlay"]),
        f".alloy/gates/{name}.foundry.json": foundry_gates(overlay).encode(),
    }
    for prompt in pack.prompts:
        files[f".alloy/prompts/{name}/{prompt.phase}.md"] = prompt.text.encode("utf-8", "backslashreplace")
    for gate in overlay.gates:
        files.update({each.path: each.text.encode() for each in gate.files})
    files[manifest_path(name)] = _manifest(files.items())
    return files


def manifest_path(name: str) -> str:
    """Return where the list of a brief's files is kept."""
    return f".alloy/briefs/{name}.sha256"


def read_manifest(text: str) -> dict[str, str]:
    """Return path -> hexadecimal SHA-256 from a list of files; lines that name no file of an export are passed over."""
    pairs = (line.split("  ", 1) for line in text.splitlines() if "  " in line)
    return {path: digest for digest, path in pairs if path.startswith(".alloy/") and ".." not in path.split("/")}


def _manifest(files: Iterable[tuple[str, bytes]]) -> bytes:
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files)).encode()
