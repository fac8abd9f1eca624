"""Merging two stores' versions of a record over the version that both have seen. Pure; conflicts are listed, never resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from store.errors import ImportRefusedError
from store.exchange.files import RecordFile
from store.lifecycle import is_reachable
from store.records import EvidenceDefinition, Facets, Frozen, IntentRecord, StrategyDetail
from store.validation import content_digest

_TEXT_FACETS = ("capability", "threat", "expectation", "strategy", "tradeoff")
_LISTS = ("forbidden_moves", "threat_patterns", "scope", "citations", "relations", "open_questions")
_SINGLES = ("title", "family", "severity", "confidence", "origin", "superseded_by")


class ImportAction(StrEnum):
    """What an import would do with a record."""

    NEW = "new"
    UPDATE = "update"
    MERGE = "merge"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


class FieldConflict(Frozen):
    """A field that both sides changed, differently. ``base`` is what both have seen, if anything."""

    field: str
    base: Any = None
    ours: Any = None
    theirs: Any = None


class ImportItem(Frozen):
    """What an import would do with one file; ``record`` is what would be kept over ``expected_version``."""

    source: str
    record_id: str
    action: ImportAction
    record: IntentRecord | None = None
    expected_version: int | None = None
    conflicts: tuple[FieldConflict, ...] = ()


def plan_import(
    files: Iterable[RecordFile], versions: Callable[[str], tuple[IntentRecord, ...]]
) -> tuple[ImportItem, ...]:
    """Say what to do with each file; ``versions`` gives this store's versions of a record (none if it is new).

    Raises ImportRefusedError if two files hold the same record.
    """
    items: dict[str, ImportItem] = {}
    for file in files:
        if file.record.id in items:
            message = f"{file.source!r} is refused: {file.record.id!r} is in {items[file.record.id].source!r} too."
            raise ImportRefusedError(message)
        items[file.record.id] = _plan(file, versions(file.record.id))
    return tuple(items.values())


def take(item: ImportItem, file: RecordFile, ours: IntentRecord, side: str) -> ImportItem:
    """Return an item whose conflicts a person has resolved by taking one side whole: ``ours`` or ``theirs``."""
    if side == "ours":
        return item.model_copy(update={"action": ImportAction.UNCHANGED, "record": ours, "conflicts": ()})
    return item.model_copy(update={"action": ImportAction.UPDATE, "record": file.record, "conflicts": ()})


def _plan(file: RecordFile, versions: tuple[IntentRecord, ...]) -> ImportItem:
    theirs = file.record
    if not versions:
        return ImportItem(source=file.source, record_id=theirs.id, action=ImportAction.NEW, record=theirs)
    ours = versions[-1]
    item = ImportItem(
        source=file.source,
        record_id=theirs.id,
        action=ImportAction.UNCHANGED,
        record=ours,
        expected_version=ours.version,
    )
    by_digest = {content_digest(version): version for version in versions}
    digest = content_digest(theirs)
    if digest == content_digest(ours):
        return item
    history = [seen.digest for seen in file.history]
    if digest in by_digest and (not history or history[-1] == digest):
        return item  # an earlier version of ours, unchanged: we have gone on since
    base = next((by_digest[known] for known in reversed(history) if known in by_digest), None)
    merged, conflicts = merge(base, ours, theirs)
    if conflicts:
        return item.model_copy(update={"action": ImportAction.CONFLICT, "record": None, "conflicts": conflicts})
    if content_digest(merged) == content_digest(ours):
        return item
    action = ImportAction.UPDATE if content_digest(merged) == digest else ImportAction.MERGE
    return item.model_copy(update={"action": action, "record": merged})


def merge(
    base: IntentRecord | None, ours: IntentRecord, theirs: IntentRecord
) -> tuple[IntentRecord, tuple[FieldConflict, ...]]:
    """Merge field by field; return the result and the conflicts, in which the result keeps ours.

    Lists are merged by their items, evidence by its ids. Without a version that both have seen, every difference is a conflict.
    """
    merger = _Merger(without_base=base is None)
    old = base or ours

    def pick(name: str, owner: Callable[[IntentRecord], Any], field: str) -> Any:
        return merger.one(name, *(getattr(owner(each), field) for each in (old, ours, theirs)))

    def whole(record: IntentRecord) -> IntentRecord:
        return record

    values = {name: pick(name, whole, name) for name in _SINGLES}
    values |= {name: merger.many(name, *(getattr(each, name) for each in (old, ours, theirs))) for name in _LISTS}
    values["facets"] = Facets(
        **{name: pick(f"facets.{name}", lambda each: each.facets, name) for name in _TEXT_FACETS},
        evidence=_evidence(merger, old, ours, theirs),
    )
    values["strategy_detail"] = StrategyDetail(
        definition=pick("strategy_detail.definition", lambda each: each.strategy_detail, "definition"),
        **{
            name: merger.many(
                f"strategy_detail.{name}", *(getattr(each.strategy_detail, name) for each in (old, ours, theirs))
            )
            for name in ("examples", "exceptions")
        },
    )
    state = merger.one("state", old.state, ours.state, theirs.state)
    if state is not ours.state and not is_reachable(ours.state, state):
        merger.conflicts.append(
            FieldConflict(field="state", base=str(old.state), ours=str(ours.state), theirs=str(theirs.state))
        )
        state = ours.state
    return ours.model_copy(update={**values, "state": state}), tuple(merger.conflicts)


class _Merger:
    def __init__(self, *, without_base: bool) -> None:
        self.conflicts: list[FieldConflict] = []
        self._without_base = without_base

    def one(self, name: str, base: Any, ours: Any, theirs: Any) -> Any:
        if ours == theirs:
            return ours
        if not self._without_base and base in (ours, theirs):
            return theirs if base == ours else ours
        self.conflicts.append(
            FieldConflict(
                field=name, base=None if self._without_base else _plain(base), ours=_plain(ours), theirs=_plain(theirs)
            )
        )
        return ours

    def many(self, name: str, base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
        if self._without_base or base in (ours, theirs):
            kept: tuple[Any, ...] = self.one(name, base, ours, theirs)
            return kept
        removed = [item for item in base if item not in theirs]
        stay = [item for item in ours if item not in removed]
        return (*stay, *(item for item in theirs if item not in base and item not in stay))


def _evidence(
    merger: _Merger, base: IntentRecord, ours: IntentRecord, theirs: IntentRecord
) -> tuple[EvidenceDefinition, ...]:
    sides = [{item.id: item for item in record.facets.evidence} for record in (base, ours, theirs)]
    merged = {}
    for identity in dict.fromkeys([*sides[1], *sides[2], *sides[0]]):
        merged[identity] = merger.one(f"facets.evidence[{identity!r}]", *(side.get(identity) for side in sides))
    return tuple(item for item in merged.values() if item is not None)


def _plain(value: Any) -> Any:
    if isinstance(value, Frozen):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
