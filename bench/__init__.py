"""Measurements of the product: how well it does and what it costs. Not shipped."""

from __future__ import annotations

import os

# Benchmarks load NumPy before a scan does, and a scan can only say before that on how many threads it is to solve. Without this what is
# measured burns CPU that no scan of the product burns.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
