"""Java and Kotlin imports: classes of the repository by their full name, the platform, other people's packages.

Code uses classes of its own package without importing them; such uses make no edge. A wildcard reaches the first file of the package.
"""

from __future__ import annotations

from archaeology.facts import Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to

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


def resolve_jvm(project: Project) -> Resolved:
    """Return the edges of all Java and Kotlin files."""
    resolved = Resolved()
    classes: dict[str, str] = {}
    packages: dict[str, str] = {}
    for path, facts in project.of_languages("java", "kotlin"):
        package = facts.package or ""
        resolved.modules[path] = _dotted(package, path.rpartition("/")[2].rpartition(".")[0])
        packages.setdefault(package, path)
        for definition in facts.definitions:
            classes.setdefault(_dotted(package, definition.name), path)
    own = {_owner(package) for package in packages if package}
    for path, facts in project.of_languages("java", "kotlin"):
        for found in facts.imports:
            edge = _edge(path, found, classes, packages)
            # What a build generates in our own packages is nobody else's.
            if edge is None or (edge.external is not None and not edge.stdlib and edge.external in own):
                resolved.unresolved += 1
            elif edge.target != path:
                resolved.edges.append(edge)
    return resolved


def _edge(path: str, found: Import, classes: dict[str, str], packages: dict[str, str]) -> ImportEdge | None:
    name = found.module
    while name:
        if name in classes:
            return edge_to(path, found, classes[name])
        name = name.rpartition(".")[0]
    if found.names == ("*",) and found.module in packages:
        return edge_to(path, found, packages[found.module])
    if (found.module + ".").startswith(_PLATFORM):
        return edge_out(path, found, ".".join(found.module.split(".")[:2]), stdlib=True)
    package = found.module.rpartition(".")[0]
    if package in packages:
        # Something that is generated, or that the query does not see; which package it is in is certain.
        return edge_to(path, found, packages[package])
    return edge_out(path, found, _owner(found.module if found.names == ("*",) else package or found.module))


def _owner(module: str) -> str:
    """Return the leading parts of a package that tell whose it is: ``org.springframework``, ``com.google.gson``, ``okio``."""
    parts = [part for part in module.split(".") if not part[:1].isupper()] or module.split(".")[:1]
    if parts[0] not in _DOMAINS and len(parts[0]) > _COUNTRY:
        return parts[0]
    return ".".join(parts[: 3 if ".".join(parts[:2]) in _SHARED else 2])


def _dotted(package: str, name: str) -> str:
    return f"{package}.{name}" if package else name
