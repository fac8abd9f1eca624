"""What the SQLite of this machine can do."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def sqlite_version() -> str:
    """The version of the SQLite library."""
    return sqlite3.sqlite_version


def has_full_text_search() -> bool:
    """Whether FTS5 is compiled in; without it, searching records compares text row by row."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return "ENABLE_FTS5" in {row[0] for row in connection.execute("pragma compile_options")}
