"""CI jobs, runners, linters, hooks and owners: each with the exact lines that define it."""

from __future__ import annotations

import pytest

from archaeology.facts import Facts, Flag, Gate
from archaeology.gates import read_gates
from archaeology.gates.commands import checks_of, is_check
from archaeology.model import Limit
from fixtures import FactsBuilder


def facts_of(texts: dict[str, str]) -> Facts:
    builder = FactsBuilder()
    for path, text in texts.items():
        builder.file(path, text)
    return builder.build()


def read(texts: dict[str, str]) -> dict[str, Gate]:
    facts = facts_of(texts)
    gates, limits = read_gates(facts.files, facts.reader)
    assert limits == ()
    return {gate.id: gate for gate in gates}


WORKFLOW = """name: CI
on:
  pull_request:

jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: pip install ruff
      - run: |
          ruff check . \\
            --no-cache
          # a comment
          mypy

  audit:
    continue-on-error: true
    steps:
      - run: npm audit
  hooks:
    steps:
      - uses: pre-commit/action@v3
  publish:
    steps:
      - run: twine upload dist/*
"""


def test_github_jobs_that_check_something_are_gates() -> None:
    gates = read({".github/workflows/ci.yml": WORKFLOW})
    assert sorted(gates) == ["ci:github:ci/audit", "ci:github:ci/hooks", "ci:github:ci/lint"]
    lint = gates["ci:github:ci/lint"]
    assert lint.command == "ruff check . --no-cache; mypy"
    assert (lint.name, lint.start_line, lint.end_line, lint.required) == ("CI / lint", 6, 15, True)
    assert not gates["ci:github:ci/audit"].required
    assert gates["ci:github:ci/hooks"].command == "uses pre-commit/action@v3"


@pytest.mark.parametrize(
    ("trigger", "required"),
    [
        ("push", True),
        ("[push, pull_request]", True),
        ("{schedule: [{cron: '0 0 * * *'}]}", False),
        ("workflow_dispatch", False),
        ("{merge_group: }", True),
    ],
)
def test_only_what_runs_on_changes_is_required(trigger: str, required: bool) -> None:
    gates = read({".github/workflows/t.yaml": f"on: {trigger}\njobs:\n  t:\n    steps:\n      - run: pytest\n"})
    assert gates["ci:github:t/t"].required is required


@pytest.mark.parametrize(
    ("path", "text", "gate", "command", "lines"),
    [
        (
            ".gitlab-ci.yml",
            "stages: [test]\n.base:\n  script:\n    - tox -e py\nunit:\n  extends: .base\ndeploy:\n  script: [./deploy]\n",
            "ci:gitlab:unit",
            "tox -e py",
            (5, 6),
        ),
        (
            ".circleci/config.yml",
            "version: 2.1\njobs:\n  test:\n    docker: []\n    steps:\n      - checkout\n      - run: make check\n      - run:\n          name: x\n          command: go vet ./...\n",
            "ci:circleci:test",
            "make check; go vet ./...",
            (3, 10),
        ),
        (
            "azure-pipelines.yml",
            "stages:\n- stage: a\n  jobs:\n  - job: unit\n    steps:\n    - script: dotnet test\n",
            "ci:azure:unit",
            "dotnet test",
            (4, 6),
        ),
        (
            "Makefile",
            ".PHONY: lint\nX := 1\nlint: deps ## lint it\n\t@ruff check .\n\nclean:\n\trm -rf x\n",
            "runner:make:lint",
            "ruff check .",
            (3, 4),
        ),
        ("Makefile", "check: lint test\n", "runner:make:check", "needs lint test", (1, 1)),
        ("justfile", "test *args:\n    cargo test {{args}}\n", "runner:just:test", "cargo test {{args}}", (1, 2)),
        (
            "tox.ini",
            "[tox]\nenvlist = py\n[testenv:types]\ncommands =\n    mypy src\n",
            "runner:tox:types",
            "mypy src",
            (3, 5),
        ),
        (
            "noxfile.py",
            'import nox\n\n@nox.session(python="3.12")\ndef tests(session):\n    session.install("pytest")\n    session.run("pytest", "-q")\n',
            "runner:nox:tests",
            "pytest -q",
            (3, 6),
        ),
        (
            "package.json",
            '{\n "scripts": {\n  "build": "tsc -b",\n  "test": "vitest run",\n  "start": "node ."\n }\n}\n',
            "runner:npm:test",
            "vitest run",
            (4, 4),
        ),
        (
            ".pre-commit-config.yaml",
            "repos:\n- repo: local\n  hooks:\n  - id: types\n    name: Types\n    entry: mypy\n    args: [--strict]\n  - id: trailing-whitespace\n",
            "hook:pre-commit:types",
            "mypy --strict",
            (4, 7),
        ),
        (
            ".hone-gates.json",
            '{"gates": [\n {"name": "test", "command": "make test", "required": true, "timeout": 300}\n]}\n',
            "foundry:test",
            "make test",
            (2, 2),
        ),
    ],
)
def test_each_runner_is_read(path: str, text: str, gate: str, command: str, lines: tuple[int, int]) -> None:
    found = read({path: text})[gate]
    assert found.command == command
    assert (found.start_line, found.end_line) == lines


@pytest.mark.parametrize(
    ("path", "text", "gate", "strictness"),
    [
        (
            "pyproject.toml",
            '[tool.ruff.lint]\nselect = ["ALL"]\nignore = ["D1"]\n',
            "linter:ruff",
            ("select: ALL", "ignores 1 rules"),
        ),
        (
            "ruff.toml",
            '[lint.flake8-tidy-imports.banned-api]\n"time.sleep".msg = "no"\n',
            "linter:ruff",
            ("banned: time.sleep",),
        ),
        (
            "pyproject.toml",
            "[tool.mypy]\nstrict = true\nignore_missing_imports = true\n",
            "types:mypy",
            ("strict", "loose: ignore_missing_imports"),
        ),
        ("mypy.ini", "[mypy]\nstrict = True\nwarn_unreachable=true\n", "types:mypy", ("strict", "warn_unreachable")),
        (".flake8", "[flake8]\nmax-complexity = 10\n", "linter:flake8", ("complexity at most 10",)),
        ("pyrightconfig.json", '{"typeCheckingMode": "strict", // all\n}', "types:pyright", ("mode: strict",)),
        (
            "pyproject.toml",
            "[tool.coverage.report]\nfail_under = 85\n[tool.coverage.run]\nbranch = true\n",
            "coverage:python",
            ("85 %", "branches"),
        ),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\naddopts = "--cov-fail-under=90 -q"\n',
            "coverage:python",
            ("90 %",),
        ),
        (
            "pytest.ini",
            "[pytest]\naddopts = --strict-markers\nfilterwarnings =\n    error\n",
            "linter:pytest",
            ("--strict-markers", "warnings are errors"),
        ),
        (
            "tsconfig.json",
            '{"compilerOptions": {"strict": true, "noImplicitReturns": true}}',
            "types:typescript:tsconfig.json",
            ("strict", "noImplicitReturns"),
        ),
        (
            ".eslintrc.json",
            '{"extends": ["standard"], "rules": {"eqeqeq": "error", "semi": "off"}}',
            "linter:eslint:",
            ("extends standard", "1 rules are errors"),
        ),
        (
            "jest.config.js",
            "module.exports = { coverageThreshold: { global: { branches: 80, lines: 90 } } }",
            "coverage:javascript:",
            ("branches: 80 %", "lines: 90 %"),
        ),
        (
            ".golangci.yml",
            "linters:\n  enable: [errcheck, depguard]\n",
            "linter:golangci-lint",
            ("enables: errcheck, depguard",),
        ),
        (
            "Cargo.toml",
            '[lints.rust]\nunsafe_code = "forbid"\n[lints.clippy]\nall = { level = "deny" }\n',
            "linter:cargo:Cargo.toml",
            ("forbid rust::unsafe_code", "deny clippy::all"),
        ),
        (
            "src/lib.rs",
            "//! x\n#![forbid(unsafe_code)]\n",
            "linter:rustc:src/lib.rs:forbid:unsafe_code",
            ("forbid unsafe_code",),
        ),
        (
            ".rubocop.yml",
            "AllCops:\n  NewCops: enable\nStyle/X:\n  Enabled: false\n",
            "linter:rubocop",
            ("new cops", "disables 1 cops"),
        ),
        ("phpstan.neon", "parameters:\n\tlevel: max\n", "types:phpstan", ("level max",)),
        ("psalm.xml", '<psalm errorLevel="1"/>', "types:psalm", ("level 1",)),
        ("detekt.yml", "build:\n  maxIssues: 0\n", "linter:detekt", ("at most 0 issues",)),
        (".credo.exs", "%{configs: [%{strict: true}]}", "linter:credo", ("low priorities",)),
        (
            ".credo.exs",
            "checks: [{Credo.Check.Readability.Specs, []}]",
            "linter:credo",
            ("checks Readability.Specs",),
        ),
        (".credo.exs", "checks: [\n  {Credo.Check.Readability.Specs, false},\n]", "linter:credo", ()),
        (".credo.exs", "checks: [\n  # {Credo.Check.Readability.Specs, []},\n]", "linter:credo", ()),
        (
            ".credo.exs",
            "disabled: [{Credo.Check.Design.TagTODO, [tags: []]}, {Credo.Check.Readability.Specs, []}]",
            "linter:credo",
            (),
        ),
        (
            "Directory.Build.props",
            "<Project><PropertyGroup><Nullable>enable</Nullable></PropertyGroup></Project>",
            "types:dotnet:Directory.Build.props",
            ("Nullable: enable",),
        ),
        (
            "codecov.yml",
            "coverage:\n  status:\n    project:\n      default:\n        target: 95%\n",
            "coverage:codecov:project/default",
            ("target 95%",),
        ),
        (".github/CODEOWNERS", "# who\n*.py @a @org/team\n", "owners:*.py", ("@a", "@org/team")),
    ],
)
def test_strictness_is_told(path: str, text: str, gate: str, strictness: tuple[str, ...]) -> None:
    assert read({path: text})[gate].strictness == strictness


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pytest -q", True),
        ("python -m pytest", True),
        ("uv run --locked tox -e lint", True),
        ("npm run test:ci", True),
        ("./gradlew check", True),
        ("cargo clippy -- -D warnings", True),
        ("pip install pytest", False),
        ("npm ci", False),
        ("apt-get install shellcheck", False),
        ("pip install . && pytest", True),
        ("echo done", False),
        ("docker push image:latest", False),
    ],
)
def test_checks_are_told_from_other_commands(command: str, expected: bool) -> None:
    assert is_check(command) is expected


def test_a_script_is_read_line_by_line() -> None:
    assert checks_of(["set -e\nruff check \\\n  src\n# pytest\n", "true", "ruff check src"]) == "ruff check src"


HOSTILE = {
    ".github/workflows/a.yml": "jobs: [",
    ".github/workflows/b.yml": "jobs:\n  x: 1\n  y: [1]\n  z: {steps: {run: 1}}\non: 7\n",
    ".gitlab-ci.yml": "x: &x {script: [pytest], extends: x}\nx2: {extends: x2}\n",
    "pyproject.toml": "[tool\n",
    "package.json": '{"scripts": {"test": ["a", {"b": 1}]}, "eslintConfig": 4}',
    "tsconfig.json": "null",
    "tox.ini": "[testenv\nx",
    "tach.toml": 'layers = 3\nmodules = "x"\n',
    ".importlinter": "[importlinter:contract:x]\ntype = layers\nlayers =\n  (a) | b : c\ncontainers = **\n",
    "deptrac.yaml": "deptrac: {layers: [{name: A, collectors: [{type: className, regex: '(a+)+$'}]}], ruleset: {A: [+A]}}",
    ".dependency-cruiser.json": '{"forbidden": [{"from": {"path": "(((((a"}, "to": {"path": ["[", 1]}}, 4]}',
    "eslint.config.js": "export default make();",
    ".golangci.yml": "- 1\n",
    "Cargo.toml": "lints = 1\n",
    "CODEOWNERS": "\x00\x01 @a\n[section] @b\n",
    "azure-pipelines.yml": "stages: {stages: {stages: []}}\n",
    "Makefile": "\t\t\n:::\n%: x\n" + "a" * 5_000 + ":\n",
    "noxfile.py": "@nox.session\n" * 500 + "def x(",
    ".hone-gates.json": '{"gates": {"a": 1}}',
}


def test_malformed_configuration_is_skipped_and_named() -> None:
    facts = facts_of(HOSTILE | {"Makefile.ok": "", "ruff.toml": "line-length = 100\n"})
    gates, limits = read_gates(facts.files, facts.reader)
    assert {limit.paths[0] for limit in limits} >= {".github/workflows/a.yml", "pyproject.toml", "tox.ini"}
    assert all(limit.kind == "gate_unread" and limit.detail for limit in limits)
    assert any(gate.id == "linter:ruff" for gate in gates)
    for gate in gates:
        assert 1 <= gate.start_line <= gate.end_line <= len((facts.reader.text(gate.path) or "").split("\n"))
        assert facts.reader.cite_gate(gate).kind == "gate"


def test_names_from_a_repository_cannot_act_on_a_terminal() -> None:
    gates = read(
        {
            ".github/workflows/x.yml": 'on: push\njobs:\n  "a\\e]52;c;x\\a\\u202e":\n    name: "\\e[31m"\n    steps:\n    - run: "pytest \\e[2J"\n'
        }
    )
    (gate,) = gates.values()
    assert not {"\x1b", "\x07", "\u202e"} & set(f"{gate.id}{gate.name}{gate.command}")


def test_configuration_of_others_is_left_out() -> None:
    builder = FactsBuilder()
    builder.file("vendor/x/pyproject.toml", "[tool.ruff]\n", flags=[Flag.VENDORED])
    builder.file("tests/fixtures/app/pyproject.toml", "[tool.ruff]\n")
    builder.file("examples/app/Makefile", "test:\n\tpytest\n")
    facts = builder.build()
    assert read_gates(facts.files, facts.reader) == ((), ())


def test_ids_are_unique_and_stable() -> None:
    texts = {f"packages/p{number}/pyproject.toml": "[tool.mypy]\nstrict = true\n" for number in range(3)}
    first, again = read(texts), read(texts)
    assert list(first) == list(again) == ["types:mypy", "types:mypy#2", "types:mypy#3"]


def test_too_much_configuration_is_capped_and_said() -> None:
    texts = {f"p{number}/Makefile": "test:\n\tpytest\n" for number in range(450)}
    facts = facts_of(texts)
    gates, limits = read_gates(facts.files, facts.reader)
    assert len(gates) == 400
    assert limits == (
        Limit(kind="gates_capped", detail="50 configuration files deep in the tree were not read", count=50),
    )
