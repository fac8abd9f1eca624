"""Who runs the benchmarks: a job of continuous integration, a script or a rule of a Makefile that calls them.

Benchmarks that nothing runs tell that somebody once measured; that somebody watches the number takes more.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archaeology.facts import Facts, Flag
from archaeology.reader import preload

_PLACES = re.compile(
    r"^\.github/workflows/[^/]+\.ya?ml$|^\.gitlab-ci\.yml$|^\.circleci/config\.yml$|^azure-pipelines[\w.-]*\.yml$|^\.travis\.yml$|^\.cirrus\.yml$"
    r"|(?:^|/)(?:GNUmakefile|[Mm]akefile|[\w.-]+\.mk|[Jj]ustfile|\.justfile|Taskfile\.ya?ml|tox\.ini|noxfile\.py|Rakefile|package\.json|magefile\.go)$"
)
_ASIDE = frozenset({Flag.VENDORED, Flag.EXAMPLE, Flag.SYMLINK, Flag.BINARY, Flag.TOO_LARGE})
_RUNS = re.compile(
    r"(?:\bgo test\b.*\s--?(?:test\.)?bench\b|\bcargo (?:\+\w+ )?(?:bench|criterion|codspeed)\b|\bCodSpeedHQ/|\basv (?:run|continuous)\b|--benchmark-\w+|\bpytest-benchmark\b"
    r"|\bvitest bench\b|\b(?:npm|yarn|pnpm|bun)(?: run)? (?:[\w:-]*:)?bench\w*|[\"']bench\w*(?::[\w:-]+)?[\"']\s*:\s*[\"']|\bbenchmark-action/|\bmix run \S*bench|\bgradle\w* \S*jmh\b|\bjmh\b.*\.jar|\bruby \S*bench|\bphpbench run\b|\b(?:node|tsx|python3?) \S*bench)",
    re.IGNORECASE,
)
_MOST_FILES = 120
_LONGEST = 400


class Run(NamedTuple):
    """The line of a job, script or rule that runs benchmarks."""

    path: str
    line: int


def who_runs_benchmarks(facts: Facts) -> Run | None:
    """Return the first place that runs benchmarks, continuous integration before scripts; None where nothing does."""
    paths = [path for path, file in facts.files.items() if _PLACES.search(path) and not file.flags & _ASIDE]
    chosen = sorted(paths, key=lambda path: (not path.startswith("."), path.count("/"), path))[:_MOST_FILES]
    preload(facts.reader, chosen)
    for path in chosen:
        for number, line in enumerate((facts.reader.text(path) or "").split("\n"), start=1):
            if _RUNS.search(line[:_LONGEST]) and not line.lstrip().startswith("#"):
                return Run(path, number)
    return None
