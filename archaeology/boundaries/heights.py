"""Which way is up: a height for every unit of a container, from who imports whom.

Heights are trophic levels (MacKay, Johnson and Sansom, "How directed is a directed network?", 2020): the least-squares solution of
"an importer stands one step above what it imports". They exist for cycles too, and order units that never met through what both
meet. Names pull weakly, where they say a role (:mod:`archaeology.boundaries.roles`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.containers import Container
from archaeology.boundaries.graph import Bools, Ints
from archaeology.boundaries.roles import role_height

Floats = NDArray[np.float64]

_NAME_PULL = 0.4
_ANCHOR = 0.05
# An import against the stream is tolerated as an exception where the stream is at least this many times as strong.
_STREAM = 4


@dataclass(frozen=True)
class Order:
    """``reaches[i, j]`` where i gets to j through imports, those against the stream left out.

    ``against[i, j]`` marks the imports that go upwards; ``level`` is the longest way down.
    """

    reaches: Bools
    against: Bools
    level: Ints


def order(container: Container, height: Floats) -> Order:
    """Return which units of a container, which stand so high, stand above which."""
    counts = container.imports
    against = _against(counts, height)
    stream = (counts > 0) & ~against
    return Order(_closure(stream), against, _levels(stream, height))


def heights(container: Container) -> Floats:
    """Return how high each unit of a container stands."""
    counts, names = container.imports, container.names
    weight = np.sqrt(counts.astype(np.float64))
    both = weight + weight.T
    roles = [role_height(name) for name in names]
    pull = np.array([_ANCHOR if role is None else _NAME_PULL for role in roles])
    aim = np.array([0.0 if role is None else role for role in roles])
    system = np.diag(both.sum(axis=1) + pull) - both
    return np.asarray(np.linalg.solve(system, weight.sum(axis=1) - weight.sum(axis=0) + pull * aim))


def _against(counts: Ints, height: Floats) -> Bools:
    higher = height[None, :] > height[:, None]
    weaker = (counts > 0) & (counts * _STREAM <= counts.T)
    stronger = weaker.T & (counts > 0)
    return np.asarray((counts > 0) & (weaker | (higher & ~stronger)))


def _closure(stream: Bools) -> Bools:
    reaches = stream.copy()
    for middle in np.flatnonzero(stream.any(axis=0) & stream.any(axis=1)).tolist():
        reaches |= np.outer(reaches[:, middle], reaches[middle])
    np.fill_diagonal(reaches, False)
    return reaches


def _levels(stream: Bools, height: Floats) -> Ints:
    below: list[list[int]] = [[] for _ in height]
    for upper, lower in np.argwhere(stream).tolist():
        below[upper].append(lower)
    level = [0] * len(below)
    for unit in np.argsort(height, kind="stable").tolist():
        level[unit] = max((level[lower] + 1 for lower in below[unit]), default=0)
    return np.array(level, dtype=np.int64)
