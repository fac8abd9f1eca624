"""Whether a citation still holds: the same, moved, changed or gone at another revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, Protocol

from archaeology.errors import ArchaeologyError
from archaeology.identity import text_sha256
from archaeology.model import Citation, CodeCitation, CommitCitation, GateCitation, TestCitation
from archaeology.quotes import find_quote, shorten, split_lines
from archaeology.reader import MAX_TEXT_BYTES, decode
from archaeology.text import visible_line

MAX_CANDIDATES = 60
MAX_CITED_BYTES = 32 * 1024 * 1024
"""The largest file that one citation is looked up in; where several files are searched, each is one that a scan reads."""
_DISTINCTIVE_CHARACTERS = 24

Status = Literal["same", "moved", "changed", "gone"]
FileCitation = CodeCitation | GateCitation | TestCitation


class Entry(Protocol):
    """A file of a tree."""

    @property
    def path(self) -> str:
        """The path in the repository."""
        ...

    @property
    def blob(self) -> str:
        """The id of its content."""
        ...


class CitedRepository(Protocol):
    """What is needed of a repository to look a citation up."""

    def resolve(self, revision: str | None) -> str | None:
        """Return a revision's full commit id, or None in an unborn repository."""
        ...

    def tree(self, oid: str) -> Iterable[Entry]:
        """Return the files of a commit."""
        ...

    def blobs(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
        """Yield the bytes of many blobs in one go; None for each that is missing or larger."""
        ...

    def commit_message(self, oid: str) -> str:
        """Return a commit's message; an ArchaeologyError where there is no such commit."""
        ...


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a citation. Lines are where it is now; None where it is a commit's, changed beyond finding, or gone."""

    status: Status
    path: str | None = None
    start_line: int | None = None
    end_line: int | None = None
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the quoted words still exist, wherever they are now."""
        return self.status in {"same", "moved"}


def resolve(
    citation: Citation,
    repository: CitedRepository,
    revision: str | None = None,
    *,
    renames: Mapping[str, str] | None = None,
) -> Resolution:
    """Look one citation up at a revision (HEAD by default). For many, keep one :class:`Resolver`."""
    return Resolver(repository, revision, renames=renames).resolve(citation)


class Resolver:
    """Resolves citations at one revision, reading its tree once.

    ``renames`` maps a path of now to the path it had before, as the history knows them. A file that is gone is also looked
    for by its content and by its name. UnknownRevisionError where the revision does not exist.
    """

    def __init__(
        self,
        repository: CitedRepository,
        revision: str | None = None,
        *,
        renames: Mapping[str, str] | None = None,
    ) -> None:
        self._repository = repository
        commit = repository.resolve(revision)
        entries = repository.tree(commit) if commit is not None else ()
        self._blobs = {entry.path: entry.blob for entry in entries}
        self._renamed = {before: now for now, before in sorted((renames or {}).items(), reverse=True)}
        self._lines: dict[str, list[str] | None] = {}
        self._messages: dict[str, str | None] = {}

    def resolve(self, citation: Citation) -> Resolution:
        """Say what became of one citation."""
        if isinstance(citation, CommitCitation):
            return self._resolve_commit(citation)
        return self._resolve_lines(citation)

    def resolve_all(self, citations: Iterable[Citation]) -> tuple[Resolution, ...]:
        """Say what became of many citations, in their order; cheaper than one by one."""
        cited = tuple(citations)
        self._load(citation.path for citation in cited if not isinstance(citation, CommitCitation))
        return tuple(self.resolve(citation) for citation in cited)

    def _resolve_commit(self, citation: CommitCitation) -> Resolution:
        message = self._message(citation.commit)
        if message is None:
            return Resolution("gone", detail=f"the repository has no commit {visible_line(citation.commit)}")
        if _quotes(message, citation):
            return Resolution("same", detail="the commit still says so")
        return Resolution("changed", detail="the commit's message does not hold these words")

    def _resolve_lines(self, citation: FileCitation) -> Resolution:
        path = citation.path
        if path not in self._blobs:
            return self._search(citation)
        if self._blobs[path] == citation.blob and self._says(citation, path):
            return Resolution("same", path, citation.start_line, citation.end_line, "the file is unchanged")
        return self._in_file(citation, path) or self._changed(citation, path)

    def _in_file(self, citation: FileCitation, path: str) -> Resolution | None:
        lines = self._read(path)
        if lines is None:
            return None
        count = citation.end_line - citation.start_line + 1
        found = find_quote(lines, citation.quote, count, citation.quote_sha256, citation.start_line)
        if found is None:
            return None
        if found == citation.start_line and path == citation.path:
            return Resolution("same", path, found, citation.end_line, "the file changed, these lines did not")
        where = f"in {visible_line(path)}" if path != citation.path else "in the same file"
        return Resolution("moved", path, found, found + count - 1, f"the same words are {where}, from line {found}")

    def _says(self, citation: FileCitation, path: str) -> bool:
        lines = self._read(path)
        if lines is None:
            return False
        exact = "\n".join(lines[citation.start_line - 1 : citation.end_line])
        return text_sha256(exact) == citation.quote_sha256

    def _changed(self, citation: FileCitation, path: str) -> Resolution:
        lines = self._read(path)
        if lines is None:
            return Resolution("changed", path, detail="the file is too large, or no longer text")
        line = _nearest_line(lines, citation)
        if line is None:
            return Resolution("changed", path, detail="none of these lines are in the file any more")
        end = min(line + citation.end_line - citation.start_line, len(lines))
        return Resolution("changed", path, line, end, f"the words have changed; what is left of them is at line {line}")

    def _search(self, citation: FileCitation) -> Resolution:
        successors = tuple(self._successors(citation))
        self._load(successors)
        for path in successors:
            if (found := self._in_file(citation, path)) is not None:
                return found
        renamed = self._renamed.get(citation.path)
        if renamed in self._blobs and renamed is not None:
            return self._changed(citation, renamed)
        return Resolution("gone", detail=f"{visible_line(citation.path)} is not in the repository any more")

    def _successors(self, citation: FileCitation) -> Iterator[str]:
        """Where a file that is gone may have gone to, likeliest first: told by history, same content, same name."""
        renamed = self._renamed.get(citation.path)
        if renamed in self._blobs and renamed is not None:
            yield renamed
        yield from sorted(path for path, blob in self._blobs.items() if blob == citation.blob)
        if len(citation.quote.strip()) < _DISTINCTIVE_CHARACTERS:
            return  # "return None" would be found anywhere
        gone = PurePosixPath(citation.path)
        same_name = sorted(path for path in self._blobs if PurePosixPath(path).name == gone.name)
        beside = sorted(
            path
            for path in self._blobs
            if PurePosixPath(path).parent == gone.parent and PurePosixPath(path).suffix == gone.suffix
        )
        yield from (same_name + beside)[:MAX_CANDIDATES]

    def _load(self, paths: Iterable[str], max_bytes: int = MAX_TEXT_BYTES) -> None:
        wanted = {path: self._blobs[path] for path in paths if path in self._blobs and path not in self._lines}
        texts = {oid: decode(data) for oid, data in self._repository.blobs(sorted(set(wanted.values())), max_bytes)}
        for path, oid in wanted.items():
            text = texts.get(oid)
            self._lines[path] = None if text is None else split_lines(text)

    def _read(self, path: str) -> list[str] | None:
        if path not in self._lines:
            self._load([path], MAX_CITED_BYTES)
        return self._lines[path]

    def _message(self, oid: str) -> str | None:
        if oid not in self._messages:
            try:
                self._messages[oid] = self._repository.commit_message(oid)
            except ArchaeologyError:
                self._messages[oid] = None
        return self._messages[oid]


def _quotes(message: str, citation: CommitCitation) -> bool:
    """Whether the message holds the quoted words: as whole lines, or within one paragraph however it is wrapped."""
    lines = split_lines(message)
    count = citation.quote.count("\n") + 1
    if find_quote(lines, citation.quote, count, citation.quote_sha256, 1) is not None:
        return True
    words, quoted = " ".join(message.split()), " ".join(citation.quote.removesuffix("…").split())
    whole = shorten(citation.quote) == citation.quote and text_sha256(citation.quote) == citation.quote_sha256
    return whole and bool(quoted) and quoted in words


def _nearest_line(lines: list[str], citation: FileCitation) -> int | None:
    """Return where the longest of the quoted lines is now, nearest to where it was."""
    for quoted in sorted(set(citation.quote.split("\n")), key=lambda line: (-len(line.strip()), line)):
        if len(quoted.strip()) < 2:  # noqa: PLR2004 - a bracket is no place
            break
        found = [number for number, line in enumerate(lines, start=1) if line == quoted]
        if found:
            return min(found, key=lambda number: (abs(number - citation.start_line), number))
    return None
