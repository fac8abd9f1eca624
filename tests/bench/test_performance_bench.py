from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.performance.__main__ import main, measure
from bench.performance.clock import Cost, cost_of, cpu_seconds, interleaved, interleaved_over, median
from bench.performance.rows import Row, advantage, ratio
from bench.performance.stages import medians, stages_of_cold_scans
from fixtures import build_checkout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkout(tmp_path_factory.mktemp("bench"))


@pytest.mark.slow
def test_all_sections_give_numbers_and_say_what_was_not_measured(checkout: Path) -> None:
    rows = {row.what: row for row in measure(checkout, ("history", "churn", "parse", "memory", "peers"), 1, None)}
    peers = [name for name in rows if name.startswith("less CPU")]
    assert all(rows[name].figure is None and "--peers" in rows[name].note for name in peers)
    measured = [row for name, row in rows.items() if name not in peers]
    assert len(measured) >= 9
    assert all(row.figure is not None and math.isfinite(row.figure) for row in measured)
    assert all(row.figure > 0 for row in measured if row.unit == "MB" and row.figure is not None)


@pytest.mark.slow
def test_a_scan_is_measured_whole_and_stage_by_stage(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.relative_to(checkout) for path in checkout.rglob("*") if ".git" not in path.parts)
    file = tmp_path / "figures.json"
    assert main([str(checkout), "--only", "scan", "--runs", "1", "--json", str(file)]) == 0
    data = json.loads(file.read_text(encoding="utf-8"))
    rows = {row["what"]: row for row in data["results"][0]["rows"]}
    assert data["schema_version"] == "alloy.bench_performance.v1"
    assert "exit status" not in rows["unchanged `alloy scan`, whole process, beyond the same"]["note"]
    stages = [rows[name]["figure"] for name in rows if name.startswith("stage: ")]
    assert {"stage: parse", "stage: history", "stage: observations"} <= rows.keys()
    assert all(seconds >= 0 for seconds in stages)
    assert rows["detectors and hypotheses / the parse stage"]["note"].startswith("median of 1 cold scans")
    assert str(tmp_path) not in file.read_text(encoding="utf-8")
    assert "unchanged rescan / cold scan" in capsys.readouterr().out
    assert before == sorted(path.relative_to(checkout) for path in checkout.rglob("*") if ".git" not in path.parts)


def test_what_is_no_repository_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere"), "--only", "scan"]) == 2
    assert "cannot be opened: No such file or directory." in capsys.readouterr().err


def test_peers_that_are_not_installed_are_said_not_to_be_measured(checkout: Path) -> None:
    rows = list(measure(checkout, ("peers",), 1, sys.executable))
    assert [row.figure for row in rows] == [None, None]
    assert all("cannot be imported" in row.note for row in rows)


def test_stages_are_medians_of_scans_that_each_begin_anew(checkout: Path) -> None:
    first, second = stages_of_cold_scans(checkout, 2)
    assert list(first) == list(second)
    # Whatever the first scan compiled and kept, the second did again: none of its stages comes from a cache.
    assert all(scan["parse"] > 0 and scan["observations"] > 0 for scan in (first, second))
    assert medians([{"a": 1.0, "b": 5.0}, {"a": 9.0}, {"a": 2.0, "b": 1.0}]) == {"a": 2.0, "b": 1.0}


def test_a_goal_is_met_from_its_own_side() -> None:
    assert ratio("a", 3.0, 2.0, 1.5).met is True
    assert ratio("a", 3.1, 2.0, 1.5).met is False
    assert advantage("b", 1.0, 10.0, 10.0).met is True
    assert advantage("b", 1.0, 9.0, 10.0).met is False
    assert Row("c", None, goal=1.0).met is None
    assert ratio("d", 1.0, 0.0, 1.5).figure is None
    assert "NOT MET" in ratio("a", 3.1, 2.0, 1.5).as_line()
    assert "not measured" in Row("c", None, goal=1.0, note="why").as_line()


def test_costs_are_medians_of_runs_in_turn() -> None:
    order: list[str] = []
    costs = interleaved({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 3)
    assert order == ["a", "b"] * 3
    assert costs.keys() == {"a", "b"}
    assert median([Cost(1, 30), Cost(9, 10), Cost(2, 20)]) == Cost(2, 20)
    assert cost_of(lambda: 7)[1] == 7


def test_costs_over_pieces_begin_with_another_work_each_time() -> None:
    order: list[str] = []
    seconds = interleaved_over(
        {"a": lambda piece: order.append(f"a{piece}"), "b": lambda piece: order.append(f"b{piece}")}, [1, 2, 3], 2
    )
    assert order == ["a1", "b1", "b2", "a2", "a3", "b3", "b1", "a1", "a2", "b2", "b3", "a3"]
    assert seconds.keys() == {"a", "b"}
    assert all(value >= 0 for value in seconds.values())


def test_a_benchmark_solves_on_as_many_threads_as_a_scan() -> None:
    """NumPy is loaded before the scan that is measured, and reads the number when it is loaded."""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    program = "import os, bench.performance.__main__; print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["1"]


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="only Linux tells what a running child has used")
def test_a_child_that_still_runs_is_counted_and_not_again_when_it_ends() -> None:
    program = "import time\nwhile time.process_time() < 0.2: pass\nprint(flush=True)\ninput()"
    begin = cpu_seconds()
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        running = cpu_seconds() - begin
        child.communicate(b"\n")
    ended = cpu_seconds() - begin
    assert running >= 0.2
    assert ended - running < 0.1
