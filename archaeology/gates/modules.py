"""Which file or folder a module name of a boundary tool means."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from archaeology.facts import Flag
from archaeology.gates.source import Tree
from archaeology.model import End

_SKIPPED = frozenset({Flag.VENDORED, Flag.SYMLINK, Flag.SUBMODULE})


class PythonModules:
    """The Python modules of a tree as seen from some source roots (folders with a trailing slash, the root empty).

    A module's place is the first root that has it; without roots given, those of the configuration's folder, ``src`` and ``lib``
    below it, and then every folder that holds a package of that name.
    """

    def __init__(self, tree: Tree, roots: tuple[str, ...] = (), near: str = "") -> None:
        self._tree = tree
        self._files = {
            path for path, file in tree.files.items() if path.endswith((".py", ".pyi")) and not (file.flags & _SKIPPED)
        }
        self._folders = tree.folders
        self._roots = roots or (near, f"{near}src/", f"{near}lib/")
        self._strict = bool(roots)
        self._found: dict[str, tuple[str, ...]] = {}

    def end(self, module: str) -> End:
        """Return the end that a module name means; external where its first part is in none of the roots."""
        path = self.path(module)
        if path is not None:
            return End(module=module, path=path)
        return End(module=module, external=not self.roots_of(module.split(".", 1)[0]))

    def path(self, module: str) -> str | None:
        """Return a package's folder with a trailing slash, a module's file, or None."""
        relative = module.replace(".", "/")
        for root in self.roots_of(module.split(".", 1)[0]):
            base = f"{root}{relative}"
            if f"{base}/" in self._folders and f"{base}/__init__.py" in self._files:
                return f"{base}/"
            for suffix in (".py", ".pyi"):
                if f"{base}{suffix}" in self._files:
                    return f"{base}{suffix}"
            if f"{base}/" in self._folders and self._has_python(f"{base}/"):
                return f"{base}/"
        return None

    def roots_of(self, top: str) -> tuple[str, ...]:
        """Return the roots that hold a package or module of this name, the likeliest first."""
        if top not in self._found:
            known = tuple(root for root in self._roots if self._is_in(root, top))
            self._found[top] = known or (() if self._strict else self._elsewhere(top))
        return self._found[top]

    def children(self, package: str) -> tuple[str, ...]:
        """Return the names of the modules and packages directly inside a package, in order."""
        base = self.path(package)
        if base is None or not base.endswith("/"):
            return ()
        names = {
            path[len(base) :].split("/", 1)[0].removesuffix(".pyi").removesuffix(".py")
            for path in self._below(base)
            if path.count("/", len(base)) == 0 or self._is_package(base, path)
        }
        return tuple(sorted(f"{package}.{name}" for name in names if name.isidentifier() and name != "__init__"))

    def descendants(self, package: str) -> tuple[str, ...]:
        """Return the names of all modules and packages below a package, in order."""
        base = self.path(package)
        if base is None or not base.endswith("/"):
            return ()
        found: set[str] = set()
        for path in self._below(base):
            parts = path[len(base) :].removesuffix(".pyi").removesuffix(".py").split("/")
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            if all(part.isidentifier() for part in parts):
                found.update(".".join([package, *parts[:depth]]) for depth in range(1, len(parts) + 1))
        return tuple(sorted(found))

    def expand(self, expression: str) -> tuple[str, ...]:
        """Return the modules that an expression with ``*`` (one part) and ``**`` (any number) means; itself without one."""
        if "*" not in expression:
            return (expression,)
        fixed = expression.split("*", 1)[0].rstrip(".")
        pattern = wildcard(expression)
        return tuple(module for module in (fixed, *self.descendants(fixed)) if fixed and pattern.fullmatch(module))

    def _below(self, folder: str) -> list[str]:
        return [path for path in self._by_top.get(folder.split("/", 1)[0], ()) if path.startswith(folder)]

    @property
    def _by_top(self) -> dict[str, list[str]]:
        return _by_top(frozenset(self._files))

    def _is_in(self, root: str, top: str) -> bool:
        base = f"{root}{top}"
        return f"{base}.py" in self._files or (f"{base}/" in self._folders and self._has_python(f"{base}/"))

    def _is_package(self, base: str, path: str) -> bool:
        first = path[len(base) :].split("/", 1)[0]
        return f"{base}{first}/__init__.py" in self._files or self._has_python(f"{base}{first}/")

    def _has_python(self, folder: str) -> bool:
        return bool(self._below(folder))

    def _elsewhere(self, top: str) -> tuple[str, ...]:
        found = [
            folder[: -len(top) - 1]
            for folder in self._folders
            if folder.endswith(f"/{top}/") and f"{folder}__init__.py" in self._files
        ]
        outer = [root for root in found if f"{root}__init__.py" not in self._files]
        return tuple(sorted(outer, key=lambda root: (root.count("/"), root)))


@lru_cache(maxsize=4)
def _by_top(files: frozenset[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for path in sorted(files):
        grouped[path.split("/", 1)[0]].append(path)
    return grouped


@lru_cache(maxsize=256)
def wildcard(expression: str) -> re.Pattern[str]:
    """Return the pattern of a module expression: ``*`` stands for one part, ``**`` for one or more."""
    parts = [
        r"[^.]+(?:\.[^.]+)*" if part == "**" else re.escape(part).replace(r"\*", "[^.]*") if part != "*" else r"[^.]+"
        for part in expression.split(".")
    ]
    return re.compile(r"\.".join(parts))
