"""Keeps what is known: records, citations, interviews, briefs, runs and the audit trail, in SQLite. Knows no scan and no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.database import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:
    """Import the database only when it is asked for: the types and rules beside it must stay cheap."""
    if name in __all__:
        from store import database

        return getattr(database, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
