"""Tools over the code as it is at the surveyed revision."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.redaction import is_secret_path

_MOST_ROWS = 60
_MOST_LINES = 120
_MOST_SEARCHED = 4_000
_LONGEST_LINE = 240


class _Arguments(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Folder(_Arguments):
    """A folder of the repository."""

    folder: str = Field(default="", max_length=400, description="a folder, or nothing for the whole repository")


class File(_Arguments):
    """A tracked file."""

    path: str = Field(max_length=400)


class Target(_Arguments):
    """Something that can be imported or observed: a path, a folder, or a package."""

    target: str = Field(max_length=400)


class Name(_Arguments):
    """The name of a definition."""

    name: str = Field(min_length=2, max_length=200)


class Needle(_Arguments):
    """A text to look for, and where."""

    text: str = Field(min_length=3, max_length=200)
    folder: str = Field(default="", max_length=400)


class Span(_Arguments):
    """Lines of a file, counted from 1."""

    path: str = Field(max_length=400)
    start: int = Field(default=1, ge=1, le=10_000_000)
    end: int = Field(default=80, ge=1, le=10_000_000)


def list_files(workspace: Workspace, arguments: Folder) -> str:
    """List files with their languages."""
    files = workspace.facts.files
    found = [path for path in sorted(files) if _below(path, arguments.folder)]
    return _rows([f"{path} ({files[path].language or 'no language'})" for path in found], "files")


def read_span(workspace: Workspace, arguments: Span) -> str:
    """Read lines, with their numbers."""
    lines = workspace.lines(arguments.path)
    if lines is None:
        return _unreadable(arguments.path)
    last = min(arguments.end, arguments.start + _MOST_LINES - 1, len(lines))
    if arguments.start > len(lines):
        return f"{arguments.path} has {len(lines)} lines."
    return "\n".join(f"{number}: {lines[number - 1][:_LONGEST_LINE]}" for number in range(arguments.start, last + 1))


def search(workspace: Workspace, arguments: Needle) -> str:
    """Find lines, in production files first."""
    files = workspace.facts.files
    paths = sorted(
        (path for path in files if _below(path, arguments.folder) and files[path].language),
        key=lambda path: (not files[path].is_production, path),
    )
    wanted = arguments.text.lower()
    found: list[str] = []
    for path in paths[:_MOST_SEARCHED]:
        for number, line in enumerate(workspace.lines(path) or (), 1):
            if wanted in line.lower():
                found.append(f"{path}:{number}: {line.strip()[:_LONGEST_LINE]}")
        if len(found) > _MOST_ROWS:
            break
    return _rows(found, "lines")


def symbol(workspace: Workspace, arguments: Name) -> str:
    """Find definitions by the end of their names."""
    found = [
        f"{path}:{item.start_line}-{item.end_line} {item.kind} {item.name}"
        for path, facts in sorted(workspace.facts.code.items())
        for item in facts.definitions
        if item.name == arguments.name or item.name.endswith("." + arguments.name)
    ]
    return _rows(found, "definitions")


def importers(workspace: Workspace, arguments: Target) -> str:
    """List imports that lead to a file, below a folder, or to an external package."""
    found = [
        f"{edge.source}:{edge.line} imports {edge.module}"
        for edge in workspace.facts.imports.edges
        if edge.external == arguments.target or (edge.target is not None and _below(edge.target, arguments.target))
    ]
    return _rows(found, "imports")


def imports(workspace: Workspace, arguments: File) -> str:
    """List what a file imports, and where that leads."""
    found = [
        f"line {edge.line}: {edge.module} -> {edge.target or edge.external or 'nowhere'}"
        for edge in workspace.facts.imports.edges
        if edge.source == arguments.path
    ]
    return _rows(found, "imports")


def tests_for(workspace: Workspace, arguments: File) -> str:
    """List the tests in files that import a file, and the fakes that stand for something in it."""
    sources = {edge.source for edge in workspace.facts.imports.edges if edge.target == arguments.path}
    suite = workspace.facts.tests
    found = [f"test {case.id} ({case.kind}), {case.path}:{case.line}" for case in suite.cases if case.path in sources]
    names = (
        {item.name for item in workspace.facts.code[arguments.path].definitions}
        if arguments.path in workspace.facts.code
        else set()
    )
    found += [
        f"fake {fake.name} stands for {fake.stands_for}, {fake.path}:{fake.line}"
        for fake in suite.fakes
        if fake.stands_for in names
    ]
    return _rows(found, "tests")


def _below(path: str, folder: str) -> bool:
    folder = folder.strip().removeprefix("./").rstrip("/")
    return not folder or path == folder or path.startswith(folder + "/")


def _rows(rows: list[str], what: str) -> str:
    if not rows:
        return f"no {what}"
    more = f"\n[… {len(rows) - _MOST_ROWS} more {what}]" if len(rows) > _MOST_ROWS else ""
    return "\n".join(rows[:_MOST_ROWS]) + more


def _unreadable(path: str) -> str:
    if is_secret_path(path):
        return f"{path} may hold secrets and is not read."
    return f"{path} is not a text file of this repository."
