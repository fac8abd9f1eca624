"""Uses that no import shows: what is loaded by its name while the program runs, and what comes through a folder's index.

They are no imports, so that no check counts them; but that one side never imports the other is not worth a word where it uses it so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from archaeology.boundaries.by_name import Load, is_read, loads, names_in_settings
from archaeology.boundaries.handed_on import through_an_index
from archaeology.facts import Facts, Flag
from archaeology.imports.project import join, normalize, parent
from archaeology.reader import preload

# Of a large repository so much text is looked through, by path; what the rest loads by name is not known.
_MAX_BYTES = 24 * 1024 * 1024
_BATCH_BYTES = 2 * 1024 * 1024
_MAX_SETTINGS = 300
_MAX_SETTINGS_BYTES = 128 * 1024
_SETTINGS = (".yml", ".yaml", ".xml", ".toml", ".neon", ".properties", ".conf", ".factories", ".imports")
# What only declares a module of Java names its packages and uses none of them.
_DECLARING = ("/module-info.java", "/package-info.java")
_MAX_FOLDERS = 4
_LAST = "\U0010ffff"
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE, Flag.VENDORED, Flag.DOCUMENTATION, Flag.GENERATED})
_LEAST_PARTS = 2
_SEPARATORS = (".", "\\", "::")


@dataclass(frozen=True)
class Unseen:
    """Pairs of files, by path, of which the first uses the second without an import, and the files that settings call by name."""

    uses: tuple[tuple[str, str], ...] = ()
    called: frozenset[str] = field(default_factory=frozenset)


def unseen_uses(facts: Facts, paths: Sequence[str]) -> Unseen:
    """Return what files use without importing it; ``paths`` are those of the files with code, in order."""
    known = _Known(paths, facts.imports.modules)
    uses: dict[str, set[str]] = defaultdict(set)
    for source, targets in chain(through_an_index(facts), _by_name(facts, paths, known)):
        uses[source].update(targets)
    called = {target for name in _settings(facts) for target in known.named(name)}
    pairs = ((source, target) for source in sorted(uses) for target in sorted(uses[source]) if source != target)
    return Unseen(tuple(pairs), frozenset(called))


class _Known:
    """Files by their modules' names and by the folders that they lie in."""

    def __init__(self, paths: Sequence[str], modules: Mapping[str, str]) -> None:
        self._paths = paths
        self._modules = sorted((modules[path], path) for path in paths if path in modules)
        self._names = [name for name, _ in self._modules]
        self._folders: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            folder = parent(path)
            while folder and folder not in self._folders[name := folder.rpartition("/")[2]]:
                self._folders[name].add(folder)
                folder = parent(folder)

    def of(self, source: str, load: Load) -> Iterable[str]:
        """Return the files that may be meant."""
        if not load.is_path:
            return self.named(load.prefix)
        written = load.prefix.removeprefix("@/").removeprefix("~/")
        if load.here:
            place = normalize(join(parent(source), written))
            return self._at(place) if place else ()
        parts = [part for part in written.split("/") if part not in {"", ".", ".."}]
        tail = "/".join(parts)
        folders = (
            [folder for folder in self._folders.get(parts[-1], ()) if f"/{folder}".endswith(f"/{tail}")]
            if parts
            else []
        )
        return [path for folder in sorted(folders) for path in self._at(folder)] if len(folders) <= _MAX_FOLDERS else ()

    def named(self, name: str) -> list[str]:
        """The module of a name, or the deepest one around it; where the name ends with a separator all that begin so."""
        separator = next((one for one in _SEPARATORS if one in name), "")
        if not separator:
            return []
        if name.endswith(separator):
            found = self._beginning(name)
            return found if name.count(separator) >= _LEAST_PARTS or len(found) < len(self._paths) / 2 else []
        while name.count(separator) >= _LEAST_PARTS - 1:
            at = bisect_left(self._names, name)
            if at < len(self._names) and self._names[at] == name:
                return [self._modules[at][1]]
            name = name.rpartition(separator)[0]
        return []

    def _beginning(self, name: str) -> list[str]:
        return [
            path for _, path in self._modules[bisect_left(self._names, name) : bisect_left(self._names, name + _LAST)]
        ]

    def _at(self, place: str) -> Sequence[str]:
        """The files in a folder, or the file that a path without its ending stands for."""
        start = bisect_left(self._paths, f"{place}/")
        inside = self._paths[start : bisect_left(self._paths, f"{place}/{_LAST}")]
        if inside:
            return inside
        start = bisect_left(self._paths, f"{place}.")
        return self._paths[start : bisect_left(self._paths, f"{place}.{_LAST}")]


def _by_name(facts: Facts, paths: Sequence[str], known: _Known) -> Iterator[tuple[str, Iterable[str]]]:
    batches: dict[int, list[str]] = defaultdict(list)
    size = 0
    for path in paths:
        code, file = facts.code.get(path), facts.files[path]
        if code is not None and file.flags.isdisjoint(_ASIDE) and not path.endswith(_DECLARING):
            size += file.size
            if size > _MAX_BYTES:
                break
            if is_read(code.language):
                batches[size // _BATCH_BYTES].append(path)
    for batch in batches.values():  # of more, the first would be forgotten before it is looked at
        preload(facts.reader, batch)
        for path in batch:
            found = dict.fromkeys(loads(facts.code[path].language, facts.reader.text(path) or ""))
            for load in found:
                yield path, known.of(path, load)


def _settings(facts: Facts) -> Iterator[str]:
    chosen = [
        path
        for path in facts.paths
        if (path.endswith(_SETTINGS) or "META-INF/services/" in path)
        and facts.files[path].size <= _MAX_SETTINGS_BYTES
        and facts.files[path].flags.isdisjoint(_ASIDE)
    ][:_MAX_SETTINGS]
    preload(facts.reader, chosen)
    for path in chosen:
        yield from names_in_settings(facts.reader.text(path) or "")
