"""What every family does with observations: bring those together that are about the same thing, and ask for a second category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archaeology.model import Category, Citation, Family, Observation
from archaeology.text import cut_at_word


def grouped(observations: Sequence[Observation], *families: Family) -> list[tuple[str, list[Observation]]]:
    """Return the observations of these families by their group, ordered by group; those without one are left out."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for item in observations:
        if item.family in families and "group" in item.data:
            found[item.data["group"]].append(item)
    return sorted(found.items())


def with_role(items: Iterable[Observation], *roles: str) -> list[Observation]:
    """Return the observations that play one of these roles."""
    return [item for item in items if item.data.get("role") in roles]


def categories_cited(items: Iterable[Observation]) -> set[Category]:
    """Return the categories of the observations that cite something."""
    return {item.category for item in items if item.citations}


def citations_of(items: Iterable[Observation]) -> tuple[Citation, ...]:
    """Return all citations of the observations, in order."""
    return tuple(citation for item in items for citation in item.citations)


def shortened(text: str, most: int = 110) -> str:
    """Return a text of at most ``most`` characters, cut between words."""
    return cut_at_word(text, most)


def named(names: Sequence[str], most: int = 2) -> str:
    """Return names as code, the first few of them: ```a`, `b` and 3 more```."""
    shown = [f"`{name}`" for name in names[:most]]
    rest = len(names) - most
    if rest > 0:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
