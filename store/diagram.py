"""The picture of the tables, made from the schema itself: ``python -m store.diagram`` prints it as a Mermaid diagram."""

from __future__ import annotations

import sqlite3
import sys

from sqlite_utils import Database

from store.migrations import MIGRATIONS

_HIDDEN = ("sqlite_", "_sqlite_", "search_index")


def new_database() -> Database:
    """Return an empty database in memory with the newest schema."""
    database = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    MIGRATIONS.apply(database)
    return database


def tables(database: Database) -> tuple[str, ...]:
    """Return the names of the tables that hold what is known, without SQLite's own."""
    return tuple(sorted(name for name in database.table_names() if not name.startswith(_HIDDEN)))


def diagram(database: Database) -> str:
    """Return a Mermaid entity diagram of all tables: columns, keys, and who refers to whom."""
    lines = ["erDiagram"]
    links = []
    for name in tables(database):
        table = database.table(name)
        keys = table.foreign_keys
        referring = {column for key in keys for column in (key.columns if key.is_compound else (key.column,))}
        lines.append(f"    {name} {{")
        for column in table.columns:
            marks = [mark for mark, there in (("PK", column.is_pk), ("FK", column.name in referring)) if there]
            lines.append(f"        {column.type.lower()} {column.name} {', '.join(marks)}".rstrip())
        lines.append("    }")
        for key in keys:
            label = ", ".join(key.columns) if key.is_compound else key.column
            links.append(f'    {key.other_table} ||--o{{ {name} : "{label}"')
    return "\n".join((*lines, *sorted(links))) + "\n"


if __name__ == "__main__":
    sys.stdout.write(diagram(new_database()))
