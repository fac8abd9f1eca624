"""How many imports one would expect by chance, and how surprising it is to see none.

The null model keeps degrees: every unit imports as often as it does, every unit is imported as often as it is (imports inside a
unit count on both sides), and only who imports whom is left to chance. It is the configuration model behind Newman's modularity.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.containers import Container

Floats = NDArray[np.float64]


def expected_imports(container: Container) -> Floats:
    """Return the matrix of expected imports between units: imports made × imports received / all imports.

    Only among units that can import each other: languages that cannot expect nothing of one another.
    """
    counts = container.imports + np.diag(container.inner)
    made, received = counts.sum(axis=1), counts.sum(axis=0)
    among = container.could.astype(np.int64) @ made
    expected = np.outer(made, received) / np.maximum(1, among).astype(np.float64)[:, None]
    return np.where(container.could, expected, 0.0)


def at_most(observed: int, expected: float) -> float:
    """Return the Poisson probability of seeing at most ``observed`` where ``expected`` are expected."""
    if expected <= 0.0:
        return 1.0
    term = log_sum = -expected
    for count in range(1, observed + 1):
        term += math.log(expected) - math.log(count)
        log_sum = float(np.logaddexp(log_sum, term))
    return min(1.0, math.exp(log_sum))


def none_outside(inside: int, importers: int, files: int) -> float:
    """Return the probability that all ``importers`` lie among ``inside`` of ``files`` files, drawn without replacement."""
    if importers > inside:
        return 0.0
    return math.exp(_log_choose(inside, importers) - _log_choose(files, importers))


def corrected(probability: float, comparisons: int) -> float:
    """Return the probability after Bonferroni's correction for the number of boundaries that were looked at."""
    return min(1.0, probability * max(1, comparisons))


def _log_choose(items: int, chosen: int) -> float:
    return math.lgamma(items + 1) - math.lgamma(chosen + 1) - math.lgamma(items - chosen + 1)
