"""What the proposals of a model are worth against the labels of a case. Pure: the same for a real model and for a scripted one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from alloy_assist.agent.checking import Supported
from alloy_assist.elicitation.words import content_words, words
from alloy_assist.operations.model_proposals import Proposal
from bench.jobs.cases import Case

_NAME = re.compile(r"`([^`]+)`")
_INVENTED = 0.5


@dataclass(frozen=True, slots=True)
class Goal:
    """What a share of two counts should be: at least ``share``, or at most where ``at_most``. Nothing to count counts as met."""

    part: str
    of: str
    share: float
    at_most: bool = False

    def met(self, counts: Mapping[str, int]) -> bool:
        """Return whether the counts of all cases reach it."""
        whole = counts.get(self.of, 0)
        found = counts.get(self.part, 0) / whole if whole else (0.0 if self.at_most else 1.0)
        return found <= self.share if self.at_most else found >= self.share

    def told(self, counts: Mapping[str, int]) -> str:
        """Return the share in words, with the goal beside it."""
        word = "at most" if self.at_most else "at least"
        verdict = "met" if self.met(counts) else "MISSED"
        return f"{self.part}: {counts.get(self.part, 0)} of {counts.get(self.of, 0)} {self.of} (goal: {word} {self.share:.0%}): {verdict}"


GOALS: Mapping[str, tuple[Goal, ...]] = {
    "sharpen": (
        Goal("better titles", "titles to sharpen", 0.5),
        Goal("titles that lose a name", "titles shown", 0.1, at_most=True),
        Goal("right capabilities", "capabilities to say", 0.5),
        Goal("wrong capabilities", "capabilities shown", 0.2, at_most=True),
        Goal("made up where nothing is said", "chances to make up", 0.2, at_most=True),
    ),
    "propose": (
        Goal("planted found", "planted", 0.6),
        Goal("false ones shown", "shown", 0.2, at_most=True),
    ),
    "draft": (
        Goal("facets right", "facets said", 0.6),
        Goal("facets wrong", "facets shown", 0.2, at_most=True),
        Goal("invented", "facets shown", 0.0, at_most=True),
        Goal("records where nobody agreed", "texts without a rule", 0.2, at_most=True),
    ),
    "contradictions": (
        Goal("planted found", "planted", 0.6),
        Goal("false ones shown", "sets of rules", 0.2, at_most=True),
    ),
}


def score(name: str, case: Case, proposals: Sequence[Proposal]) -> Counter[str]:
    """Return the counts of one case. A claim that was dropped is not shown, and counts as not made."""
    kept = [claim for proposal in proposals for claim in proposal.checked.kept]
    counts = _SCORERS[name](case, proposals, kept)
    counts["citations"] = sum(proposal.checked.places for proposal in proposals)
    counts["not resolved"] = sum(proposal.checked.failed for proposal in proposals)
    counts["claims shown"] = len(kept)
    counts["claims dropped"] = sum(len(proposal.checked.dropped) for proposal in proposals)
    return counts


def _sharpened(case: Case, _: Sequence[Proposal], kept: Sequence[Supported]) -> Counter[str]:
    counts: Counter[str] = Counter()
    by_slot = {claim.slot: claim for claim in kept}
    hypothesis, evidence = str(case["hypothesis"]), str(case["evidence"])
    title, capability = by_slot.get("title"), by_slot.get("capability")
    counts["titles to sharpen"] = 1
    counts["titles shown"] = title is not None
    if title is not None:
        lost = any(not _names(title.text, name) for name in _NAME.findall(hypothesis)[:1])
        news = set(content_words(title.text)) & set(content_words(evidence)) - set(content_words(hypothesis))
        counts["titles that lose a name"] = lost
        counts["better titles"] = not lost and (len(words(title.text)) < len(words(hypothesis)) or bool(news))
    silent = set(case.get("silent", ()))
    counts["chances to make up"] = len(silent)
    counts["made up where nothing is said"] = len(silent & set(by_slot))
    if not silent:
        counts["capabilities to say"] = 1
        counts["capabilities shown"] = capability is not None
        if capability is not None:
            right = _says(capability.text, case["about"])
            counts["right capabilities"], counts["wrong capabilities"] = right, not right
    return counts


def _proposed(case: Case, proposals: Sequence[Proposal], _: Sequence[Supported]) -> Counter[str]:
    shown = [proposal for proposal in proposals if proposal.checked.kept]
    planted = list(case["planted"])
    quotes = [_flat(" ".join(_quoted(proposal.checked.kept))) for proposal in shown]
    alternatives = _by_file(case)
    found = {alternatives[words] for words in planted if any(_overlap(quote, words) for quote in quotes)}
    false = sum(not any(_overlap(quote, words) for words in planted) for quote in quotes)
    return Counter(
        {
            "planted": len(set(alternatives.values())),
            "planted found": len(found),
            "shown": len(shown),
            "false ones shown": false,
        }
    )


def _drafted(case: Case, _: Sequence[Proposal], kept: Sequence[Supported]) -> Counter[str]:
    wanted: Mapping[str, list[str]] = case["facets"]
    facets = [claim for claim in kept if claim.slot != "title"]
    right = {claim.slot for claim in facets if claim.slot in wanted and _says(claim.text, wanted[claim.slot])}
    known = set(content_words(case["text"]))
    invented = [
        claim
        for claim in kept
        if sum(word not in known for word in content_words(claim.text)) > _INVENTED * len(content_words(claim.text))
    ]
    return Counter(
        {
            "facets said": len(wanted),
            "facets right": len(right),
            "facets shown": len(facets),
            "facets wrong": sum(claim.slot not in right for claim in facets),
            "invented": len(invented),
            "texts without a rule": not wanted,
            "records where nobody agreed": not wanted and bool(kept),
        }
    )


def _contradicted(case: Case, _: Sequence[Proposal], kept: Sequence[Supported]) -> Counter[str]:
    planted = {frozenset(pair) for pair in case["pairs"]}
    shown = {frozenset(quote.source for quote in claim.quotes) for claim in kept}
    return Counter(
        {
            "sets of rules": 1,
            "planted": len(planted),
            "planted found": len(planted & shown),
            "false ones shown": len(shown - planted),
        }
    )


_SCORERS: Mapping[str, Callable[[Case, Sequence[Proposal], Sequence[Supported]], Counter[str]]] = {
    "sharpen": _sharpened,
    "propose": _proposed,
    "draft": _drafted,
    "contradictions": _contradicted,
}


def _by_file(case: Case) -> dict[str, str]:
    """Return for each planted text what it counts as: two of one file or commit are two ways to show the same."""
    sources = {**case.get("files", {}), **{item["message"]: item["message"] for item in case.get("commits", ())}}
    return {
        words: next((name for name, text in sources.items() if words in _flat(text)), words)
        for words in case["planted"]
    }


def _quoted(kept: Iterable[Supported]) -> list[str]:
    return [
        *(str(getattr(place, "quote", "")) for claim in kept for place in claim.citations),
        *(quote.quote for claim in kept for quote in claim.quotes),
    ]


def _overlap(quote: str, planted: str) -> bool:
    return planted in quote or quote in planted if quote else False


def _names(text: str, name: str) -> bool:
    return name in text or name.rpartition("/")[2] in text


def _says(text: str, beginnings: Iterable[str]) -> bool:
    said = words(text)
    return any(word.startswith(beginning) for word in said for beginning in beginnings)


def _flat(text: str) -> str:
    return " ".join(re.sub(r"(?m)^\s*(?:#|//)\s?", "", text).split())
