"""The distinct numbers of an array."""

from __future__ import annotations

import numpy as np
import pytest

from archaeology.distinct import distinct


@pytest.mark.parametrize("numbers", [[], [7], [3, 3, 3], [5, -1, 5, 0, -1, 2**40], list(range(50)) * 3])
def test_every_number_is_there_once_and_in_order(numbers: list[int]) -> None:
    given = np.array(numbers, dtype=np.int64)
    assert distinct(given).tolist() == sorted(set(numbers))
    assert given.tolist() == numbers  # which is left as it was
    assert distinct(given.astype(np.int32)).dtype == (np.int32)
