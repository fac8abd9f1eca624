"""Whole scans: cold, one commit later, unchanged; their stages; and the memory of a process that does nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from archaeology.errors import ArchaeologyError
from archaeology.git import open_repository
from archaeology.survey import ScanOptions, scan
from bench.performance.clock import Cost, cost_of, interleaved, run
from bench.performance.parsing import Sources, parse_only
from bench.performance.rows import Row, Tell, ratio
from bench.performance.stages import medians, stages_of_cold_scans

_RESCAN_SECONDS = 0.1
_MEMORY_MB = 150.0
_WARM = 1 / 40
_MUCH_SOURCE = 10_000_000
_HUGE = 90_000
_THINKING = ("observations", "hypotheses")


def scanning_rows(path: Path, sources: Sources, runs: int, tell: Tell) -> Iterator[Row]:
    """Yield the rows about whole scans."""
    with tempfile.TemporaryDirectory(prefix="alloy-bench-") as folder:
        options = ScanOptions(cache_folder=Path(folder))
        before = _parent(path)
        tell("a cold scan")
        cold, _ = cost_of(lambda: scan(path, _at(options, before)))
        if before is not None:
            tell("a scan one commit later")
            later, _ = cost_of(lambda: scan(path, options))
            yield ratio("scan one commit later / cold scan", later.cpu, cold.cpu)
        else:
            scan(path, options)
        tell("unchanged rescans")
        yield from _rescans(path, options, cold, sources, runs)
    tell("the stages of cold scans")
    yield from _stage_rows(stages_of_cold_scans(path, runs), sources)


def memory_rows(path: Path, commits: int, tell: Tell) -> Iterator[Row]:
    """Yield the peak memory of a Python process, its children left out, that reads the history, and of one that scans."""
    tell("memory")
    for kind, what in (("history", "reading the history"), ("scan", "a whole cold scan")):
        done = subprocess.run(
            [sys.executable, "-m", "bench.performance.memory", kind, str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        goal = _MEMORY_MB if commits > _HUGE else None
        figure = None if done.returncode else float(json.loads(done.stdout)["peak_mb"])
        note = f"{commits} commits; Python and all imports included"
        yield Row(f"peak memory of {what}", figure, "MB", goal, note=note if figure else done.stderr[-200:])


def _rescans(path: Path, options: ScanOptions, cold: Cost, sources: Sources, runs: int) -> Iterator[Row]:
    size = sum(len(data) for _, data in sources.values())
    with tempfile.TemporaryDirectory(prefix="alloy-bench-") as folder:
        # The command keeps its cache where the user's is, so it gets a user's folder of its own.
        home = {"XDG_CACHE_HOME": folder, "HOME": folder, "XDG_CONFIG_HOME": folder}
        # As for whoever has it installed: its modules are compiled by the first run, whatever is set where this is measured.
        home["PYTHONDONTWRITEBYTECODE"] = ""
        command = [sys.executable, "-m", "alloy_assist", "scan", str(path), "--no-save", "--json", "--quiet"]
        version_command = [sys.executable, "-m", "alloy_assist", "--version"]
        statuses = [run(command, **home)]
        costs = interleaved(
            {
                "git": lambda: (
                    run(["git", "-C", str(path), "rev-parse", "HEAD"]),
                    run(["git", "-C", str(path), "status", "--porcelain", "--untracked-files=no"]),
                ),
                "call": lambda: scan(path, options),
                "command": lambda: statuses.append(run(command, **home)),
                "version": lambda: statuses.append(run(version_command, **home)),
            },
            runs,
        )
    status = next(filter(None, statuses), 0)
    git, call, whole, version = (costs[name] for name in ("git", "call", "command", "version"))
    yield ratio(
        "unchanged rescan / cold scan",
        call.cpu,
        cold.cpu,
        _WARM if size > _MUCH_SOURCE else None,
        f"{size / 1e6:.1f} MB of source; the goal is for 20",
    )
    yield Row(
        "unchanged rescan beyond rev-parse and status, in process",
        call.cpu - git.cpu,
        "s",
        _RESCAN_SECONDS,
        ours=call.cpu,
        theirs=git.cpu,
        note=f"{call.wall:.2f} s on the clock, git {git.wall:.2f} s",
    )
    yield Row(
        "unchanged `alloy scan`, whole process, beyond the same",
        None if status else whole.cpu - git.cpu,
        "s",
        _RESCAN_SECONDS,
        ours=whole.cpu,
        theirs=git.cpu,
        note=f"exit status {status}" if status else f"of which `alloy --version` takes {version.cpu:.2f} s",
    )


def _stage_rows(scans: Sequence[Mapping[str, float]], sources: Sources) -> Iterator[Row]:
    spent = medians(scans)
    parse, _ = cost_of(lambda: parse_only(sources))
    thinking = median([sum(scan.get(name, 0.0) for name in _THINKING) for scan in scans])
    if spent.get("parse"):
        shares = sorted(sum(scan.get(name, 0.0) for name in _THINKING) / scan["parse"] for scan in scans)
        yield Row(
            "detectors and hypotheses / the parse stage",
            median(shares),
            goal=0.5,
            ours=thinking,
            theirs=spent["parse"],
            note=f"median of {len(scans)} cold scans, {shares[0]:.2f} to {shares[-1]:.2f}",
        )
    yield ratio("detectors and hypotheses / parse-only", thinking, parse.cpu)
    tracing = spent.get("import history", 0.0)
    base = spent.get("parse", 0.0) + spent.get("history", 0.0)
    yield ratio("import history / parse and history", tracing, base, 0.5, "our own goal")
    whole = sum(spent.values())
    for name, seconds in spent.items():
        yield Row(f"stage: {name}", seconds, "s", ours=seconds, theirs=whole, note=f"{100 * seconds / whole:.0f} %")


def _parent(path: Path) -> str | None:
    with open_repository(path) as repository:
        try:
            return repository.resolve("HEAD~1")
        except (ArchaeologyError, ValueError):
            return None


def _at(options: ScanOptions, revision: str | None) -> ScanOptions:
    return ScanOptions(revision=revision, cache_folder=options.cache_folder)
