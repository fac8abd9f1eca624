from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from store import Store
from store.diagram import diagram, new_database, tables
from store.lifecycle import LEGAL
from store.records import RecordState

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-model.md"


def test_the_document_names_every_table_and_view_and_shows_the_schema_as_it_is() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    database = new_database()
    for name in (*tables(database), *database.view_names()):
        assert f"`{name}`" in text, name
    assert f"```mermaid\n{diagram(database)}```" in text
    for quoted in re.findall(r"FROM (\w+)", text):
        assert quoted in {*tables(database), *database.view_names()}


def test_every_table_is_strict_and_every_view_can_be_read(store: Store) -> None:
    with sqlite3.connect(store.path) as raw:
        for name, sql in raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall():
            if not name.startswith(("sqlite_", "_sqlite_", "search_index")):
                assert sql.endswith("STRICT"), name
        for (view,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            assert raw.execute(f"SELECT * FROM {view}").fetchall() == []
    raw.close()


def test_the_document_says_what_the_rules_say() -> None:
    assert RecordState.DEPRECATED in LEGAL[RecordState.PROPOSED]
    assert LEGAL[RecordState.CONTRADICTED] == {RecordState.DEPRECATED, RecordState.SUPERSEDED}
    assert LEGAL[RecordState.DEPRECATED] == {RecordState.SUPERSEDED}
