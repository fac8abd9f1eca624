"""Other tools on the same commits and files, run by a Python of their own, so that none of them is a dependency of ours."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.performance.clock import Cost, cost_of
from bench.performance.parsing import Sources, all_facts
from bench.performance.reading_history import newest_lines
from bench.performance.rows import Row, Tell, advantage

_COMMITS = 2_000
_TAGGED_FILES = 600
_TIMEOUT = 900

_PYDRILLER = """
import sys
from pydriller import Git
repository = Git(sys.argv[1])
lines = 0
for oid in sys.stdin.read().split():
    commit = repository.get_commit(oid)
    if not commit.merge:
        for file in commit.modified_files:
            lines += file.added_lines + file.deleted_lines
print(lines)
"""

_AIDER = """
import sys
from aider.repomap import RepoMap
map_ = RepoMap.__new__(RepoMap)
map_.io = type("Io", (), {"read_text": lambda self, name: open(name, encoding="utf-8", errors="replace").read(),
                          "tool_warning": print, "tool_error": print})()
map_.verbose, map_.warned_files = False, set()
tags = 0
for name in sys.stdin.read().splitlines():
    tags += sum(1 for _ in map_.get_tags_raw(name, name))
print(tags)
sys.exit(0 if tags else 1)
"""


def peer_rows(path: Path, sources: Sources, python: str | None, tell: Tell) -> Iterator[Row]:
    """Yield the rows about PyDriller and aider, or say why they were not measured."""
    tell("peers")
    lines, tags = "less CPU than PyDriller's line counts", "less CPU than aider's cold tags"
    if python is None:
        yield Row(lines, None, goal=10.0, at_least=True, note="no --peers interpreter was named")
        yield Row(tags, None, goal=2.5, at_least=True, note="no --peers interpreter was named")
        return
    ours, (oids, partial) = cost_of(lambda: newest_lines(path, _COMMITS))
    # Where objects are missing, each side stops at another commit.
    theirs = partial or _cost(python, "pydriller", _PYDRILLER, [str(path)], "\n".join(oids))
    note = f"the newest {len(oids)} commits, both with starting git, theirs less its imports"
    yield _row(lines, ours, theirs, 10.0, note)
    some = dict(list(sources.items())[:: max(1, len(sources) // _TAGGED_FILES)])
    with tempfile.TemporaryDirectory(prefix="alloy-bench-") as folder:
        names = []
        for number, (name, (_, data)) in enumerate(some.items()):
            copy = Path(folder) / f"{number}{Path(name).suffix}"
            copy.write_bytes(data)
            names.append(str(copy))
        facts, _ = cost_of(lambda: all_facts(some))
        found = _cost(python, "aider.repomap", _AIDER, [], "\n".join(names))
    yield _row(tags, facts, found, 2.5, f"{len(some)} files, theirs less its imports")


def _row(what: str, ours: Cost, theirs: Cost | str, goal: float, note: str) -> Row:
    if isinstance(theirs, str):
        return Row(what, None, goal=goal, at_least=True, note=theirs)
    return advantage(what, ours.cpu, theirs.cpu, goal, note)


def _cost(python: str, module: str, program: str, arguments: list[str], stdin: str) -> Cost | str:
    """Return what a program costs beyond importing its module, or why that is not known."""
    importing, first = cost_of(lambda: _run([python, "-c", f"import {module}"], ""))
    if first:
        return f"not measured: {module} cannot be imported there"
    whole, problem = cost_of(lambda: _run([python, "-c", program, *arguments], stdin))
    if problem:
        return f"not measured: {problem}"
    return Cost(whole.cpu - importing.cpu, whole.wall - importing.wall)


def _run(command: list[str], stdin: str) -> str:
    """Run to the end and return the last thing it said if it failed, else nothing."""
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    return (done.stderr.strip().splitlines() or ["it found nothing"])[-1][:160] if done.returncode else ""
