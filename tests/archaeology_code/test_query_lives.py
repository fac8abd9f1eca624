"""A process that has read code ends well, also where the allocator looks closely at what is freed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ_A_LINE_OF_EACH = """
from archaeology.code.extract import extract
from archaeology.code.languages import LANGUAGES

for name in LANGUAGES:
    extract(name, b"x")
print(len(LANGUAGES))
"""


def test_compiled_queries_are_never_freed_twice() -> None:
    closely = {"PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "85", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", READ_A_LINE_OF_EACH], env={**os.environ, **closely}, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert int(ended.stdout) > 10
