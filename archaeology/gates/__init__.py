"""What can stop a change: CI jobs, linters and type checkers, hooks, boundary contracts, owners.

One module reads one kind of configuration; :mod:`archaeology.gates.table` says which file goes to which. Nothing of the
repository is run or evaluated: what a configuration computes is unknown, and said to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archaeology.facts import File, Flag, Gate, Reader
from archaeology.gates.boundaries_others import go_internal_gates
from archaeology.gates.exclusions import exclusions
from archaeology.gates.located import MalformedConfigError
from archaeology.gates.source import GateReader, Source, Tree
from archaeology.gates.table import readers_of
from archaeology.model import Limit
from archaeology.reader import preload
from archaeology.text import visible_line

__all__ = ["read_gates"]

MAX_FILES = 400
MAX_CHARACTERS = 2 * 1024 * 1024
MAX_ALL_CHARACTERS = 8 * 1024 * 1024
_YAML_WEIGHT = 6  # a character of YAML costs as much as this many of any other format
_ASIDE = frozenset({Flag.VENDORED, Flag.GENERATED, Flag.EXAMPLE, Flag.BINARY, Flag.SYMLINK, Flag.SUBMODULE})
_LOOKING = frozenset({"linter", "type_checker", "coverage"})  # at the files of a tree, of which they may leave some out
_DATA_FOLDERS = frozenset(
    {
        "fixtures",
        "testdata",
        "__fixtures__",
        "test-data",
        "templates",
        "template",
        "examples",
        "samples",
        "node_modules",
    }
)


def read_gates(files: Mapping[str, File], reader: Reader) -> tuple[tuple[Gate, ...], tuple[Limit, ...]]:
    """Read all gates of a repository, in the order of their files and lines, and say which files could not be read.

    Configuration inside vendored code, examples and test data is somebody else's and left out. Every gate's id is unique.
    """
    wanted = [(path, readers) for path in sorted(files) if _is_ours(files[path]) and (readers := readers_of(path))]
    wanted.sort(key=lambda item: (item[0].count("/"), item[0]))
    limits: list[Limit] = []
    if len(wanted) > MAX_FILES:
        left = len(wanted) - MAX_FILES
        limits.append(
            Limit(kind="gates_capped", detail=f"{left} configuration files deep in the tree were not read", count=left)
        )
    tree = Tree(files, reader)
    preload(reader, (path for path, _ in wanted[:MAX_FILES]))
    gates: list[Gate] = []
    budget = MAX_ALL_CHARACTERS
    for path, readers in wanted[:MAX_FILES]:
        text = reader.text(path)
        if text is None or len(text) > MAX_CHARACTERS:
            limits.append(_unread(path, "too large, or not text"))
            continue
        budget -= len(text) * (_YAML_WEIGHT if path.endswith((".yml", ".yaml")) else 1)
        if budget < 0:
            limits.append(_unread(path, "there is more configuration than is read in one go"))
            continue
        gates += _read(Source(path, text, tree), readers, limits)
    gates += _go_internal(tree)
    gates.sort(key=lambda gate: (gate.path, gate.start_line, gate.id))
    return _unique(gates), tuple(limits)


def _read(source: Source, readers: tuple[GateReader, ...], limits: list[Limit]) -> list[Gate]:
    gates: list[Gate] = []
    problems: dict[str, None] = {}
    for read in readers:
        try:
            gates += [
                replace(gate, exclusions=exclusions(source, gate.id.split(":")[1])) if gate.kind in _LOOKING else gate
                for gate in read(source)
            ]
        except MalformedConfigError as error:
            problems[str(error)] = None
    limits += [_unread(source.path, problem) for problem in problems]
    return gates


def _unread(path: str, problem: str) -> Limit:
    return Limit(kind="gate_unread", detail=f"{visible_line(path)}: {visible_line(problem)[:200]}", paths=(path,))


def _is_ours(file: File) -> bool:
    if file.flags & _ASIDE:
        return False
    folders = file.path.lower().split("/")[:-1]
    return not any(folder in _DATA_FOLDERS for folder in folders) and not (
        Flag.TEST in file.flags and file.language is None and len(folders) > 1
    )


def _go_internal(tree: Tree) -> list[Gate]:
    gates: list[Gate] = []
    for path, boundary in go_internal_gates(tree):
        source = Source(path, tree.text(path) or "", tree)
        folder = boundary.forbidden[0].path or ""
        gates.append(
            source.gate(
                f"boundary:go-internal:{folder}",
                "boundary",
                f"only code beside {folder} may import it",
                (source.find_line(r"^package\s") or 1, source.find_line(r"^package\s") or 1),
                command="go build",
                boundaries=(boundary,),
            )
        )
    return gates


def _unique(gates: list[Gate]) -> tuple[Gate, ...]:
    """Number gates that have the same id, so that each can be cited."""
    seen: dict[str, int] = {}
    found: list[Gate] = []
    for gate in gates:
        seen[gate.id] = seen.get(gate.id, 0) + 1
        number = seen[gate.id]
        found.append(gate if number == 1 else replace(gate, id=f"{gate.id}#{number}"))
    return tuple(found)
