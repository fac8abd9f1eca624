"""Ids by their beginning, as people type them."""

from __future__ import annotations

from store.connection import Connection
from store.errors import AmbiguousIdError, NotFoundError

_SHOWN = 5
_AFTER_ALL = "\U0010ffff"


def ids_that_start(db: Connection, table: str, text: str) -> tuple[str, ...]:
    """Return the first few ids in a table that start with the text, in their order; none for an empty text."""
    if not text:
        return ()
    rows = db.rows(
        f'SELECT id FROM "{table}" WHERE id >= ? AND id < ? ORDER BY id LIMIT ?',  # noqa: S608 - a constant name
        (text, text + _AFTER_ALL, _SHOWN + 1),
    )
    return tuple(row["id"] for row in rows)


def only_one(found: tuple[str, ...], text: str, what: str, hint: str) -> str:
    """Return the one id that was found; the text itself wins over longer ones. Raises NotFoundError or AmbiguousIdError."""
    if text in found:
        return text
    if not found:
        message = f"There is no {what} {text!r}."
        raise NotFoundError(message, hint=hint)
    if len(found) > 1:
        shown = ", ".join(map(repr, found[:_SHOWN])) + (" and more" if len(found) > _SHOWN else "")
        message = f"{text!r} could be {shown}."
        raise AmbiguousIdError(message, hint="Give more of the id.")
    return found[0]
