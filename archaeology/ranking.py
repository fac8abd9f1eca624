"""Which hypotheses deserve the first minute: worth, variety among the first, no near-duplicates."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from archaeology.model import Family, Hypothesis, ImportBoundary

# How many are shown unasked; the rest on request.
SHOWN = 20
_MAX_ALIKE = 0.8
_FEW = 12
# What is left of a family's worth with each place that it has taken. Layers speak of another place each time; another port, another
# scar or another gate is soon more of the same, and another package that was given up says little of how the code is built.
_USUAL = 0.8
_REPETITION = {
    Family.LAYER_DIRECTION: 0.97,
    Family.PURE_CORE: 0.93,
    Family.SIBLING_INDEPENDENCE: 0.9,
    Family.VENDOR_ISOLATION: 0.85,
    Family.TECHNOLOGY_CHOICE: 0.5,
}
_LEAST = 0.1
# The first few decide whether anybody reads on. They are taken from the best ones; what does not fit among them follows in its turn.
_FIRST = 5
_FROM = 12
_SURE = 0.4
_OF_A_FAMILY = 2
_SAID_BEFORE = 0.5


def rank(hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    """Return the hypotheses best first: by worth, of which a family loses a part with every place that it has taken before.

    Near-duplicates (boundaries that say almost the same) are left out, the better one stays. Among the first five nothing is
    less likely than not to be meant (a contradiction asks in any case), nothing is told twice, and no family has more than two places.
    """
    return _opened(tuple(_varied(_distinct(hypotheses))))


def _opened(ranked: Sequence[Hypothesis]) -> tuple[Hypothesis, ...]:
    first: list[Hypothesis] = []
    said: set[tuple[str, str]] = set()
    for hypothesis in ranked[:_FROM]:
        pairs = _pairs(hypothesis)
        sure = hypothesis.confidence >= _SURE or hypothesis.family is Family.CONTRADICTION
        told = bool(pairs) and len(pairs & said) >= _SAID_BEFORE * len(pairs)
        often = sum(one.family is hypothesis.family for one in first) >= _OF_A_FAMILY
        if sure and not told and not often and len(first) < _FIRST:
            first.append(hypothesis)
            said |= pairs
    chosen = {hypothesis.id for hypothesis in first}
    return (*first, *(hypothesis for hypothesis in ranked if hypothesis.id not in chosen))


def _distinct(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    kept: list[Hypothesis] = []
    pairs: list[frozenset[tuple[str, str]]] = []
    for hypothesis in sorted(hypotheses, key=lambda one: (-one.worth, one.id)):
        said = _pairs(hypothesis)
        if said and any(_alike(said, other) > _MAX_ALIKE or _is_part(said, other) for other in pairs):
            continue
        kept.append(hypothesis)
        if said:
            pairs.append(said)
    return kept


def _varied(kept: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    """Take the best of the families' next ones, again and again; inside a family worth alone decides."""
    waiting: dict[Family, deque[Hypothesis]] = {}
    for hypothesis in kept:
        waiting.setdefault(hypothesis.family, deque()).append(hypothesis)
    discount = dict.fromkeys(waiting, 1.0)
    while waiting:
        family = max(waiting, key=lambda name: (waiting[name][0].worth * discount[name], name))
        yield waiting[family].popleft()
        discount[family] = max(_LEAST, discount[family] * _REPETITION.get(family, _USUAL))
        if not waiting[family]:
            del waiting[family]


def _pairs(hypothesis: Hypothesis) -> frozenset[tuple[str, str]]:
    check = hypothesis.check
    if not isinstance(check, ImportBoundary):
        return frozenset()
    allowed = {(exception.from_, exception.to) for exception in check.except_}
    return frozenset(
        pair
        for source, target in product(check.sources, check.forbidden)
        if source != target and (pair := (source.path or source.module, target.path or target.module)) not in allowed
    )


def _is_part(said: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether a boundary between two units is already one of the few that a better hypothesis names."""
    return len(said) == 1 and len(other) <= _FEW and said <= other


def _alike(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    return len(one & other) / len(one | other)
