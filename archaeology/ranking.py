"""Which hypotheses deserve the first minute: worth, variety among the first, no near-duplicates."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archaeology.model import Family, Hypothesis, ImportBoundary, Observation
from archaeology.opening import pairs_of, told_first, told_plainly
from archaeology.promise import Promise, promise

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
_FAMILY_AGAIN = 0.8


def rank(hypotheses: Iterable[Hypothesis], observations: Iterable[Observation] = ()) -> tuple[Hypothesis, ...]:
    """Return the hypotheses best first: those that promise most (:mod:`archaeology.opening`), then the others by turns.

    From the first on that is not told without a reservation, all are marked as less sure.

    Near-duplicates (boundaries that say almost the same) are left out, the better one stays. Boundaries keep their order by worth, of
    which a family loses a part with every place that it has taken before; other hypotheses come between them by what they promise.
    """
    seen = {item.id: item for item in observations}
    ranked = tuple(_varied(_distinct(hypotheses)))
    promised = {one.id: promise(one, seen) for one in ranked}
    first = told_first([(one, promised[one.id]) for one in ranked])
    chosen = {hypothesis.id for hypothesis in first}
    told = (*first, *_merged([one for one in ranked if one.id not in chosen], promised))
    sure = told_plainly((one, promised[one.id]) for one in told)
    return (*told[:sure], *(one.model_copy(update={"less_sure": True}) for one in told[sure:]))


def _merged(rest: Sequence[Hypothesis], promised: Mapping[str, Promise]) -> Iterator[Hypothesis]:
    """Take boundaries and other hypotheses by turns, by what they promise; boundaries stay in their order among each other."""
    values = {one.id: promised[one.id].value for one in rest}
    boundaries = deque(one for one in rest if isinstance(one.check, ImportBoundary))
    others = [one for one in rest if not isinstance(one.check, ImportBoundary)]
    told: Counter[Family] = Counter()
    while boundaries or others:
        best = max(others, key=lambda one: values[one.id] * _FAMILY_AGAIN ** told[one.family], default=None)
        left = 0.0 if best is None else values[best.id] * _FAMILY_AGAIN ** told[best.family]
        if best is None or (boundaries and values[boundaries[0].id] >= left):
            yield boundaries.popleft()
        else:
            others.remove(best)
            told[best.family] += 1
            yield best


def _distinct(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    kept: list[Hypothesis] = []
    pairs: list[frozenset[tuple[str, str]]] = []
    for hypothesis in sorted(hypotheses, key=lambda one: (-one.worth, one.id)):
        said = pairs_of(hypothesis)
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


def _is_part(said: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether a boundary between two units is already one of the few that a better hypothesis names."""
    return len(said) == 1 and len(other) <= _FEW and said <= other


def _alike(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    return len(one & other) / len(one | other)
