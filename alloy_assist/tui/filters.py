"""Which hypotheses and records are shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from store.interviews import HypothesisDecision, StoredHypothesis


@dataclass(frozen=True, slots=True)
class HypothesisFilter:
    """A choice of decision and family, and words that must all occur."""

    decision: str = ""
    family: str = ""
    words: tuple[str, ...] = ()

    def with_words(self, typed: str) -> HypothesisFilter:
        """Return the filter with other words."""
        return replace(self, words=tuple(typed.casefold().split()))

    def chosen(self, choice: str) -> HypothesisFilter:
        """Return the filter after a choice: ``decision:open``, ``family:typed_errors`` or ``all:``."""
        kind, _, value = choice.partition(":")
        match kind:
            case "decision":
                return replace(self, decision=value)
            case "family":
                return replace(self, family=value)
            case _:
                return HypothesisFilter(words=self.words)

    def takes(self, item: StoredHypothesis) -> bool:
        """Whether a hypothesis is shown."""
        if self.decision and item.decision is not HypothesisDecision(self.decision):
            return False
        if self.family and item.family != self.family:
            return False
        if not self.words:
            return True
        searched = f"{item.title} {item.family} {' '.join(map(str, item.body.get('subject') or ()))}".casefold()
        return all(word in searched for word in self.words)

    @property
    def words_for_people(self) -> str:
        """What is filtered for, in words."""
        parts = [self.decision, self.family.replace("_", " "), f"“{' '.join(self.words)}”" if self.words else ""]
        return "  ".join(part for part in parts if part)


def families(items: Iterable[StoredHypothesis]) -> list[str]:
    """Return the families that occur, most frequent first."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.family] = counts.get(item.family, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))
