"""What the list of hypotheses holds: those that are kept, those that a running scan has so far, and which of them are shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from alloy_assist.tui.filters import HypothesisFilter, families
from store.interviews import StoredHypothesis


@dataclass(frozen=True, slots=True)
class HypothesisList:
    """Kept ones in their order, then the provisional ones of a running scan that are not kept yet."""

    items: Mapping[str, StoredHypothesis] = field(default_factory=dict)
    provisional: frozenset[str] = frozenset()
    filter: HypothesisFilter = field(default_factory=HypothesisFilter)

    def holding(self, kept: tuple[StoredHypothesis, ...], so_far: tuple[StoredHypothesis, ...]) -> HypothesisList:
        """Return the list with other hypotheses; what is kept already is no longer provisional."""
        known = {item.id: item for item in kept}
        new = {item.id: item for item in so_far if item.id not in known}
        return replace(self, items={**known, **new}, provisional=frozenset(new))

    def growing(self, so_far: tuple[StoredHypothesis, ...]) -> HypothesisList:
        """Return the list after a running scan has told what it has so far."""
        return self.holding(tuple(item for key, item in self.items.items() if key not in self.provisional), so_far)

    def with_words(self, typed: str) -> HypothesisList:
        """Return the list narrowed down by other words."""
        return replace(self, filter=self.filter.with_words(typed))

    def chosen(self, choice: str) -> HypothesisList:
        """Return the list after a choice of what is shown (see :class:`HypothesisFilter`)."""
        return replace(self, filter=self.filter.chosen(choice))

    @property
    def shown(self) -> list[str]:
        """The ids that the filter lets through, in order."""
        return [key for key, item in self.items.items() if self.filter.takes(item)]

    @property
    def sure(self) -> int | None:
        """How many of those shown come before the first that is told with a reservation; None where there is none such."""
        return next((at for at, key in enumerate(self.shown) if self.items[key].body.get("less_sure")), None)

    @property
    def families(self) -> list[str]:
        """The families that occur, most frequent first."""
        return families(self.items.values())

    def state(self, shown: int) -> str:
        """Say in words how many are shown, and of how many a scan still has to settle the place."""
        so_far = f"{len(self.provisional):,} so far, the scan goes on" if self.provisional else ""
        parts = (f"{shown:,} of {len(self.items):,}", so_far, self.filter.words_for_people)
        return "  ".join(part for part in parts if part)

    def nothing_shown(self, *, scanning: bool) -> str:
        """Say why the list is empty, and what to do about it."""
        if self.items:
            return "None matches; f and / change what is shown."
        if scanning:
            return "The scan is running; what it finds appears here."
        return "No hypotheses yet: press g c to scan."
