"""The import graph of a repository, put together from what was read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from archaeology.boundaries.builds import read_builds, test_projects
from archaeology.boundaries.graph import FileGraph, Ints
from archaeology.boundaries.tooling import is_tooling
from archaeology.boundaries.unseen import Unseen, unseen_uses
from archaeology.distinct import distinct
from archaeology.facts import Facts, File, Flag

_NOT_CODE = frozenset(
    {Flag.VENDORED, Flag.MINIFIED, Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.SUBMODULE, Flag.DOCUMENTATION}
)
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE})
# Languages that import each other's files; every other language keeps to itself.
_KIN = {"typescript": "javascript", "tsx": "javascript", "kotlin": "java", "scala": "java"}


def file_graph(facts: Facts) -> FileGraph:
    """Return the graph of all files with code, vendored ones left out, in the order of their paths."""
    paths = tuple(
        sorted(path for path, file in facts.files.items() if _holds_code(path, file, facts) and not is_tooling(path))
    )
    index = {path: number for number, path in enumerate(paths)}
    weak = _pairs(facts, index)
    pairs = sorted(weak)
    ends = np.array(pairs, dtype=np.int64)
    source, target = ends // max(1, len(paths)), ends % max(1, len(paths))
    folders, folder = _folders(paths)
    unseen = unseen_uses(facts, paths)
    of_tests = test_projects(facts)
    return FileGraph(
        paths=paths,
        modules=tuple(facts.imports.modules.get(path, path) for path in paths),
        aside=np.array(
            [not facts.files[path].flags.isdisjoint(_ASIDE) or path.startswith(of_tests) for path in paths], dtype=bool
        ),
        sealed=np.array([_is_sealed(path, facts) for path in paths], dtype=bool),
        source=source,
        target=target,
        weak=np.array([weak[pair] for pair in pairs], dtype=bool),
        kin=_kin(paths, facts),
        builds=read_builds(facts).believing(folders, _folders_met(folder, source, target)),
        workspaces=read_builds(facts, workspaces=True).believing(folders, _folders_met(folder, source, target)),
        used=_numbered(unseen, index),
        called=np.array([path in unseen.called for path in paths], dtype=bool),
        of_tests=of_tests,
    )


def _pairs(facts: Facts, index: Mapping[str, int]) -> dict[int, bool]:
    """For each pair of files, packed as source × files + target, whether all such imports are for type checking."""
    pairs: dict[int, bool] = {}
    for edge in facts.imports.edges:
        if edge.target is None:
            continue
        source, target = index.get(edge.source), index.get(edge.target)
        if source is not None and target is not None and source != target:
            pair = source * len(index) + target
            pairs[pair] = edge.type_checking and pairs.get(pair, True)
    return pairs


def _folders(paths: Iterable[str]) -> tuple[Sequence[str], Ints]:
    """The folders that hold files, and for each file the number of its folder."""
    numbers: dict[str, int] = {}
    folder = [numbers.setdefault(path[: path.rfind("/") + 1], len(numbers)) for path in paths]
    return tuple(numbers), np.array(folder, dtype=np.int64)


def _folders_met(folder: Ints, source: Ints, target: Ints) -> Iterator[tuple[int, int]]:
    """The folders, by number, between whose files there are imports, each pair once; put together when somebody asks for the first."""
    count = int(folder.max(initial=0)) + 1
    for pair in distinct(folder[source] * count + folder[target]).tolist():
        yield pair // count, pair % count


def _numbered(unseen: Unseen, index: Mapping[str, int]) -> Ints:
    used = [(index[source], index[target]) for source, target in unseen.uses if source in index and target in index]
    return np.array(used, dtype=np.int64).reshape(-1, 2)


def _holds_code(path: str, file: File, facts: Facts) -> bool:
    return file.flags.isdisjoint(_NOT_CODE) and (path in facts.imports.modules or path in facts.code)


def _kin(paths: Iterable[str], facts: Facts) -> Ints:
    names = [facts.code[path].language if path in facts.code else facts.files[path].language or "" for path in paths]
    groups = [_KIN.get(name, name) for name in names]
    numbers = {group: number for number, group in enumerate(sorted(set(groups)))}
    return np.array([numbers[group] for group in groups], dtype=np.int64)


def _is_sealed(path: str, facts: Facts) -> bool:
    """Whether it belongs to a program of a language in which only libraries can be imported."""
    if path.endswith(".go"):
        code = facts.code.get(path)
        return code is not None and code.package == "main"
    return path.endswith(".rs") and (f"/{path}".endswith("/src/main.rs") or "/src/bin/" in f"/{path}")
