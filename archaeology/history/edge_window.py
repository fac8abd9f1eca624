"""Which old versions of source files are read for the life of import edges: the newest, within a budget of bytes."""

from __future__ import annotations

from collections.abc import Mapping

from archaeology.code.import_lines import can_read_import_lines
from archaeology.facts import File
from archaeology.git import Change
from archaeology.history.log import PackedLog
from archaeology.inventory.languages import language_of

_BYTES_A_SOURCE_BYTE = 32
_BYTES_A_COMMIT = 1_000
_MIN_BYTES = 96_000_000
_MOST_BYTES = 256_000_000
_USUAL_BYTES = 8_000  # a file that is no longer there
_MAX_FILES_A_COMMIT = 300


def changes_to_read(
    log: PackedLog, files: Mapping[str, File], max_blobs: int
) -> tuple[list[tuple[int, list[Change]]], bool]:
    """Return changes of source files by commit, newest first, within the budget, and whether that is all there are.

    ``files`` are those of the surveyed commit; at most ``max_blobs`` versions are asked for.
    """
    window: list[tuple[int, list[Change]]] = []
    blobs: set[str] = set()
    size = 0
    max_bytes = _budget(log, files)
    for commit, changes in log.changes(lambda path: can_read_import_lines(language_of(path))):
        if len(blobs) >= max_blobs or size >= max_bytes:
            return window, False
        if len(changes) <= _MAX_FILES_A_COMMIT or int(log.starts[commit + 1]) == len(log.path_ids):
            for change in changes:
                if change.new_blob not in blobs:
                    blobs.add(change.new_blob)
                    # Old versions are about as large as the present one, and asking git would cost as much as reading them.
                    size += files[change.path].size if change.path in files else _USUAL_BYTES
            window.append((commit, changes))
    return window, not log.partial


def _budget(log: PackedLog, files: Mapping[str, File]) -> int:
    """Return how many bytes of old versions may be read."""
    source = sum(file.size for path, file in files.items() if can_read_import_lines(language_of(path)))
    return min(_MOST_BYTES, max(_MIN_BYTES, _BYTES_A_SOURCE_BYTE * source + _BYTES_A_COMMIT * len(log)))
