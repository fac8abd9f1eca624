"""Gates that leave out much of what they look at, boundaries with long lists of exceptions, and sides that change as one."""

from dataclasses import replace

import pytest

from archaeology.detectors import detect
from archaeology.facts import Exclusion, Facts, Flag, Gate
from archaeology.gates import read_gates
from archaeology.gates.left_out import matcher
from archaeology.history.model import CoChange, FileHistory
from archaeology.hypotheses.contradictions import propose_contradictions
from archaeology.model import BoundaryException, End, Hypothesis, ImportBoundary
from fixtures import FactsBuilder

NOW = 1_700_000_000
STRICT_MYPY = "[tool.mypy]\nstrict = true\n"


def asked(facts: Facts) -> list[Hypothesis]:
    return list(propose_contradictions(facts, detect(facts)))


def excluded(path: str, text: str, *others: tuple[str, str]) -> list[tuple[str, str, int]]:
    """What each gate of a file leaves out: (pattern, form, line)."""
    builder = FactsBuilder().file(path, text)
    for name, content in others:
        builder.file(name, content)
    facts = builder.build()
    gates, limits = read_gates(facts.files, facts.reader)
    assert not limits
    return [(entry.pattern, entry.form, entry.line) for gate in gates for entry in gate.exclusions]


def tree(configuration: str, *, path: str = "pyproject.toml", old: int = 6, new: int = 6) -> FactsBuilder:
    """``old`` files under src/shop/legacy and ``new`` ones under src/shop/core, all of them changed now and then."""
    builder = FactsBuilder().file(path, configuration).commit("Round the totals", time=NOW)
    for folder, number in (("legacy", old), ("core", new)):
        for index in range(number):
            name = f"src/shop/{folder}/m{index}.py"
            builder.module(name, "x = 1\n" * 40)
            builder.file_history(FileHistory(name, 20 + index, 3, 2, NOW - 9_000_000, NOW))
    return builder


def surveyed(builder: FactsBuilder) -> Facts:
    facts = builder.build()
    return replace(facts, gates=read_gates(facts.files, facts.reader)[0])


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("pyproject.toml", '[tool.mypy]\nexclude = ["^src/old/", "(a|b)/c\\\\.py$"]', [("^src/old/", "part", 2), ("a/c.py$", "part", 2), ("b/c.py$", "part", 2)]),
        ("mypy.ini", "[mypy]\nexclude = (?x)(\n    ^old/ # gone soon\n    | ^older/\n    )\n", [("^old/", "part", 2), ("^older/", "part", 2)]),
        ("mypy.ini", "[mypy]\n[mypy-shop.old.*]\nignore_errors = True\n[mypy-shop.old.new]\nignore_errors = False\n", [("shop.old.*", "module", 3), ("!shop.old.new", "module", 5)]),
        ("pyproject.toml", '[[tool.mypy.overrides]]\nmodule = ["a.*", "b"]\nignore_errors = true', [("a.*", "module", 3), ("b", "module", 3)]),
        ("ruff.toml", 'extend-exclude = ["old"]\n[lint.per-file-ignores]\n"gone/**" = ["ALL"]\n"kept/**" = ["D100"]', [("old", "glob", 1), ("gone/**", "glob", 3)]),
        (".flake8", "[flake8]\nexclude =\n    old,\n    older\n", [("old", "glob", 2), ("older", "glob", 2)]),
        ("pyrightconfig.json", '{"exclude": ["old"],\n "ignore": ["src/gone"]}', [("/old", "glob", 1), ("/src/gone", "glob", 2)]),
        (".coveragerc", "[run]\nomit = */old/*\n[report]\nfail_under = 90\n", [("*/old/*", "text", 2)]),
        (".eslintrc.json", '{"ignorePatterns": ["old/", "!old/new.js"]}', [("old/", "glob", 1), ("!old/new.js", "glob", 1)]),
        ("eslint.config.js", 'export default [{ ignores: ["old/**"] }, { ignores: ["kept/**"], rules: {} }];', [("old/**", "glob", 1)]),
        ("tsconfig.json", '{"compilerOptions": {"strict": true}, "exclude": ["old"]}', [("/old", "glob", 1)]),
        (".golangci.yml", "issues:\n  exclude-dirs:\n    - ^internal/old\n", [("^internal/old", "part", 3)]),
        (".rubocop.yml", "AllCops:\n  Exclude:\n    - 'lib/old/**/*'\n", [("lib/old/**/*", "glob", 3)]),
        ("phpstan.neon", "parameters:\n\tlevel: 5\n\texcludePaths:\n\t\tanalyse:\n\t\t\t- src/Old/*\n\tignoreErrors:\n\t\t- '#x#'\n", [("/src/Old/*", "glob", 5)]),
        ("psalm.xml", '<psalm errorLevel="1">\n<ignoreFiles>\n<directory name="src/Old" />\n</ignoreFiles></psalm>', [("/src/Old", "glob", 3)]),
    ],
)  # fmt: skip
def test_what_each_tool_leaves_out_with_its_line(path: str, text: str, expected: list[tuple[str, str, int]]) -> None:
    assert excluded(path, text) == expected


def test_a_file_of_ignored_paths_beside_the_configuration_is_read_too() -> None:
    found = excluded(".eslintrc.json", "{}", (".eslintignore", "# made\nold/\n\n!old/new.js\n"))
    assert found == [("old/", "glob", 2), ("!old/new.js", "glob", 4)]


@pytest.mark.parametrize(
    "text",
    [
        '[tool.mypy]\nexclude = "(?!src/).*"',
        '[tool.mypy]\nexclude = [3, {}]\noverrides = "no list"',
        "[tool.ruff]\nexclude = 7",
        '[tool.mypy]\nexclude = "(a+)+$(((("',
    ],
)
def test_what_cannot_be_told_leaves_nothing_out(text: str) -> None:
    matching = [entry for entry in excluded("pyproject.toml", text) if "src" in entry[0]]
    assert not matching


@pytest.mark.parametrize(
    ("form", "pattern", "path", "module", "expected"),
    [
        ("glob", "old", "src/old/a.py", "", True),
        ("glob", "/old", "src/old/a.py", "", False),
        ("glob", "./old", "old/a.py", "", True),
        ("glob", "old/", "older/a.py", "", False),
        ("text", "*/old/*", "old/a.py", "", True),
        ("text", "old", "old/a.py", "", True),
        ("text", "*/old/*", "older/a.py", "", False),
        ("module", "a.b.*", "", "a.b", True),
        ("module", "a.b.*", "", "a.bc", False),
        ("module", "a.b", "", "a.b.c", False),
        ("part", "^src/old", "src/old/a.py", "", True),
        ("part", "^old", "src/old/a.py", "", False),
        ("part", "old/$", "src/old/a.py", "", True),
        ("part", "^src/a.py$", "src/a.py", "", True),
        ("part", "/a.py$", "src/ba.py", "", False),
    ],
)
def test_which_files_an_entry_is_about(form: str, pattern: str, path: str, module: str, expected: bool) -> None:
    assert matcher(Exclusion("x.toml", 1, pattern, form))(path, module) is expected


def test_a_type_checker_that_does_not_look_at_half_of_the_product() -> None:
    (hypothesis,) = asked(surveyed(tree(f'{STRICT_MYPY}exclude = ["^src/shop/legacy/"]')))
    assert hypothesis.title == (
        "mypy does not look at 6 of 12 source files, most of it under `src/shop/legacy/`, where 50% of all changes happen: "
        "on purpose, or on their way in?"
    )
    assert hypothesis.counter_evidence[0].citations[0].quote == 'exclude = ["^src/shop/legacy/"]'
    assert any("src/shop/legacy/m5.py" in question and "25 times" in question for question in hypothesis.questions)


def test_a_coverage_threshold_is_asked_about_in_its_own_words() -> None:
    text = "[run]\nomit = src/shop/legacy/*\n[report]\nfail_under = 90\n"
    (hypothesis,) = asked(surveyed(tree(text, path=".coveragerc")))
    assert hypothesis.title.startswith("The coverage threshold does not look at 6 of 12 source files")
    assert "how" in hypothesis.questions[0].lower()


@pytest.mark.parametrize(
    "builder",
    [
        tree(STRICT_MYPY),
        tree(f'{STRICT_MYPY}exclude = ["^src/shop/legacy/"]', old=4),  # a handful
        tree(f'{STRICT_MYPY}exclude = ["^src/shop/legacy/"]', new=60),  # a corner
        tree(f'{STRICT_MYPY}exclude = ["^src/"]'),  # everything: it is used for something else
        tree(f'{STRICT_MYPY}exclude = ["^build/", "^tests/"]'),
        tree('[tool.ruff]\nextend-exclude = ["*.md"]'),
    ],
)
def test_little_nothing_and_everything_raise_no_question(builder: FactsBuilder) -> None:
    assert asked(surveyed(builder)) == []


@pytest.mark.parametrize("flag", [Flag.TEST, Flag.GENERATED, Flag.VENDORED, Flag.MIGRATION, Flag.EXAMPLE])
def test_what_every_tool_leaves_out_is_no_matter(flag: Flag) -> None:
    builder = tree('[tool.mypy]\nstrict = true\nexclude = ["^src/shop/made/"]')
    for index in range(9):
        builder.module(f"src/shop/made/m{index}.py", "x = 1\n" * 40, flags=(flag,))
        builder.file_history(FileHistory(f"src/shop/made/m{index}.py", 9, 3, 2, NOW - 9, NOW))
    assert asked(surveyed(builder)) == []


def test_a_part_with_a_configuration_of_its_own_is_not_left_out() -> None:
    builder = tree('{"compilerOptions": {"strict": true}, "exclude": ["web"]}', path="tsconfig.json")
    builder.file("web/tsconfig.json", '{"compilerOptions": {"strict": true}}')
    for folder in ("web", "api"):
        for index in range(6):
            builder.module(f"{folder}/m{index}.ts", "let x = 1;\n" * 40)
            builder.file_history(FileHistory(f"{folder}/m{index}.ts", 9, 3, 2, NOW - 9, NOW))
    assert asked(surveyed(builder)) == []


def contract(passes: int, *, standing: bool = True, wildcard: bool = False) -> FactsBuilder:
    end = "*" if wildcard else ""
    exceptions = tuple(
        BoundaryException(from_=f"shop.low.m{number}{end}", to="shop.high.face") for number in range(passes)
    )
    boundary = ImportBoundary(
        sources=(End(module="shop.low", path="src/shop/low/"),),
        forbidden=(End(module="shop.high", path="src/shop/high/"),),
        except_=exceptions,
    )
    gate = Gate("boundary:import-linter:layers", "boundary", "Layers", ".importlinter", 1, 1, boundaries=(boundary,))
    builder = FactsBuilder().file(".importlinter", "[importlinter]").gate(gate).module("src/shop/high/face.py", "x")
    for number in range(passes):
        builder.module(
            f"src/shop/low/m{number}.py", "x", imports=("src/shop/high/face.py",) if standing or number < 2 else ()
        )
    return builder


def test_a_contract_with_a_long_list_of_exceptions() -> None:
    (hypothesis,) = asked(contract(12).build())
    assert hypothesis.title == (
        "The contract “Layers” lets 12 imports pass by name, 12 of them of `shop.high.face`: a debt to pay off, or does the "
        "line run in the wrong place?"
    )
    assert hypothesis.stated_by


@pytest.mark.parametrize("builder", [contract(4), contract(12, standing=False), contract(12, wildcard=True)])
def test_few_stale_and_general_exceptions_raise_no_question(builder: FactsBuilder) -> None:
    assert asked(builder.build()) == []


def apart(pair: CoChange, *, commits: int = 200) -> FactsBuilder:
    boundary = ImportBoundary(
        sources=(End(module="domain", path="src/domain/"),), forbidden=(End(module="web", path="src/web/"),)
    )
    gate = Gate("boundary:tach:domain", "boundary", "domain", "tach.toml", 1, 1, boundaries=(boundary,))
    builder = FactsBuilder().file("tach.toml", "[[modules]]").gate(gate)
    for path in (pair.a, pair.b):
        builder.module(path, "pass")
    for number in range(commits):
        builder.commit(f"Change {number}")
    return builder.cochange(pair)


def test_sides_that_a_gate_keeps_apart_change_as_one() -> None:
    (hypothesis,) = asked(apart(CoChange("src/domain/order.py", "src/web/page.py", 12, 15, 14)).build())
    assert hypothesis.title == (
        "`src/domain/` may not import `src/web/`, yet `order.py` and `page.py` change as one (12 commits): what do they share?"
    )


@pytest.mark.parametrize(
    "builder",
    [
        apart(CoChange("src/domain/order.py", "src/web/page.py", 12, 15, 14), commits=20),  # in a repository this small, chance
        apart(CoChange("src/domain/order.py", "src/web/page.py", 12, 90, 14)),
        apart(CoChange("src/domain/__init__.py", "src/web/page.py", 12, 15, 14)),
        apart(CoChange("src/domain/order.py", "src/web/test_order.py", 12, 15, 14)),
        apart(CoChange("src/domain/order.py", "src/shop/page.py", 12, 15, 14)),
        apart(CoChange("src/domain/order.py", "src/web/page.py", 12, 15, 14)).edge("src/web/page.py", "src/domain/order.py"),
    ],
)  # fmt: skip
def test_chance_hubs_tests_and_what_one_imports_are_no_contradiction(builder: FactsBuilder) -> None:
    assert asked(builder.build()) == []
