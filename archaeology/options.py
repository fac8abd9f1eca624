"""How a scan is to be made."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class ScanOptions(NamedTuple):
    """How to scan. ``revision`` None means HEAD; ``since`` is a date that git understands; ``jobs`` 0 means one process a core.

    ``work_tree`` reads the tracked files as they are on disk, on top of HEAD's history; it goes with no ``revision``.
    """

    revision: str | None = None
    work_tree: bool = False
    history: bool = True
    since: str | None = None
    jobs: int = 0
    use_cache: bool = True
    cache_folder: Path | None = None
    cache_megabytes: int = 512

    def require_one_state(self) -> None:
        """Raise ValueError where both a revision and the work tree are asked for, which is on top of HEAD."""
        if self.work_tree and self.revision is not None:
            message = f"The work tree is on top of HEAD, not of {self.revision!r}."
            raise ValueError(message)
