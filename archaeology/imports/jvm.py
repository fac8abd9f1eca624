"""Java and Kotlin imports: classes of the repository by their full name, the platform, other people's packages.

Code uses classes of its own package without importing them: such uses make edges where the class lies in another folder, as packages are
spread over modules and source sets. What a file of Kotlin declares outside classes is found by the file's name, too. A wildcard reaches the files of the package whose
classes or functions the code names. A name that another project of the build has in the same package may come from a wildcard of
somebody else's package, and then no edge is made. Where none is found, and where a name is generated or not seen, the package's first file stands for
it if the package lies in one folder; a package may be spread over several modules, and then nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archaeology.facts import FileFacts, Flag, Import, ImportEdge
from archaeology.imports.jvm_owners import Owners, is_platform
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, join, parent

_ASIDE = re.compile(
    r"/\*.*?(?:\*/|\Z)|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"?|^[ \t]*(?:import|package)\b[^\n]*", re.DOTALL | re.MULTILINE
)
_WORD = re.compile(r"[^\W\d]\w*")
_BUILDS = ("build.gradle.kts", "build.gradle", "pom.xml")


def resolve_jvm(project: Project) -> Resolved:
    """Return the edges of all Java and Kotlin files."""
    resolved = Resolved()
    names = _Names()
    for path, facts in project.of_languages("java", "kotlin"):
        package, stem = facts.package or "", path.rpartition("/")[2].rpartition(".")[0]
        resolved.modules[path] = _dotted(package, stem)
        names.files.setdefault(package, []).append(path)
        inside = names.inside.setdefault(package, {})
        for definition in facts.definitions:
            names.classes.setdefault(_dotted(package, definition.name), path)
            inside.setdefault(definition.name, path)
        if path.endswith(".kt"):
            names.kotlin.setdefault(_dotted(package, stem), path)
            names.kotlin.setdefault(_dotted(package, f"{stem}Kt"), path)
    owners = Owners(project, ((path, package) for package, files in names.files.items() for path in files))
    for path, facts in project.of_languages("java", "kotlin"):
        reached: set[str] = {path}
        for found in facts.imports:
            edges = _edges(project, path, found, names, owners)
            resolved.unresolved += not edges
            resolved.edges.extend(edge for edge in edges if edge.target != path)
            reached.update(edge.target for edge in edges if edge.target is not None)
        resolved.edges.extend(edge for edge in _beside(project, path, facts, names) if edge.target not in reached)
    return resolved


@dataclass
class _Names:
    """Files by the full names of what they define; of each package its files, and these by the names of what they define.

    ``kotlin`` are files by the names under which Java knows what they declare outside classes.
    """

    classes: dict[str, str] = field(default_factory=dict)
    kotlin: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, dict[str, str]] = field(default_factory=dict)

    def only_folder(self, package: str) -> list[str]:
        """The first file of a package that lies in one folder, else nothing."""
        files = self.files[package]
        return files[:1] if len({parent(path) for path in files}) == 1 else []


def _edges(project: Project, path: str, found: Import, names: _Names, owners: Owners) -> list[ImportEdge]:
    target = _declared(found, names)
    if target is not None:
        return [edge_to(path, found, target)]
    if found.names == ("*",) and found.module in names.files:
        targets = _named(project.read_text(path) or "", names.inside.get(found.module, {}))
        return [edge_to(path, found, target) for target in targets or names.only_folder(found.module)]
    if is_platform(found.module):
        return [edge_out(path, found, ".".join(found.module.split(".")[:2]), stdlib=True)]
    external = owners.external(found.module, is_package=found.names == ("*",))
    if external is not None:
        return [edge_out(path, found, external)]
    # Something that is generated, or that the query does not see.
    package = found.module.rpartition(".")[0]
    return [edge_to(path, found, target) for target in names.only_folder(package)] if package in names.files else []


def _declared(found: Import, names: _Names) -> str | None:
    """The file that declares what is imported: a class, what lies in one, or what a file of Kotlin has outside classes."""
    package = found.module.rpartition(".")[0]
    of_kotlin = names.inside.get(package, {}) if found.module not in names.classes else {}
    for name in found.names:
        if name in of_kotlin:
            return of_kotlin[name]
    name = found.module
    while name:
        if name in names.classes:
            return names.classes[name]
        if name in names.kotlin:
            return names.kotlin[name]
        name = name.rpartition(".")[0]
    return None


def _beside(project: Project, path: str, facts: FileFacts, names: _Names) -> Iterator[ImportEdge]:
    """The edges to classes of the same package that lie in another folder, and so in another module or set of sources."""
    package, folder = facts.package or "", parent(path)
    elsewhere = {
        name: target
        for name, target in names.inside.get(package, {}).items()
        if name[:1].isupper()
        and "." not in name
        and parent(target) != folder
        and (Flag.TEST not in project.files[target].flags or Flag.TEST in project.files[path].flags)
    }
    if any(found.names == ("*",) and found.module not in names.files for found in facts.imports):
        # What such a wildcard brings nobody knows here, and the package of another project may not even be seen from this one.
        build = _build_of(project, folder)
        elsewhere = {name: target for name, target in elsewhere.items() if _build_of(project, parent(target)) == build}
    # Of old versions only the lines of their imports were read; what they mention nobody knows.
    if not package or not elsewhere or not facts.lines:
        return
    own = {definition.name.partition(".")[0] for definition in facts.definitions}
    taken = {found.alias or found.module.rpartition(".")[2] for found in facts.imports}
    text = _ASIDE.sub(_as_many_lines, project.read_text(path) or "")
    first: dict[str, int] = {}
    for match in _WORD.finditer(text):
        target = elsewhere.get(match[0])
        if target is not None and target not in first and match[0] not in own and match[0] not in taken:
            first[target] = text.count("\n", 0, match.start()) + 1
    for target, line in sorted(first.items()):
        yield edge_to(path, Import(package, line), target)


def _build_of(project: Project, folder: str) -> str:
    """The nearest folder at or above this one that holds a project of the build; the root where none does."""
    while folder and not any(join(folder, name) in project.files for name in _BUILDS):
        folder = parent(folder)
    return folder


def _as_many_lines(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


def _named(text: str, inside: Mapping[str, str]) -> list[str]:
    """The files of a package that define what a text names outside its imports, comments and texts."""
    words = set(_WORD.findall(_ASIDE.sub(" ", text)))
    return sorted({target for name, target in inside.items() if name in words})


def _dotted(package: str, name: str) -> str:
    return f"{package}.{name}" if package else name
