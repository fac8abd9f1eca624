"""A row of the table: a figure, the goal that it is held against, and how it came about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement.

    Attributes:
        what: what was measured.
        figure: the figure; None where it could not be measured, and ``note`` says why.
        unit: ``x`` for a ratio, else ``s`` or ``MB``.
        goal: the bound, or None for a figure without a goal.
        at_least: whether the figure has to reach the bound instead of staying under it.
        ours: our own cost, in seconds of CPU unless the unit says otherwise.
        theirs: the yardstick's, in the same unit.
        note: what a reader has to know about the figure.
    """

    what: str
    figure: float | None
    unit: str = "x"
    goal: float | None = None
    at_least: bool = False
    ours: float | None = None
    theirs: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None where there is no goal or no figure."""
        if self.goal is None or self.figure is None:
            return None
        return self.figure >= self.goal if self.at_least else self.figure <= self.goal

    def as_data(self) -> dict[str, object]:
        """Return the row for JSON."""
        return {**asdict(self), "met": self.met}

    def as_line(self) -> str:
        """Return the row for a person."""
        figure = "not measured" if self.figure is None else f"{self.figure:.3g} {self.unit}"
        goal = "" if self.goal is None else f"{'at least' if self.at_least else 'at most'} {self.goal:g}"
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        return f"{self.what:<58} {figure:>13}  {goal:<14} {verdict:<8} {self.note}".rstrip()


def ratio(what: str, ours: float, theirs: float, goal: float | None = None, note: str = "") -> Row:
    """Return the row of ``ours / theirs``; without a figure where the yardstick is too short to be told from nothing."""
    figure = ours / theirs if theirs > 0 else None
    return Row(what, figure, "x", goal, ours=ours, theirs=theirs, note=note)


def advantage(what: str, ours: float, theirs: float, goal: float, note: str = "") -> Row:
    """Return the row of how many times the other one's cost is ours."""
    figure = theirs / ours if ours > 0 else None
    return Row(what, figure, "x", goal, at_least=True, ours=ours, theirs=theirs, note=note)
