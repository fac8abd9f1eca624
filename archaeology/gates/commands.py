"""Shell commands of jobs and scripts: which of them check something, and how they are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_COMMANDS = 12
_CHECKS = re.compile(
    r"""(?<![\w./-])(?:
        (?:\S*/)?(?:py\.test|pytest|tox|nox|unittest|hypothesis|ruff|flake8|pylint|mypy|pyright|basedpyright|pyre|bandit|vulture|isort|black
        |lint-imports|tach|deptry|interrogate|pydocstyle|pre-commit|prek|sphinx-build|codespell|yamllint|actionlint|zizmor|shellcheck
        |hadolint|semgrep|gitleaks|trivy|codeql
        |eslint|tsc|vue-tsc|jest|vitest|mocha|karma|cypress|playwright|prettier|biome|oxlint|stylelint|depcruise|dependency-cruiser|knip
        |madge|tsd|attw|publint|size-limit|nyc|c8
        |golangci-lint|staticcheck|govulncheck|gofmt|gofumpt|gotestsum|go-arch-lint
        |phpunit|pest|phpstan|psalm|deptrac|php-cs-fixer|phpcs|rector|infection
        |rspec|rubocop|brakeman|standardrb|sorbet|steep|packwerk
        |ktlint|detekt|checkstyle|spotbugs|spotlessCheck|pmd|credo|dialyzer|sobelow|ctest|clang-tidy|bazel\ test)\b
      | cargo\s+(?:\+\S+\s+)?(?:test|nextest|clippy|fmt|check|deny|audit|udeps|miri|semver-checks|hack)
      | go\s+(?:test|vet|build)\b
      | (?:mvn|\./mvnw|gradle|\./gradlew)\b
      | dotnet\s+(?:test|format|build)
      | mix\s+(?:test|credo|format|dialyzer|compile)
      | (?:make|just|task|rake|bundle\ exec\ rake|npm|pnpm|yarn|bun|npx|composer|hatch|poetry|pdm|uv|uvx|pipx|nix|invoke|turbo|nx|moon|lerna)\b[^\n]*?
        \b(?:test|tests|check|checks|lint|linters?|typecheck|type-check|types|typing|verify|validate|ci|coverage|format:check|e2e|audit|docs|static|quality|spec)\b
      | (?:python3?|bash|sh|node|ruby|php|\./)\s*\S*(?:test|check|lint|verify)\S*
    )""",
    re.VERBOSE,
)
_SETUP = re.compile(
    r"\b(?:pip|npm|pnpm|yarn|bun|apt-get|apt|brew|apk|gem|bundle|composer|uv|poetry|pdm|cargo|go)\s+(?:pip\s+)?(?:install|ci|add|sync|get|update|i)\b"
)


def split_commands(script: str) -> list[str]:
    """Split a script into its commands: lines joined where they go on, comments and empty lines left out."""
    joined = re.sub(r"\\\r?\n\s*", " ", script)
    lines = (line.strip().removeprefix("@").strip() for line in joined.splitlines())
    return [" ".join(line.split()) for line in lines if line and not line.startswith("#")]


def is_check(command: str) -> bool:
    """Whether a command tests, lints or verifies something, as far as its words tell."""
    if "&&" not in command and _SETUP.search(command):
        return False
    return _CHECKS.search(command[:2_000]) is not None


def checks_of(scripts: Iterable[str]) -> str:
    """Return the checking commands of some scripts on one line, the first dozen of them; empty where there are none."""
    found = [command for script in scripts for command in split_commands(script) if is_check(command)]
    return "; ".join(dict.fromkeys(found[:MAX_COMMANDS]))
