"""What a confidence foretells: the share that holds, as a monotone curve of few steps, and how good that is where it was not fitted.

The curve is for reading a confidence, never put in its place: most silences between imports hold, meant or not, so that on the scale of what
holds everything would be likely, and what nobody means most of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim: in which repository, how sure, and whether it held."""

    repository: str
    confidence: float
    held: bool


@dataclass(frozen=True, slots=True)
class Error:
    """Mean squared errors (Brier scores) of three ways to foretell whether a claim holds, each repository foretold from the others.

    ``stated``: the confidence itself. ``curve``: what held among claims of such a confidence. ``same``: the same number for all.
    """

    claims: int
    stated: float
    curve: float
    same: float


def curve(claims: Sequence[Judged], bins: Sequence[float]) -> tuple[float, ...]:
    """Return for each bin, lowest first, the share that held, pooled with its neighbours until it never falls.

    A bin without claims takes the share of its neighbour; without any claims at all there is no curve: an empty tuple.
    """
    if not claims:
        return ()
    pools: list[tuple[float, int, int]] = []  # how many held, of how many, over how many bins
    for number in range(len(bins) - 1):
        mine = [claim.held for claim in claims if bin_of(claim.confidence, bins) == number]
        pools.append((sum(mine), len(mine), 1))
        while len(pools) > 1 and (not pools[-1][1] or not pools[-2][1] or _share(pools[-2]) > _share(pools[-1])):
            last, before = pools.pop(), pools.pop()
            pools.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    return tuple(_share(pool) for pool in pools for _ in range(pool[2]))


def bin_of(confidence: float, bins: Sequence[float]) -> int:
    """Return the number of the bin that a confidence lies in; the last one includes its upper end."""
    found = (number for number, (low, high) in enumerate(pairwise(bins)) if low <= confidence < high)
    return next(found, len(bins) - 2)


def left_out(claims: Sequence[Judged], bins: Sequence[float]) -> Error | None:
    """Foretell each repository from all others; None where there are not two repositories with claims."""
    repositories = sorted({claim.repository for claim in claims})
    stated = foretold = same = 0.0
    for repository in repositories:
        others = [claim for claim in claims if claim.repository != repository]
        steps = curve(others, bins)
        if not steps:
            return None
        usual = sum(claim.held for claim in others) / len(others)
        for claim in claims:
            if claim.repository == repository:
                stated += (claim.confidence - claim.held) ** 2
                foretold += (steps[bin_of(claim.confidence, bins)] - claim.held) ** 2
                same += (usual - claim.held) ** 2
    return Error(len(claims), stated / len(claims), foretold / len(claims), same / len(claims)) if claims else None


def _share(pool: tuple[float, int, int]) -> float:
    held, of, _ = pool
    return held / of if of else 0.0
