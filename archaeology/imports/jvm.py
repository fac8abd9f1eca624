"""Java and Kotlin imports: classes of the repository by their full name, the platform, other people's packages.

Code uses classes of its own package without importing them; such uses make no edge. A wildcard reaches the files of the package whose
classes or functions the code names. Where none is found, and where a name is generated or not seen, the package's first file stands for
it if the package lies in one folder; a package may be spread over several modules, and then nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from archaeology.facts import Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, parent

_PLATFORM = ("java.", "jdk.", "sun.", "com.sun.", "org.w3c.dom", "org.xml.sax", "kotlin.", "javax.crypto", "javax.net", "javax.swing",
             "javax.sql", "javax.xml.parsers", "javax.xml.transform", "javax.management", "javax.naming", "javax.security",
             "javax.script", "javax.imageio", "javax.sound", "javax.print", "javax.tools", "javax.lang", "javax.annotation.processing")  # fmt: skip
# Owners of so many libraries that two parts of a name say too little.
_SHARED = frozenset(
    {
        "com.google",
        "com.fasterxml",
        "org.apache",
        "com.amazonaws",
        "io.github",
        "com.github",
        "com.squareup",
        "org.eclipse",
        "androidx.compose",
        "org.jetbrains",
        "software.amazon",
    }
)
# First parts that say nothing about whose the package is.
_DOMAINS = frozenset(
    {
        "com",
        "org",
        "net",
        "dev",
        "app",
        "edu",
        "gov",
        "info",
        "tech",
        "cloud",
        "jakarta",
        "javax",
        "android",
        "androidx",
        "kotlinx",
        "software",
    }
)
_COUNTRY = 2
_ASIDE = re.compile(
    r"/\*.*?(?:\*/|\Z)|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"?|^[ \t]*(?:import|package)\b[^\n]*", re.DOTALL | re.MULTILINE
)
_WORD = re.compile(r"[^\W\d]\w*")


def resolve_jvm(project: Project) -> Resolved:
    """Return the edges of all Java and Kotlin files."""
    resolved = Resolved()
    names = _Names()
    for path, facts in project.of_languages("java", "kotlin"):
        package = facts.package or ""
        resolved.modules[path] = _dotted(package, path.rpartition("/")[2].rpartition(".")[0])
        names.files.setdefault(package, []).append(path)
        for definition in facts.definitions:
            names.classes.setdefault(_dotted(package, definition.name), path)
            names.inside.setdefault(package, {}).setdefault(definition.name, path)
    own = {_owner(package) for package in names.files if package}
    for path, facts in project.of_languages("java", "kotlin"):
        for found in facts.imports:
            edges = _edges(project, path, found, names)
            # What a build generates in our own packages is nobody else's.
            ours = [edge for edge in edges if edge.external is None or edge.stdlib or edge.external not in own]
            resolved.unresolved += not ours
            resolved.edges.extend(edge for edge in ours if edge.target != path)
    return resolved


@dataclass
class _Names:
    """Files by the full names of what they define; of each package its files, and these by the names of what they define."""

    classes: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, dict[str, str]] = field(default_factory=dict)

    def only_folder(self, package: str) -> list[str]:
        """The first file of a package that lies in one folder, else nothing."""
        files = self.files[package]
        return files[:1] if len({parent(path) for path in files}) == 1 else []


def _edges(project: Project, path: str, found: Import, names: _Names) -> list[ImportEdge]:
    name = found.module
    while name:
        if name in names.classes:
            return [edge_to(path, found, names.classes[name])]
        name = name.rpartition(".")[0]
    if found.names == ("*",) and found.module in names.files:
        targets = _named(project.read_text(path) or "", names.inside.get(found.module, {}))
        return [edge_to(path, found, target) for target in targets or names.only_folder(found.module)]
    if (found.module + ".").startswith(_PLATFORM):
        return [edge_out(path, found, ".".join(found.module.split(".")[:2]), stdlib=True)]
    package = found.module.rpartition(".")[0]
    if package in names.files:
        # Something that is generated, or that the query does not see.
        return [edge_to(path, found, target) for target in names.only_folder(package)]
    return [edge_out(path, found, _owner(found.module if found.names == ("*",) else package or found.module))]


def _named(text: str, inside: Mapping[str, str]) -> list[str]:
    """The files of a package that define what a text names outside its imports, comments and texts."""
    words = set(_WORD.findall(_ASIDE.sub(" ", text)))
    return sorted({target for name, target in inside.items() if name in words})


def _owner(module: str) -> str:
    """Return the leading parts of a package that tell whose it is: ``org.springframework``, ``com.google.gson``, ``okio``."""
    parts = [part for part in module.split(".") if not part[:1].isupper()] or module.split(".")[:1]
    if parts[0] not in _DOMAINS and len(parts[0]) > _COUNTRY:
        return parts[0]
    return ".".join(parts[: 3 if ".".join(parts[:2]) in _SHARED else 2])


def _dotted(package: str, name: str) -> str:
    return f"{package}.{name}" if package else name
