"""Python imports: to modules under source roots, to submodules of packages, to distributions, to the standard library.

Follows the import system, without running it: ``from package import name`` reaches the submodule where there is one and the
package's ``__init__.py`` otherwise; a namespace package is a folder without a file, so only what lies in it can be reached.
What ``sys.path`` or ``__path__`` become at run time is not known.
"""

from __future__ import annotations

from archaeology.facts import Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, join, parent
from archaeology.imports.python_names import external_package, is_stdlib
from archaeology.imports.python_roots import SUFFIXES, PythonRoots


def resolve_python(project: Project) -> Resolved:
    """Return the edges of all Python files."""
    resolver = _Python(project)
    resolved = Resolved(modules=resolver.roots.names, roots=[root + "/" if root else "" for root in resolver.roots.all])
    for path, facts in project.of_languages("python"):
        for found in facts.imports:
            edges = resolver.edges(path, found)
            if edges is None:
                resolved.unresolved += 1
            else:
                resolved.edges.extend(edges)
    return resolved


class _Python:
    def __init__(self, project: Project) -> None:
        self.roots = PythonRoots(project)
        self._files = project.files
        self._folders = project.folders
        self._orders: dict[str, list[str]] = {}
        self._tops = {parent(path) for path in self.roots.names if path.endswith("/__init__.py")}
        self._found: dict[tuple[str, str], str | None] = {}

    def edges(self, path: str, found: Import) -> list[ImportEdge] | None:
        """Return the edges of one import, or None where it looks internal and leads nowhere."""
        if found.level:
            base = self._relative(path, found)
            return None if base is None else self._reached(path, found, base)
        if found.module == "__future__":
            return [edge_out(path, found, "__future__", stdlib=True)]
        for root in self._order(path):
            base = join(root, found.module.replace(".", "/"))
            if self._is_hidden_by_stdlib(found, root) or (
                self._module(base) is None and not self._is_namespace(base, found)
            ):
                continue
            reached = self._reached(path, found, base)
            if reached:
                return reached
        return self._outside(path, found)

    def _outside(self, path: str, found: Import) -> list[ImportEdge] | None:
        top = found.module.partition(".")[0]
        if is_stdlib(top):
            return [edge_out(path, found, top, stdlib=True)]
        if any(join(root, top) in self._tops or self._file(join(root, top)) for root in self._order(path)):
            return None
        return [edge_out(path, found, external_package(found.module))]

    def _reached(self, path: str, found: Import, base: str) -> list[ImportEdge] | None:
        """Return edges to the submodules that are named, and to the module itself for the other names."""
        own = self._module(base)
        targets: dict[str, list[str]] = {}
        for name in found.names:
            target = (self._module(join(base, name)) if name != "*" else None) or own
            if target is not None:
                targets.setdefault(target, []).append(name)
        if not found.names and own is not None:
            targets[own] = []
        if not targets:
            return None
        return [
            edge_to(path, found, target, tuple(names), reexport=self._hands_on(path, found, target, names))
            for target, names in targets.items()
            if target != path
        ]

    def _hands_on(self, path: str, found: Import, target: str, names: list[str]) -> bool:
        """Tell whether a package's own file takes names from inside the package, for others to take from it."""
        is_package = path.rpartition("/")[2] == "__init__.py"
        inside = target.startswith(parent(path) + "/") if "/" in path else True
        return is_package and inside and bool(names) and not (found.lazy or found.type_checking)

    def _relative(self, path: str, found: Import) -> str | None:
        folder = parent(path)
        for _ in range(found.level - 1):
            if not folder:
                return None
            folder = parent(folder)
        return join(folder, found.module.replace(".", "/")) if found.module else folder

    def _module(self, base: str) -> str | None:
        return self._file(base) or self._package(base)

    def _file(self, base: str) -> str | None:
        return next((base + suffix for suffix in SUFFIXES if base + suffix in self._files), None)

    def _package(self, base: str) -> str | None:
        init = join(base, "__init__")
        return next((init + suffix for suffix in SUFFIXES if init + suffix in self._files), None)

    def _is_namespace(self, base: str, found: Import) -> bool:
        return bool(found.names) and base in self._folders

    def _is_hidden_by_stdlib(self, found: Import, root: str) -> bool:
        top, dot, _ = found.module.partition(".")
        return is_stdlib(top) and not (dot and join(root, top) in self._tops)

    def _order(self, path: str) -> list[str]:
        """Search orders are the same for all files of a folder that have the same root."""
        key = parent(path)
        if key not in self._orders:
            self._orders[key] = self.roots.search_order(path)
        return self._orders[key]
