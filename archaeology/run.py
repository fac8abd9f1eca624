"""One scan under way: its clock, its limits, and how it reports and stops."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from archaeology.memory import give_back
from archaeology.model import Limit, Observation
from archaeology.progress import Cancelled, FindingsSink, Progress, ProgressSink, stop_if
from archaeology.shield import shielded

T = TypeVar("T")


@dataclass
class Run:
    """One scan under way: its clock, its limits, and how it reports and stops.

    ``on_findings`` is given, now and then, a survey of what is known so far: its hypotheses are provisional, and later ones may
    change or displace them. ``found`` are the observations that it was made from, by id.
    """

    on_progress: ProgressSink
    cancelled: Cancelled
    on_findings: FindingsSink | None = None
    timings: dict[str, float] = field(default_factory=dict)
    limits: list[Limit] = field(default_factory=list)
    found: dict[str, Observation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put up the shield between the parts of the reading."""
        self.shield = shielded(self.limits)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Announce a stage, time it in seconds, and stop before it where the person asked to."""
        stop_if(self.cancelled)
        self.on_progress(Progress(name, 0))
        begin = time.perf_counter()
        try:
            yield
        finally:
            give_back()
            self.timings[name] = round(self.timings.get(name, 0.0) + time.perf_counter() - begin, 4)

    def keep(self, pair: tuple[T, Iterable[Limit]]) -> T:
        """Remember the limits of a stage and return its result."""
        result, limits = pair
        self.limits.extend(limits)
        return result
