"""Fills a store with 100,000 records and measures what a person waits for: open, list a page, search, which records govern a file.

Run it: ``python -m bench.store.scale --records 100000``. Times are wall milliseconds on this machine, the median of several runs after one
that warms the page cache, and the slowest. The goal is 50 ms for each.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from store import Store, open_store
from store.records import Actor, ActorKind, EvidenceDefinition, Facets, IntentRecord, RecordState, SourceCitation
from store.tables.queries import RecordQuery

GOAL_MILLISECONDS = 50.0
_RUNS = 15
_BATCH = 2000
_WORDS = (
    "payment ledger invoice customer search index cache queue worker adapter gateway domain policy report export import session token "
    "schema migration event stream retry timeout budget audit permission tenant region locale currency rounding holiday calendar"
).split()


def fill(store: Store, records: int, seed: int = 1) -> None:
    """Write so many accepted records: 400 folders, a few wide scopes, shared strategies and evidence."""
    chance = random.Random(seed)
    for start in range(0, records, _BATCH):
        with store.transaction():
            for number in range(start, min(start + _BATCH, records)):
                store.records.save_new(_record(number, chance))


def measures(path: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name; each opens or uses a store at the path."""
    store = _open(path)
    page = 50
    return {
        "open": lambda: _open(path).close(),
        "list the first page": lambda: store.records.list(limit=page),
        "list a page in the middle": lambda: store.records.list(limit=page, offset=50_000),
        "list a page of one state": lambda: store.records.list([RecordState.PROPOSED], limit=page),
        "count": store.records.count,
        "search, one rare word": lambda: store.records.search("n77777"),
        "search, two common words": lambda: store.records.search("payment ledger"),
        "search, a word of every record": lambda: store.records.search("providers"),
        "governing a file": lambda: store.records.governing("src/area7/part3/file_11.py"),
        "governing a file, by wide scopes": lambda: store.records.governing("src/area7/part3/deep/x.sql"),
        "by a strategy": lambda: store.records.list(query=RecordQuery(strategy="adapter"), limit=page),
        "one record": lambda: store.records.get("alloy.intent.n77"),
        "an id by its beginning": lambda: store.records.resolve("n999"),
    }


def time_one(action: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the slowest time of an action in milliseconds, after one run that does not count."""
    action()
    times = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        action()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), max(times)


def _record(number: int, chance: random.Random) -> IntentRecord:
    words = chance.sample(_WORDS, 4)
    folder = f"src/area{number % 20}/part{number // 20 % 20}"
    scope: tuple[str, ...] = (f"{folder}/file_{number // 400 % 250}.py",)
    if number % 1000 == 0:
        scope = (f"{folder}/",)
    elif number % 5000 == 1:
        scope = ("*.sql", "docs/**/*.md")
    return IntentRecord(
        id=f"alloy.intent.n{number}",
        title=f"n{number}: {' '.join(words)}",
        family=chance.choice(("vendor_isolation", "pure_core", "layer_direction")),
        state=RecordState.ACCEPTED if number % 10 else RecordState.PROPOSED,
        scope=scope,
        facets=Facets(
            capability=f"{words[0]} providers can be replaced without touching {words[1]}",
            threat=f"types of {words[2]} leak into {words[3]}",
            expectation=chance.choice(("contracts change every year", "the team doubles", "traffic grows tenfold")),
            strategy=chance.choice(("one adapter a vendor", "a functional core", "ports and adapters", "typed errors")),
            evidence=(EvidenceDefinition(id="imports", statement=f"only adapters import {words[0]}"),),
            tradeoff="a layer more to read",
        ),
        citations=(SourceCitation(kind="code", body={"path": scope[0], "start_line": 1, "end_line": 3}),),
    )


def _open(path: Path) -> Store:
    actor = Actor(kind=ActorKind.PERSON, name="bench")
    return open_store(path, clock=lambda: datetime.now(UTC), new_id=lambda: os.urandom(8).hex(), actor=actor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, measure, print; return 1 if a median is over the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--database", type=Path, help="Keep the store here, and use it if it is there.")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "alloy.db"
        if not path.exists():
            begun = time.monotonic()
            with _open(path) as store:
                fill(store, options.records)
            seconds = time.monotonic() - begun
            print(f"filled in {seconds:.0f} s, {path.stat().st_size / 2**20:.0f} MiB")
        worst = 0.0
        for name, action in measures(path).items():
            median, slowest = time_one(action)
            worst = max(worst, median)
            print(f"{name:34} {median:8.2f} ms   slowest {slowest:8.2f} ms")
    return int(worst > GOAL_MILLISECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
