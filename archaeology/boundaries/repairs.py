"""Which imports that ended were repairs: taken out because they should not have been there."""

from __future__ import annotations

from collections.abc import Iterable

from archaeology.boundaries.past import Past
from archaeology.boundaries.texts import speaks_of_apart
from archaeology.history.model import EdgeLife

# An import that went within this time was a slip that somebody caught.
_SOON = 60 * 86_400
# A commit that ended so many imports and began at least half as many moved the code to other places.
_MANY, _PART_MOVED = 20, 0.5


def repairs_among(lives: Iterable[EdgeLife], past: Past) -> list[EdgeLife]:
    """Return the imports that were taken out as repairs.

    What ended in a commit that moved everything only lives under other names since, whatever its message says.
    """
    return [
        life
        for life in lives
        if _is_repair(life) and not _moved(past.ended[life.vanished or ""], past.began[life.vanished or ""])
    ]


def _moved(ended: int, began: int) -> bool:
    return ended >= _MANY and began >= _PART_MOVED * ended


def _is_repair(life: EdgeLife) -> bool:
    """Whether an import was taken out because it should not have been there: soon, or with words about keeping apart.

    One that stood for long and went without a word is a design that changed; it only says since when the boundary holds.
    """
    stood = (life.vanished_time or 0) - life.appeared_time
    return stood <= _SOON or speaks_of_apart(life.reason)
