"""PHP imports: classes by their full name, where they are declared or where Composer's PSR-4 rules put them."""

from __future__ import annotations

from dataclasses import dataclass, field

from archaeology.facts import Import, ImportEdge
from archaeology.imports.json_text import at, read_json, texts
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, join, normalize, parent


@dataclass
class _Names:
    """Classes by lower-case full name, namespaces that are declared here, and Composer's rules."""

    classes: dict[str, str] = field(default_factory=dict)
    namespaces: set[str] = field(default_factory=set)
    rules: list[tuple[str, str]] = field(default_factory=list)

    def is_own_vendor(self, first: str) -> bool:
        """Tell whether a first segment begins a namespace of this repository."""
        declared = any(name.partition("\\")[0] == first.lower() for name in self.namespaces if name)
        return declared or any(prefix.partition("\\")[0].lower() == first.lower() for prefix, _ in self.rules)


def resolve_php(project: Project) -> Resolved:
    """Return the edges of all PHP files."""
    names = _Names(rules=_psr4(project))
    resolved = Resolved(roots=[folder + "/" if folder else "" for _, folder in names.rules])
    for path, facts in project.of_languages("php"):
        package = facts.package or ""
        resolved.modules[path] = _full(package, path.rpartition("/")[2].rpartition(".")[0])
        names.namespaces.add(package.lower())
        for definition in facts.definitions:
            if "::" not in definition.name:
                names.classes.setdefault(_full(package, definition.name).lower(), path)
    for path, facts in project.of_languages("php"):
        for found in facts.imports:
            edge = _edge(project, path, found, names)
            if edge is None:
                resolved.unresolved += found.level == 0
            elif edge.target != path:
                resolved.edges.append(edge)
    return resolved


def _edge(project: Project, path: str, found: Import, names: _Names) -> ImportEdge | None:
    if found.level:
        target = normalize(join(parent(path), found.module))
        return edge_to(path, found, target) if target in project.files and target is not None else None
    target = names.classes.get(found.module.lower()) or _by_rule(project, found.module, names.rules)
    if target is not None:
        return edge_to(path, found, target)
    namespace, backslash, _ = found.module.rpartition("\\")
    if not backslash:
        return edge_out(path, found, "php", stdlib=True)
    first = namespace.partition("\\")[0]
    if names.is_own_vendor(first):
        # We may depend on other packages of our own vendor, so only a namespace that is declared here is ours.
        if namespace.lower() in names.namespaces:
            return None
        return edge_out(path, found, "\\".join(found.module.split("\\")[:2]))
    return edge_out(path, found, first)


def _by_rule(project: Project, name: str, prefixes: list[tuple[str, str]]) -> str | None:
    for prefix, folder in prefixes:
        if name.startswith(prefix):
            path = join(folder, name[len(prefix) :].replace("\\", "/") + ".php")
            if path in project.files:
                return path
    return None


def _psr4(project: Project) -> list[tuple[str, str]]:
    """Return ``(namespace prefix, folder)`` of all ``composer.json``, long prefixes first."""
    found = []
    for path in project.named("composer.json"):
        value = read_json(project.read_text(path))
        for section in ("autoload", "autoload-dev"):
            rules = at(value, section, "psr-4")
            for prefix, folders in rules.items() if isinstance(rules, dict) else ():
                for folder in texts(folders):
                    place = normalize(join(parent(path), folder))
                    if place is not None:
                        found.append((str(prefix), place))
    return sorted(found, key=lambda rule: (-len(rule[0]), rule))


def _full(package: str, name: str) -> str:
    return f"{package}\\{name}" if package else name
