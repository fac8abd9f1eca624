"""Linters, type checkers, coverage and owners: how strict each is, in its own words."""

from __future__ import annotations

import pytest

from fixtures.configuration import read


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
        (
            "codecov.yml",
            "coverage:\n  status:\n    patch:\n      default:\n        target: 100%\n",
            "coverage:codecov:patch/default",
            ("target 100% of changed lines",),
        ),
        (".github/CODEOWNERS", "# who\n*.py @a @org/team\n", "owners:*.py", ("@a", "@org/team")),
    ],
)
def test_strictness_is_told(path: str, text: str, gate: str, strictness: tuple[str, ...]) -> None:
    assert read({path: text})[gate].strictness == strictness
