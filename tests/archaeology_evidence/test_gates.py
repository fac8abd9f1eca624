"""CI jobs, runners and hooks: each with the exact lines that define it, and only where it checks something."""

from __future__ import annotations

import pytest

from archaeology.gates.commands import checks_of, is_check
from fixtures.configuration import read

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
