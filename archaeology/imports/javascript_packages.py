"""The packages of a JavaScript repository: what each ``package.json`` offers under its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archaeology.imports.json_text import at, read_json
from archaeology.imports.project import Project, join, normalize, parent

_CONDITIONS = ("source", "development", "types", "import", "module", "default", "require", "node", "browser")
_MAX_DEPTH = 6


class Packages:
    """Workspace packages by name, and ``#imports`` of the package around a file."""

    def __init__(self, project: Project) -> None:
        self._by_folder: dict[str, dict[str, Any]] = {}
        self._folders: dict[str, str] = {}
        for path in project.named("package.json"):
            value = read_json(project.read_text(path))
            folder = parent(path)
            self._by_folder[folder] = value
            name = value.get("name")
            if isinstance(name, str) and name:
                self._folders.setdefault(name, folder)

    def roots(self) -> list[str]:
        """Return the folders that hold a package, with a trailing slash; '' for the repository's root."""
        return [folder + "/" if folder else "" for folder in sorted(self._by_folder)]

    def candidates(self, folder: str, module: str) -> Iterator[str]:
        """Yield the paths (without ending) at which a module of this repository's packages may be, best first."""
        if module.startswith("#"):
            around = self._around(folder)
            if around is not None:
                yield from self._targets(around, at(self._by_folder[around], "imports"), module)
            return
        if module.startswith(("@/", "~/")):
            # What most bundlers' templates mean by these; tsconfig paths come first where there are any.
            around = self._around(folder)
            yield join(join(around or "", "src"), module[2:])
            return
        parts = module.split("/")
        length = 2 if module.startswith("@") else 1
        package, inside = "/".join(parts[:length]), "/".join(parts[length:])
        if package not in self._folders:
            return
        home = self._folders[package]
        value = self._by_folder[home]
        yield from self._targets(home, value.get("exports"), f"./{inside}" if inside else ".")
        if inside:
            yield join(home, inside)
            yield join(join(home, "src"), inside)
            return
        for field in ("source", "types", "typings", "module", "main"):
            entry = value.get(field)
            if isinstance(entry, str):
                yield from self._built_or_source(home, entry)
        yield join(home, "src/index")
        yield join(home, "index")
        yield join(home, "lib/index")

    def _around(self, folder: str) -> str | None:
        while folder not in self._by_folder:
            if not folder:
                return None
            folder = parent(folder)
        return folder

    def _targets(self, home: str, offered: Any, name: str) -> Iterator[str]:
        """Yield what an ``exports`` or ``imports`` field says about a name."""
        if isinstance(offered, str):
            offered = {".": offered}
        if not isinstance(offered, dict):
            return
        if name == "." and not any(str(key).startswith(".") for key in offered):
            offered = {".": offered}
        for key, target in offered.items():
            head, star, tail = str(key).partition("*")
            if key == name:
                middle = ""
            elif star and name.startswith(head) and name.endswith(tail) and len(name) >= len(head) + len(tail):
                middle = name[len(head) : len(name) - len(tail)]
            else:
                continue
            for place in _places(target, 0):
                yield from self._built_or_source(home, place.replace("*", middle))

    def _built_or_source(self, home: str, entry: str) -> Iterator[str]:
        """Yield a file that a package points to, and the source that it is probably built from."""
        path = normalize(join(home, entry))
        if path is None:
            return
        yield path
        inside = path[len(home) + 1 if home else 0 :]
        first, slash, rest = inside.partition("/")
        if slash and first in {"dist", "lib", "build", "out", "esm", "cjs"}:
            for ending in (".d.ts", ".d.mts", ".mjs", ".cjs", ".js"):
                if rest.endswith(ending):
                    yield join(home, "src/" + rest.removesuffix(ending))
                    break


def _places(target: Any, depth: int) -> Iterator[str]:
    if isinstance(target, str):
        yield target
    elif isinstance(target, dict) and depth < _MAX_DEPTH:
        for condition in [*_CONDITIONS, *sorted(str(key) for key in target if key not in _CONDITIONS)]:
            if condition in target:
                yield from _places(target[condition], depth + 1)
    elif isinstance(target, list) and depth < _MAX_DEPTH:
        for item in target:
            yield from _places(item, depth + 1)
