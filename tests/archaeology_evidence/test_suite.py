"""Test suites of each language: ids, lines, kinds, issues, frameworks and golden files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archaeology.facts import Definition, File, FileFacts, Flag, TestSuite
from archaeology.git import open_repository
from archaeology.reader import RepositoryReader
from archaeology.suite import read_tests
from archaeology.suite.kinds import issue_of, kind_of
from fixtures import build_bland, build_checkout
from fixtures.suites import case, read

PYTHON = '''import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "x",
    [1, 2],
)
def test_plain(x):
    assert x

    def test_inner():
        pass


class TestOrders:
    @pytest.mark.integration
    async def test_placed(self):
        """Regression test for #77."""
        assert True


def helper():
    pass


@given(integers())
def test_any(x): ...
'''


def test_pythons_tests_have_ids_lines_markers_and_kinds() -> None:
    found = read({"tests/test_a.py": PYTHON}).cases
    assert [(case.id, case.line, case.end_line, case.kind, case.markers, case.issue) for case in found] == [
        ("tests/test_a.py::test_plain", 6, 14, "unit", ("parametrize", "slow"), None),
        ("tests/test_a.py::TestOrders::test_placed", 18, 21, "integration", ("integration", "slow"), "#77"),
        ("tests/test_a.py::test_any", 28, 29, "property", ("given", "slow"), None),
    ]


@pytest.mark.parametrize(
    ("path", "text", "identity", "lines", "kind"),
    [
        (
            "src/a.test.ts",
            "describe('cart', () => {\n  it('adds up', () => {\n    expect(1).toBe(1);\n  });\n});\n",
            "src/a.test.ts > cart > adds up",
            (2, 4),
            "unit",
        ),
        (
            "a.spec.js",
            "test('shows', () => {\n  expect(x).toMatchSnapshot();\n});\n",
            "a.spec.js > shows",
            (1, 3),
            "snapshot",
        ),
        (
            "a_test.go",
            "package a\n\nfunc TestPay(t *testing.T) {\n\tt.Fatal()\n}\n\nfunc x() {}\n",
            "a_test.go::TestPay",
            (3, 5),
            "unit",
        ),
        ("a_test.go", "func BenchmarkPay(b *testing.B) {\n}\n", "a_test.go::BenchmarkPay", (1, 2), "benchmark"),
        (
            "a_test.go",
            "//go:build integration\n\npackage a\n\nfunc TestPay(t *testing.T) {\n}\n",
            "a_test.go::TestPay",
            (5, 6),
            "integration",
        ),
        (
            "tests/pay.rs",
            "#[tokio::test]\nasync fn pays() {\n    assert!(true);\n}\n",
            "tests/pay.rs::pays",
            (1, 4),
            "unit",
        ),
        (
            "src/test/java/PayTest.java",
            "class PayTest {\n    @Test\n    void pays() {\n        x();\n    }\n}\n",
            "src/test/java/PayTest.java::pays",
            (2, 5),
            "unit",
        ),
        (
            "src/test/PayIT.kt",
            "class PayIT {\n    @Test\n    fun `pays once`() {\n    }\n}\n",
            "src/test/PayIT.kt::pays once",
            (2, 4),
            "integration",
        ),
        (
            "tests/PayTests.cs",
            "public class PayTests {\n    [Fact]\n    public async Task Pays()\n    {\n    }\n}\n",
            "tests/PayTests.cs::Pays",
            (2, 5),
            "unit",
        ),
        (
            "tests/PayTest.php",
            "class PayTest extends TestCase {\n    public function testPays(): void\n    {\n    }\n}\n",
            "tests/PayTest.php::testPays",
            (2, 4),
            "unit",
        ),
        (
            "spec/pay_spec.rb",
            'describe Pay do\n  it "pays" do\n    x\n  end\nend\n',
            "spec/pay_spec.rb::pays",
            (2, 4),
            "unit",
        ),
        (
            "test/pay_test.exs",
            'defmodule PayTest do\n  test "pays", %{x: x} do\n    assert x\n  end\nend\n',
            "test/pay_test.exs::pays",
            (2, 4),
            "unit",
        ),
    ],
)
def test_each_language_is_read(path: str, text: str, identity: str, lines: tuple[int, int], kind: str) -> None:
    found = case(path, text)
    assert (found.id, (found.line, found.end_line), found.kind) == (identity, lines, kind)


def test_rust_keeps_tests_beside_the_code() -> None:
    text = "fn pay() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn pays() {\n    }\n}\n"
    code = {"src/lib.rs": FileFacts("rust", definitions=(Definition("tests", "module", "private", 4, 8),))}
    assert [found.id for found in read({"src/lib.rs": text}, code).cases] == ["src/lib.rs::pays"]
    assert read({"src/lib.rs": text}).cases == ()


@pytest.mark.parametrize(
    ("name", "words", "issue"),
    [
        ("test_issue_41_double_charge", "", "#41"),
        ("test_gh1234", "", "#1234"),
        ("TestPayIssue12", "", "#12"),
        ("test_bug_7", "", "#7"),
        ("test_x", "# see https://example.org/o/r/issues/99", "#99"),
        ("test_x", "// Fixes #5", "#5"),
        ("test_x", "Regression test for GH-8.", "#8"),
        ("testCallbackGetPassesThrough404", "", None),
        ("test_highlight_2", "", None),
        ("test_x", "returns 404 and #fff", None),
    ],
)
def test_issues_are_named(name: str, words: str, issue: str | None) -> None:
    assert issue_of(name, words) == issue


@pytest.mark.parametrize(
    ("path", "markers", "kind"),
    [
        ("tests/unit/test_a.py", (), "unit"),
        ("tests/integration/test_a.py", (), "integration"),
        ("tests/contract/test_a.py", (), "contract"),
        ("tests/e2e/a.spec.ts", (), "integration"),
        ("benchmarks/test_a.py", (), "benchmark"),
        ("tests/integration/test_a.py", ("given",), "property"),
        ("tests/test_a.py", ("django_db",), "integration"),
    ],
)
def test_kinds_are_told_by_markers_and_places(path: str, markers: tuple[str, ...], kind: str) -> None:
    assert kind_of(path, "test_x", markers, "") == kind


def test_frameworks_come_most_used_first() -> None:
    suite = read(
        {
            "tests/test_a.py": "import pytest\n",
            "tests/test_b.py": "import pytest\nimport unittest\n",
            "tests/c_test.go": "func TestA(t *testing.T) {}\n",
        }
    )
    assert suite.frameworks == ("pytest", "go test", "unittest")


def test_golden_files_are_listed() -> None:
    paths = [
        "tests/__snapshots__/a.ambr",
        "pkg/testdata/x.golden",
        "tests/cassettes/y.yaml",
        "src/expected/z.py",
        "tests/test_a.py",
    ]
    assert read(dict.fromkeys(paths, "x")).golden_files == (
        "pkg/testdata/x.golden",
        "tests/__snapshots__/a.ambr",
        "tests/cassettes/y.yaml",
    )


def test_hostile_tests_are_harmless_and_quick() -> None:
    texts = [
        "def test_" * 20_000,
        "class Fake(" * 20_000,
        "@x\n" * 30_000 + "def test_a():",
        "it('" * 20_000,
        "[Fact]\n" * 5_000,
        "\n" * 100_000,
        "describe('a', () => {\n" * 5_000,
        " " * 100_000 + "x",
        "#[test]\n" * 5_000,
        "@Test " * 10_000,
    ]
    begin = time.process_time()
    for text in texts:
        for path in (
            "tests/a.py",
            "a.test.ts",
            "tests/a.rs",
            "a_test.go",
            "src/test/A.java",
            "test/A.cs",
            "tests/A.php",
            "spec/a.rb",
            "test/a.exs",
        ):
            assert isinstance(read({path: text}), TestSuite)
    assert time.process_time() - begin < 15


def test_the_checkout_is_read_from_its_repository(tmp_path: Path) -> None:
    with open_repository(build_checkout(tmp_path)) as repository:
        revision = repository.resolve(None) or ""
        files = {
            entry.path: File(
                entry.path,
                entry.blob,
                entry.size,
                "python" if entry.path.endswith(".py") else None,
                frozenset({Flag.TEST} if entry.path.startswith("tests/") else ()),
            )
            for entry in repository.tree(revision)
        }
        suite = read_tests(files, {}, RepositoryReader(repository, revision, files))
    assert {fake.name: fake.stands_for for fake in suite.fakes if fake.kind == "fake"} == {
        "FakePaymentGateway": "PaymentGateway",
        "InMemoryOrders": "Orders",
        "FixedClock": "Clock",
    }
    assert [found.id for found in suite.cases if found.issue == "#41"] == [
        "tests/regressions/test_issue_41_double_charge.py::test_issue_41_pressing_twice_charges_once"
    ]
    assert "in-memory SQLite" in {what for what, _, _ in suite.isolation}


def test_a_bland_repository_has_no_tests(tmp_path: Path) -> None:
    folder = build_bland(tmp_path)
    texts = {path.name: path.read_text() for path in folder.glob("*.py")}
    assert read(texts) == TestSuite()
