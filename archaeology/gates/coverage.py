"""Coverage thresholds that stop a change, where no test runner's own settings hold them."""

from __future__ import annotations

import re

from archaeology.facts import Gate
from archaeology.gates.located import Node
from archaeology.gates.source import Source

_JACOCO = re.compile(r"<minimum>\s*(0?\.\d+|1\.0+|\d+%?)\s*</minimum>|minimum\s*=\s*[\"']?(0\.\d+)")


def read_jvm_coverage(source: Source) -> list[Gate]:
    """Read a minimum of JaCoCo or Kover from a build file by its words."""
    found = _JACOCO.search(source.text)
    if found is None or not re.search(r"jacoco|kover", source.text, re.IGNORECASE):
        return []
    line = source.text.count("\n", 0, found.start()) + 1
    least = found.group(1) or found.group(2)
    return [
        source.gate(
            f"coverage:jvm:{source.path}", "coverage", f"coverage at least {least}", (line, line), strictness=(least,)
        )
    ]


def read_codecov(source: Source) -> list[Gate]:
    """Read ``codecov.yml``: its targets; informational ones do not stop anything."""
    gates: list[Gate] = []
    for scope, status in source.yaml.get("coverage", "status").items():
        for name, settings in _statuses(status):
            target = settings.get("target").text()
            lines = " of changed lines" if scope == "patch" and target else ""
            required = not settings.get("informational").flag()
            gates.append(
                source.gate(
                    f"coverage:codecov:{scope}/{name}",
                    "coverage",
                    f"codecov {scope}: {target or 'auto'}",
                    status,
                    strictness=(f"target {target or 'auto'}{lines}",),
                    required=required,
                )
            )
    return gates


def _statuses(status: Node) -> list[tuple[str, Node]]:
    return list(status.items()) if status.is_mapping else [("default", status)] if status.flag() else []
