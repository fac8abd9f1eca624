"""What stays in memory while a scan thinks is passed over by the garbage collector, and only then."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from archaeology.memory import give_back, piling_up, staying
from archaeology.progress import Progress
from archaeology.survey import ScanOptions, scan
from fixtures import build_bland


class Knot:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_there_is_left_alone_while_the_block_runs_and_what_is_made_there_is_not() -> None:
    before, there = gc.get_freeze_count(), Knot()
    seen = weakref.ref(there)
    with staying():
        assert gc.get_freeze_count() > before
        made = weakref.ref(Knot())
        del there
        gc.collect()
        assert made() is None
        assert seen() is not None
    gc.collect()
    assert seen() is None
    assert gc.get_freeze_count() == 0


def test_it_ends_with_an_error_too() -> None:
    with pytest.raises(LookupError), staying():
        raise LookupError
    assert gc.get_freeze_count() == 0
    give_back()


def test_the_collector_begins_late_until_the_last_of_several_scans_has_read() -> None:
    usual = gc.get_threshold()
    one, other = piling_up(), piling_up()
    one.__enter__()
    late = gc.get_threshold()
    assert late[0] > usual[0]
    other.__enter__()
    one.__exit__(None, None, None)
    assert gc.get_threshold() == late
    other.__exit__(None, None, None)
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_the_collector_begins_late_while_a_scan_draws_its_conclusions(tmp_path: Path) -> None:
    usual, seen = gc.get_threshold(), dict[str, int]()

    def begun(progress: Progress) -> None:
        seen.setdefault(progress.stage, gc.get_threshold()[0])

    scan(build_bland(tmp_path / "repo"), ScanOptions(use_cache=False, jobs=1), begun)
    assert min(seen["observations"], seen["hypotheses"]) > usual[0] == seen["history"]
    assert gc.get_threshold() == usual
