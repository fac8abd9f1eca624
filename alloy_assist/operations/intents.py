"""The records of engineering intent: looking at them, changing them, and carrying them in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from alloy_assist.errors import MissingError, UsageError
from store.errors import RefusedRecordError
from store.interviews import StoredAnswer
from store.projections import DEFAULT_BUDGET
from store.records import (
    COMPILABLE_STATES,
    Change,
    EvidenceDefinition,
    EvidenceStatus,
    IntentRecord,
    RecordState,
    Relation,
    RelationKind,
    Waiver,
)
from store.validation import record_id

if TYPE_CHECKING:
    from alloy_assist.operations.carrying import ExportForm, FileChange, Side
    from store.database import Store
    from store.exchange import ImportItem
    from store.tables.queries import RecordQuery


@dataclass(frozen=True)
class Intents:
    """The records of a project. Names may be unique beginnings of ids, with or without ``alloy.intent.``."""

    store: Callable[[], Store]
    root: Path

    def list(  # noqa: PLR0913 - one argument for each thing that is often asked for
        self,
        states: Iterable[RecordState] | None = None,
        family: str | None = None,
        text: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        query: RecordQuery | None = None,
    ) -> tuple[IntentRecord, ...]:
        """Return records by id, narrowed by state, family, words and whatever a query asks for."""
        return self.store().records.list(states, family, text, limit=limit, offset=offset, query=query)

    def show(self, name: str, version: int | None = None) -> IntentRecord:
        """Return a record, or an earlier version of it. Raises NotFoundError or AmbiguousIdError."""
        records = self.store().records
        return records.get(records.resolve(name), version)

    def search(self, text: str, limit: int = 50) -> tuple[IntentRecord, ...]:
        """Return records that hold all the words, best first."""
        return self.store().records.search(text, limit)

    def search_answers(self, text: str, limit: int = 50) -> tuple[StoredAnswer, ...]:
        """Return answers of interviews that hold all the words, in the question or the answer, best first."""
        return self.store().interviews.search(text, limit)

    def governing(self, path: str, states: Iterable[RecordState] = COMPILABLE_STATES) -> tuple[IntentRecord, ...]:
        """Return the records that govern a file, folder or dotted module, the most specific first.

        A path may be absolute, if it is inside the repository. Raises UsageError for one outside.
        """
        records = self.store().records
        wanted = self._inside(path)
        guesses = [f"{wanted}/" if not wanted.endswith("/") and (self.root / wanted).is_dir() else wanted]
        if "/" not in wanted and "." in wanted.strip("."):
            module = wanted.replace(".", "/")
            guesses += [f"{module}.py", f"{module}/"]
        return next((found for guess in guesses if (found := records.governing(guess, states))), ())

    def history(self, name: str) -> tuple[tuple[Change, IntentRecord], ...]:
        """Return every version with who made it, when and why, the first first."""
        records = self.store().records
        identity = records.resolve(name)
        return tuple(zip(records.changes(identity), records.versions(identity), strict=True))

    def create(
        self, fields: Mapping[str, Any], reason: str = "", *, accept: bool = False, checks: Iterable[str] = ()
    ) -> IntentRecord:
        """Keep a new record from its fields; ``id`` is made from the title if it is not given. Raises UsageError.

        ``checks`` are machine checks as JSON, which become required evidence.
        """
        store = self.store()
        facets = dict(fields.get("facets", {}))
        facets["evidence"] = _with_checks(facets.get("evidence", ()), checks)
        values = {**fields, "facets": facets}
        title = values.get("title")
        if not isinstance(title, str) or not title.strip():
            message = "A record needs a title."
            raise UsageError(message, hint='Say it in a few words, like "Payment providers are replaceable".')
        with _said_in_usage(), store.transaction():
            values.setdefault("id", store.records.free_id(record_id(title)))
            values["state"] = RecordState.PROPOSED
            record = store.records.save_new(_record(values), reason)
            return store.records.transition(record.id, RecordState.ACCEPTED, reason) if accept else record

    def edit(
        self,
        name: str,
        changes: Mapping[str, Any],
        *,
        expected_version: int | None = None,
        reason: str = "",
        checks: Iterable[str] = (),
    ) -> IntentRecord:
        """Change fields of a record; ``facets`` may hold only those that change. Raises ConflictError if it is newer by now.

        ``checks`` are machine checks as JSON, which are added to the evidence as required.
        """
        store = self.store()
        with _said_in_usage(), store.transaction():
            before = self.show(name)
            values = before.model_dump(by_alias=True)
            facets = {**values["facets"], **changes.get("facets", {})}
            facets["evidence"] = _with_checks(facets["evidence"], checks)
            changed = _record({**values, **changes, "facets": facets, "id": before.id, "version": before.version})
            expected = before.version if expected_version is None else expected_version
            return store.records.update(changed, expected, reason)

    def accept(self, name: str, reason: str = "") -> IntentRecord:
        """Accept a proposed record; only a person can."""
        return self._move(name, RecordState.ACCEPTED, reason)

    def activate(self, name: str, reason: str = "") -> IntentRecord:
        """Put an accepted record to work."""
        return self._move(name, RecordState.ACTIVE, reason)

    def deprecate(self, name: str, reason: str) -> IntentRecord:
        """Say that a record no longer holds, and why."""
        return self._move(name, RecordState.DEPRECATED, reason)

    def contradict(self, name: str, reason: str) -> IntentRecord:
        """Say that the code is right and the record is stale, and why."""
        return self._move(name, RecordState.CONTRADICTED, reason)

    def supersede(self, name: str, successor: str, reason: str = "") -> IntentRecord:
        """Replace a record by another one."""
        records = self.store().records
        return records.transition(
            records.resolve(name), RecordState.SUPERSEDED, reason, successor=records.resolve(successor)
        )

    def waive(self, name: str, evidence: str, why: str, until: str | None = None) -> IntentRecord:
        """Say that a piece of evidence is not asked for, why, and until when (ISO date); only a person can. Raises MissingError."""
        store = self.store()
        with store.transaction():
            record = self.show(name)
            items = {item.id: item for item in record.facets.evidence}
            if evidence not in items:
                message = f"{record.id!r} has no evidence {evidence!r}."
                raise MissingError(message, hint=f"It has {', '.join(map(repr, items)) or 'none'}.")
            waiver = Waiver(who=store.actor.name, why=why, until=until)
            items[evidence] = items[evidence].model_copy(update={"status": EvidenceStatus.WAIVED, "waiver": waiver})
            facets = record.facets.model_copy(update={"evidence": tuple(items.values())})
            return store.records.update(
                record.model_copy(update={"facets": facets}), record.version, why, action="waive"
            )

    def relate(self, name: str, kind: RelationKind, target: str, note: str = "") -> IntentRecord:
        """Relate a record to another one, or for ``applies_to`` to a path or glob."""
        records = self.store().records
        resolved = self._inside(target) if kind is RelationKind.APPLIES_TO else records.resolve(target)
        return records.relate(records.resolve(name), Relation(kind=kind, target=resolved, note=note))

    def plan_export(
        self,
        names: Iterable[str] = (),
        *,
        form: ExportForm = "yaml",
        to: Path | None = None,
        budget: int = DEFAULT_BUDGET,
    ) -> tuple[FileChange, ...]:
        """Return the files that an export of the named records (or all) would write; nothing is written."""
        from alloy_assist.operations.carrying import plan_export

        records = tuple(map(self.show, names)) or self.list()
        return plan_export(self.store(), records, form, to=to, root=self.root, budget=budget)

    def export(self, changes: Iterable[FileChange]) -> tuple[Path, ...]:
        """Write what :meth:`plan_export` returned; return the files that changed."""
        from alloy_assist.operations.carrying import write_files

        return write_files(changes)

    def plan_import(self, paths: Iterable[Path], *, side: Side | None = None) -> tuple[ImportItem, ...]:
        """Say what an import of files and folders would do; nothing is written. Raises ImportRefusedError for what is malformed."""
        from alloy_assist.operations.carrying import plan_files, read_files

        return plan_files(self.store(), read_files(paths), side)

    def import_(self, paths: Iterable[Path], *, side: Side | None = None, reason: str = "") -> tuple[ImportItem, ...]:
        """Import files and folders, all or nothing; return what was done. Raises RefusedError listing conflicts."""
        from alloy_assist.operations.carrying import apply_import, plan_files, read_files

        store = self.store()
        files = read_files(paths)
        with store.transaction():
            items = plan_files(store, files, side)
            apply_import(store, items, reason)
        return items

    def _move(self, name: str, to: RecordState, reason: str) -> IntentRecord:
        records = self.store().records
        return records.transition(records.resolve(name), to, reason)

    def _inside(self, path: str) -> str:
        given = Path(path)
        if not given.is_absolute():
            return given.as_posix() + ("/" if path.endswith("/") and path != "/" else "")
        try:
            return given.relative_to(self.root).as_posix()
        except ValueError as error:
            message = f"{path!r} is outside the repository {str(self.root)!r}."
            raise UsageError(message, hint="Name a path relative to the repository.") from error


@contextmanager
def _said_in_usage() -> Iterator[None]:
    """What a person typed and the store refuses is wrong usage."""
    try:
        yield
    except RefusedRecordError as error:
        raise UsageError(str(error), hint=error.hint) from error


def _with_checks(there: Iterable[Any], checks: Iterable[str]) -> tuple[EvidenceDefinition, ...]:
    from alloy_assist.operations.requiring import required_check, with_evidence

    return with_evidence(map(EvidenceDefinition.model_validate, there), map(required_check, checks))


def _record(values: Mapping[str, Any]) -> IntentRecord:
    try:
        return IntentRecord.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = f"The record cannot be made: {place}: {first['msg']}."
        raise UsageError(message, hint="`alloy intent show --json` shows the fields of a record.") from error
