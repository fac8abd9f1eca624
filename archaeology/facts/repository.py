"""Everything that was read from a repository, and the one door to its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from archaeology.facts.contents import File, FileFacts
from archaeology.facts.imports import ImportGraph
from archaeology.facts.safeguards import Documents, Gate, TestCase, TestSuite

if TYPE_CHECKING:
    from archaeology.history.model import History
    from archaeology.model import Citation, Limit, RepositoryInfo


class Reader(Protocol):
    """Reads texts and makes citations at the surveyed revision; the one thing in :class:`Facts` that does I/O."""

    def text(self, path: str) -> str | None:
        """Return a tracked file's text (UTF-8, with replacement characters), or None where it may not be read."""
        ...

    def cite_lines(self, path: str, start_line: int, end_line: int, symbol: str | None = None) -> Citation:
        """Return a code citation for these lines. Raises KeyError for a path that is not tracked."""
        ...

    def cite_commit(self, oid: str, quote: str) -> Citation:
        """Return a commit citation that quotes these lines of the commit's message."""
        ...

    def cite_gate(self, gate: Gate) -> Citation:
        """Return a gate citation with the lines that define the gate."""
        ...

    def cite_test(self, case: TestCase) -> Citation:
        """Return a test citation with the test's first lines."""
        ...


@dataclass(frozen=True)
class Facts:
    """Everything that was read; detectors and hypothesizers look at nothing else.

    ``reader`` gives texts and makes citations; everything else is plain data.
    """

    repository: RepositoryInfo
    files: Mapping[str, File]
    code: Mapping[str, FileFacts]  # by path
    imports: ImportGraph
    history: History
    tests: TestSuite
    gates: tuple[Gate, ...]
    documents: Documents
    reader: Reader
    limits: tuple[Limit, ...] = ()

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files, in order."""
        return tuple(sorted(self.files))
