"""Endings of paths are those that pathlib knows."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from archaeology.detectors.places import ending_of


@pytest.mark.parametrize(
    "path",
    ["a.py", "a/b.py", "a.b/c", ".gitignore", "a/.gitignore", "a/.b.c", "a.tar.gz", "a.", "a/b.", "..a", "a..b", "Makefile", "\u00e4.\u00f6"],
)  # fmt: skip
def test_the_ending_of_a_file(path: str) -> None:
    assert ending_of(path) == PurePosixPath(path).suffix
