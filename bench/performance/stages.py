"""What each stage of a cold scan costs; run as a process of its own, since a second scan finds its expressions compiled by the first."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from archaeology.progress import Progress
from archaeology.survey import ScanOptions, scan
from bench.performance.clock import cpu_seconds


class Stages:
    """Notes the CPU time at which each stage began."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, float]] = []

    def note(self, progress: Progress) -> None:
        """Take a step of progress. The last one says how many hypotheses there are; what comes after it only keeps them."""
        if progress.stage == "hypotheses" and progress.total is not None:
            self._marks.append(("keeping the survey", cpu_seconds()))
        elif not self._marks or self._marks[-1][0] != progress.stage:
            self._marks.append((progress.stage, cpu_seconds()))

    def spent(self) -> dict[str, float]:
        """Return CPU seconds by stage, in their order; the last mark only ends the one before."""
        found: dict[str, float] = {}
        for (name, begin), (_, end) in zip(self._marks, self._marks[1:], strict=False):
            # Of a child that has ended, microseconds less are told than before.
            found[name] = found.get(name, 0.0) + max(end - begin, 0.0)
        return found


def stages_of_cold_scans(path: Path, runs: int) -> list[dict[str, float]]:
    """Scan ``path`` ``runs`` times, each time in a new process with an empty cache, and return what each stage cost, in CPU seconds.

    Raises subprocess.CalledProcessError where a scan fails.
    """
    command = [sys.executable, "-m", "bench.performance.stages", str(path)]
    return [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(max(runs, 1))]


def medians(scans: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median of each stage, in the order of the first scan; a stage that a scan did not come to counts as nothing there."""
    return {name: statistics.median(scan.get(name, 0.0) for scan in scans) for name in scans[0]}


def main() -> None:
    """Scan the repository named, and print what each stage cost as JSON."""
    stages = Stages()
    with tempfile.TemporaryDirectory(prefix="alloy-bench-") as folder:
        scan(Path(sys.argv[1]), ScanOptions(cache_folder=Path(folder)), stages.note)
    stages.note(Progress("end", 0))
    sys.stdout.write(json.dumps(stages.spent()))


if __name__ == "__main__":
    main()
