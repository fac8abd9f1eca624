"""Boundaries as they are weighed: of several that are counted one is told, so the rest of a statement is put together for those that are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from archaeology.boundaries.statement import Form, Key, Statement, key_of
from archaeology.model import End

# What else a statement says, by the names of its fields.
Details = Mapping[str, Any]


class Draft(NamedTuple):
    """What a statement's weight and its identity are made of; the fields mean what they mean in :class:`Statement`.

    ``details`` puts together all others, and those of these that do not weigh: it is asked once, and only where the statement is kept.
    """

    form: Form
    container: str
    sources: tuple[End, ...]
    forbidden: tuple[End, ...]
    details: Callable[[], Details]
    expected: float
    observed: int
    reverse: int
    attempts: int
    share: float
    clarity: float = 0.0
    allowed: tuple[End, ...] = ()
    enforced: bool = False
    place: float = 1.0

    @property
    def key(self) -> Key:
        """What the statement says, for identity and for telling duplicates."""
        return key_of(self.form, self.sources, self.forbidden)

    def placed(self, place: float) -> Draft:
        """Return the same at another place."""
        return self._replace(place=place)

    def finished(self, *, branch: bool) -> Statement:
        """Return the whole statement; ``branch`` where its container is the one in which the product branches."""
        said = self._asdict()
        said.update(said.pop("details")(), branch=branch)
        return Statement(**said)


def drafted(statement: Statement) -> Draft:
    """Return as a draft a statement that was put together at once, as those are of which there are few."""
    fields = {name: getattr(statement, name) for name in Statement.model_fields}
    weighed = {name: fields.pop(name) for name in Draft._fields if name in fields}
    del fields["branch"]
    return Draft(**weighed, details=lambda: fields)
