from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.stores import Make, Opener
from store import Store
from store.errors import IllegalTransitionError, ImportRefusedError, NotFoundError
from store.exchange import (
    ImportAction,
    ImportItem,
    RecordFile,
    Seen,
    merge,
    plan_import,
    read_record,
    seen_versions,
    write_record,
)
from store.records import (
    Actor,
    ActorKind,
    EvidenceDefinition,
    EvidenceStatus,
    Facets,
    IntentRecord,
    RecordState,
    Relation,
    RelationKind,
)
from store.validation import content_digest


def exported(store: Store, record_id: str) -> RecordFile:
    record = store.records.get(record_id)
    history = seen_versions(store.records.changes(record_id), store.records.digests(record_id))
    return read_record(write_record(record, history), f"{record_id}.yaml")


def plan(store: Store, *files: RecordFile) -> tuple[ImportItem, ...]:
    return plan_import(files, lambda name: store.records.versions(name) if store.records.find(name) else ())


def keep(store: Store, items: tuple[ImportItem, ...]) -> None:
    with store.transaction():
        for item in items:
            assert item.record is not None
            store.records.import_version(item.record, item.expected_version, "import")


@pytest.fixture
def two(opener: Opener, make: Make, tmp_path: Any) -> tuple[Store, Store]:
    """Two stores that have both seen version 2 of one record."""
    ours, theirs = opener(tmp_path / "ours.db"), opener(tmp_path / "theirs.db")
    record = ours.records.save_new(make(scope=("src/pay/", "lib/")))
    ours.records.transition(record.id, RecordState.ACCEPTED)
    items = plan(theirs, exported(ours, record.id))
    assert [item.action for item in items] == [ImportAction.NEW]
    keep(theirs, items)
    assert theirs.records.get(record.id).model_dump(exclude={"version"}) == ours.records.get(record.id).model_dump(
        exclude={"version"}
    )
    return ours, theirs


def edit(store: Store, reason: str = "", **fields: Any) -> IntentRecord:
    record = store.records.get("alloy.intent.pay")
    facets = record.facets.model_copy(update=fields.pop("facets", {}))
    return store.records.update(record.model_copy(update={**fields, "facets": facets}), record.version, reason)


def test_what_both_have_is_unchanged_and_what_only_they_changed_is_taken(two: tuple[Store, Store]) -> None:
    ours, theirs = two
    assert plan(ours, exported(theirs, "alloy.intent.pay"))[0].action is ImportAction.UNCHANGED
    edit(theirs, title="Theirs")
    (item,) = plan(ours, exported(theirs, "alloy.intent.pay"))
    assert (item.action, item.expected_version) == (ImportAction.UPDATE, 2)
    keep(ours, (item,))
    assert ours.records.get("alloy.intent.pay").title == "Theirs"
    assert plan(theirs, exported(ours, "alloy.intent.pay"))[0].action is ImportAction.UNCHANGED
    assert ours.verify() == ()


def test_an_older_file_changes_nothing(two: tuple[Store, Store]) -> None:
    ours, _ = two
    old = exported(ours, "alloy.intent.pay")
    edit(ours, title="Newer")
    assert plan(ours, old)[0].action is ImportAction.UNCHANGED


def test_a_file_that_was_edited_by_hand_is_an_edit_of_what_it_was_exported_from(two: tuple[Store, Store]) -> None:
    ours, _ = two
    file = exported(ours, "alloy.intent.pay")
    edit(ours, facets={"tradeoff": "ours"})
    by_hand = file.model_copy(update={"record": file.record.model_copy(update={"title": "By hand"})})
    (item,) = plan(ours, by_hand)
    assert item.action is ImportAction.MERGE
    assert item.record is not None
    assert (item.record.title, item.record.facets.tradeoff) == ("By hand", "ours")


def test_changes_of_different_fields_and_items_are_merged(two: tuple[Store, Store]) -> None:
    ours, theirs = two
    extra = EvidenceDefinition(id="tests", statement="unit tests")
    edit(ours, scope=("src/pay/",), facets={"threat": "ours"}, forbidden_moves=("a",))
    edit(
        theirs,
        scope=("src/pay/", "lib/", "new/"),
        facets={"tradeoff": "theirs", "evidence": (extra,)},
        forbidden_moves=("b",),
    )
    (item,) = plan(ours, exported(theirs, "alloy.intent.pay"))
    assert item.action is ImportAction.MERGE
    merged = item.record
    assert merged is not None
    assert merged.scope == ("src/pay/", "new/")
    assert (merged.facets.threat, merged.facets.tradeoff, merged.facets.evidence) == ("ours", "theirs", (extra,))
    assert merged.forbidden_moves == ("a", "b")


def test_changes_of_the_same_field_are_conflicts_that_say_all_three_sides(two: tuple[Store, Store]) -> None:
    ours, theirs = two
    required = EvidenceDefinition(id="imports", statement="x", status=EvidenceStatus.REQUIRED)
    edit(ours, title="Ours", facets={"evidence": (required,)})
    edit(theirs, title="Theirs", facets={"evidence": ()})
    (item,) = plan(ours, exported(theirs, "alloy.intent.pay"))
    assert item.action is ImportAction.CONFLICT
    assert item.record is None
    assert [conflict.field for conflict in item.conflicts] == ["title", "facets.evidence['imports']"]
    assert (item.conflicts[0].base, item.conflicts[0].ours, item.conflicts[0].theirs) == (
        "Intent pay",
        "Ours",
        "Theirs",
    )


def test_states_that_went_apart_are_a_conflict(two: tuple[Store, Store]) -> None:
    ours, theirs = two
    ours.records.transition("alloy.intent.pay", RecordState.ACTIVE)
    theirs.records.transition("alloy.intent.pay", RecordState.CONTRADICTED, "stale")
    (item,) = plan(ours, exported(theirs, "alloy.intent.pay"))
    assert [conflict.field for conflict in item.conflicts] == ["state"]


def test_a_file_cannot_take_a_record_back(two: tuple[Store, Store]) -> None:
    ours, _ = two
    file = exported(ours, "alloy.intent.pay")
    back = file.model_copy(
        update={"record": file.record.model_copy(update={"state": RecordState.PROPOSED, "title": "x"})}
    )
    (item,) = plan(ours, back)
    assert [conflict.field for conflict in item.conflicts] == ["state"]
    with pytest.raises(IllegalTransitionError):
        ours.records.import_version(back.record, 2, "")


def test_without_a_common_version_every_difference_is_a_conflict(store: Store, make: Make) -> None:
    store.records.save_new(make(scope=("a/",)))
    file = RecordFile(
        source="f", record=make(title="Other", scope=("b/",)), history=(Seen(version=1, digest="sha256:00"),)
    )
    (item,) = plan(store, file)
    assert [conflict.field for conflict in item.conflicts] == ["title", "scope"]
    assert all(conflict.base is None for conflict in item.conflicts)


def test_the_same_record_twice_is_refused(store: Store, make: Make) -> None:
    with pytest.raises(ImportRefusedError, match="too"):
        plan(store, RecordFile(source="a", record=make()), RecordFile(source="b", record=make()))


def test_an_import_is_all_or_nothing(store: Store, make: Make) -> None:
    lost = make("lost", relations=(Relation(kind=RelationKind.SUPPORTS, target="alloy.intent.none"),))
    items = plan(store, RecordFile(source="a", record=make()), RecordFile(source="b", record=lost))
    with pytest.raises(NotFoundError, match=r"alloy\.intent\.none"):
        keep(store, items)
    assert store.records.list() == ()
    assert store.audit.head.sequence == 0


def test_an_agent_cannot_import_what_is_accepted(opener: Opener, make: Make) -> None:
    agent = opener(actor=Actor(kind=ActorKind.AGENT, name="x"))
    with pytest.raises(IllegalTransitionError, match="Only a person"):
        agent.records.import_version(make(state=RecordState.ACCEPTED), None, "")
    assert agent.records.import_version(make(), None, "").version == 1


TEXT = st.sampled_from(["a", "b", "c"])
RECORDS = st.builds(
    lambda title, threat, scope, moves: IntentRecord(
        id="alloy.intent.x", title=title, facets=Facets(threat=threat), scope=tuple(scope), forbidden_moves=tuple(moves)
    ),
    TEXT,
    st.one_of(st.none(), TEXT),
    st.lists(TEXT, unique=True, max_size=3),
    st.lists(TEXT, unique=True, max_size=3),
)


@given(RECORDS, RECORDS, RECORDS)
@settings(max_examples=150, deadline=None)
def test_merging_is_fair(base: IntentRecord, ours: IntentRecord, theirs: IntentRecord) -> None:
    assert merge(base, ours, ours) == (ours, ())
    assert merge(base, base, theirs) == (theirs, ())
    assert merge(base, ours, base) == (ours, ())
    one, conflicts = merge(base, ours, theirs)
    other, same = merge(base, theirs, ours)
    assert [conflict.field for conflict in conflicts] == [conflict.field for conflict in same]
    if not conflicts:
        assert set(one.scope) == set(other.scope)
        assert one.title == other.title
        assert content_digest(one).startswith("sha256:")
