"""C# imports: a using directive names a namespace; its edges reach the files of that namespace whose types the importing file names.

A namespace may lie in several folders, so only a type tells which file is meant: one that the code names (also as a type argument, not in
its documentation), or whose extension methods it calls. Where none is found the edge reaches the namespace's first file if it lies in one
folder, and is not told otherwise. Types of the own namespace and those around it need no directive, and types named by the end of their
namespace (``Server.Worker``) none either: these make edges where they lie in another folder. What a whole project uses, every file of it
may: :mod:`archaeology.imports.csharp_globals`. What a project does not refer to none of its files means:
:mod:`archaeology.imports.csharp_projects`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archaeology.facts import FileFacts, Import, ImportEdge
from archaeology.imports.csharp_globals import GlobalUsings
from archaeology.imports.csharp_names import Mentions, around, mentions, qualified
from archaeology.imports.csharp_projects import DotNetProjects
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, parent

_PLATFORM = ("System.", "Microsoft.CSharp.", "Microsoft.Win32.", "Microsoft.VisualBasic.", "Windows.")
_EXTENSIONS = ("Extensions", "Extension")


@dataclass
class _Namespaces:
    """Of each namespace: its types, the methods of its classes of extensions, and its files."""

    types: dict[str, dict[str, str]] = field(default_factory=dict)
    extensions: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    files: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, path: str, package: str, facts: FileFacts) -> None:
        """Take in what a file declares."""
        inside = self.types.setdefault(package, {})
        for definition in facts.definitions:
            owner, _, name = definition.name.rpartition(".")
            inside.setdefault(definition.name, path)
            if definition.kind == "method" and owner.endswith(_EXTENSIONS):
                self.extensions[package][name].add(path)
        self.files[package].append(path)

    def only_folder(self, package: str) -> str | None:
        """The first file of a namespace that lies in one folder."""
        files = self.files[package]
        return files[0] if len({parent(path) for path in files}) == 1 else None


def resolve_csharp(project: Project) -> Resolved:
    """Return the edges of all C# files."""
    resolved = Resolved()
    known = _Namespaces()
    for path, facts in project.of_languages("csharp"):
        if facts.package:
            resolved.modules[path] = facts.package
            known.add(path, facts.package, facts)
    # Some declare types in the platform's namespaces; those do not become ours by it.
    own = {name.partition(".")[0] for name in known.types} - {"System", "Microsoft"}
    parents = {name[:index] for name in known.types for index, letter in enumerate(name) if letter == "."}
    everywhere = GlobalUsings(project, known.types)
    projects = DotNetProjects(project)
    for path, facts in project.of_languages("csharp"):
        # Of old versions only the lines of their imports were read; what they mention nobody knows.
        seen = mentions(project.read_text(path) or "") if facts.lines else Mentions()
        resolved.edges.extend(everywhere.edges(path, facts, seen))
        resolved.edges.extend(_without_using(path, facts, seen, known))
        for found in facts.imports:
            if found.reexport and found.module in known.types:
                continue  # said once for the whole project
            namespace = next(
                (name for name in _meanings(found.module, facts.package or "") if name in known.types), None
            )
            targets = _targets(found.module, namespace, seen, known)
            resolved.edges.extend(edge_to(path, found, target) for target in targets if target != path)
            if targets or found.module in parents:
                continue
            if namespace is not None or (found.module.partition(".")[0] in own and "." in found.module):
                resolved.unresolved += 1
            else:
                resolved.edges.append(
                    edge_out(path, found, _owner(found.module), stdlib=(found.module + ".").startswith(_PLATFORM))
                )
    resolved.edges = [
        edge for edge in resolved.edges if edge.target is None or projects.can_use(edge.source, edge.target)
    ]
    return resolved


def _targets(module: str, namespace: str | None, seen: Mentions, known: _Namespaces) -> list[str]:
    if namespace is None:
        # ``using static`` and aliases name a type.
        outer, _, name = module.rpartition(".")
        return [known.types[outer][name]] if name in known.types.get(outer, {}) else []
    types, extensions = known.types[namespace], known.extensions.get(namespace, {})
    targets = {target for name, target in _both(types, seen.first)}
    targets |= {target for name, target in _both(types, {f"{name}Attribute": 0 for name in seen.first})}
    if not targets:
        targets = {path for name in seen.members if name in extensions for path in extensions[name]}
    only = None if targets else known.only_folder(namespace)
    return sorted(targets) if only is None else [only]


def _without_using(path: str, facts: FileFacts, seen: Mentions, known: _Namespaces) -> Iterator[ImportEdge]:
    """The edges to types in other folders that need no directive."""
    package, folder = facts.package or "", parent(path)
    own = {definition.name.rpartition(".")[2] for definition in facts.definitions}
    found: dict[str, tuple[str, int]] = {}
    for namespace in around(package):
        types = known.types.get(namespace, {})
        for name, target in _both(types, seen.first):
            if name not in own and parent(target) != folder:
                found.setdefault(target, (namespace, seen.first[name]))
            own.add(name)  # the innermost namespace that has the name is meant
    for namespace, name, line in qualified(seen, package, known.types):
        target = known.types[namespace][name]
        if target != path:
            found.setdefault(target, (namespace, line))
    for target, (namespace, line) in sorted(found.items()):
        yield edge_to(path, Import(namespace, line), target)


def _both(types: Mapping[str, str], names: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the types that are among the names, with their files, by name."""
    for name in sorted(types.keys() & names.keys()):
        yield name, types[name]


def _meanings(module: str, package: str) -> Iterator[str]:
    """Yield what a namespace may mean: itself, or, written inside a namespace, one relative to it."""
    yield module
    while package:
        yield f"{package}.{module}"
        package = package.rpartition(".")[0]


def _owner(module: str) -> str:
    """Return the first part of a namespace; of Microsoft's the first two."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "Microsoft" else parts[0]
