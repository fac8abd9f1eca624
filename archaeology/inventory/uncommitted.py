"""What is to be said of files that were read from disk instead of from a commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from archaeology.inventory.wildcards import Pattern
from archaeology.model import Limit

if TYPE_CHECKING:
    from archaeology.git.work_tree import WorkTree

_FILTERS = frozenset({"filter", "text", "eol", "ident", "crlf", "working-tree-encoding"})
_ATTRIBUTES = ".gitattributes"
_ATTRIBUTES_BYTES = 1 << 18
_MAX_LINES = 5_000
_SHOWN_PATHS = 20
_LINE_ENDS_BYTES = 1 << 20


def limits_of_work_tree(tree: WorkTree) -> Iterator[Limit]:
    """Say what was read from disk, what was not, and where git would not keep it as it stands there."""
    yield _named(
        "work_tree",
        "Tracked files were read as they are on disk. Those that differ from HEAD are counted here, and citations of them name no commit.",
        sorted(tree.uncommitted),
    )
    yield from _some("unmerged", "Files of an unresolved merge were read with what stands in them.", tree.unmerged)
    yield from _some(
        "sparse", "Files that a sparse checkout leaves out were read as they are in the index.", tree.sparse
    )
    yield from _some(
        "odd_files", "Tracked paths that are pipes, devices or unreadable on disk were left out.", tree.odd
    )
    yield from _some("work_tree_too_large", "Changed files too large to be read have no id.", tree.unread)
    yield from _some(
        "filtered",
        "Git may filter or normalise these files when they are committed; their ids are those of the bytes on disk.",
        filtered_paths(tree),
    )


def filtered_paths(tree: WorkTree) -> tuple[str, ...]:
    """Return the paths read from disk whose id may change on the way into git: by attributes, or by carriage returns."""
    on_disk = [entry for entry in tree.listing.entries if entry.blob in tree.on_disk]
    attributes = [entry for entry in tree.listing.entries if entry.path.rpartition("/")[2] == _ATTRIBUTES]
    texts = dict(tree.blobs([entry.blob for entry in attributes], _ATTRIBUTES_BYTES)) if on_disk else {}
    rules = list(_rules({entry.path: texts.get(entry.blob) or b"" for entry in attributes}))
    contents = dict(tree.blobs([entry.blob for entry in on_disk], _LINE_ENDS_BYTES))
    return tuple(
        entry.path
        for entry in on_disk
        if _is_filtered(entry.path, rules) or b"\r\n" in (contents.get(entry.blob) or b"")
    )


def _rules(files: Mapping[str, bytes]) -> Iterator[tuple[Pattern, bool]]:
    """Yield what each line says of filters, deeper folders later, as the last one counts."""
    for path, text in sorted(files.items(), key=lambda item: (item[0].count("/"), item[0])):
        folder = path.removesuffix(_ATTRIBUTES)
        for line in text.decode("utf-8", "replace").splitlines()[:_MAX_LINES]:
            pattern, *attributes = line.split() or [""]
            named = [found for found in attributes if found.lstrip("-!").partition("=")[0] in _FILTERS]
            if pattern and pattern[0] not in "#[!" and named:
                yield Pattern(folder, pattern.strip('"')), any(found[0] not in "-!" for found in named)


def _is_filtered(path: str, rules: Sequence[tuple[Pattern, bool]]) -> bool:
    return next((filters for pattern, filters in reversed(rules) if pattern.matches(path)), False)


def _some(kind: str, detail: str, paths: Sequence[str]) -> Iterator[Limit]:
    if paths:
        yield _named(kind, detail, paths)


def _named(kind: str, detail: str, paths: Sequence[str]) -> Limit:
    return Limit(kind=kind, detail=detail, count=len(paths), paths=tuple(paths[:_SHOWN_PATHS]))
