"""Citations of a repository at one revision: of lines, commits, gates and tests, in a form that can be re-checked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from archaeology.facts import File, Gate, TestCase
from archaeology.identity import text_sha256
from archaeology.model import CodeCitation, CommitCitation, GateCitation, TestCitation
from archaeology.quotes import Quote, quote_text, shorten, split_lines


class Citing(ABC):
    """The half of a reader that cites; the other half gives the texts.

    ``times`` tells a commit's time in seconds since the epoch, for the date in its citation. Files in ``uncommitted`` are not as the
    revision has them, so citations of them name no commit.
    """

    def __init__(
        self,
        revision: str | None,
        files: Mapping[str, File],
        *,
        times: Callable[[str], int | None] | None = None,
        uncommitted: frozenset[str] = frozenset(),
    ) -> None:
        self._revision = revision
        self._files = files
        self._times = times
        self._uncommitted = uncommitted

    @abstractmethod
    def text(self, path: str) -> str | None:
        """Return a tracked file's text, or None where it may not or cannot be read."""

    def cite_lines(self, path: str, start_line: int, end_line: int, symbol: str | None = None) -> CodeCitation:
        """Cite lines of a file; KeyError for a path that is not tracked."""
        file, quote = self._quote(path, start_line, end_line)
        return CodeCitation(
            path=path,
            start_line=quote.start_line,
            end_line=quote.end_line,
            symbol=symbol,
            blob=file.blob,
            commit=self._commit_of(file),
            quote=quote.shown,
            quote_sha256=quote.sha256,
        )

    def cite_commit(self, oid: str, quote: str) -> CommitCitation:
        """Cite lines of a commit's message; that they are its lines is the caller's word until they are resolved."""
        time = self._times(oid) if self._times else None
        exact = "\n".join(split_lines(quote))
        return CommitCitation(commit=oid, quote=shorten(exact), quote_sha256=text_sha256(exact), date=_iso_date(time))

    def cite_gate(self, gate: Gate) -> GateCitation:
        """Cite the lines that define a gate; KeyError where its file is not tracked."""
        file, quote = self._quote(gate.path, gate.start_line, gate.end_line)
        return GateCitation(
            gate=gate.id,
            path=gate.path,
            start_line=quote.start_line,
            end_line=quote.end_line,
            blob=file.blob,
            commit=self._commit_of(file),
            quote=quote.shown,
            quote_sha256=quote.sha256,
        )

    def cite_test(self, case: TestCase) -> TestCitation:
        """Cite a test; KeyError where its file is not tracked."""
        file, quote = self._quote(case.path, case.line, case.end_line)
        return TestCitation(
            test=case.id,
            path=case.path,
            start_line=quote.start_line,
            end_line=quote.end_line,
            blob=file.blob,
            commit=self._commit_of(file),
            quote=quote.shown,
            quote_sha256=quote.sha256,
        )

    def _commit_of(self, file: File) -> str | None:
        return None if file.path in self._uncommitted else self._revision

    def _quote(self, path: str, start_line: int, end_line: int) -> tuple[File, Quote]:
        file = self._files[path]
        return file, quote_text(self.text(path) or "", start_line, end_line)


def _iso_date(time: int | None) -> str | None:
    if time is None:
        return None
    try:
        return datetime.fromtimestamp(time, UTC).isoformat()
    except (ValueError, OverflowError, OSError):  # git allows years that the calendar does not
        return None
