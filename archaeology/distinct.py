"""The distinct numbers of an array, in order."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Whole = TypeVar("Whole", bound=np.integer)


def distinct(numbers: npt.NDArray[Whole]) -> npt.NDArray[Whole]:
    """Return every number of a flat array once, in order, as :func:`numpy.unique` does.

    That one asks whether the array is masked, for which NumPy loads what it has for masked arrays: a megabyte, and a hundredth of a second.
    """
    ordered = np.sort(numbers)
    is_first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]
