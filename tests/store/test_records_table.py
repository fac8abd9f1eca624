"""The table of records: every version kept, what cannot be kept refused without a trace, and what only a person may do."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fixtures.stores import Make, Opener
from store import Store
from store.errors import ConflictError, IllegalTransitionError, NotFoundError, RefusedRecordError, StoreError
from store.records import (
    Actor,
    ActorKind,
    EvidenceDefinition,
    EvidenceStatus,
    Facets,
    RecordState,
    Relation,
    RelationKind,
    Waiver,
)

AGENT = Actor(kind=ActorKind.AGENT, name="helper")


def test_every_version_is_kept_with_who_when_and_why(store: Store, make: Make) -> None:
    first = store.records.save_new(make(), "seen in review")
    accepted = store.records.transition(first.id, RecordState.ACCEPTED, "yes")
    edited = store.records.update(accepted.model_copy(update={"title": "Shorter"}), accepted.version, "clearer")

    assert [version.title for version in store.records.versions(first.id)] == ["Intent pay", "Intent pay", "Shorter"]
    assert [(each.version, each.action, each.reason, each.actor.name) for each in store.records.changes(first.id)] == [
        (1, "create", "seen in review", "ann"),
        (2, "accepted", "yes", "ann"),
        (3, "edit", "clearer", "ann"),
    ]
    assert store.records.get(first.id) == edited
    assert store.records.get(first.id, 1) == first


def test_an_edit_without_a_change_writes_nothing(store: Store, make: Make) -> None:
    record = store.records.save_new(make())
    head = store.audit.head
    assert store.records.update(record, 1) == record
    assert store.audit.head == head


def test_a_stale_edit_is_refused_without_a_trace(store: Store, make: Make) -> None:
    record = store.records.save_new(make())
    store.records.update(record.model_copy(update={"title": "Theirs"}), 1)
    head = store.audit.head
    with pytest.raises(ConflictError, match="version 2"):
        store.records.update(record.model_copy(update={"title": "Mine"}), 1)
    assert store.records.get(record.id).title == "Theirs"
    assert store.audit.head == head


def test_an_id_is_taken_once(store: Store, make: Make) -> None:
    store.records.save_new(make())
    with pytest.raises(ConflictError):
        store.records.save_new(make())


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "pay"},
        {"id": "alloy.intent.Ünïcode"},
        {"id": "alloy.intent.../../etc"},
        {"id": "alloy.intent." + "x" * 300},
        {"title": " \n"},
        {"title": "x" * 2000},
        {"scope": ("../other/",)},
        {"scope": ("",)},
        {"scope": ("C:/windows",)},
        {"relations": (Relation(kind=RelationKind.SUPPORTS, target="alloy.intent.pay"),)},
        {"superseded_by": "alloy.intent.other"},
    ],
)
def test_a_record_that_cannot_be_kept_is_refused(store: Store, make: Make, changes: dict[str, object]) -> None:
    head = store.audit.head
    with pytest.raises((RefusedRecordError, IllegalTransitionError)):
        store.records.save_new(make().model_copy(update=changes))
    assert store.audit.head == head
    assert store.records.list() == ()


@pytest.mark.parametrize(
    "text", ["\x00null", "a\u202eb", "日本語", "💣" * 2000, "e\u0301", "\ufeff", "'; DROP TABLE records; --"]
)
def test_any_valid_text_comes_back_as_it_was(store: Store, make: Make, text: str) -> None:
    kept = store.records.save_new(make(title=f"T {text}"[:900], facets=Facets(capability=text, tradeoff=text)))
    assert store.records.get(kept.id).facets.capability == text
    assert store.verify() == ()


def test_a_lone_surrogate_is_refused_in_words(store: Store, make: Make) -> None:
    with pytest.raises(StoreError, match=r"Unicode|canonical"):
        store.records.save_new(make(facets=Facets(capability="\ud800")))
    assert store.records.list() == ()


def test_a_megabyte_is_kept(store: Store, make: Make) -> None:
    store.records.save_new(make(facets=Facets(capability="word " * 250_000)))
    assert len(store.records.get("alloy.intent.pay").facets.capability or "") == 1_250_000


def test_links_to_nothing_and_circles_are_refused(store: Store, make: Make) -> None:
    store.records.save_new(make("a"))
    store.records.save_new(make("b"))
    with pytest.raises(NotFoundError, match="nothing"):
        store.records.relate("alloy.intent.a", Relation(kind=RelationKind.REFINES, target="alloy.intent.nothing"))
    store.records.relate("alloy.intent.a", Relation(kind=RelationKind.REFINES, target="alloy.intent.b"))
    with pytest.raises(IllegalTransitionError, match="leads back"):
        store.records.relate("alloy.intent.b", Relation(kind=RelationKind.REFINES, target="alloy.intent.a"))
    store.records.relate("alloy.intent.b", Relation(kind=RelationKind.CONFLICTS_WITH, target="alloy.intent.a"))
    assert [source for source, _ in store.records.relations_to("alloy.intent.b")] == ["alloy.intent.a"]
    assert store.records.get("alloy.intent.b").version == 2


def test_records_that_name_each_other_come_in_together(store: Store, make: Make) -> None:
    supports = RelationKind.SUPPORTS
    with store.transaction():
        store.records.save_new(make("a", relations=(Relation(kind=supports, target="alloy.intent.b"),)))
        store.records.save_new(make("b", relations=(Relation(kind=supports, target="alloy.intent.a"),)))
    assert store.verify() == ()


def test_a_successor_line_has_no_circle(store: Store, make: Make) -> None:
    for name in "abc":
        store.records.save_new(make(name))
        store.records.transition(f"alloy.intent.{name}", RecordState.ACCEPTED)
    store.records.transition("alloy.intent.a", RecordState.SUPERSEDED, successor="alloy.intent.b")
    with pytest.raises(IllegalTransitionError):
        store.records.transition("alloy.intent.b", RecordState.SUPERSEDED, successor="alloy.intent.a")
    assert store.records.get("alloy.intent.a").superseded_by == "alloy.intent.b"
    with pytest.raises(IllegalTransitionError, match="stays as it was"):
        store.records.update(store.records.get("alloy.intent.a").model_copy(update={"title": "x"}), 3)


def test_an_agent_cannot_accept_edit_or_waive_what_people_confirm(opener: Opener, make: Make) -> None:
    agent, person = opener(actor=AGENT), opener()
    record = agent.records.save_new(make())
    with pytest.raises(IllegalTransitionError, match="Only a person"):
        agent.records.transition(record.id, RecordState.ACCEPTED)
    with pytest.raises(IllegalTransitionError, match="Only a person"):
        agent.records.save_new(make("other", state=RecordState.ACCEPTED))
    accepted = person.records.transition(record.id, RecordState.ACCEPTED)
    with pytest.raises(IllegalTransitionError, match="only a person"):
        agent.records.update(accepted.model_copy(update={"title": "Mine now"}), accepted.version)
    waived = EvidenceDefinition(
        id="w", statement="s", status=EvidenceStatus.WAIVED, waiver=Waiver(who="helper", why="because")
    )
    with pytest.raises(IllegalTransitionError, match="Only a person can waive"):
        agent.records.save_new(make("third", facets=Facets(evidence=(waived,))))
    with pytest.raises(IllegalTransitionError, match="who says so and why"):
        person.records.save_new(make("third", facets=Facets(evidence=(waived.model_copy(update={"waiver": None}),))))
    assert person.records.save_new(make("third", facets=Facets(evidence=(waived,)))).version == 1


def test_what_never_changes_is_guarded_by_the_schema(store: Store, make: Make) -> None:
    store.records.save_new(make())
    raw = sqlite3.connect(store.path, isolation_level=None)
    for statement in (
        "UPDATE record_versions SET body = '{}'",
        "DELETE FROM record_versions",
        "DELETE FROM records",
        "UPDATE records SET title = 'x'",
        "UPDATE records SET version = 9",
        "UPDATE audit SET reason = 'x'",
        "DELETE FROM audit",
        "INSERT INTO audit VALUES (9, '', 'person', '', '', '', '', NULL, NULL, '', 'h')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
    raw.close()


def test_order_does_not_depend_on_the_clock(opener: Opener, make: Make, tmp_path: Path) -> None:
    years = iter(range(2030, 2000, -1))
    store = opener(tmp_path / "back.db", clock=lambda: datetime(next(years), 1, 1, tzinfo=UTC))
    record = store.records.save_new(make())
    store.records.transition(record.id, RecordState.ACCEPTED)
    assert [change.version for change in store.records.changes(record.id)] == [1, 2]
    assert [entry.sequence for entry in store.audit.entries()] == [2, 1]
    assert store.audit.entries()[0].at < store.audit.entries()[1].at
    assert store.verify() == ()


def test_facets_that_say_the_same_are_kept_once(store: Store, make: Make) -> None:
    for name in "abc":
        store.records.save_new(make(name))
    with sqlite3.connect(store.path) as raw:
        assert raw.execute("SELECT count(*) FROM strategies").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM evidence_definitions").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM capabilities").fetchone() == (3,)
        assert raw.execute("SELECT title, strategy, evidence FROM intent ORDER BY id LIMIT 1").fetchone() == (
            "Intent a",
            "one adapter for each vendor",
            "only adapters import the SDK",
        )
    raw.close()


def test_a_failed_part_of_a_transaction_takes_only_itself_back(store: Store, make: Make) -> None:
    def two() -> None:
        with store.transaction():
            store.records.save_new(make("b"))
            store.records.save_new(make("a"))

    with store.transaction():
        store.records.save_new(make("a"))
        with pytest.raises(ConflictError):
            two()
    assert [record.id for record in store.records.list()] == ["alloy.intent.a"]
    assert store.verify() == ()


def test_a_failed_transaction_leaves_nothing(store: Store, make: Make) -> None:
    def both() -> None:
        with store.transaction():
            store.records.save_new(make("a"))
            raise KeyboardInterrupt

    head = store.audit.head
    with pytest.raises(KeyboardInterrupt):
        both()
    assert store.records.list() == ()
    assert store.audit.head == head
    assert store.records.save_new(make("a")).version == 1
