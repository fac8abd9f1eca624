"""Carrying records out of the store into files and back: what would be written is said first, and nothing is written in halves."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from alloy_assist.errors import MissingError, OutsideError, RefusedError, UsageError
from archaeology.text import visible_line
from store.exchange import (
    ImportAction,
    ImportItem,
    RecordFile,
    file_name,
    plan_import,
    read_record,
    seen_versions,
    take,
    write_record,
)
from store.projections import DEFAULT_BUDGET, agents_block, markdown, splice_block
from store.records import COMPILABLE_STATES, IntentRecord

if TYPE_CHECKING:
    from store.database import Store

ExportForm = Literal["yaml", "json", "markdown", "agents"]
Side = Literal["ours", "theirs"]

_LARGEST_FILE = 4 * 1024 * 1024
_MOST_FILES = 20_000
_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that would be written; ``before`` is None for a new one."""

    path: Path
    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Whether writing it would change anything."""
        return self.before != self.after


def plan_export(  # noqa: PLR0913 - what is written, as what, where, and how much
    store: Store,
    records: Sequence[IntentRecord],
    form: ExportForm,
    *,
    to: Path | None,
    root: Path,
    budget: int = DEFAULT_BUDGET,
) -> tuple[FileChange, ...]:
    """Return the files that an export would write; nothing is written. ``to`` is a folder for records, a file for projections.

    Raises RefusedError for a target that is no ordinary file, or that a link leads out of the repository.
    """
    projections = root / ".alloy" / "projections"
    if form in {"yaml", "json"}:
        folder = to or projections / "intent"
        return tuple(_record_change(store, record, form, folder, root) for record in records)
    path = to or projections / ("INTENT.md" if form == "markdown" else "AGENTS.md")
    before = _read_target(path, root)
    if form == "markdown":
        return (FileChange(path, before, markdown(records, visible_line)),)
    block = agents_block([record for record in records if record.state in COMPILABLE_STATES], visible_line, budget)
    return (FileChange(path, before, splice_block(before or "", block)),)


def write_files(changes: Iterable[FileChange]) -> tuple[Path, ...]:
    """Write what changes, each file whole or not at all; return the files that were written. Raises OutsideError."""
    written = []
    for change in changes:
        if change.changed:
            _write(change.path, change.after)
            written.append(change.path)
    return tuple(written)


def read_files(paths: Iterable[Path]) -> tuple[RecordFile, ...]:
    """Read records from files and from the YAML and JSON files in folders. Raises MissingError, UsageError or ImportRefusedError."""
    files = []
    for path in _expand(paths):
        data = _read_bytes(path)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"{str(path)!r} is no UTF-8 text."
            raise UsageError(message, hint="Nothing was taken from it.") from error
        files.append(read_record(text, str(path)))
    return tuple(files)


def plan_files(store: Store, files: Sequence[RecordFile], side: Side | None = None) -> tuple[ImportItem, ...]:
    """Say what an import would do with each file; ``side`` is how a person resolves every conflict. Nothing is written."""
    records = store.records
    items = plan_import(files, lambda record_id: records.versions(record_id) if records.find(record_id) else ())
    if side is None:
        return items
    by_source = {file.source: file for file in files}
    return tuple(
        take(item, by_source[item.source], records.get(item.record_id), side)
        if item.action is ImportAction.CONFLICT
        else item
        for item in items
    )


def apply_import(store: Store, items: Sequence[ImportItem], reason: str) -> tuple[IntentRecord, ...]:
    """Keep what the plan says, all of it or nothing; return what was written. Raises RefusedError if there are conflicts."""
    conflicts = [item for item in items if item.action is ImportAction.CONFLICT]
    if conflicts:
        names = ", ".join(item.record_id for item in conflicts[:5])
        message = f"{len(conflicts)} of {len(items)} records were changed on both sides: {names}. Nothing was written."
        raise RefusedError(
            message, hint="Change the files or the records so that they agree, or say --take ours or --take theirs."
        )
    written = []
    with store.transaction():
        for item in items:
            if item.record is not None and item.action in {ImportAction.NEW, ImportAction.UPDATE, ImportAction.MERGE}:
                why = reason or f"from {Path(item.source).name}"
                written.append(store.records.import_version(item.record, item.expected_version, why))
    return tuple(written)


def _record_change(
    store: Store, record: IntentRecord, form: Literal["yaml", "json"], folder: Path, root: Path
) -> FileChange:
    path = folder / file_name(record, form)
    before = _read_target(path, root)
    history = seen_versions(store.records.changes(record.id), store.records.digests(record.id))
    return FileChange(path, before, write_record(record, history, form, before))


def _read_target(path: Path, root: Path) -> str | None:
    """Return what a file holds that would be replaced; a link is neither followed out of the repository nor written through."""
    real_root = root.resolve()
    if path.absolute().is_relative_to(root) and not path.parent.resolve().is_relative_to(real_root):
        message = f"{str(path)!r} would be written outside the repository, because a folder above it is a link."
        raise RefusedError(message, hint="Remove the link, or name another place with --to.")
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{str(path)!r} cannot be read: {error.strerror}."
        raise OutsideError(message) from error
    if not stat.S_ISREG(mode):
        message = f"{str(path)!r} is no ordinary file."
        raise RefusedError(message, hint="Remove it, or name another place with --to.")
    try:
        return _read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{str(path)!r} is no UTF-8 text and is left alone."
        raise RefusedError(message, hint="Name another place with --to.") from error


def _expand(paths: Iterable[Path]) -> tuple[Path, ...]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                each for each in path.iterdir() if each.suffix in _SUFFIXES and each.is_file() and not each.is_symlink()
            )
        else:
            found.append(path)
    if len(found) > _MOST_FILES:
        message = f"{len(found)} files are too many for one import; {_MOST_FILES} is the most."
        raise UsageError(message)
    return tuple(dict.fromkeys(found))


def _read_bytes(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            message = f"{str(path)!r} is no ordinary file."
            raise UsageError(message)
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except FileNotFoundError as error:
        message = f"There is no file {str(path)!r}."
        raise MissingError(message) from error
    except OSError as error:
        message = f"{str(path)!r} cannot be read: {error.strerror}."
        raise OutsideError(message) from error
    if len(data) > _LARGEST_FILE:
        message = f"{str(path)!r} is larger than {_LARGEST_FILE // 2**20} MiB."
        raise UsageError(message, hint="A record is much smaller than that.")
    return data


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        message = f"{str(path)!r} cannot be written: {error.strerror}."
        raise OutsideError(message, hint="The file is as it was. Check the disk and the permissions.") from error
