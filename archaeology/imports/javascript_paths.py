"""What ``tsconfig.json`` says about where modules are: ``paths``, ``baseUrl`` and the files that it extends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archaeology.imports.json_text import at, read_json, texts
from archaeology.imports.project import Project, join, normalize, parent

# A ``tsconfig.json`` may only refer to others beside it (``tsconfig.app.json``), one of which then sets the paths.
_CONFIG = re.compile(r"(?:ts|js)config(?:\.[\w-]+)*\.json")
_FIRST = ("tsconfig.json", "jsconfig.json")
_MAX_EXTENDS = 16


@dataclass(frozen=True, slots=True)
class _Paths:
    """Patterns with at most one ``*``, longest first, each with the places (from the repository's root) to look in."""

    base: str | None = None
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()


class TsConfigs:
    """The path settings that hold in each folder: those of the nearest configuration file upwards."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._by_folder: dict[str, _Paths] = {}
        self._configs: dict[str, list[str]] = {}
        for path in sorted(project.files, key=_preferred):
            if _CONFIG.fullmatch(path.rpartition("/")[2]):
                self._configs.setdefault(parent(path), []).append(path)

    def candidates(self, folder: str, module: str) -> Iterator[str]:
        """Yield the paths (without ending) at which a non-relative module may be, best first."""
        paths = self._paths(folder)
        for pattern, places in paths.patterns:
            head, star, tail = pattern.partition("*")
            if star and module.startswith(head) and module.endswith(tail) and len(module) >= len(head) + len(tail):
                middle = module[len(head) : len(module) - len(tail)]
                yield from _normal(place.replace("*", middle, 1) for place in places)
            elif module == pattern:
                yield from _normal(iter(places))
        if paths.base is not None:
            yield from _normal(iter((join(paths.base, module),)))

    def _paths(self, folder: str) -> _Paths:
        """Return the settings for a folder. A loop, not a recursion: folders may be nested deeply."""
        passed = []
        while folder not in self._by_folder:
            passed.append(folder)
            own = self._own(folder)
            if own is not None:
                self._by_folder[folder] = own
            elif not folder:
                self._by_folder[folder] = _Paths()
            else:
                folder = parent(folder)
        for below in passed:
            self._by_folder[below] = self._by_folder[folder]
        return self._by_folder[folder]

    def _own(self, folder: str) -> _Paths | None:
        """Return the first configuration of a folder that sets paths; files that only refer to others set none."""
        for path in self._configs.get(folder, ()):
            paths = self._read(path)
            if paths.patterns or paths.base is not None:
                return paths
        return None

    def _read(self, path: str) -> _Paths:
        base: str | None = None
        patterns: dict[str, tuple[str, ...]] | None = None
        queue = [path]
        seen: set[str] = set()
        while queue and len(seen) < _MAX_EXTENDS:
            config = queue.pop(0)
            if config in seen:
                continue
            seen.add(config)
            value = read_json(self._project.read_text(config))
            folder = parent(config)
            own_base = at(value, "compilerOptions", "baseUrl")
            own_base = normalize(join(folder, own_base)) if isinstance(own_base, str) else None
            base = own_base if base is None else base
            own_patterns = at(value, "compilerOptions", "paths")
            if patterns is None and isinstance(own_patterns, dict):
                root = own_base if own_base is not None else folder
                patterns = {
                    name: tuple(join(root, place) for place in texts(places)) for name, places in own_patterns.items()
                }
            queue.extend(self._extended(folder, texts(at(value, "extends"))))
        ordered = sorted((patterns or {}).items(), key=lambda item: (-len(item[0].partition("*")[0]), item[0]))
        return _Paths(base, tuple(ordered))

    def _extended(self, folder: str, names: list[str]) -> Iterator[str]:
        for name in reversed(names):
            path = normalize(join(folder, name)) if name.startswith(".") else None
            for candidate in (path, f"{path}.json", f"{path}/tsconfig.json") if path is not None else ():
                if candidate in self._project.files:
                    yield str(candidate)
                    break


def _normal(paths: Iterator[str]) -> Iterator[str]:
    for path in paths:
        found = normalize(path)
        if found is not None:
            yield found


def _preferred(path: str) -> tuple[bool, str]:
    return path.rpartition("/")[2] not in _FIRST, path
