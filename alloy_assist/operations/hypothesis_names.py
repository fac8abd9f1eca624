"""How people name a hypothesis: by its number in the last scan's list, by its id, or by how the id begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import NotFoundError

if TYPE_CHECKING:
    from store.database import Store

_RANK_DIGITS = 4


def resolve_hypothesis(store: Store, name: str) -> str:
    """Return the id of the hypothesis that a name means. Raises NotFoundError, and AmbiguousIdError where several are meant."""
    if name.isdecimal() and len(name) <= _RANK_DIGITS:
        for item in store.hypotheses.list():
            if item.rank == int(name) and item.seen_at_head:
                return item.id
        message = f"The last scan's list has no number {name}."
        raise NotFoundError(message, hint="`alloy hypothesis list` shows the numbers.")
    return store.hypotheses.resolve(name)
