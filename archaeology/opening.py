"""The first few hypotheses, which decide whether anybody reads on: what promises most, of different kinds, about different things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product, takewhile

from archaeology.kinds import BOUNDARIES, WORDS, Kind
from archaeology.model import Family, Hypothesis, ImportBoundary, Observation
from archaeology.promise import Promise, promise

FIRST = 5
# What promises less is told under a plain line, with the rest.
STRONG = 0.8
# What is firm and promises less than this stands behind whatever promises more, however sure that is.
_FAIR = 0.5
# Silences between imports have to be likelier than what somebody wrote or did: the same number means less of them.
_SURE, _SURE_OF_WORDS = 0.4, 0.3
_BOUNDARIES = 2
_LOOKED_AT = 10
_MUCH = 1.1
_SAID_BEFORE = 0.5
# What is left of a promise where the family, or the very file, was told of before.
_AGAIN = 0.75
# Words hold more often than all else, and other words are about something else: variety does not displace them.
_OTHER_WORDS = 0.95
# As many of a kind are among the first while anything else is firm.
_MOST_OF = {
    Kind.BENCHMARK: 1,
    Kind.VENDOR: 1,
    Kind.VENDOR_FREE: 1,
    Kind.COUPLING: 1,
    Kind.PORT: 1,
    Kind.TECHNOLOGY: 1,
    Kind.INTERFACE: 1,
}
_SAME_PLACE = 0.4
_TOLD_BESIDE_OTHERS = 2

# A hypothesis with what it promises.
Weighed = tuple[Hypothesis, Promise]


def opening(ranked: Sequence[Hypothesis], seen: Mapping[str, Observation]) -> tuple[Hypothesis, ...]:
    """Return the few of :func:`told_first`; ``seen`` are the survey's observations by their id."""
    return told_first([(one, promise(one, seen)) for one in ranked])


def strong(hypotheses: Sequence[Hypothesis], seen: Mapping[str, Observation]) -> int:
    """Return what :func:`told_plainly` does; ``seen`` are the survey's observations by their id."""
    return told_plainly((one, promise(one, seen)) for one in hypotheses)


def told_first(ranked: Sequence[Weighed]) -> tuple[Hypothesis, ...]:
    """Return the few that are told first, best first, out of all that were ranked.

    At first only what is firm: likely enough to be meant (a contradiction asks in any case), with something at stake, and at most two
    boundaries, what promises enough to be told without a reservation before what promises at least half of a true finding; then whatever promises most, but what is idle. There may be fewer than :data:`FIRST`: nothing of which half was said
    before fills them up. Of statements about imports the ten best are looked at, and others that promise
    more than a finding that is true and specific, or all of them where there would be fewer than :data:`FIRST`.
    """
    deep = {one.id for one in [one for one, _ in ranked if isinstance(one.check, ImportBoundary)][_LOOKED_AT:]}
    weighed = [(one, found) for one, found in ranked if not found.idle]
    firm = [entry for entry in weighed if _is_firm(*entry)]
    near = [(one, found) for one, found in firm if one.id not in deep or found.value >= _MUCH]
    strong_ones = [(one, found) for one, found in near if found.value >= STRONG]
    fair_ones = [(one, found) for one, found in near if found.value >= _FAIR]
    shallow = [(one, found) for one, found in weighed if one.id not in deep]
    # Reasons told in commits fill what comments and reverts leave, and are two beside them.
    others = sum(found.kind in WORDS and found.kind is not Kind.TOLD for _, found in firm)
    limits = {**_MOST_OF, Kind.TOLD: max(_TOLD_BESIDE_OTHERS, FIRST - others)}
    first: list[Weighed] = []
    for candidates, most in ((strong_ones, _BOUNDARIES), (fair_ones, _BOUNDARIES), (shallow, FIRST), (weighed, FIRST)):
        chosen = {one.id for one, _ in first}
        waiting = [entry for entry in candidates if entry[0].id not in chosen]
        while len(first) < FIRST and (
            open_ones := [entry for entry in waiting if _has_room(entry, first, most, limits)]
        ):
            best = max(open_ones, key=lambda entry: _left(entry, first))  # the first of equals, as they were ranked
            first.append(best)
            waiting = [entry for entry in waiting if entry is not best]
    return tuple(one for one, _ in _words_before_chance(first, weighed))


def told_plainly(hypotheses: Iterable[Weighed]) -> int:
    """Return how many of the hypotheses, from the first on, promise enough to be told without a reservation."""
    return sum(1 for _ in takewhile(_is_strong, hypotheses))


def pairs_of(hypothesis: Hypothesis) -> frozenset[tuple[str, str]]:
    """Return who may not import what, as pairs of paths, for a boundary; nothing for any other hypothesis."""
    check = hypothesis.check
    if not isinstance(check, ImportBoundary):
        return frozenset()
    allowed = {(exception.from_, exception.to) for exception in check.except_}
    return frozenset(
        pair
        for source, target in product(check.sources, check.forbidden)
        if source != target and (pair := (source.path or source.module, target.path or target.module)) not in allowed
    )


def _is_strong(entry: Weighed) -> bool:
    return _is_firm(*entry) and entry[1].value >= STRONG


def _is_firm(one: Hypothesis, found: Promise) -> bool:
    least = _SURE if isinstance(one.check, ImportBoundary) else _SURE_OF_WORDS
    sure = one.confidence >= least or one.family is Family.CONTRADICTION
    return sure and found.supported


def _words_before_chance(first: Sequence[Weighed], weighed: Sequence[Weighed]) -> Sequence[Weighed]:
    """Put what was written and is not among the first in the place of what says hardly anything, the last of that going first."""
    titles = {one.title for one, _ in first}
    written = [entry for entry in weighed if _is_written(entry) and entry[0].title not in titles]
    common = [entry for entry in first if entry[1].common]
    if not written or not common:
        return first
    kept = [entry for entry in first if not entry[1].common]
    while len(kept) < FIRST and (
        open_ones := [entry for entry in written if entry not in kept and _has_room(entry, kept, FIRST, {})]
    ):
        kept.append(max(open_ones, key=lambda entry: _left(entry, kept)))
    return (*kept, *common)[: max(len(first), len(kept))]


def _is_written(entry: Weighed) -> bool:
    one, found = entry
    return found.kind in WORDS or found.kind is Kind.TECHNOLOGY or one.family is Family.CONTRADICTION


def _left(entry: Weighed, first: Sequence[Weighed]) -> float:
    """What is left of a promise after what was told."""
    one, found = entry
    left = _OTHER_WORDS if found.kind in WORDS else _AGAIN
    again = left ** sum(other.family is one.family for other, _ in first)
    files = {path for other, _ in first for path in _files(other)}
    return found.value * again * (_SAME_PLACE if files.intersection(_files(one)) else 1.0)


def _has_room(entry: Weighed, first: Sequence[Weighed], most: int, limits: Mapping[Kind, int]) -> bool:
    """Whether a hypothesis may still be among the first: not more boundaries than that, and nothing told twice."""
    one, found = entry
    if found.kind in BOUNDARIES and sum(other.kind in BOUNDARIES for _, other in first) >= most:
        return False
    limit = limits.get(found.kind, FIRST) if most < FIRST else FIRST
    if sum(other.kind is found.kind for _, other in first) >= limit:
        return False
    if any(other.title == one.title for other, _ in first):
        return False
    pairs = pairs_of(one)
    said = {pair for other, _ in first for pair in pairs_of(other)}
    return not pairs or len(pairs & said) < _SAID_BEFORE * len(pairs)


def _files(hypothesis: Hypothesis) -> Iterator[str]:
    return (path for path in hypothesis.subject if not path.endswith("/"))
