"""The families that are not about imports: each on what it is for, and silent where it should be."""

import math
from collections.abc import Mapping
from typing import Any

import pytest

from archaeology.checks import evaluate
from archaeology.detectors import DETECTORS, detect
from archaeology.detectors.benchmarked import timed_files
from archaeology.detectors.contradictions import detect_contradictions
from archaeology.detectors.enforced_gates import detect_enforced_gates
from archaeology.detectors.ports_and_adapters import detect_ports_and_adapters
from archaeology.detectors.strictness import loosened, refusals
from archaeology.detectors.tacit_coupling import detect_tacit_coupling
from archaeology.detectors.technology_choice import core_name, detect_technology_choice
from archaeology.detectors.test_isolation import detect_test_isolation
from archaeology.detectors.typed_errors import detect_typed_errors
from archaeology.facts import (
    Call,
    Catch,
    Definition,
    Facts,
    Fake,
    FileFacts,
    Flag,
    Gate,
    Import,
    Raise,
    Rule,
    TestCase,
    TestSuite,
)
from archaeology.history.model import CoChange, EdgeLife, FileHistory, Reason
from archaeology.hypotheses import FAMILIES
from archaeology.hypotheses.grouping import named, shortened
from archaeology.model import Family, Hypothesis, Observation
from fixtures import FactsBuilder

DAY = 86_400
NOW = 1_700_000_000


def proposed(facts: Facts, family: Family) -> list[Hypothesis]:
    seen = detect(facts)
    return [item for propose in FAMILIES for item in propose(facts, seen) if item.family is family]


def python(*definitions: Definition, **parts: object) -> FileFacts:
    return FileFacts("python", lines=50, definitions=definitions, **parts)  # type: ignore[arg-type]


def errors(*, translated_in: int, importers: int) -> FactsBuilder:
    kinds = tuple(
        Definition(name, "class", "public", line, line, bases=(base,))
        for line, (name, base) in enumerate(
            [
                ("ShopError", "Exception"),
                ("Declined", "ShopError"),
                ("Unreachable", "ShopError"),
                ("Expired", "ShopError"),
            ],
            start=1,
        )
    )
    builder = FactsBuilder().module("src/shop/errors.py", "\n" * 9, code=python(*kinds))
    for number in range(importers):
        done = number < translated_in
        builder.module(
            f"src/shop/pay{number}.py",
            "import stripely\n" * 9,
            code=python(
                imports=(Import("stripely", 1),),
                raises=tuple(Raise("Declined", line, "pay") for line in range(2, 8)) if done else (),
                catches=(Catch(("stripely.CardError",), 3, "pay"),) if done else (),
            ),
            imports=("stripely",),
        )
    return builder


def test_never_is_said_of_a_vendors_errors_only_where_every_importer_translates_them() -> None:
    (hypothesis,) = proposed(errors(translated_in=2, importers=2).build(), Family.TYPED_ERRORS)
    assert hypothesis.title == "No error of `stripely` gets past its adapters: callers see kinds of `ShopError`."
    (hypothesis,) = proposed(errors(translated_in=1, importers=3).build(), Family.TYPED_ERRORS)
    assert (
        hypothesis.title
        == "In `pay0.py`, errors of `stripely` are turned into kinds of `ShopError` before callers see them."
    )
    assert any("2 files import the same and translate nothing" in item.summary for item in hypothesis.counter_evidence)


def test_a_call_that_is_not_guarded_is_named_with_the_guarded_ones() -> None:
    def said(*calls: Call) -> Hypothesis:
        builder = errors(translated_in=2, importers=2)
        code = python(
            imports=(Import("stripely", 1),),
            raises=tuple(Raise("Declined", line, "pay") for line in range(2, 8)),
            catches=(Catch(("stripely.CardError",), 3, "pay"),),
            calls=calls,
        )
        builder.module("src/shop/pay1.py", "import stripely\n" * 9, code=code, imports=("stripely",))
        (hypothesis,) = proposed(builder.build(), Family.TYPED_ERRORS)
        return hypothesis

    guarded = (
        Call("stripely.charge", 2, "pay"),
        Call("stripely.CardError", 4, "other"),
        Call("json.loads", 5, "other"),
    )
    assert said(*guarded).title.startswith("No error of `stripely` gets past")
    hypothesis = said(*guarded, Call("stripely.connect", 9, "Session.open"))
    assert hypothesis.title == (
        "`pay` turns errors of `stripely` into kinds of `ShopError`, but `Session.open` calls `stripely` unguarded."
    )
    assert hypothesis.questions[0].startswith("`Session.open` (src/shop/pay1.py:9) calls `stripely`")


def test_an_error_hierarchy_that_nothing_else_speaks_for_is_habit() -> None:
    facts = errors(translated_in=0, importers=2).build()
    assert not list(detect_typed_errors(facts))


def ports(*, others: int = 0, fake: bool = True) -> FactsBuilder:
    builder = (
        FactsBuilder()
        .module(
            "src/shop/ports/gateway.py",
            "class Gateway:\n" * 3,
            code=python(Definition("Gateway", "protocol", "public", 1, 3)),
        )
        .module(
            "src/shop/adapters/stripely.py",
            "class StripelyGateway:\n" * 3,
            code=python(Definition("StripelyGateway", "class", "public", 1, 3, bases=("Gateway",))),
            imports=("stripely", "src/shop/ports/gateway.py"),
        )
    )
    for number in range(others):
        builder.module(f"src/shop/web/page{number}.py", "import stripely", imports=("stripely",))
    if fake:
        builder.file("tests/fakes.py", "class FakeGateway: ...").fake(
            Fake("FakeGateway", "tests/fakes.py", 1, "fake", "Gateway")
        )
    return builder


def test_a_vendor_behind_a_port_with_a_fake_is_told_in_one_sentence() -> None:
    (hypothesis,) = proposed(ports().build(), Family.PORTS_AND_ADAPTERS)
    assert (
        hypothesis.title
        == "`stripely` stays behind `Gateway`: `StripelyGateway` in production, `FakeGateway` in tests."
    )
    assert hypothesis.check is not None
    assert hypothesis.check.kind == "import_boundary"
    assert hypothesis.possible_intent.tradeoff is None


def test_a_vendor_that_many_others_import_is_not_behind_the_port() -> None:
    (hypothesis,) = proposed(ports(others=3).build(), Family.PORTS_AND_ADAPTERS)
    assert "stays behind" not in hypothesis.title


def test_an_interface_without_a_fake_and_without_words_is_ceremony() -> None:
    assert not proposed(ports(fake=False).build(), Family.PORTS_AND_ADAPTERS)
    assert not list(detect_ports_and_adapters(ports(others=3, fake=False).build()))


@pytest.mark.parametrize(
    ("path", "is_double"),
    [
        ("benches/store.py", False),
        ("lib/Benchmark/store.py", False),
        ("examples/shop/store.py", False),
        ("src/bench.rs", False),
        ("tests/workbench/store.py", True),
    ],
)
def test_a_double_of_a_benchmark_or_an_example_is_no_test_double(path: str, is_double: bool) -> None:
    builder = ports(others=3, fake=False).file(path, "class FakeGateway: ...")
    facts = builder.fake(Fake("FakeGateway", path, 1, "fake", "Gateway")).build()
    assert bool(list(detect_ports_and_adapters(facts))) is is_double


def test_a_struct_of_go_that_carries_an_interface_is_no_implementation_of_it() -> None:
    builder = FactsBuilder()
    port = Definition("Storage", "interface", "public", 1, 3)
    adapter = Definition("wrappedStorage", "struct", "private", 1, 3, bases=("Storage",))
    for path, definition in (("storage/port.go", port), ("remote/wrapped.go", adapter)):
        builder.module(path, "package x", code=FileFacts("go", lines=3, definitions=(definition,)))
    builder.fake(Fake("FakeStorage", "remote/wrapped_test.go", 1, "fake", "Storage"))
    assert not list(detect_ports_and_adapters(builder.build()))


def coupled(a: str, b: str, **marks: int) -> Facts:
    counts = {"together": 12, "revisions_a": 14, "revisions_b": 15} | marks
    return FactsBuilder().module(a, "a").module(b, "b").cochange(CoChange(a, b, **counts)).build()


def test_files_that_change_together_without_an_import_share_an_agreement() -> None:
    (hypothesis,) = proposed(coupled("src/api/codes.py", "web/src/labels.ts"), Family.TACIT_COUPLING)
    assert (
        hypothesis.title
        == "`src/api/codes.py` and `web/src/labels.ts` change together (12 times, seldom alone), though neither imports the other."
    )


def test_files_of_one_name_are_copies_only_where_they_say_the_same() -> None:
    def title(one: str, other: str) -> str:
        builder = FactsBuilder().module("src/tcp/split.py", one).module("src/unix/split.py", other)
        builder.cochange(CoChange("src/tcp/split.py", "src/unix/split.py", 12, 14, 15))
        (hypothesis,) = proposed(builder.build(), Family.TACIT_COUPLING)
        return hypothesis.title

    said = "class Reader:\n    def read(self):\n        return self.socket.receive()\n"
    assert "two copies of one thing" in title(said, said + "    limit = 4\n")
    assert "change together" in title(said, "def split(path):\n    yield path.head\n    yield path.tail\n")
    assert "change together" in title("", "")


def test_translations_are_no_secret_agreement() -> None:
    assert not list(detect_tacit_coupling(coupled("lang/nl/settings.py", "lang/pt/settings.py")))


def test_an_import_of_the_package_explains_the_coupling_where_packages_are_imported() -> None:
    a, b, other = "model/order.go", "form/order.go", "model/money.go"
    builder = FactsBuilder().file(other, "package model", language="go")
    for path in (a, b, other):
        builder.module(path, "package x", code=FileFacts("go", lines=1))
    facts = builder.edge(b, other).cochange(CoChange(a, b, 12, 14, 15)).build()
    assert not list(detect_tacit_coupling(facts))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("packages/create-app/template-one/src/main_view.ts", "packages/create-app/template-two/src/main_view.ts"),
        ("src/one/__init__.py", "src/two/__init__.py"),
        ("src/one/a.py", "src/one/b.py"),
        ("vendor/lib/a.py", "src/b.py"),
    ],
)
def test_templates_hubs_and_neighbours_are_no_coupling(a: str, b: str) -> None:
    assert not list(detect_tacit_coupling(coupled(a, b)))


def test_an_import_explains_the_coupling() -> None:
    a, b = "src/api/codes.py", "src/web/labels.py"
    facts = FactsBuilder().module(a, imports=(b,)).module(b).cochange(CoChange(a, b, 12, 14, 15)).build()
    assert not list(detect_tacit_coupling(facts))


@pytest.mark.parametrize(
    ("imports", "is_coupling"),
    [
        ({"src/api/codes.ts": "src/rpc/index.ts"}, False),
        ({"src/rpc/labels.ts": "src/api/index.ts"}, False),
        ({"src/api/codes.ts": "src/index.ts", "src/index.ts": "src/rpc/labels.ts"}, False),
        ({"src/api/codes.ts": "src/index.ts", "src/index.ts": "src/rpc/index.ts"}, False),
        ({"src/api/codes.ts": "src/index.ts"}, True),
        ({"src/api/codes.ts": "src/rpc/other.ts"}, True),
        ({"src/api/codes.ts": "src/other.ts", "src/other.ts": "src/rpc/labels.ts"}, True),
    ],
)
def test_an_import_by_way_of_a_folders_index_is_an_import(imports: Mapping[str, str], *, is_coupling: bool) -> None:
    a, b = "src/api/codes.ts", "src/rpc/labels.ts"
    builder = FactsBuilder().module(a).module(b).cochange(CoChange(a, b, 12, 14, 15))
    for source, target in imports.items():
        builder.edge(source, target)
    for path in sorted({*imports, *imports.values()} - {a, b}):
        builder.file(path, "")
    assert bool(list(detect_tacit_coupling(builder.build()))) is is_coupling


def test_settings_are_said_in_plain_words() -> None:
    assert refusals(("strict", "plugin: x", "loosened for 2 groups of modules")) == ("code whose types are incomplete",)
    assert refusals(("100 %", "branches")) == ("changes that leave less than 100 % of the lines tested",)
    assert refusals(("select: E, F", "ignores 2 rules", "new cops", "mode: basic")) == ()
    assert refusals(("select: ALL",)) == ("whatever any of its rules objects to",)
    assert loosened(("strict", "loose: ignore_missing_imports")) == ("loose: ignore_missing_imports",)


def gated(*strictness: str, reason: bool = True) -> Facts:
    gate = Gate("types:mypy", "type_checker", "mypy", "pyproject.toml", 1, 2, command="mypy", strictness=strictness)
    builder = FactsBuilder().file("pyproject.toml", "[tool.mypy]\nstrict = true\n").gate(gate)
    if reason:
        builder.reason(
            Reason("a" * 40, 1, "Make mypy strict because None slipped into invoices.", "because", ("pyproject.toml",))
        )
    return builder.build()


def test_a_strict_gate_with_a_reason_is_a_line_that_somebody_drew() -> None:
    (hypothesis,) = proposed(gated("strict", "loose: ignore_missing_imports"), Family.ENFORCED_GATE)
    assert hypothesis.title == "mypy is set to refuse code whose types are incomplete, which its defaults let through."
    assert "ignore_missing_imports" in hypothesis.counter_evidence[0].summary
    assert hypothesis.check is not None


def test_a_gate_that_nobody_explains_or_that_refuses_nothing_special_is_none() -> None:
    assert not proposed(gated("strict", reason=False), Family.ENFORCED_GATE)
    assert not list(detect_enforced_gates(gated("mode: basic")))


def given_up(
    target: str,
    reason: str,
    *,
    folder: str = "src/shop/",
    still: bool = False,
    manifests: Mapping[str, str] | None = None,
) -> Facts:
    life = EdgeLife(folder, target, True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
    came = EdgeLife(folder, "httpy", True, "b" * 40, NOW - 700 * DAY)
    builder = (
        FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",)).edge_life(life).edge_life(came)
    )
    if still:
        builder.edge("src/shop/client.py", target)
    for path, text in (manifests or {}).items():
        builder.file(path, text)
    return builder.commit("Newest", time=NOW).build()


def test_a_package_given_up_by_name_should_not_come_back() -> None:
    (hypothesis,) = proposed(
        given_up("requestly", "Replace requestly with httpy: it never timed out"), Family.TECHNOLOGY_CHOICE
    )
    assert hypothesis.title == (
        "`requestly` gave way to `httpy` in `src/shop/` in 2021 and has stayed out: “Replace requestly with httpy: it never timed out”"
    )
    assert hypothesis.check is None
    assert all("requestly" in question for question in hypothesis.questions[:1])


def test_a_package_that_came_and_went_before_anybody_could_live_with_it_was_not_chosen() -> None:
    def kept_for(days: int) -> list[Observation]:
        life = EdgeLife(
            "src/shop/",
            "requestly",
            True,
            "a" * 40,
            NOW - (700 + days) * DAY,
            "b" * 40,
            NOW - 700 * DAY,
            "Drop requestly",
        )
        builder = FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",)).edge_life(life)
        return list(detect_technology_choice(builder.commit("Newest", time=NOW).build()))

    assert not kept_for(1)
    assert kept_for(200)


def test_a_package_under_a_new_name_was_not_given_up() -> None:
    dropped = (
        "requestly",
        True,
        "a" * 40,
        NOW - 900 * DAY,
        "b" * 40,
        NOW - 700 * DAY,
        "Use requestlyup, requestly moved",
    )
    came = EdgeLife("src/shop/", "requestlyup", True, "b" * 40, NOW - 700 * DAY)
    builder = FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",))
    builder.edge_life(EdgeLife("src/shop/", *dropped)).edge_life(came)
    assert not list(detect_technology_choice(builder.commit("Newest", time=NOW).build()))


@pytest.mark.parametrize(
    ("old", "new", "is_moved"),
    [
        ("github.com/someone/go-shoply", "shoply.example/shoply-org/api/client-go", True),
        ("github.com/someone/shoply/v2", "github.com/shoply/go-shoply", True),
        ("shoply-query", "@shoply/query", True),
        ("net.sourceforge.shoply", "com.shoply.main", True),
        ("github.com/someone/go-github", "github.com/other/wirely", False),
        ("github.com/someone/go-client", "github.com/other/client", False),
        ("shoply", "wirely", False),
    ],
)
def test_a_package_at_a_new_address_was_not_given_up(old: str, new: str, *, is_moved: bool) -> None:
    reason = f"Replace {old} with {new}"
    life = EdgeLife("src/shop/", old, True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
    came = EdgeLife("src/shop/", new, True, "b" * 40, NOW - 700 * DAY)
    builder = FactsBuilder().module("src/shop/till.py", "import other", imports=("other",))
    facts = builder.edge_life(life).edge_life(came).commit("Newest", time=NOW).build()
    assert bool(list(detect_technology_choice(facts))) is not is_moved


def test_packages_that_went_with_their_code_tests_or_a_new_version_are_passed_over() -> None:
    assert not list(detect_technology_choice(given_up("requestly", "Remove the old importer")))
    assert not list(detect_technology_choice(given_up("requestly", "Drop requestly", folder="tests/")))
    assert not list(detect_technology_choice(given_up("requestly", "Drop requestly in one place", still=True)))
    assert not list(detect_technology_choice(given_up("requestly", "Drop requestly", folder="src/cart/")))
    assert core_name("gopkg.in/yaml.v2") == core_name("go.yaml.in/yaml/v3") == "yaml"


def test_a_package_that_a_manifest_still_declares_was_not_given_up() -> None:
    dropped = "Drop requestly from the hot path"
    declared = {"pyproject.toml": 'dependencies = ["requestly>=2"]\n'}
    assert not list(detect_technology_choice(given_up("requestly", dropped, manifests=declared)))
    for_developers = {"pyproject.toml": 'dependencies = ["httpy"]\n', "requirements.txt": "requestly\n"}
    facts = given_up("requestly", dropped, manifests=for_developers)
    (hypothesis,) = proposed(facts, Family.TECHNOLOGY_CHOICE)
    assert hypothesis.check is not None
    assert evaluate(hypothesis.check, facts).holds
    back = given_up("requestly", dropped, manifests=declared)
    assert evaluate(hypothesis.check, back).holds is False


def test_what_others_gave_up_is_hardly_a_choice() -> None:
    (chosen,) = proposed(given_up("requestly", "Replace requestly with httpy"), Family.TECHNOLOGY_CHOICE)
    (forced,) = proposed(given_up("requestly", "Replace deprecated requestly with httpy"), Family.TECHNOLOGY_CHOICE)
    assert forced.confidence < chosen.confidence
    assert forced.worth < chosen.worth
    assert forced.counter_evidence


def isolated(
    *,
    files: int = 4,
    sentence: str = "Freeze the clock so that the test of renewals is not flaky.",
    shared: str = "tests/conftest.py",
) -> Facts:
    builder = FactsBuilder()
    paths = [shared, *(f"tests/test_{number}.py" for number in range(1, files))]
    for path in paths:
        builder.file(path, "from freezegun import freeze_time")
    builder.suite(TestSuite(isolation=tuple(("freezegun", path, 1) for path in paths)))
    return builder.reason(Reason("a" * 40, 1, sentence, "so that", ("tests/test_1.py",))).build()


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


def test_benchmarks_and_commits_for_speed_guard_a_file() -> None:
    text = "func BenchmarkAppend() { head.AppendSample() }\nfunc BenchmarkRead() { head.AppendSample() }\n"
    head = FileFacts("go", definitions=(Definition("Head.AppendSample", "method", "public", 2, 3),))
    builder = (
        FactsBuilder().module("tsdb/head.go", "package tsdb", code=head).file("tsdb/head_bench_test.go", text, flags=())
    )
    for line, name in enumerate(("BenchmarkAppend", "BenchmarkRead"), start=1):
        builder.test_case(
            TestCase(f"tsdb/head_bench_test.go::{name}", "tsdb/head_bench_test.go", line, line, kind="benchmark")
        )
    builder.reason(
        Reason("a" * 40, 1, "Pool the buffers to avoid 3 allocations a sample.", "to avoid", ("tsdb/head.go",))
    )
    (hypothesis,) = proposed(builder.build(), Family.PERFORMANCE_GUARD)
    assert hypothesis.title.startswith(
        "`tsdb/head.go` is watched for speed: `BenchmarkAppend` and `BenchmarkRead` time it"
    )


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
    assert [case.id for case in timed_files(facts, ["src/query.ts"])["src/query.ts"]] == ["benchmarks/query.mts > ours"]


def test_a_numbered_format_of_which_somebody_says_why() -> None:
    constant = Definition("SCHEMA_VERSION", "constant", "public", 2, 2)
    builder = FactsBuilder().module("src/shop/store.py", "\nSCHEMA_VERSION = 7\n", code=python(constant))
    assert not proposed(builder.build(), Family.STABLE_FORMAT)
    builder.reason(
        Reason(
            "a" * 40, 1, "Raise SCHEMA_VERSION because old carts lack a currency.", "because", ("src/shop/store.py",)
        )
    )
    (hypothesis,) = proposed(builder.build(), Family.STABLE_FORMAT)
    assert hypothesis.title.endswith("whoever changes what `src/shop/store.py` writes must raise `SCHEMA_VERSION`.")


def test_recorded_outputs_that_change_with_one_file() -> None:
    builder = FactsBuilder().module("src/shop/render.py", "def render(): ...")
    golden = tuple(f"tests/golden/{number}.txt" for number in range(3))
    for path in golden:
        builder.file(path, "total")
        builder.cochange(CoChange("src/shop/render.py", path, 5, 9, 6))
    builder.suite(TestSuite(golden_files=golden))
    (hypothesis,) = proposed(builder.build(), Family.STABLE_FORMAT)
    assert hypothesis.title.startswith("What `src/shop/render.py` puts out changes only on purpose: 3 recorded outputs")


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


def contradicted(text: str) -> Facts:
    rule = Rule(text, "CONTRIBUTING.md", 1, 1, "must_not", document="contributing")
    return (
        FactsBuilder()
        .file("CONTRIBUTING.md", text)
        .rule(rule)
        .module(
            "src/shop/cart.py",
            "import requestly",
            code=python(imports=(Import("requestly", 1),)),
            imports=("requestly",),
        )
        .build()
    )


def test_a_document_that_says_never_and_code_that_does() -> None:
    (hypothesis,) = proposed(contradicted("Never import `requestly` directly."), Family.CONTRADICTION)
    assert hypothesis.title.startswith(
        "CONTRIBUTING.md says “Never import `requestly` directly.”, yet one place uses `requestly`"
    )
    assert hypothesis.stated_by
    assert hypothesis.questions[0].endswith("?")


@pytest.mark.parametrize(
    "text",
    [
        "Never import `requestly` in tests.",
        "Never import `other`.",
        "Do not use `requestly` to create carts.",
        "Requests must not be slow.",
    ],
)
def test_rules_about_something_else_are_not_contradicted(text: str) -> None:
    assert not list(detect_contradictions(contradicted(text)))


@pytest.mark.parametrize("marks", [{"abstract": True}, {"visibility": "internal"}, {"name": "IPricing.None"}])
def test_an_interface_in_front_of_something_hidden_abstract_or_nested_needs_no_second_side(
    marks: dict[str, Any],
) -> None:
    interface = Definition("IPricing", "interface", "public", 1, 5)
    methods = tuple(Definition(f"IPricing.m{number}", "method", "public", 2, 2) for number in range(3))
    only = Definition("Pricing", "class", "public", 1, 9, bases=("IPricing",))._replace(**marks)
    builder = FactsBuilder().module("src/IPricing.cs", "x\n" * 9, code=python(interface, *methods))
    builder.module("src/Pricing.cs", "x\n" * 9, code=python(only)).commit("Newest", time=NOW)
    builder.commit("Write", time=NOW - 1500 * DAY)
    builder.file_history(FileHistory("src/IPricing.cs", 3, 1, 0, NOW - 1500 * DAY, NOW))
    assert not list(detect_contradictions(builder.build()))


def lonely(kind: str = "class") -> FactsBuilder:
    interface = Definition("IPricing", "interface", "public", 1, 5)
    methods = tuple(Definition(f"IPricing.m{number}", "method", "public", 2, 2) for number in range(3))
    only = Definition("Pricing", kind, "public", 1, 9, bases=("IPricing",))
    return (
        FactsBuilder()
        .module(
            "src/IPricing.cs",
            "interface IPricing {}\n" * 5,
            code=FileFacts("csharp", definitions=(interface, *methods)),
        )
        .module("src/impl/Pricing.cs", "class Pricing {}", code=FileFacts("csharp", definitions=(only,)))
        .file_history(FileHistory("src/IPricing.cs", 3, 1, 0, NOW - 4 * 366 * DAY, NOW))
        .commit("Newest", time=NOW)
        .commit("Add pricing", time=NOW - 4 * 366 * DAY)
    )


def test_an_interface_that_has_been_alone_for_years_is_a_question() -> None:
    builder = lonely()
    (hypothesis,) = proposed(builder.build(), Family.CONTRADICTION)
    assert (
        hypothesis.title
        == "`IPricing` has had `Pricing` as its only implementation for 4 years, and no test replaces it: what is it for?"
    )
    builder.fake(Fake("FakePricing", "tests/fakes.cs", 1, "fake", "IPricing"))
    assert not proposed(builder.build(), Family.CONTRADICTION)


def test_an_interface_that_another_one_extends_is_not_implemented_by_it() -> None:
    assert not proposed(lonely("interface").build(), Family.CONTRADICTION)


def test_every_number_can_be_added_up_again() -> None:
    for facts in (
        ports().build(),
        gated("strict"),
        isolated(),
        given_up("requestly", "Drop requestly"),
        errors(translated_in=2, importers=2).build(),
    ):
        found = [item for propose in FAMILIES for item in propose(facts, detect(facts))]
        assert found
        for item in found:
            total = sum(term.effect for term in item.rationale)
            assert math.isclose(item.confidence, 1 / (1 + math.exp(-total)), abs_tol=1e-4)


def test_every_hypothesis_stands_on_two_categories_that_cite() -> None:
    for facts in (ports().build(), gated("strict"), isolated(), given_up("requestly", "Drop requestly")):
        seen = {item.id: item for item in detect(facts)}
        for item in (entry for propose in FAMILIES for entry in propose(facts, tuple(seen.values()))):
            assert len({seen[key].category for key in item.observations if seen[key].citations}) > 1, item.title


def test_nothing_is_seen_where_there_is_nothing() -> None:
    assert detect(FactsBuilder().build()) == ()
    assert len({detector.__name__ for detector in DETECTORS}) == len(DETECTORS)


def test_names_are_listed_as_people_do() -> None:
    assert named(["a"]) == "`a`"
    assert named(["a", "b"]) == "`a` and `b`"
    assert named(["a", "b", "c", "d"]) == "`a`, `b` and 2 more"
    assert shortened("one two three", 9) == "one two…"


def test_generated_files_and_the_definition_that_they_are_made_from() -> None:
    builder = FactsBuilder().file("proto/order.proto", "message Order {}", language="proto")
    for name in ("order_pb2", "money_pb2"):
        path = f"src/shop/wire/{name}.py"
        builder.module(path, "# Generated by protoc. DO NOT EDIT.", flags=(Flag.GENERATED,))
        builder.cochange(CoChange("proto/order.proto", path, 6, 8, 6))
    (hypothesis,) = proposed(builder.build(), Family.GENERATED_CODE)
    assert hypothesis.title == "`src/shop/wire/` is generated and never edited by hand: change `proto/order.proto`."


def test_a_folder_that_people_write_in_as_well_is_not_called_generated() -> None:
    builder = FactsBuilder().file("proto/order.proto", "message Order {}", language="proto")
    builder.module("db/migrate/one.py", "def up(): ...")
    for name in ("order_pb2", "order_grpc"):
        builder.module(f"db/{name}.py", "# Generated. DO NOT EDIT.", flags=(Flag.GENERATED,))
        builder.cochange(CoChange("proto/order.proto", f"db/{name}.py", 6, 8, 6))
    (hypothesis,) = proposed(builder.build(), Family.GENERATED_CODE)
    assert hypothesis.title == (
        "2 files in `db/` (`order_grpc.py`, `order_pb2.py`) are generated and never edited by hand: change `proto/order.proto`."
    )


def test_what_only_changed_beside_generated_files_is_not_their_source() -> None:
    def built(header: str) -> Facts:
        builder = FactsBuilder().file("views/settings.html.erb", "<p>", language="html")
        for name in ("schema", "cable"):
            builder.module(f"db/{name}.py", header, flags=(Flag.GENERATED,))
            builder.cochange(CoChange(f"db/{name}.py", "views/settings.html.erb", 6, 8, 6))
        return builder.build()

    assert not proposed(built("# Generated. DO NOT EDIT."), Family.GENERATED_CODE)
    assert proposed(built("# Generated from settings.html.erb. DO NOT EDIT."), Family.GENERATED_CODE)


def test_generated_files_of_tests_or_without_a_source_are_passed_over() -> None:
    for flags in ((Flag.GENERATED, Flag.TEST), (Flag.GENERATED,)):
        builder = FactsBuilder().module("a/x.py", flags=flags).module("a/y.py", flags=flags)
        assert not proposed(builder.build(), Family.GENERATED_CODE)


def test_few_dependencies_in_much_code_with_one_refused_by_name() -> None:
    builder = FactsBuilder()
    for number in range(60):
        builder.module(f"src/shop/m{number}.py", "pass")
    assert not proposed(builder.build(), Family.DEPENDENCY_RESTRAINT)
    life = EdgeLife(
        "src/shop/", "requestly", True, "a" * 40, 1, "b" * 40, NOW, "Drop requestly, the standard library will do"
    )
    builder.edge("src/shop/m1.py", "clicky").edge_life(life)
    (hypothesis,) = proposed(builder.build(), Family.DEPENDENCY_RESTRAINT)
    assert "gets by with `clicky` only in 60 source files; `requestly` went out again." in hypothesis.title


def test_packages_of_test_projects_are_not_the_products() -> None:
    for path, is_the_products in (
        ("Shop.Tests.Contracts/base.py", False),
        ("shop-testing/base.py", False),
        ("latest/base.py", True),
    ):
        builder = FactsBuilder().module(path, "import unity", imports=("unity",))
        for number in range(60):
            builder.module(f"src/shop/m{number}.py", "pass")
        life = EdgeLife("src/shop/", "requestly", True, "a" * 40, 1, "b" * 40, NOW, "Drop requestly")
        (hypothesis,) = proposed(builder.edge_life(life).build(), Family.DEPENDENCY_RESTRAINT)
        assert ("`unity`" in hypothesis.title) is is_the_products, path


def test_a_package_that_only_tests_used_or_that_left_with_its_code_was_not_refused() -> None:
    for source in ("test/shop/", "src/gone/"):
        builder = FactsBuilder().edge("src/shop/m1.py", "clicky")
        for number in range(60):
            builder.module(f"src/shop/m{number}.py", "pass")
        builder.edge_life(EdgeLife(source, "mocky", True, "a" * 40, 1, "b" * 40, NOW, "Remove mocky"))
        assert not proposed(builder.build(), Family.DEPENDENCY_RESTRAINT)


def test_an_own_error_raised_elsewhere_in_the_function_is_no_translation() -> None:
    builder = errors(translated_in=0, importers=1)
    builder.module(
        "src/shop/pay9.py",
        "import stripely\n" * 60,
        code=python(
            imports=(Import("stripely", 1),),
            raises=tuple(Raise("Declined", line, "pay") for line in range(2, 8)),
            catches=(Catch(("stripely.CardError",), 30, "pay"), Catch(("KeyError",), 1, "pay")),
        ),
        imports=("stripely",),
    )
    assert not any("vendors" in item.data for item in detect_typed_errors(builder.build()))


@pytest.mark.parametrize(
    ("imported", "raised", "is_translation"),
    [
        (Import("stripely.errors", 1, ("Declined",)), "Declined", False),
        (Import("stripely", 1), "stripely.Declined", False),
        (Import("stripely.errors", 1, ("Declined",), alias="Refused"), "Declined", True),
        (Import("shop.errors", 1, ("Declined",)), "Declined", True),
    ],
)
def test_an_error_of_the_vendors_that_bears_an_own_name_is_no_translation(
    imported: Import, raised: str, *, is_translation: bool
) -> None:
    builder = errors(translated_in=0, importers=1)
    kinds = tuple(Raise("Expired", line, "other") for line in range(20, 28))
    code = python(
        imports=(Import("stripely", 1), imported),
        raises=(*kinds, Raise(raised, 4, "pay")),
        catches=(Catch(("stripely.CardError",), 3, "pay"),),
    )
    builder.module("src/shop/pay9.py", "import stripely\n" * 60, code=code, imports=("stripely",))
    found = list(detect_typed_errors(builder.build()))
    assert found
    assert any("vendors" in item.data for item in found) is is_translation


def test_a_table_from_a_vendors_errors_to_own_ones_is_a_translation() -> None:
    lines = ("httpcorely.Timeout: Expired,", "httpcorely.Refused: Unreachable,", "httpcorely.Lost: Unreachable,")
    code = FileFacts("python", lines=9, catches=(Catch(("Exception",), 8, "send"),))

    def vendors(*table: str) -> set[str]:
        builder = errors(translated_in=1, importers=1)
        builder.module("src/shop/transport.py", "\n".join(table), imports=("httpcorely",), code=code)
        found = [item.data["vendors"] for item in detect_typed_errors(builder.build()) if "vendors" in item.data]
        return {vendor for names in found for vendor in names}

    assert vendors(*lines) == {"httpcorely", "stripely"}
    assert vendors(*lines[:2]) == {"stripely"}
    assert vendors(*(line.replace("Expired", "KeyError") for line in lines)) == {"stripely"}


def test_a_package_that_only_went_is_nothing_to_argue_about() -> None:
    life = EdgeLife(
        "src/shop/", "requestly", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, "Drop requestly"
    )
    builder = FactsBuilder().module("src/shop/client.py", "import json").edge_life(life).commit("Newest", time=NOW)
    assert not proposed(builder.build(), Family.TECHNOLOGY_CHOICE)
    why = "Its pool leaked connections, because it never closed them."
    builder.reason(Reason("b" * 40, NOW - 700 * DAY, why, "because", ("src/shop/client.py",)))
    (hypothesis,) = proposed(builder.build(), Family.TECHNOLOGY_CHOICE)
    assert hypothesis.title == f"`requestly` was taken out of `src/shop/` in 2021 and has stayed out: “{why}”"
    assert hypothesis.questions[0].startswith(f"“{why}”: is that still true")


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
