"""Looking at evidence: the cited lines as they are now, the commit, and whether a check holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from alloy_assist.elicitation.model import Seen
    from archaeology.checks import Verdict
    from archaeology.citations import Resolution
    from archaeology.git import CommitDetail
    from archaeology.progress import Cancelled, ProgressSink

_CONTEXT_LINES = 8


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file around a citation. ``lines[0]`` is line ``first_line``; ``marked`` is the cited span, ends included.

    ``status`` is same, moved, changed or gone; for gone there are no lines and ``detail`` says why.
    """

    path: str
    language: str
    first_line: int
    lines: tuple[str, ...]
    marked: tuple[int, int]
    status: str
    detail: str = ""


@dataclass(frozen=True)
class Evidence:
    """Re-reads what was cited. Opens the repository for each call; may be used from any thread."""

    root: Path
    cache_folder: Path | None

    def resolve(self, citation: dict[str, Any], revision: str | None = None) -> Resolution:
        """Say whether a citation still stands: same, moved, changed or gone."""
        from archaeology.citations import resolve
        from archaeology.git import open_repository

        with open_repository(self.root) as repository:
            return resolve(_citation(citation), repository, repository.resolve(revision))

    def excerpt(self, citation: dict[str, Any], context: int = _CONTEXT_LINES) -> Excerpt:
        """Return the cited lines as they are at HEAD with ``context`` lines around them."""
        from archaeology.citations import MAX_CITED_BYTES, resolve
        from archaeology.git import open_repository
        from archaeology.quotes import split_lines

        with open_repository(self.root) as repository:
            head = repository.resolve(None)
            found = resolve(_citation(citation), repository, head)
            if found.path is None or found.start_line is None or found.end_line is None or head is None:
                return Excerpt(str(citation.get("path", "")), "", 1, (), (0, 0), found.status, found.detail)
            blob = next((entry.blob for entry in repository.tree(head) if entry.path == found.path), None)
            data = (repository.blob(blob, MAX_CITED_BYTES) if blob else None) or b""
        text = split_lines(data.decode("utf-8", "replace"))
        first = max(1, found.start_line - context)
        last = min(len(text), found.end_line + context)
        return Excerpt(
            path=found.path,
            language=Path(found.path).suffix.lstrip("."),
            first_line=first,
            lines=tuple(text[first - 1 : last]),
            marked=(found.start_line, found.end_line),
            status=found.status,
            detail=found.detail,
        )

    def head(self) -> str | None:
        """Return the commit that HEAD names now, or None while there is none."""
        from archaeology.git import open_repository

        with open_repository(self.root) as repository:
            return repository.resolve(None)

    def commit(self, oid: str) -> CommitDetail:
        """Return a commit's message and its diff, capped."""
        from archaeology.git import open_repository

        with open_repository(self.root) as repository:
            return repository.show(oid)

    def verdicts(
        self,
        checks: Sequence[dict[str, Any]],
        revision: str | None = None,
        on_progress: ProgressSink | None = None,
        cancelled: Cancelled | None = None,
    ) -> tuple[Verdict, ...]:
        """Evaluate checks at a revision (default HEAD), one verdict each, in order. Raises ArchaeologyError.

        Commands are not run here: their verdict is unknown, and says so.
        """
        from archaeology.checks import evaluate
        from archaeology.model import Check
        from archaeology.progress import ignore_progress, never_cancelled
        from archaeology.survey import ScanOptions, reading

        adapter: TypeAdapter[Any] = TypeAdapter(Check)
        options = ScanOptions(revision=revision, history=False, cache_folder=self.cache_folder)
        sink, stop = on_progress or ignore_progress, cancelled or never_cancelled
        with reading(self.root, options, sink, stop, names_only=True) as facts:
            return tuple(evaluate(adapter.validate_python(check), facts) for check in checks)

    def uses(self, package: str) -> tuple[Seen, ...]:
        """Return who imports a package at HEAD and what asks for it; empty where nothing does. Raises ArchaeologyError."""
        from alloy_assist.operations.package_use import use_of
        from archaeology.survey import ScanOptions, reading

        options = ScanOptions(history=False, cache_folder=self.cache_folder)
        with reading(self.root, options, names_only=True) as facts:
            return use_of(facts, package)

    def callers(self, path: str, symbol: str) -> tuple[str, ...]:
        """Return the files that call a symbol at HEAD, where it is plain who does. Raises ArchaeologyError."""
        from alloy_assist.operations.callers import callers
        from archaeology.git import open_repository

        with open_repository(self.root) as repository:
            head = repository.resolve(None)
            return callers(repository, head, path, symbol) if head else ()

    def documentation(self, path: str, symbol: str) -> str:
        """Return the first sentence that documents a symbol at HEAD; empty where nothing does. Raises ArchaeologyError."""
        from alloy_assist.operations.documented import documentation
        from archaeology.cache import Cache
        from archaeology.git import open_repository

        with open_repository(self.root) as repository, Cache.open(self.cache_folder) as cache:
            head = repository.resolve(None)
            return documentation(repository, head, path, symbol, cache=cache) if head else ""


def _citation(body: dict[str, Any]) -> Any:
    from archaeology.model import Citation

    adapter: TypeAdapter[Any] = TypeAdapter(Citation)
    return adapter.validate_python(body)
