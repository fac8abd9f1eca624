"""``python -m bench.performance REPO [REPO ...] [--json FILE] [--peers PYTHON]``: the table of docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from archaeology.errors import ArchaeologyError
from archaeology.git import open_repository
from bench.performance.parsing import parsing_rows, read_sources
from bench.performance.peers import peer_rows
from bench.performance.reading_history import history_rows
from bench.performance.rows import Row
from bench.performance.scanning import memory_rows, scanning_rows

SECTIONS = ("history", "churn", "parse", "scan", "memory", "peers")
"""What can be measured; ``churn`` is the slow part."""
_UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the rows, write them as JSON, and return an exit status: 0, also where goals were missed; 2 where nothing can be read."""
    options = _parser().parse_args(arguments)
    results = []
    for path in options.repositories:
        sys.stdout.write(f"\n{path.resolve().name}\n")
        rows = []
        try:
            for row in measure(path, options.only, options.runs, options.peers):
                rows.append(row)
                sys.stdout.write(f"  {row.as_line()}\n")
                sys.stdout.flush()
        except ArchaeologyError as error:
            sys.stderr.write(f"{error}\n{error.hint}".rstrip() + "\n")
            return _UNREADABLE
        results.append({"repository": path.resolve().name, "rows": [row.as_data() for row in rows]})
    if options.json is not None:
        data = {"schema_version": "alloy.bench_performance.v1", "machine": _machine(), "results": results}
        options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 0


def measure(path: Path, sections: Sequence[str], runs: int, python: str | None) -> Iterator[Row]:
    """Yield the rows of one repository, section by section."""
    commits = _commits(path)
    if "history" in sections or "churn" in sections:
        yield from history_rows(path, runs, churn="churn" in sections, tell=_tell)
    if {"parse", "scan", "peers"} & set(sections):
        sources = read_sources(path)
        if "parse" in sections:
            yield from parsing_rows(path, sources, runs, _tell)
        if "scan" in sections:
            yield from scanning_rows(path, sources, runs, _tell)
        if "peers" in sections:
            yield from peer_rows(path, sources, python, _tell)
    if "memory" in sections:
        yield from memory_rows(path, commits, _tell)


def _tell(what: str) -> None:
    sys.stderr.write(f"  … {what}\n")


def _commits(path: Path) -> int:
    with open_repository(path) as repository:
        revision = repository.resolve(None)
        if revision is None:
            raise SystemExit(f"{path} has no commit: there is nothing to measure.")
        return sum(len(batch.begins) for batch in repository.log_batches(revision, changes=False))


def _machine() -> dict[str, object]:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False).stdout.split()
    return {
        "python": platform.python_version(),
        "git": git[2] if len(git) > 2 else "",  # noqa: PLR2004 - "git version N"
        "tree_sitter": version("tree-sitter"),
        "system": platform.system(),
        "cpus": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.performance", description=__doc__)
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO", help="a local clone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    parser.add_argument(
        "--peers", metavar="PYTHON", help="an interpreter in which pydriller and aider-chat are installed"
    )
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="medians of this many runs (default: 3)")
    parser.add_argument(
        "--only", nargs="+", choices=SECTIONS, default=SECTIONS, metavar="SECTION", help=f"of {', '.join(SECTIONS)}"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
