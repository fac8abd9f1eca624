"""pre-commit hooks, CODEOWNERS and Foundry's gate file."""

from __future__ import annotations

from archaeology.facts import Gate
from archaeology.gates.source import Source

_HOUSEKEEPING = frozenset({"trailing-whitespace", "end-of-file-fixer", "mixed-line-ending", "fix-byte-order-marker"})
MAX_OWNER_RULES = 500


def read_pre_commit(source: Source) -> list[Gate]:
    """Read ``.pre-commit-config.yaml``: a gate for each hook, but those that only tidy white space."""
    gates: list[Gate] = []
    for repository in source.yaml.get("repos").each():
        for hook in repository.get("hooks").each():
            name = hook.get("id").text()
            if not name or name in _HOUSEKEEPING:
                continue
            stages = hook.first("stages").texts()
            entry = " ".join((hook.get("entry").text(), *hook.get("args").texts())).strip()
            gates.append(
                source.gate(
                    f"hook:pre-commit:{name}",
                    "hook",
                    hook.get("name").text() or name,
                    hook,
                    command=entry if hook.get("entry").text() else f"pre-commit run {name}",
                    strictness=hook.get("args").texts(),
                    required="manual" not in stages,
                )
            )
    return gates


def read_codeowners(source: Source) -> list[Gate]:
    """Read CODEOWNERS: a gate for each pattern with an owner."""
    gates: list[Gate] = []
    for number, line in enumerate(source.lines, start=1):
        words = line.split("#", 1)[0].split()
        if not words or words[0].startswith("["):
            continue
        owners = tuple(word for word in words[1:] if "@" in word)
        if owners and len(gates) < MAX_OWNER_RULES:
            gates.append(
                source.gate(
                    f"owners:{words[0]}",
                    "owners",
                    f"{words[0]} is reviewed by {', '.join(owners)}",
                    (number, number),
                    strictness=owners,
                )
            )
    return gates


def read_foundry_gates(source: Source) -> list[Gate]:
    """Read ``.hone-gates.json``: ``{"gates": [{"name", "command", "required", "timeout"}]}``."""
    gates: list[Gate] = []
    for number, gate in enumerate(source.json.get("gates").each(), start=1):
        name = gate.get("name").text() or str(number)
        timeout = gate.get("timeout").text()
        gates.append(
            source.gate(
                f"foundry:{name}",
                "foundry",
                name,
                gate,
                command=gate.get("command").text() or " ".join(gate.get("command").texts()),
                strictness=(f"timeout: {timeout} s",) if timeout else (),
                required=gate.get("required").flag(default=True),
            )
        )
    return gates
