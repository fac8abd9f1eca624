"""C# imports: a using directive names a namespace; its edges reach the files of that namespace whose types are used.

Types are told by the names that the file constructs, calls or inherits from; where none of them is known, the edge reaches the
namespace's first file. Uses inside one namespace, and of namespaces around it, need no directive and make no edge. What a whole project
uses, every file of it may: :mod:`archaeology.imports.csharp_globals`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archaeology.facts import FileFacts, Import, ImportEdge
from archaeology.imports.csharp_globals import GlobalUsings
from archaeology.imports.project import Project, Resolved, edge_out, edge_to

_PLATFORM = ("System.", "Microsoft.CSharp.", "Microsoft.Win32.", "Microsoft.VisualBasic.", "Windows.")


def resolve_csharp(project: Project) -> Resolved:
    """Return the edges of all C# files."""
    resolved = Resolved()
    types: dict[str, dict[str, str]] = {}
    for path, facts in project.of_languages("csharp"):
        if facts.package:
            resolved.modules[path] = facts.package
            inside = types.setdefault(facts.package, {})
            for definition in facts.definitions:
                inside.setdefault(definition.name, path)
            inside.setdefault("", path)
    # Some declare types in the platform's namespaces; those do not become ours by it.
    own = {name.partition(".")[0] for name in types} - {"System", "Microsoft"}
    parents = {name[:index] for name in types for index, letter in enumerate(name) if letter == "."}
    everywhere = GlobalUsings(project, types)
    for path, facts in project.of_languages("csharp"):
        resolved.edges.extend(everywhere.edges(path, facts))
        used = set(_used(facts))
        for found in facts.imports:
            if found.reexport and found.module in types:
                continue  # said once for the whole project
            edges = list(_edges(path, found, types, used, facts.package or ""))
            resolved.edges.extend(edge for edge in edges if edge.target != path)
            if edges or found.module in parents:
                continue
            if found.module.partition(".")[0] in own and "." in found.module:
                resolved.unresolved += 1
            else:
                resolved.edges.append(
                    edge_out(path, found, _owner(found.module), stdlib=(found.module + ".").startswith(_PLATFORM))
                )
    return resolved


def _edges(
    path: str, found: Import, types: dict[str, dict[str, str]], used: set[str], package: str
) -> Iterator[ImportEdge]:
    inside = next((types[name] for name in _meanings(found.module, package) if name in types), None)
    if inside is not None:
        targets = sorted({inside[name] for name in used if name in inside}) or [inside[""]]
        for target in targets:
            yield edge_to(path, found, target)
        return
    # ``using static`` and aliases name a type.
    namespace, _, name = found.module.rpartition(".")
    if name in types.get(namespace, {}):
        yield edge_to(path, found, types[namespace][name])


def _meanings(module: str, package: str) -> Iterator[str]:
    """Yield what a namespace may mean: itself, or, written inside a namespace, one relative to it."""
    yield module
    while package:
        yield f"{package}.{module}"
        package = package.rpartition(".")[0]


def _used(facts: FileFacts) -> Iterator[str]:
    for call in facts.calls:
        yield call.target.partition(".")[0]
    for definition in facts.definitions:
        for base in definition.bases:
            yield base.partition("<")[0]
        yield from (decorator for decorator in definition.decorators)
        yield from (decorator + "Attribute" for decorator in definition.decorators)
    for found in facts.raises:
        yield found.type
    for caught in facts.catches:
        yield from caught.types


def _owner(module: str) -> str:
    """Return the first part of a namespace; of Microsoft's the first two."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "Microsoft" else parts[0]
