from __future__ import annotations

import time

import pytest

from archaeology.checks import evaluate
from archaeology.checks.globs import module_matches, path_matches, text_matches
from archaeology.facts import Definition, FileFacts, Raise, TestCase
from archaeology.model import Command, PathExists, PatternAbsent, PatternPresent, SymbolExists, TestExists
from fixtures import FactsBuilder


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "src/b/a.py", False),
        ("src/**/a.py", "src/a.py", True),
        ("src/**/a.py", "src/b/c/a.py", True),
        ("**/tests/**", "pkg/tests/test_x.py", True),
        ("**/tests/**", "tests/test_x.py", True),
        ("**/tests/**", "pkg/attests/x.py", False),
        ("src/", "src/b/a.py", True),
        ("src/", "srcs/a.py", False),
        ("a?.py", "ab.py", True),
        ("a?.py", "a/.py", False),
        ("[x].py", "[x].py", True),
        ("ab*ba", "aba", False),
        ("ab*ba", "abba", True),
        ("ab*ba", "abbab", False),
        ("a*b*c", "aXbXc", True),
    ],
)
def test_path_globs(glob: str, path: str, *, matches: bool) -> None:
    assert path_matches(path, (glob,)) is matches


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("shop.web.app", True),
        ("shop.web", False),
        ("shop.web.*", True),
        ("shop.*", False),
        ("shop.**", True),
        ("shop.web.app.**", False),
        ("*.web.*", True),
        ("**", True),
        ("src/shop/web/", True),
        ("src/shop/web/app.py", True),
        ("**/app.py", True),
        ("**/domain/**", False),
    ],
)
def test_module_patterns(pattern: str, *, matches: bool) -> None:
    assert module_matches(pattern, "shop.web.app", "src/shop/web/app.py") is matches


def test_no_pattern_takes_long() -> None:
    begin = time.perf_counter()
    assert not text_matches("*a" * 200 + "b", "a" * 4000)
    assert not path_matches("/".join("a" * 300), ("**/" * 100 + "b",))
    assert not module_matches(".".join(["**"] * 100) + ".b", ".".join("a" * 300), None)
    assert time.perf_counter() - begin < 2.0


def test_a_path_is_there_or_not() -> None:
    facts = FactsBuilder().file("docs/adr/0001.md").build()
    assert evaluate(PathExists(path="docs/adr/*.md"), facts).holds is True
    missing = evaluate(PathExists(path="docs/rfc/"), facts)
    assert missing.holds is False
    assert missing.violations[0].path == "docs/rfc/"


def test_a_pattern_is_absent_but_for_excepted_paths() -> None:
    facts = FactsBuilder().file("src/a.py", "x = 1\nprint(x)\n").file("src/b.py", "print(2)\n").build()
    verdict = evaluate(PatternAbsent(pattern=r"\bprint\(", paths=("src/**",), except_paths=("src/b.py",)), facts)
    assert verdict.holds is False
    assert [(violation.path, violation.line) for violation in verdict.violations] == [("src/a.py", 2)]
    assert evaluate(PatternAbsent(pattern=r"\binput\(", paths=("src/**",)), facts).holds is True


def test_who_asks_only_whether_it_holds_is_told_no_more_than_one_place() -> None:
    facts = FactsBuilder().file("a.py", "print(1)\nprint(2)\n").file("b.py", "print(3)\n").build()
    check = PatternAbsent(pattern=r"\bprint\(", paths=("**",))
    assert len(evaluate(check, facts).violations) == 3
    verdict = evaluate(check, facts, most=1)
    assert (verdict.holds, [one.path for one in verdict.violations]) == (False, ["a.py"])


def test_who_asks_only_whether_nothing_is_raised_is_told_of_a_file_that_raises_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    builder = FactsBuilder()
    for number in range(9):
        builder.module(f"src/m{number}.py", "x = 1\n")
    raising = FileFacts("python", 2, raises=(Raise("Exception", 2),))
    builder.module("src/z.py", "def f():\n    raise Exception(1)\n", code=raising)
    facts = builder.module("src/zz.py", "# raise\nraise Exception\n").build()
    texts, asked = facts.reader.text, list[str]()

    def text(path: str) -> str | None:
        asked.append(path)
        return texts(path)

    monkeypatch.setattr(facts.reader, "text", text)
    pattern = r"^\s*raise\s+(Exception|BaseException)\b"
    verdict = evaluate(PatternAbsent(pattern=pattern, paths=("src/*.py",)), facts, most=1)
    assert (verdict.holds, [(one.path, one.line) for one in verdict.violations]) == (False, [("src/z.py", 2)])
    assert asked == ["src/z.py"]
    verdict = evaluate(PatternAbsent(pattern=pattern, paths=("src/*.py",)), facts)
    assert [one.path for one in verdict.violations] == ["src/z.py", "src/zz.py"]
    assert evaluate(PatternAbsent(pattern=pattern, paths=("src/zz.py",)), facts, most=1).holds is False
    assert evaluate(PatternAbsent(pattern=pattern, paths=("src/m*.py",)), facts, most=1).holds is True


def test_a_pattern_is_present() -> None:
    facts = FactsBuilder().file("src/a.py", "from __future__ import annotations\n").build()
    assert evaluate(PatternPresent(pattern="^from __future__", paths=("src/*.py",)), facts).holds is True
    assert evaluate(PatternPresent(pattern="^import os", paths=("src/*.py",)), facts).holds is False


def test_a_runaway_pattern_is_stopped() -> None:
    facts = FactsBuilder().file("src/a.py", "a" * 3000 + "!\n").build()
    begin = time.perf_counter()
    verdict = evaluate(PatternAbsent(pattern=r"(a|aa)+$", paths=("src/*.py",)), facts)
    assert verdict.holds is None
    assert "too long" in verdict.detail
    assert time.perf_counter() - begin < 60.0  # it would run for years; other work may hold the machine up


@pytest.mark.parametrize("pattern", ["(", "a" * 3000])
def test_a_useless_pattern_is_said_to_be_one(pattern: str) -> None:
    verdict = evaluate(PatternAbsent(pattern=pattern, paths=("**",)), FactsBuilder().file("a.py", "a").build())
    assert verdict.holds is None
    assert "cannot be used" in verdict.detail


def test_matched_lines_are_shown_without_control_characters() -> None:
    facts = FactsBuilder().file("a.py", "evil \x1b[31m\n").build()
    verdict = evaluate(PatternAbsent(pattern="evil", paths=("*.py",)), facts)
    assert "\x1b" not in verdict.violations[0].detail


def test_symbols_are_found_in_files_and_folders() -> None:
    definition = Definition("Gateway.pay", "method", "public", 3, 5)
    code = FileFacts(language="python", lines=5, definitions=(definition,))
    facts = FactsBuilder().module("src/shop/pay.py", code=code).build()
    assert evaluate(SymbolExists(symbol="Gateway.pay", path="src/shop/pay.py"), facts).holds is True
    assert evaluate(SymbolExists(symbol="Gateway.pay", path="src/shop/"), facts).holds is True
    assert evaluate(SymbolExists(symbol="Gateway.pay", path="src/sho"), facts).holds is False
    assert evaluate(SymbolExists(symbol="Gateway.refund", path="src/"), facts).holds is False


def test_tests_are_found_by_glob() -> None:
    case = TestCase("tests/test_pay.py::TestPay::test_twice", "tests/test_pay.py", 4, 9)
    facts = FactsBuilder().test_case(case).build()
    assert evaluate(TestExists(test="*::test_twice"), facts).holds is True
    assert evaluate(TestExists(test="*::test_thrice"), facts).holds is False


def test_commands_run_only_where_a_runner_is_given() -> None:
    facts, check = FactsBuilder().build(), Command(argv=("make", "lint"))
    asked: list[Command] = []

    def runner(code: int | None) -> object:
        def run(command: Command) -> int | None:
            asked.append(command)
            return code

        return run

    assert evaluate(check, facts).holds is None
    assert evaluate(check, facts, run=runner(0)).holds is True  # type: ignore[arg-type]
    assert evaluate(check, facts, run=runner(2)).holds is False  # type: ignore[arg-type]
    assert evaluate(check, facts, run=runner(None)).holds is None  # type: ignore[arg-type]
    assert asked == [check, check, check]
