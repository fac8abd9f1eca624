"""Records that are asked for: by the beginning of an id, by what they say, and by words."""

from __future__ import annotations

import sqlite3

import pytest

from fixtures.stores import Make
from store import Store
from store.errors import AmbiguousIdError, NotFoundError
from store.records import (
    EvidenceDefinition,
    EvidenceStatus,
    Facets,
    RecordState,
    Relation,
    RelationKind,
    SourceCitation,
)
from store.tables.queries import RecordQuery


def test_ids_by_their_beginning(store: Store, make: Make) -> None:
    for name in ("payment", "payment-refunds", "ledger"):
        store.records.save_new(make(name))
    assert store.records.resolve("led") == "alloy.intent.ledger"
    assert store.records.resolve("alloy.intent.led") == "alloy.intent.ledger"
    assert store.records.resolve("payment") == "alloy.intent.payment"
    with pytest.raises(AmbiguousIdError, match="payment-refunds"):
        store.records.resolve("pay")
    for nothing in ("", "x", "%"):
        with pytest.raises(NotFoundError):
            store.records.resolve(nothing)


def test_what_can_be_asked_for(store: Store, make: Make) -> None:
    store.records.save_new(
        make("a", family="pure_core", relations=(Relation(kind=RelationKind.APPLIES_TO, target="lib/"),))
    )
    store.records.save_new(
        make(
            "b",
            facets=Facets(
                strategy="Functional core",
                evidence=(EvidenceDefinition(id="t", statement="tests", status=EvidenceStatus.FAILING),),
            ),
            citations=(SourceCitation(kind="code", body={"path": "src/x.py", "start_line": 3, "end_line": 9}),),
        )
    )
    store.records.transition("alloy.intent.b", RecordState.ACCEPTED)

    def ids(**asked: object) -> list[str]:
        found = store.records.list(query=RecordQuery.model_validate(asked))
        return [record.id.removeprefix("alloy.intent.") for record in found]

    assert ids() == ["a", "b"]
    assert ids(strategy="functional") == ["b"]
    assert ids(strategy="f%l") == []
    assert ids(threat="vendor") == ["a"]
    assert ids(capability="a providers") == ["a"]
    assert ids(expectation="contracts") == ["a"]
    assert ids(evidence_status=EvidenceStatus.FAILING) == ["b"]
    assert ids(relation=RelationKind.APPLIES_TO) == ["a"]
    assert ids(related_to="lib/") == ["a"]
    assert ids(cites="src/x.py") == ["b"]
    assert ids(family="pure_core", states=(RecordState.ACCEPTED,)) == []
    assert [record.id for record in store.records.list(states=[RecordState.ACCEPTED])] == ["alloy.intent.b"]
    assert [record.id for record in store.records.list(limit=1, offset=1)] == ["alloy.intent.b"]
    assert store.records.count(RecordQuery(states=(RecordState.ACCEPTED,))) == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("replaced", ["a"]),
        ("repl", ["a"]),
        ("providers replaced", ["a"]),
        ("providers nonsense", []),
        ("cafe", ["b"]),
        ('"', []),
        ("NEAR( AND *", []),
        ("", []),
        ("支払", ["c"]),
        ("業者", ["c"]),
    ],
)
def test_search_by_words(store: Store, make: Make, words: str, found: list[str]) -> None:
    store.records.save_new(make("a"))
    store.records.save_new(make("b", title="The Café", facets=Facets()))
    store.records.save_new(make("c", title="支払業者", facets=Facets()))
    assert [record.id.removeprefix("alloy.intent.") for record in store.records.search(words)] == found


def test_search_without_full_text_finds_the_same(store: Store, make: Make) -> None:
    store.records.save_new(make("a"))
    raw = sqlite3.connect(store.path)
    for trigger in ("inserted", "updated", "deleted"):
        raw.execute(f"DROP TRIGGER searchable_{trigger}")
    raw.execute("DROP TABLE search_index")
    raw.commit()
    raw.close()
    store.records.save_new(make("b", facets=Facets(capability="50% off_")))
    assert [record.id for record in store.records.search("providers repl")] == ["alloy.intent.a"]
    assert [record.id for record in store.records.search("50% off_")] == ["alloy.intent.b"]
    assert store.records.search("50_") == ()


def test_an_edit_is_found_by_its_new_words_only(store: Store, make: Make) -> None:
    record = store.records.save_new(make(facets=Facets(capability="aardvark")))
    store.records.update(record.model_copy(update={"facets": Facets(capability="zebra")}), 1)
    assert store.records.search("aardvark") == ()
    assert len(store.records.search("zebra")) == 1
