"""Lines that somebody drew: gates, tests kept off something, benchmarks, threads in a corner, guards."""

import pytest

from archaeology.checks import evaluate
from archaeology.detectors.benchmark_runs import who_runs_benchmarks
from archaeology.detectors.benchmarked import Benchmarks
from archaeology.detectors.enforced_gates import detect_enforced_gates
from archaeology.detectors.strictness import loosened, refusals
from archaeology.detectors.test_isolation import detect_test_isolation
from archaeology.detectors.timed_part import timed_part
from archaeology.facts import (
    Call,
    Definition,
    FileFacts,
    Gate,
    TestCase,
)
from archaeology.history.model import Reason
from archaeology.model import Family, Hypothesis
from fixtures import FactsBuilder
from fixtures.families import gated, isolated, proposed, python


def test_settings_are_said_in_plain_words() -> None:
    assert refusals(("strict", "plugin: x", "loosened for 2 groups of modules")) == ("code whose types are incomplete",)
    assert refusals(("100 %", "branches")) == ("changes that leave less than 100 % of the lines tested",)
    assert refusals(("target 100% of changed lines",)) == (
        "changes that leave less than 100 % of their own lines tested",
    )
    assert not refusals(("target auto of changed lines",))
    assert refusals(("select: E, F", "ignores 2 rules", "new cops", "mode: basic")) == ()
    assert refusals(("low priorities",)) == ()
    assert refusals(("checks Readability.Specs",)) == ("public functions without a specification of their types",)
    assert refusals(("select: ALL",)) == ("whatever any of its rules objects to",)
    assert loosened(("strict", "loose: ignore_missing_imports")) == ("loose: ignore_missing_imports",)


def test_a_strict_gate_with_a_reason_is_a_line_that_somebody_drew() -> None:
    (hypothesis,) = proposed(gated("strict", "loose: ignore_missing_imports"), Family.ENFORCED_GATE)
    assert hypothesis.title == "mypy is set to refuse code whose types are incomplete, which its defaults let through."
    assert "ignore_missing_imports" in hypothesis.counter_evidence[0].summary
    assert hypothesis.check is not None


def test_a_share_of_tested_lines_is_said_once() -> None:
    gate = Gate(
        "coverage:python:pyproject.toml",
        "coverage",
        "coverage at least 76 %",
        "pyproject.toml",
        1,
        2,
        strictness=("76 %",),
    )
    facts = (
        FactsBuilder()
        .file("pyproject.toml", "[tool.coverage.report]\nfail_under = 76\n")
        .gate(gate)
        .reason(
            Reason(
                "a" * 40, 1, "Raise python coverage because a release broke untested.", "because", ("pyproject.toml",)
            )
        )
        .build()
    )
    (hypothesis,) = proposed(facts, Family.ENFORCED_GATE)
    assert hypothesis.title == "Changes that leave less than 76 % of the lines tested are refused."
    assert (
        hypothesis.questions[0]
        == "What got through before the coverage gate refused changes that leave less than 76 % of the lines tested?"
    )


def test_a_gate_that_nobody_explains_or_that_refuses_nothing_special_is_none() -> None:
    assert not proposed(gated("strict", reason=False), Family.ENFORCED_GATE)
    assert not list(detect_enforced_gates(gated("mode: basic")))


def test_tests_off_the_clock_for_all_of_them_with_a_reason() -> None:
    facts = isolated()
    (hypothesis,) = proposed(facts, Family.TEST_ISOLATION)
    assert hypothesis.title.startswith(
        "Tests do not wait for the real clock: freezegun in `tests/conftest.py`, for all of them."
    )
    assert hypothesis.check is not None
    assert evaluate(hypothesis.check, facts).holds
    gone = FactsBuilder().file("tests/conftest.py", "import pytest").build()
    assert evaluate(hypothesis.check, gone).holds is False


def test_a_device_that_each_test_asks_for_by_itself_is_a_habit() -> None:
    assert not proposed(isolated(shared="tests/test_0.py"), Family.TEST_ISOLATION)


def test_a_mock_here_and_there_or_an_unrelated_commit_is_convenience() -> None:
    assert not list(detect_test_isolation(isolated(files=2)))
    assert not proposed(isolated(sentence="Use tabs so that it is consistent in tests."), Family.TEST_ISOLATION)


def timed(*names: str, run: str = "bench:\n\tgo test -run none -bench . ./...\n") -> Hypothesis:
    """A file that these benchmarks call, and that a commit changed for speed; ``run`` is the Makefile."""
    text = "".join(f"func {name}() {{ head.AppendSample() }}\n" for name in names)
    head = FileFacts("go", definitions=(Definition("Head.AppendSample", "method", "public", 2, 3),))
    builder = (
        FactsBuilder().module("tsdb/head.go", "package tsdb", code=head).file("tsdb/head_bench_test.go", text, flags=())
    )
    for line, name in enumerate(names, start=1):
        builder.test_case(
            TestCase(f"tsdb/head_bench_test.go::{name}", "tsdb/head_bench_test.go", line, line, kind="benchmark")
        )
    builder.reason(
        Reason("a" * 40, 1, "Pool the buffers to avoid 3 allocations a sample.", "to avoid", ("tsdb/head.go",))
    )
    builder.file("Makefile", run, flags=())
    (hypothesis,) = proposed(builder.build(), Family.PERFORMANCE_GUARD)
    return hypothesis


def test_benchmarks_and_commits_for_speed_guard_a_file() -> None:
    assert timed("BenchmarkAppend", "BenchmarkRead").title.startswith(
        "`tsdb/head.go` is watched for speed: `BenchmarkAppend` and `BenchmarkRead` time it"
    )


def test_all_benchmarks_of_a_file_are_counted_of_which_two_are_named() -> None:
    names = [f"Benchmark{letter}" for letter in "ABCDEFGHI"]
    assert "`BenchmarkA`, `BenchmarkB` and 7 more time it" in timed(*names).title


@pytest.mark.parametrize("run", ["test:\n\tgo test ./...\n", "# go test -bench .\n", "benchmarks/: all\n", ""])
def test_nobody_watches_what_nothing_runs(run: str) -> None:
    found = timed("BenchmarkAppend", "BenchmarkRead", run=run)
    assert found.title.startswith(
        "`tsdb/head.go` is timed by `BenchmarkAppend` and `BenchmarkRead`, which nothing runs by itself"
    )
    assert "watched" not in found.title
    assert found.counter_evidence
    assert found.confidence < timed("BenchmarkAppend", "BenchmarkRead").confidence


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".github/workflows/speed.yml", "      - run: cargo bench --workspace"),
        (".github/workflows/speed.yml", "      - uses: CodSpeedHQ/action@v3"),
        ("package.json", '    "bench": "node bench/all.js",'),
        ("tox.ini", "    pytest --benchmark-only"),
    ],
)
def test_jobs_and_scripts_run_benchmarks(path: str, line: str) -> None:
    facts = FactsBuilder().file(path, f"# a heading\n{line}\n", flags=()).build()
    assert who_runs_benchmarks(facts) == (path, 2)
    assert who_runs_benchmarks(FactsBuilder().file("notes.md", line, flags=()).build()) is None


def test_the_clock_sees_the_loop_and_not_what_was_made_ready() -> None:
    go = [
        "func BenchmarkX(b *testing.B) {",
        "  c := Connect()",
        "  for i := 0; i < b.N; i++ {",
        "    f(func() { g() })",
        "  }",
        "  Close()",
        "}",
    ]
    assert timed_part(go).strip() == "f(func() { g() })"
    assert timed_part(["prepare();", "b.iter(|| parse(text));", "after();"]) == "|| parse(text)"
    assert timed_part(["let all = list.iter().map(f);"]) == "let all = list.iter().map(f);"
    assert timed_part(["for b.Loop() {", "run()"]) == "\nrun()"
    assert timed_part(["for i := 0; i < b.N; i++ {"] * 3_000).count("b.N") > 0


def in_a_package(text: str, *files: str) -> dict[str, list[TestCase]]:
    """What a benchmark with this text times, of files that each define a function named after them."""
    builder = FactsBuilder().file("wire/all_bench_test.go", text, flags=())
    for name in files:
        code = FileFacts("go", definitions=(Definition(name.title(), "function", "public", 1, 1),))
        builder.module(f"wire/{name}.go", "package wire", code=code)
    case = TestCase(
        "wire/all_bench_test.go::BenchmarkX", "wire/all_bench_test.go", 1, text.count("\n"), kind="benchmark"
    )
    paths = [f"wire/{name}.go" for name in files]
    return Benchmarks(builder.test_case(case).build(), paths).of(paths)


def test_what_is_called_before_the_clock_starts_or_beside_many_others_is_not_timed() -> None:
    loop = "func BenchmarkX(b *testing.B) {\n  c := Client()\n  for i := 0; i < b.N; i++ {\n    Encode(c)\n  }\n}\n"
    assert set(in_a_package(loop, "client", "encode")) == {"wire/encode.go"}
    many = "func BenchmarkX(b *testing.B) {\n  for b.Loop() {\n    Client(); Encode(); Decode()\n  }\n}\n"
    assert not in_a_package(many, "client", "encode", "decode")


def test_a_benchmark_of_somebody_elses_library_times_nothing_of_ours() -> None:
    text = "bench('ours', () => parseQuery(url))\nbench('theirs', () => fastest.parse(url))\n"
    query = FileFacts("typescript", definitions=(Definition("parseQuery", "function", "public", 1, 1),))
    builder = FactsBuilder().module("src/query.ts", "export function parseQuery() {}", code=query)
    builder.module("benchmarks/query.mts", text, imports=("src/query.ts",))
    for line, name in enumerate(("ours", "theirs"), start=1):
        builder.test_case(
            TestCase(f"benchmarks/query.mts > {name}", "benchmarks/query.mts", line, line, kind="benchmark")
        )
    facts = builder.build()
    assert [case.id for case in Benchmarks(facts, ["src/query.ts"]).of(["src/query.ts"])["src/query.ts"]] == [
        "benchmarks/query.mts > ours"
    ]


def test_threads_kept_in_a_corner_of_which_a_commit_speaks() -> None:
    builder = FactsBuilder()
    for number in range(60):
        builder.module(f"src/shop/part{number // 10}/m{number}.py", "pass")
    for name in ("pool", "timer"):
        builder.module(f"src/shop/workers/{name}.py", "import threading")
        builder.edge(f"src/shop/workers/{name}.py", "threading", stdlib=True)
    assert not proposed(builder.build(), Family.CONCURRENCY)
    builder.reason(
        Reason(
            "a" * 40,
            1,
            "Stop the pool under a lock to avoid a race at shutdown.",
            "to avoid",
            ("src/shop/workers/pool.py",),
        )
    )
    (hypothesis,) = proposed(builder.build(), Family.CONCURRENCY)
    assert hypothesis.title == "`threading` stays in `src/shop/workers/`: the other 60 source files never import it."


@pytest.mark.parametrize(
    ("places", "elsewhere", "is_told"),
    [
        (("src/shop/workers/pool.py", "src/shop/workers/timer.py"), "", True),
        (("src/shop/workers/pool.py", "src/shop/workers/timer.py"), "multiprocessing", False),
        (("src/shop/workers/pool.py", "src/shop/workers/timer.py"), "asyncio", True),
        (("src/shop/workers/pool.py", "src/shop/part3/m30.py"), "", False),
    ],
)
def test_a_corner_is_one_folder_that_alone_has_modules_for_threads(
    places: tuple[str, ...], elsewhere: str, *, is_told: bool
) -> None:
    builder = FactsBuilder()
    for number in range(60):
        builder.module(f"src/shop/part{number // 10}/m{number}.py", "pass")
    for path in places:
        builder.module(path, "import threading")
        builder.edge(path, "threading", stdlib=True)
    if elsewhere:
        builder.edge("src/shop/part1/m11.py", elsewhere, stdlib=True)
    builder.reason(Reason("a" * 40, 1, "Stop it under a lock to avoid a race at shutdown.", "to avoid", places))
    assert bool(proposed(builder.build(), Family.CONCURRENCY)) is is_told


def test_a_comparison_in_constant_time_of_which_a_commit_names_the_attack() -> None:
    call = Call("hmac.compare_digest", 2, "check_token")
    builder = FactsBuilder().module(
        "src/shop/auth.py", "import hmac\nhmac.compare_digest(a, b)\n", code=python(calls=(call,))
    )
    assert not proposed(builder.build(), Family.SECURITY_BOUNDARY)
    builder.reason(
        Reason("a" * 40, 1, "Compare tokens so that timing tells nothing.", "so that", ("src/shop/auth.py",))
    )
    (hypothesis,) = proposed(builder.build(), Family.SECURITY_BOUNDARY)
    assert hypothesis.title.startswith("`check_token` (src/shop/auth.py) compares secrets in constant time on purpose")


@pytest.mark.parametrize(
    "sentence",
    [
        "Rename the buffers so that they read like the others.",
        "The isolated benchmark because of the new pool is much faster:",
        "Let the caller pass the index because counting here is a layering violation.",
    ],
)
def test_benchmarks_without_a_commit_that_was_made_for_speed_are_a_plaything(sentence: str) -> None:
    text = "func BenchmarkAppend() { head.AppendSample() }\nfunc BenchmarkRead() { head.AppendSample() }\n"
    head = FileFacts("go", definitions=(Definition("Head.AppendSample", "method", "public", 2, 3),))
    builder = (
        FactsBuilder().module("tsdb/head.go", "package tsdb", code=head).file("tsdb/head_bench_test.go", text, flags=())
    )
    for line, name in enumerate(("BenchmarkAppend", "BenchmarkRead"), start=1):
        builder.test_case(
            TestCase(f"tsdb/head_bench_test.go::{name}", "tsdb/head_bench_test.go", line, line, kind="benchmark")
        )
    builder.reason(Reason("a" * 40, 1, sentence, "because", ("tsdb/head.go",)))
    assert not proposed(builder.build(), Family.PERFORMANCE_GUARD)
