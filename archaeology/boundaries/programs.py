"""Which files only start a program: they hand over to the rest, so what they use or do without says nothing of a design."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Go puts one program into each folder below these; elsewhere the name of the file tells, and the folder where it is for nothing else.
_PROGRAM = re.compile(
    r"(?:^|/)(?:cmd|bin)/(?:.*/)?[^/]+\.\w+$|(?:^|/)apps/[^/]+/[^/]+\.go$|(?:^|/)(?:main|__main__|Main|Program)\.\w+$"
)
_MOSTLY = 0.5


def starts_a_program(path: str) -> bool:
    """Tell by its name and place whether a file only starts a program."""
    return _PROGRAM.search(path) is not None


def is_of_programs(paths: Iterable[str]) -> bool:
    """Tell whether at least half of these files only start programs; False where there are none."""
    known = list(paths)
    return bool(known) and sum(map(starts_a_program, known)) >= _MOSTLY * len(known)
