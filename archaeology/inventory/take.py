"""Takes the inventory: lists a tree, looks at what the names leave open, and says what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from archaeology.facts import File, Flag
from archaeology.git import TreeEntry, TreeListing
from archaeology.git.values import MODE_SUBMODULE, MODE_SYMLINK
from archaeology.inventory.attributes import Hint, parse_hints
from archaeology.inventory.classify import Reason, reasons_from_content, reasons_from_path
from archaeology.inventory.languages import is_binary_name, language_of
from archaeology.inventory.licences import folders_of_others, reason_for_others
from archaeology.inventory.testfiles import folders_with_tests, reason_for_test
from archaeology.model import Limit

MAX_FILES = 400_000
MAX_FILE_BYTES = 1 << 20
_ATTRIBUTES_BYTES = 1 << 18
_SHOWN_PATHS = 20


@dataclass(frozen=True)
class Inventory:
    """The tracked files by path, in git's order, and what could not be known of them."""

    files: Mapping[str, File] = field(default_factory=lambda: MappingProxyType({}))
    limits: tuple[Limit, ...] = ()


class Contents(Protocol):
    """What an inventory needs: a repository has it, and so has its work tree."""

    def list_tree(self, oid: str, max_entries: int) -> TreeListing:
        """Return the files of a commit."""
        ...

    def blobs(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
        """Yield each blob's id and content in order."""
        ...


def take_inventory(
    contents: Contents, revision: str, *, max_files: int = MAX_FILES, max_bytes: int = MAX_FILE_BYTES
) -> Inventory:
    """List the files of ``revision`` (a full object id) with language, flags and the reason for each flag.

    Links are never followed and submodules never entered; both are listed. Files over ``max_bytes`` are flagged and not read.

    Raises:
        GitError: the tree cannot be read.
    """
    listing = contents.list_tree(revision, max_files)
    hints = parse_hints(_attribute_files(contents, listing.entries))
    with_tests = folders_with_tests(entry.path for entry in listing.entries)
    of_others = folders_of_others((entry.path, entry.blob) for entry in listing.entries)
    looks = _read(contents, listing.entries, max_bytes)
    files: dict[str, File] = {}
    twice: list[str] = []
    for entry in listing.entries:
        if entry.path in files:
            twice.append(entry.path)
            continue
        files[entry.path] = _file(entry, hints, _Around(with_tests, of_others), looks.get(entry.blob, ()), max_bytes)
    return Inventory(MappingProxyType(files), tuple(_limits(listing, files, twice, max_files, max_bytes)))


@dataclass(frozen=True, slots=True)
class _Content:
    """What was learnt from a blob: flags by language-independent looks, and the language that its first line names."""

    reasons: tuple[Reason, ...]
    shebang: str | None


@dataclass(frozen=True, slots=True)
class _Around:
    """What the names of all files say of the folders: which hold tests, and which are somebody else's."""

    with_tests: frozenset[str]
    of_others: frozenset[str]


def _read(contents: Contents, entries: Iterable[TreeEntry], max_bytes: int) -> Mapping[str, _Content]:
    languages = {
        entry.blob: language_of(entry.path)
        for entry in entries
        if _is_file(entry) and 0 <= entry.size <= max_bytes and not is_binary_name(entry.path)
    }
    found: dict[str, _Content] = {}
    for blob, content in contents.blobs(languages, max_bytes):
        if content is not None:
            reasons = tuple(reasons_from_content(languages[blob], content))
            shebang = language_of("", content[:200]) if languages[blob] is None else None
            if reasons or shebang:
                found[blob] = _Content(reasons, shebang)
    return found


def _file(
    entry: TreeEntry, hints: tuple[Hint, ...], around: _Around, content: _Content | tuple[()], max_bytes: int
) -> File:
    if not _is_file(entry):
        flag = Flag.SYMLINK if entry.mode == MODE_SYMLINK else Flag.SUBMODULE
        why = "a symbolic link, not followed" if flag is Flag.SYMLINK else "a submodule, not entered"
        return File(entry.path, entry.blob, max(entry.size, 0), None, frozenset({flag}), ((flag, why),))
    reasons = _reasons(entry, around, max_bytes)
    language = language_of(entry.path)
    if content:
        language = language or content.shebang
        for flag, why in content.reasons:
            reasons.setdefault(flag, why)
    for hint in hints:
        if hint.pattern.matches(entry.path):
            language = hint.language or language
            for flag, present in hint.flags.items():
                if present:
                    reasons[flag] = f"declared in {hint.source}"
                else:
                    reasons.pop(flag, None)
    flags, shared = _shared(tuple(reasons.items()))
    return File(entry.path, entry.blob, max(entry.size, 0), language, flags, shared)


@lru_cache(maxsize=1_024)
def _shared(
    reasons: tuple[tuple[Flag, str], ...],
) -> tuple[frozenset[Flag], tuple[tuple[Flag, str], ...]]:
    """Return flags and the reasons for them, the same for all files that have the same: most have few or none, and a set takes much room."""
    return frozenset(flag for flag, _ in reasons), reasons


def _reasons(entry: TreeEntry, around: _Around, max_bytes: int) -> dict[Flag, str]:
    """Return the flags that path and size show."""
    reasons: dict[Flag, str] = {}
    for flag, why in reasons_from_path(entry.path):
        reasons.setdefault(flag, why)
    others = reason_for_others(entry.path, around.of_others)
    if others is not None:
        reasons.setdefault(Flag.VENDORED, others)
    test = reason_for_test(entry.path, around.with_tests)
    if test is not None:
        reasons[Flag.TEST] = test
    if is_binary_name(entry.path):
        reasons[Flag.BINARY] = "named as binary files are"
    if entry.size > max_bytes:
        reasons[Flag.TOO_LARGE] = f"{entry.size} bytes, more than the {max_bytes} that are read"
    if entry.size < 0:
        reasons[Flag.TOO_LARGE] = "its content is not in this clone"
    return reasons


def _is_file(entry: TreeEntry) -> bool:
    return entry.mode not in {MODE_SYMLINK, MODE_SUBMODULE}


def _attribute_files(contents: Contents, entries: Iterable[TreeEntry]) -> list[tuple[str, str]]:
    found = {
        entry.path: entry.blob
        for entry in entries
        if entry.path.rpartition("/")[2] == ".gitattributes" and _is_file(entry)
    }
    texts = {blob: content for blob, content in contents.blobs(found.values(), _ATTRIBUTES_BYTES) if content}
    return [(path, texts[blob].decode("utf-8", "replace")) for path, blob in found.items() if blob in texts]


def _limits(
    listing: TreeListing, files: Mapping[str, File], twice: list[str], max_files: int, max_bytes: int
) -> Iterable[Limit]:
    if listing.truncated:
        yield Limit(kind="too_many_files", detail=f"Only the first {max_files} files of the tree were read.")
    if listing.missing_sizes:
        yield Limit(
            kind="missing_objects",
            detail="The contents of some files are not in this clone.",
            count=listing.missing_sizes,
        )
    if listing.undecodable:
        yield _named("undecodable_names", "Names that are not UTF-8 are shown with \\x escapes.", listing.undecodable)
    if twice:
        yield _named("colliding_names", "Names that look the same as another file's once decoded were left out.", twice)
    large = [path for path, file in files.items() if Flag.TOO_LARGE in file.flags and file.size > max_bytes]
    if large:
        yield _named("too_large", f"Files of more than {max_bytes} bytes were listed and not read.", large)
    submodules = [path for path, file in files.items() if Flag.SUBMODULE in file.flags]
    if submodules:
        yield _named("submodules", "Submodules were named and not entered.", submodules)


def _named(kind: str, detail: str, paths: Iterable[str]) -> Limit:
    every = tuple(paths)
    return Limit(kind=kind, detail=detail, count=len(every), paths=every[:_SHOWN_PATHS])
