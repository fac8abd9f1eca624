"""Killed writers, many writers, and every byte of an artifact."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.store.crash import run_kills
from fixtures.stores import Make, Opener
from store import Store, open_store
from store.errors import ConflictError, DigestMismatchError, NotFoundError
from store.identity import canonical_json
from store.interviews import InterviewInfo
from store.records import Actor, ActorKind

PERSON = Actor(kind=ActorKind.PERSON, name="ann")
KILLS, WRITERS, CHANGES = 25, 4, 50


def test_no_acknowledged_write_is_lost_to_a_kill(tmp_path: Path) -> None:
    result = run_kills(tmp_path / "alloy.db", kills=KILLS, seed=7)
    assert (result.kills, result.lost, result.torn) == (KILLS, 0, 0)
    assert result.acknowledged > KILLS


def test_processes_that_read_and_then_write_lose_nothing(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "alloy.db"
    with _open(path) as store:
        store.records.save_new(make())
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    children = [context.Process(target=_count_up, args=(path, results)) for _ in range(WRITERS)]
    for child in children:
        child.start()
    done = [results.get(timeout=100) for _ in children]
    for child in children:
        child.join(30)
    assert done == [CHANGES] * WRITERS
    with _open(path) as store:
        record = store.records.get("alloy.intent.pay")
        assert record.version == 1 + WRITERS * CHANGES
        assert record.title == f"Intent pay{'.' * WRITERS * CHANGES}"
        assert store.verify() == ()


def _count_up(path: Path, results: Any) -> None:
    done = 0
    with _open(path) as store:
        for _ in range(CHANGES):
            with store.transaction():
                record = store.records.get("alloy.intent.pay")
                store.records.update(record.model_copy(update={"title": record.title + "."}), record.version)
            done += 1
    results.put(done)


def _open(path: Path) -> Store:
    return open_store(
        path, clock=lambda: datetime.now(UTC), new_id=lambda: f"id-{random.getrandbits(64)}", actor=PERSON
    )


BODY = {"schema_version": "alloy.formation_brief.v1", "mission": {"objective": "x"}, "numbers": [1, 2.5, None]}


def test_every_single_byte_of_an_artifact_is_watched(store: Store) -> None:
    digest = store.artifacts.put("formation_brief", "alloy.formation_brief.v1", BODY)
    assert store.artifacts.get(digest).body == canonical_json(BODY)
    raw = sqlite3.connect(store.path, isolation_level=None)
    raw.execute("DROP TRIGGER artifacts_are_never_changed")
    row = dict(
        zip(
            ("digest", "kind", "schema_version", "bytes_sha256", "body"),
            raw.execute("SELECT digest, kind, schema_version, bytes_sha256, body FROM artifacts").fetchone(),
            strict=True,
        )
    )
    noticed = tried = 0
    for column, value in row.items():
        data = value if isinstance(value, bytes) else value.encode()
        for at in range(len(data)):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            stored = changed if column == "body" else changed.decode()
            raw.execute(f"UPDATE artifacts SET {column} = ?", (stored,))
            tried += 1
            with pytest.raises((DigestMismatchError, NotFoundError)):
                store.artifacts.get(digest)
            noticed += 1
        raw.execute(f"UPDATE artifacts SET {column} = ?", (value,))
    raw.close()
    assert noticed == tried > 200
    assert store.artifacts.get(digest).kind == "formation_brief"


def test_the_same_content_is_kept_once(store: Store) -> None:
    first = store.artifacts.put(
        "formation_brief", "alloy.formation_brief.v1", {**BODY, "digest": "sha256:aa", "created_at": "1"}
    )
    second = store.artifacts.put(
        "formation_brief", "alloy.formation_brief.v1", {**BODY, "digest": "sha256:aa", "created_at": "2"}
    )
    assert first == second == "sha256:aa"
    assert [artifact.digest for artifact in store.artifacts.list("formation_brief")] == ["sha256:aa"]
    assert store.artifacts.list("prompt_pack") == ()
    with pytest.raises(ConflictError):
        store.artifacts.put("prompt_pack", "alloy.prompt_pack.v1", {**BODY, "digest": "sha256:aa"})
    with pytest.raises(NotFoundError):
        store.artifacts.verify("sha256:bb")


def test_a_change_in_any_hashed_table_is_reported(opener: Opener, store: Store, make: Make) -> None:
    store.records.save_new(make())
    info = InterviewInfo(id="i", mode="why", subject_kind="nothing", subject="", started_at="", updated_at="")
    store.interviews.create(info, {"said": "yes"})
    store.artifacts.put("formation_brief", "alloy.formation_brief.v1", BODY)
    store.close()
    whole = store.path.read_bytes()
    for statement in (
        "UPDATE audit SET reason = 'x' WHERE sequence = 1",
        "DELETE FROM audit WHERE sequence = 2",
        "UPDATE record_versions SET body = replace(body, 'pay', 'pax')",
        "DELETE FROM record_versions",
        "UPDATE interview_events SET body = '{}'",
        "DELETE FROM interview_events",
        "UPDATE artifacts SET body = X'7B7D'",
        "DELETE FROM artifacts",
        "UPDATE records SET state = 'active'",
        "UPDATE records SET title = 'x'",
    ):
        store.path.write_bytes(whole)
        raw = sqlite3.connect(store.path, isolation_level=None)
        raw.execute("PRAGMA foreign_keys = OFF")
        for (trigger,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(statement)
        raw.close()
        again = opener(store.path)
        assert any(problem.fatal for problem in again.verify()), statement
        again.close()
