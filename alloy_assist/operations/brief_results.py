"""What the operations on briefs give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alloy_assist.briefs.findings import Finding
from store.runs import BriefRow


@dataclass(frozen=True)
class Preview:
    """What would be compiled now. ``digest_shown`` is what an approval binds to; ``documents`` maps a name to text for reading."""

    digest_shown: str
    findings: tuple[Finding, ...]
    documents: Mapping[str, str]


@dataclass(frozen=True)
class Compiled:
    """A compiled brief: its row, its artifacts (kind -> digest), and the files that were written, relative to the repository.

    ``observations`` are the bodies of what was seen of each gate.
    """

    row: BriefRow
    artifacts: Mapping[str, str]
    files: tuple[Path, ...]
    observations: tuple[Mapping[str, Any], ...] = ()
