"""Elixir imports: modules by the name that defines them, Elixir's and Erlang's own, applications from ``mix.exs``."""

from __future__ import annotations

import re

from archaeology.facts import Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to

_DEPENDENCY = re.compile(r"\{\s*:(\w+)\s*,")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OWN = frozenset(
    """
    Access Agent Application ArgumentError ArithmeticError Atom Base Behaviour Bitwise Calendar Code Config Date DateTime Dict DynamicSupervisor
    EEx Enum Enumerable Collectable Inspect Exception ExUnit File Float Function GenEvent GenServer HashDict HashSet IEx IO Integer JSON Kernel
    Keyword List Logger Macro Map MapSet Mix Module NaiveDateTime Node OptionParser PartitionSupervisor Path Port Process Protocol
    Range Record Regex Registry RuntimeError Set Stream String StringIO Supervisor System Task Time Tuple URI Version
    """.split()
)


def resolve_elixir(project: Project) -> Resolved:
    """Return the edges of all Elixir files."""
    resolved = Resolved()
    modules: dict[str, str] = {}
    for path, facts in project.of_languages("elixir"):
        resolved.modules[path] = facts.package or path
        for definition in facts.definitions:
            if definition.kind in {"module", "protocol"}:
                modules.setdefault(definition.name, path)
    namespaces = {name.partition(".")[0] for name in modules}
    applications = _applications(project)
    for path, facts in project.of_languages("elixir"):
        for found in facts.imports:
            edge = _edge(path, found, modules, applications)
            if edge is None:
                resolved.unresolved += found.module.partition(".")[0] in namespaces
            elif edge.target != path:
                resolved.edges.append(edge)
    return resolved


def _edge(path: str, found: Import, modules: dict[str, str], applications: set[str]) -> ImportEdge | None:
    if found.module in modules:
        return edge_to(path, found, modules[found.module])
    first = found.module.partition(".")[0]
    if first in _OWN:
        return edge_out(path, found, first, stdlib=True)
    parts = [_underscored(part) for part in found.module.split(".")]
    for end in range(len(parts), 0, -1):
        application = "_".join(parts[:end])
        if application in applications:
            # `Plug.Swoosh` is what `swoosh` adds to `plug`.
            added = next((part for part in parts[end : end + 1] if part in applications), application)
            return edge_out(path, found, added)
    # What no dependency explains is a module of a macro's or a test's making, or one under an alias: nothing can be said.
    return None


def _applications(project: Project) -> set[str]:
    return {name for path in project.named("mix.exs") for name in _DEPENDENCY.findall(project.read_text(path) or "")}


def _underscored(name: str) -> str:
    return _CAPITAL.sub("_", name).lower()
