"""Where Python looks for a repository's modules: its source roots, and the name that each file has under its root."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from archaeology.imports.project import Project, join, normalize, parent
from archaeology.imports.python_names import is_stdlib

SUFFIXES = (".py", ".pyi", ".pyx", ".pyd")
"""Files that are modules, best first."""

_ASIDE = frozenset(
    {
        "test",
        "tests",
        "testing",
        "example",
        "examples",
        "doc",
        "docs",
        "sample",
        "samples",
        "benchmark",
        "benchmarks",
        "fixtures",
        "tutorial",
        "tutorials",
    }
)
_CHILDREN_IMPORTED = 2
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


class PythonRoots:
    """The source roots of a repository and the modules under them.

    ``names`` maps each module file to its dotted name, ``root_of`` to its root. A root is a folder, '' for the repository's.
    Roots are found from packages (the folder above the topmost ``__init__.py``), from project files and their settings, and
    where that leaves a choice (namespace packages, a project in a subfolder), from the names that the code imports.
    """

    def __init__(self, project: Project) -> None:
        scripts = (path for path, _ in project.of_languages("python") if not path.endswith(SUFFIXES))
        self._modules = [*(path for path in sorted(project.files) if path.endswith(SUFFIXES)), *scripts]
        self._packages = {parent(path) for path in self._modules if path.rpartition("/")[2].startswith("__init__.py")}
        self._imported = _Imported(project)
        self._put_on_path: dict[str, bool] = {}
        self.declared = _declared_roots(project)
        self.root_of: dict[str, str] = {}
        self.names: dict[str, str] = {}
        by_folder: dict[str, str] = {}
        for path in self._modules:
            folder = parent(path)
            if folder not in by_folder:
                by_folder[folder] = self._root(folder)
            self.root_of[path] = by_folder[folder]
            self.names[path] = module_name(path, by_folder[folder])
        self.all = sorted({*by_folder.values(), *self.declared})

    def search_order(self, path: str) -> list[str]:
        """Return the roots in which a file's absolute imports are looked for, best first.

        Its own root, then the folders around it that are roots, then roots elsewhere, near ones first; roots inside test,
        example and documentation folders serve only the files beside them.
        """
        own = self.root_of[path]
        folder = parent(path)
        around = [root for root in self.all if root in {"", folder} or folder.startswith(root + "/")]
        elsewhere = [root for root in self.all if root not in around and self._serves(root, folder)]
        beside = [] if folder in self._packages else [folder]
        ordered = [
            own,
            *beside,
            *sorted(around, key=len, reverse=True),
            *sorted(elsewhere, key=lambda root: (-_common(root, folder), root)),
        ]
        return list(dict.fromkeys(ordered))

    def _serves(self, root: str, folder: str) -> bool:
        parts = root.split("/")
        aside = next((index for index, part in enumerate(parts) if part.lower() in _ASIDE), None)
        return aside is None or folder.startswith("/".join(parts[: aside + 1]))

    def _root(self, folder: str) -> str:
        """Return the root of a folder: above its topmost package, or further up where imports name it from there."""
        top = folder
        while top in self._packages and top:
            top = parent(top)
        if folder in self._packages and self._is_put_on_the_path(self._topmost(folder, top)):
            return self._topmost(folder, top)
        above = list(_upwards(top))
        best = max(above, key=lambda root: (self._votes(folder, top, root), root in self.declared, len(root)))
        if folder in self._packages or self._votes(folder, top, best):
            return best
        declared = [root for root in above if root in self.declared]
        return max(declared, key=len) if declared else folder

    def _topmost(self, folder: str, top: str) -> str:
        return join(top, folder.split("/")[top.count("/") + 1 if top else 0])

    def _is_put_on_the_path(self, package: str) -> bool:
        """Tell whether a folder is a package by its file and a root by use: its children are imported by name, itself hardly ever.

        One child may be a namesake of a distribution; two that exist here and are imported more often than the package are not.
        """
        if package not in self._put_on_path:
            inside = {
                path[len(package) + 1 :].split("/")[0] for path in self._modules if path.startswith(package + "/")
            }
            names = {name.removesuffix(".py") for name in inside} - {"__init__"}
            votes = [count for count in (self._imported.below(name) for name in names if not is_stdlib(name)) if count]
            by_itself = self._imported.below(package.rpartition("/")[2])
            self._put_on_path[package] = len(votes) >= _CHILDREN_IMPORTED and sum(votes) > by_itself
        return self._put_on_path[package]

    def _votes(self, folder: str, top: str, root: str) -> int:
        package = folder.split("/")[len(top.split("/")) if top else 0] if folder != top else ""
        name = join(top, package) if package else folder
        dotted = name[len(root) + 1 if root else 0 :].replace("/", ".")
        return self._imported.below(dotted) if dotted else 0


def module_name(path: str, root: str) -> str:
    """Return the dotted name of a module file under a root; a package's file has the package's name."""
    inside = path[len(root) + 1 if root else 0 :]
    # A script without an ending cannot be imported, but its imports need a name for where they come from.
    stem = next((inside.removesuffix(suffix) for suffix in SUFFIXES if inside.endswith(suffix)), inside)
    parts = stem.split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


class _Imported:
    """How often modules are imported by absolute name."""

    def __init__(self, project: Project) -> None:
        self._sorted = sorted(
            found.module + "."
            for _, facts in project.of_languages("python")
            for found in facts.imports
            if found.level == 0 and found.module
        )

    def below(self, dotted: str) -> int:
        """Count the imports of the module or of anything inside it."""
        return bisect_left(self._sorted, dotted + "/") - bisect_left(self._sorted, dotted + ".")


def _declared_roots(project: Project) -> frozenset[str]:
    found = {""}
    for path in project.named(*_PROJECT_FILES):
        folder = parent(path)
        found.add(folder)
        if join(folder, "src") in project.folders:
            found.add(join(folder, "src"))
        if path.endswith("pyproject.toml"):
            text = project.read_text(path)
            found.update(_settings_roots(folder, text) if text else ())
    return frozenset(root for root in found if root in project.folders)


def _settings_roots(folder: str, text: str) -> Iterator[str]:
    try:
        tool = tomllib.loads(text).get("tool", {})
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    for value in _root_settings(tool if isinstance(tool, dict) else {}):
        root = normalize(join(folder, value))
        if root is not None:
            yield root


def _root_settings(tool: dict[str, Any]) -> Iterator[str]:
    """Yield the folders that build tools and test runners are told to look for modules in."""
    yield from _texts(_at(tool, "setuptools", "packages", "find", "where"))
    yield from _texts(_at(tool, "setuptools", "package-dir", ""))
    yield from _texts(_at(tool, "pytest", "ini_options", "pythonpath"))
    yield from _texts(_at(tool, "tach", "source_roots"))
    for package in _at(tool, "poetry", "packages") or ():
        yield from _texts(_at(package, "from"))
    for package in _texts(_at(tool, "hatch", "build", "targets", "wheel", "packages")):
        yield parent(package)


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else ()


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while folder:
        folder = parent(folder)
        yield folder


def _common(left: str, right: str) -> int:
    """Return how many leading folders two paths share."""
    pairs = zip(left.split("/"), right.split("/"), strict=False)
    return next(
        (index for index, (one, other) in enumerate(pairs) if one != other), min(left.count("/"), right.count("/")) + 1
    )
