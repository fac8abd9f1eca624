"""The package matrix: rows import columns, with the boundaries of the hypotheses drawn in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from archaeology.model import End, ImportBoundary, Survey
from archaeology.ranking import SHOWN

_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """Imports from a row to a column. ``level`` 0..4 is how many on the page's scale; ``boundary`` numbers hypotheses."""

    count: int
    level: int
    own: bool
    boundary: tuple[int, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A package with its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole picture. ``columns`` are packages of the repository first, then external ones (``internal`` of the former)."""

    columns: tuple[str, ...]
    internal: int
    rows: tuple[Row, ...]


def draw_matrix(survey: Survey) -> Matrix | None:
    """Return the matrix of a survey, or None where the repository has too few packages for one."""
    data = next((item.data["matrix"] for item in survey.observations if "matrix" in item.data), None)
    if data is None:
        return None
    packages: list[str] = data["packages"]
    externals: list[str] = data["externals"]
    columns = [*packages, *externals]
    drawn = _boundaries(survey, packages, set(externals))
    most = max((count for row in data["counts"] for count in row), default=0)
    rows = []
    for package, counts in zip(packages, data["counts"], strict=True):
        cells = []
        for column, count in zip(columns, counts, strict=True):
            numbers = tuple(drawn.get((package, column), ()))
            cells.append(
                Cell(count, _level(count, most), package == column, numbers, _hint(package, column, count, numbers))
            )
        rows.append(Row(package, tuple(cells)))
    return Matrix(tuple(columns), len(packages), tuple(rows))


def _level(count: int, most: int) -> int:
    """0 for none, then 1 to 4 on a logarithmic scale up to the busiest cell."""
    if not count:
        return 0
    return 1 + int((_LEVELS - 2) * math.log(count) / math.log(max(most, 2)))


def _hint(package: str, column: str, count: int, numbers: tuple[int, ...]) -> str:
    text = f"{package} imports {column}: {count}"
    if numbers:
        held = "crossed" if count else "held"
        text += f"; boundary of hypothesis {', '.join(str(number) for number in numbers)}, {held}"
    return text


def _boundaries(survey: Survey, packages: list[str], externals: set[str]) -> dict[tuple[str, str], list[int]]:
    """For each pair of a row and a column, the numbers of the hypotheses that forbid it, of those that the page shows unasked.

    Exceptions between whole ends are the ways that a boundary allows (a layer may import those below it); exceptions of single files stay
    inside of it, and are what the cell's number shows.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for number, hypothesis in enumerate(survey.hypotheses[:SHOWN], start=1):
        check = hypothesis.check
        if isinstance(check, ImportBoundary):
            for pair in _forbidden(check, packages, externals):
                found.setdefault(pair, []).append(number)
    return found


def _forbidden(check: ImportBoundary, packages: list[str], externals: set[str]) -> list[tuple[str, str]]:
    """The pairs of rows and columns that a boundary keeps apart, each once."""
    allowed = {(exception.from_, exception.to) for exception in check.except_}
    found: dict[tuple[str, str], None] = {}
    for source, forbidden in product(check.sources, check.forbidden):
        if source != forbidden and not allowed & set(product(_names(source), _names(forbidden))):
            for pair in product(_covered(source, packages, externals), _covered(forbidden, packages, externals)):
                if pair[0] != pair[1] and not any(
                    _within(pair[0], exception.from_) and _within(pair[1], exception.to) for exception in check.except_
                ):
                    found[pair] = None
    return list(found)


def _within(package: str, name: str) -> bool:
    return package == name or (name.endswith("/") and package.startswith(name))


def _names(end: End) -> tuple[str, ...]:
    return tuple(name for name in (end.path, end.module) if name)


def _covered(end: End, packages: list[str], externals: set[str]) -> Iterator[str]:
    """The rows or columns that lie wholly within an end."""
    if end.external:
        if end.module in externals:
            yield end.module
        return
    if end.path is not None:
        yield from (
            package
            for package in packages
            if package == end.path or (end.path.endswith("/") and package.startswith(end.path))
        )
