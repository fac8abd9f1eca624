from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from fixtures.stores import Make, Opener
from store import Store, open_store
from store.records import Actor, ActorKind, EvidenceDefinition, Facets, IntentRecord

PERSON = Actor(kind=ActorKind.PERSON, name="ann")


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store, made once: copying it is much faster than making the tables again."""
    path = tmp_path_factory.mktemp("template") / "alloy.db"
    open_store(path, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC), new_id=lambda: "project", actor=PERSON).close()
    return path


@pytest.fixture
def opener(tmp_path: Path, empty_store: Path) -> Iterator[Opener]:
    """Opens stores, new ones too, with a clock that ticks and ids that count; closes them at the end."""
    stores: list[Store] = []
    ticks = count()

    def open_one(path: Path | None = None, actor: Actor = PERSON, **options: Any) -> Store:
        options.setdefault("clock", lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks)))
        options.setdefault("new_id", lambda: f"id-{next(ticks)}")
        place = path or tmp_path / ".alloy" / "alloy.db"
        if not place.exists() and not options.get("read_only"):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(empty_store, place)
        store = open_store(place, actor=actor, **options)
        stores.append(store)
        return store

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()


@pytest.fixture
def make() -> Make:
    """Makes a record that says something in every facet."""

    def record(name: str = "pay", **fields: Any) -> IntentRecord:
        fields.setdefault("title", f"Intent {name}")
        fields.setdefault(
            "facets",
            Facets(
                capability=f"{name} providers can be replaced",
                threat="vendor types leak into the domain",
                expectation="contracts are renegotiated every year",
                strategy="one adapter for each vendor",
                evidence=(EvidenceDefinition(id="imports", statement="only adapters import the SDK"),),
                tradeoff="a layer more to read",
            ),
        )
        return IntentRecord(id=f"alloy.intent.{name}", **fields)

    return record


@pytest.fixture
def written(opener: Opener, make: Make, tmp_path: Path) -> Path:
    """A store with a few records, closed."""
    path = tmp_path / "alloy.db"
    store = opener(path)
    for name in "abc":
        store.records.save_new(make(name))
    store.close()
    return path
