"""Files that take too long to parse: killed, counted, named, and not tried again."""

from __future__ import annotations

import time

import pytest

from archaeology.code import Caps, parse_files
from archaeology.code.budget import Budget
from fixtures.blobs import FakeCache, FakeRepository, inventory


def test_a_worker_that_takes_too_long_is_killed_and_the_others_go_on() -> None:
    contents = {
        "a.py": b"import os\n",
        "slow.py": b"x = [" + b"f(a, " * 60_000 + b"]\n" + b"y = 1\n" * 100_000,
        "z.py": b"import re\n",
    }
    code, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(cpu_seconds=0.02))
    assert [found.module for found in code["a.py"].imports] == ["os"]
    assert [found.module for found in code["z.py"].imports] == ["re"]
    assert code["slow.py"].error is not None
    (limit,) = limits
    assert (limit.kind, limit.paths) == ("parser_stopped", ("slow.py",))


@pytest.mark.parametrize("damage", [b"@A(", b"class A<", b"fun f(){ a.b{ c<d>(e) ?: "])
def test_kotlin_that_its_grammar_never_gets_through_is_given_up_and_named(damage: bytes) -> None:
    contents = {
        "a.kt": b"import java.util.UUID\n",
        "slow.kt": damage * (200_000 // len(damage)),
        "z.kt": b"import java.util.Date\n",
    }
    began = time.monotonic()
    code, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(cpu_seconds=0.5))
    assert time.monotonic() - began < 30
    assert [found.module for path in ("a.kt", "z.kt") for found in code[path].imports] == [
        "java.util.UUID",
        "java.util.Date",
    ]
    assert code["slow.kt"].error is not None
    assert [(limit.kind, limit.paths) for limit in limits] == [("parser_stopped", ("slow.kt",))]


def test_a_worker_that_does_not_answer_is_killed_from_outside() -> None:
    contents = {"slow.py": b"x = [" + b"f(a, " * 100_000 + b"]\n" + b"y = 1\n" * 100_000}
    _, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(wall_seconds=0.05))
    assert [limit.kind for limit in limits] == ["parser_stopped"]


def test_so_many_killed_files_are_enough_and_the_rest_of_their_kind_is_said_to_be_left_out() -> None:
    slow = {f"slow{number:02}.py": b"x = [" + b"f(a, " * (200_000 + number) + b"]\n" for number in range(12)}
    contents = {**slow, "a.py": b"import os\n", "z.py": b"import re\n", "z.go": b"package z\n" + b" " * 500_000}
    code, limits = parse_files(
        FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(cpu_seconds=0.06, killed_files=3)
    )
    assert [(limit.kind, limit.count) for limit in limits] == [("parser_stopped", 3), ("parser_given_up", 9)]
    assert not set(limits[0].paths) & set(limits[1].paths)
    assert all(code[path].error for path in slow)
    assert code["a.py"].error is None
    assert code["z.py"].error is None
    assert code["z.go"].error is None


def test_so_many_seconds_on_killed_files_are_enough() -> None:
    contents = {f"slow{number:02}.py": b"x = [" + b"f(a, " * (200_000 + number) + b"]\n" for number in range(8)}
    caps = Caps(cpu_seconds=0.02, killed_seconds=0.02)
    _, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=caps)
    assert [(limit.kind, limit.count) for limit in limits] == [("parser_stopped", 1), ("parser_given_up", 7)]


def test_files_that_were_given_up_are_not_kept_in_the_cache() -> None:
    contents = {f"slow{number:02}.py": b"x = [" + b"f(a, " * (200_000 + number) + b"]\n" for number in range(4)}
    cache = FakeCache()
    caps = Caps(cpu_seconds=0.02, killed_files=1)
    parse_files(FakeRepository(contents), inventory(contents), jobs=1, cache=cache, caps=caps)
    assert cache.values == {}


def test_a_budget_counts_each_language_for_itself_and_spares_smaller_files() -> None:
    budget = Budget(files=2, seconds=10.0)
    budget.spend("python", 500, 4.0)
    assert budget.allows("python", 500)
    budget.spend("python", 900, 4.0)
    assert not budget.allows("python", 500)
    assert budget.allows("python", 499)
    assert budget.allows("go", 5000)
    budget.spend("go", 100, 10.0)
    assert not budget.allows("go", 100)
