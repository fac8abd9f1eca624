"""Clones and their facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archaeology.facts import Facts
from archaeology.survey import ScanOptions, reading


def clones(folder: Path, only: str = "") -> list[Path]:
    """Return the clones in a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if (path / ".git").exists() and only in path.name)


@contextmanager
def facts_of(clone: Path, *, history: bool = True) -> Iterator[Facts]:
    """Read a clone's facts, without a cache: an evaluation must not depend on what was read before."""
    with reading(clone, ScanOptions(use_cache=False, history=history)) as facts:
        yield facts
