"""Go imports: packages of the repository's modules, the standard library, modules that are required.

An import names a package, which is a folder; its edge reaches the folder's first file by name that is no test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archaeology.facts import Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, join, normalize, parent

_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_REQUIRED = re.compile(r"^\s*(?:require\s+)?([\w.~-]+\.[\w.~-]+(?:/[^\s]+)?)\s+v\S+", re.MULTILINE)
_REPLACED = re.compile(r"^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.\.?(?:/\S*)?)", re.MULTILINE)
_HOSTS_OF_THREE = ("github.com", "gitlab.com", "bitbucket.org", "golang.org", "codeberg.org", "gitea.com")


@dataclass
class _Modules:
    """Module paths of the repository by folder, and those that its modules require."""

    folders: dict[str, str] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)


def resolve_go(project: Project) -> Resolved:
    """Return the edges of all Go files."""
    modules = _read_modules(project)
    packages = _package_files(project)
    resolved = Resolved(roots=[folder + "/" if folder else "" for folder in modules.folders.values()])
    for path, facts in project.of_languages("go"):
        resolved.modules[path] = _package_path(parent(path), modules)
        for found in facts.imports:
            edge = _edge(path, found, modules, packages)
            if edge is None:
                resolved.unresolved += 1
            elif parent(edge.target or "") != parent(path) or edge.target is None:
                resolved.edges.append(edge)
    return resolved


def _edge(path: str, found: Import, modules: _Modules, packages: dict[str, str]) -> ImportEdge | None:
    own = _longest_prefix(found.module, modules.folders)
    if own is not None:
        inside = found.module[len(own) :].lstrip("/")
        target = packages.get(join(modules.folders[own], inside) if inside else modules.folders[own])
        return None if target is None else edge_to(path, found, target)
    if "." not in found.module.partition("/")[0]:
        return edge_out(path, found, found.module, stdlib=True)
    return edge_out(path, found, _longest_prefix(found.module, modules.required) or _guess(found.module))


def _read_modules(project: Project) -> _Modules:
    modules = _Modules()
    for path in project.named("go.mod"):
        text = project.read_text(path) or ""
        bare = re.sub(r"//[^\n]*", "", text)
        match = _MODULE.search(bare)
        if match is not None:
            modules.folders.setdefault(match.group(1), parent(path))
        modules.required.update(_REQUIRED.findall(bare))
        for name, place in _REPLACED.findall(bare):
            folder = normalize(join(parent(path), place))
            if folder is not None and folder in project.folders:
                modules.folders.setdefault(name, folder)
    return modules


def _package_files(project: Project) -> dict[str, str]:
    """Return the file that stands for each folder with Go code."""
    found: dict[str, str] = {}
    for path in sorted(project.files):
        if path.endswith(".go"):
            folder = parent(path)
            if folder not in found or (found[folder].endswith("_test.go") and not path.endswith("_test.go")):
                found[folder] = path
    return found


def _package_path(folder: str, modules: _Modules) -> str:
    homes = [
        (home, name)
        for name, home in modules.folders.items()
        if not home or folder == home or folder.startswith(home + "/")
    ]
    if not homes:
        return folder
    home, name = max(homes, key=lambda item: len(item[0]))
    inside = folder[len(home) :].lstrip("/")
    return f"{name}/{inside}" if inside else name


def _longest_prefix(module: str, known: dict[str, str] | set[str]) -> str | None:
    parts = module.split("/")
    return next((name for end in range(len(parts), 0, -1) if (name := "/".join(parts[:end])) in known), None)


def _guess(module: str) -> str:
    parts = module.split("/")
    return "/".join(parts[:3]) if parts[0] in _HOSTS_OF_THREE else "/".join(parts[:2])
