"""Clones and their facts."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archaeology.facts import Facts
from archaeology.survey import ScanOptions, reading


def clones(folder: Path, only: str = "") -> list[Path]:
    """Return the clones in a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if (path / ".git").exists() and only in path.name)


@contextmanager
def facts_of(clone: Path, *, history: bool = True, revision: str | None = None) -> Iterator[Facts]:
    """Read a clone's facts at a revision (by default as it lies there), without a cache.

    An evaluation must not depend on what was read before.
    """
    with reading(clone, ScanOptions(use_cache=False, history=history, revision=revision)) as facts:
        yield facts


def years_before(clone: Path, years: int) -> str | None:
    """Return the last commit of the main line that is so many years older than HEAD, or None where there was none yet."""
    now = datetime.fromtimestamp(int(_git(clone, "log", "-1", "--format=%ct", "HEAD")), UTC)
    then = now - timedelta(days=round(365.25 * years))
    return _git(clone, "rev-list", "-1", "--first-parent", f"--before={then.isoformat()}", "HEAD") or None


def _git(clone: Path, *arguments: str) -> str:
    command = ["git", "-C", str(clone), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
