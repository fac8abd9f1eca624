"""Kills a writing process at random moments and counts what was acknowledged and is not there, or is there in part.

A child opens the store, writes records and answers one after the other, and reports each one through a pipe once the store has
returned. The parent kills it with SIGKILL, opens the store, and compares. Run it: ``python -m bench.store.crash --kills 1000``.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store import Store, open_store
from store.interviews import InterviewInfo
from store.records import Actor, ActorKind, Facets, IntentRecord, RecordState

_LONGEST_SECONDS = 0.15
_VERIFY_EVERY = 50


@dataclass(frozen=True)
class CrashResult:
    """How many kills, how many acknowledged writes, how many of those lost, and how many found in part or not verifying."""

    kills: int
    acknowledged: int
    lost: int
    torn: int


def run_kills(path: Path, *, kills: int, seed: int) -> CrashResult:
    """Kill a writer so many times on one database; return the counts."""
    chance = random.Random(seed)
    known: dict[str, int] = {}
    lost = torn = 0
    _open(path).close()
    for number in range(kills):
        known.update(_kill_once(path, number, chance.uniform(0.0, _LONGEST_SECONDS)))
        with _open(path) as store:
            lost += _missing(store, {key: value for key, value in known.items() if key.endswith(f"-{number}")})
            torn += _torn(store, number)
            if number % _VERIFY_EVERY == 0:
                torn += len(store.verify())
    with _open(path) as store:
        lost += _missing(store, known)
        torn += len(store.verify())
    return CrashResult(kills=kills, acknowledged=sum(known.values()), lost=lost, torn=torn)


def _kill_once(path: Path, number: int, after: float) -> dict[str, int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _write_for_ever(path, number, writer)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        # The clock starts when the store is open, so that moments fall into writes and not all into the start.
        select.select([pipe], [], [], 30)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = pipe.read().decode("ascii").splitlines(keepends=True)
    acknowledged: dict[str, int] = {}
    for line in lines:
        if line.endswith("\n") and line != "open\n":
            name, count = line.split()
            acknowledged[name] = int(count)
    return acknowledged


def _write_for_ever(path: Path, number: int, pipe: int) -> None:
    """In the child: write until killed; never returns."""
    try:
        store = _open(path)
        os.write(pipe, b"open\n")
        interview = f"interview-{number}"
        info = InterviewInfo(id=interview, mode="why", subject_kind="nothing", subject="", started_at="", updated_at="")
        store.interviews.create(info, {"answer": 1})
        os.write(pipe, f"{interview} 1\n".encode())
        record = store.records.save_new(_record(number))
        os.write(pipe, f"record-{number} 1\n".encode())
        count = 1
        while True:
            count += 1
            store.interviews.append(
                interview, {"answer": count, "text": "word " * (count % 500)}, expected_sequence=count - 1
            )
            os.write(pipe, f"{interview} {count}\n".encode())
            with store.transaction():
                moved = record.model_copy(
                    update={"title": f"Title {count}", "facets": Facets(capability=f"Title {count}")}
                )
                record = store.records.update(moved, record.version)
                if record.state is RecordState.PROPOSED:
                    record = store.records.transition(record.id, RecordState.ACCEPTED)
            os.write(pipe, f"record-{number} {record.version}\n".encode())
    finally:
        os._exit(1)


def _missing(store: Store, known: dict[str, int]) -> int:
    lost = 0
    for name, count in known.items():
        kind, _, number = name.partition("-")
        if kind == "interview":
            bodies = [event.body["answer"] for event in store.interviews.events(name)]
            lost += bodies[:count] != list(range(1, count + 1))
        else:
            lost += store.records.get(_record(int(number)).id).version < count
    return lost


def _torn(store: Store, number: int) -> int:
    record = store.records.find(_record(number).id)
    if record is None:
        return 0
    # Two writes of one transaction, and two fields of one write, must be there together.
    halves = record.version > 1 and (
        record.state is not RecordState.ACCEPTED or record.facets.capability != record.title
    )
    columns = [found.version for found in store.records.list(text=f'"{record.title}"') if found.id == record.id]
    return int(halves) + int(columns != [record.version])


def _record(number: int) -> IntentRecord:
    return IntentRecord(id=f"alloy.intent.crash-{number}", title="Title 1", facets=Facets(capability="Title 1"))


def _open(path: Path) -> Store:
    actor = Actor(kind=ActorKind.PERSON, name="bench")
    return open_store(path, clock=lambda: datetime.now(UTC), new_id=lambda: os.urandom(8).hex(), actor=actor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the kills, print the counts, and return 1 if anything was lost or torn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        result = run_kills(Path(folder) / "alloy.db", kills=options.kills, seed=options.seed)
    print(f"{result} in {time.monotonic() - begun:.0f} s")
    return int(bool(result.lost or result.torn))


if __name__ == "__main__":
    raise SystemExit(main())
