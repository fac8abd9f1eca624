"""How a scan is to be made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan. ``revision`` None means HEAD; ``since`` is a date that git understands; ``jobs`` 0 means one process a core."""

    revision: str | None = None
    history: bool = True
    since: str | None = None
    jobs: int = 0
    use_cache: bool = True
    cache_folder: Path | None = None
    cache_megabytes: int = 512
