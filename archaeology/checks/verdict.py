"""What a check says about a revision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One import of a chain: the line of ``path`` that imports ``target`` (a path, or the name of an external package)."""

    path: str
    line: int
    target: str


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where the check fails. ``chain`` holds the imports that lead to what is forbidden, the offending one first."""

    path: str
    line: int | None
    detail: str
    chain: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``holds`` is None where it could not be told, and ``detail`` says why; violations are sorted by path and line."""

    holds: bool | None
    violations: tuple[Violation, ...] = ()
    detail: str = ""
