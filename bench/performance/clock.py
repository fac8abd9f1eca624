"""CPU and wall-clock time of pieces of work, children included, and medians of interleaved runs."""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: ``cpu`` of this process and of its children, ``wall`` on the clock."""

    cpu: float
    wall: float


def cpu_seconds() -> float:
    """Return the CPU time that this process and its children have used so far; where Linux tells, also of those that still run.

    A git that stays to be asked again would else be counted when it ends, which is in no stage.
    """
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) + sum(map(_running, _children()))


def _children() -> list[str]:
    return [child for thread in Path("/proc/self/task").glob("*/children") for child in _said(thread)]


def _running(child: str) -> float:
    nanoseconds = _said(Path("/proc", child, "schedstat"))
    return int(nanoseconds[0]) / 1e9 if nanoseconds else 0.0


def _said(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return []  # it has ended meanwhile


def cost_of(work: Callable[[], T]) -> tuple[Cost, T]:
    """Run ``work`` once and return what it cost and what it gave."""
    gc.collect()
    cpu, wall = cpu_seconds(), time.perf_counter()
    result = work()
    return Cost(cpu_seconds() - cpu, time.perf_counter() - wall), result


def interleaved(works: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Cost]:
    """Run all ``works`` in turn, ``runs`` times over, and return the medians: what else the machine does meets all of them alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    for _ in range(max(runs, 1)):
        for name, work in works.items():
            costs[name].append(cost_of(work)[0])
    return {name: median(found) for name, found in costs.items()}


def interleaved_over(works: Mapping[str, Callable[[T], object]], pieces: Sequence[T], runs: int) -> dict[str, float]:
    """Return the CPU seconds of all ``works`` on all ``pieces``, ``runs`` times over: of each work the sum of each piece's median.

    One work follows the other on the same piece, so that they meet the machine in the same state, and another is the first each time.
    """
    names = list(works)
    seconds: dict[str, list[list[float]]] = {name: [[] for _ in pieces] for name in names}
    for run_number in range(max(runs, 1)):
        for index, piece in enumerate(pieces):
            turn = (index + run_number) % len(names)
            for name in names[turn:] + names[:turn]:
                begin = time.process_time()
                works[name](piece)
                seconds[name][index].append(time.process_time() - begin)
    return {name: sum(map(statistics.median, found)) for name, found in seconds.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median CPU and the median wall-clock time."""
    return Cost(statistics.median(cost.cpu for cost in costs), statistics.median(cost.wall for cost in costs))


def run(command: Sequence[str], **options: str) -> int:
    """Run a program to its end, its output thrown away, and return its exit status; ``options`` go into the environment."""
    import os

    done = subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **options},
        check=False,
    )
    return done.returncode
