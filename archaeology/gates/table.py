"""Which file is read by which readers of gates, told by its name and place alone."""

from __future__ import annotations

import re

from archaeology.gates import coverage, hooks, linters_others
from archaeology.gates.boundaries_javascript import read_eslint_boundaries
from archaeology.gates.boundaries_others import read_archunit, read_depguard, read_go_arch_lint, read_module_info
from archaeology.gates.ci_github import read_github_workflow
from archaeology.gates.ci_others import read_azure, read_circleci, read_gitlab
from archaeology.gates.dependency_cruiser import read_dependency_cruiser
from archaeology.gates.deptrac import read_deptrac
from archaeology.gates.import_linter import read_import_linter
from archaeology.gates.linters_javascript import read_biome, read_eslint, read_javascript_coverage, read_tsconfig
from archaeology.gates.linters_python import read_pyproject, read_pyright_json, read_python_ini, read_ruff_toml
from archaeology.gates.runners import read_justfile, read_makefile, read_nox, read_scripts, read_tox
from archaeology.gates.source import GateReader
from archaeology.gates.tach import read_tach

_ESLINT = r"(?:\.eslintrc(?:\.(?:js|cjs|json|ya?ml))?|eslint\.config\.[cm]?[jt]s)"

_TABLE: tuple[tuple[str, tuple[GateReader, ...]], ...] = (
    (r"\.github/workflows/[^/]+\.ya?ml", (read_github_workflow,)),
    (r"\.gitlab-ci\.ya?ml", (read_gitlab,)),
    (r"\.circleci/config\.ya?ml", (read_circleci,)),
    (r"(?:.*/)?azure-pipelines[^/]*\.ya?ml", (read_azure,)),
    (r"(?:.*/)?(?:GNUmakefile|[Mm]akefile)", (read_makefile,)),
    (r"(?:.*/)?\.?[Jj]ustfile", (read_justfile,)),
    (r"(?:.*/)?noxfile\.py", (read_nox,)),
    (r"(?:.*/)?pyproject\.toml", (read_import_linter, read_pyproject, read_tox)),
    (r"(?:.*/)?setup\.cfg", (read_import_linter, read_python_ini, read_tox)),
    (r"(?:.*/)?tox\.ini", (read_python_ini, read_tox)),
    (r"(?:.*/)?tox\.toml", (read_tox,)),
    (r"(?:.*/)?\.importlinter", (read_import_linter,)),
    (r"(?:.*/)?\.?importlinter\.toml", (read_import_linter,)),
    (r"(?:.*/)?tach(?:\.domain)?\.toml", (read_tach,)),
    (r"(?:.*/)?\.?ruff\.toml", (read_ruff_toml,)),
    (r"(?:.*/)?(?:\.?mypy\.ini|\.flake8|\.coveragerc|\.?pylintrc|pytest\.ini)", (read_python_ini,)),
    (r"(?:.*/)?pyrightconfig\.json", (read_pyright_json,)),
    (r"(?:.*/)?package\.json", (read_scripts, read_eslint, read_javascript_coverage)),
    (r"(?:.*/)?composer\.json", (read_scripts,)),
    (rf"(?:.*/)?{_ESLINT}", (read_eslint, read_eslint_boundaries)),
    (r"(?:.*/)?tsconfig(?:\.base|\.strict)?\.json", (read_tsconfig,)),
    (r"(?:.*/)?biome\.jsonc?", (read_biome,)),
    (r"(?:.*/)?(?:jest|vitest|vite)\.config\.[cm]?[jt]s(?:on)?", (read_javascript_coverage,)),
    (r"(?:.*/)?\.dependency-cruiser\.(?:json|[cm]?js)", (read_dependency_cruiser,)),
    (r"(?:.*/)?(?:deptrac|depfile)\.ya?ml(?:\.dist)?", (read_deptrac,)),
    (r"(?:.*/)?\.golangci\.(?:ya?ml|toml|json)", (linters_others.read_golangci,)),
    (r"(?:.*/)?\.golangci\.ya?ml", (read_depguard,)),
    (r"(?:.*/)?\.go-arch-lint\.ya?ml", (read_go_arch_lint,)),
    (r"(?:.*/)?Cargo\.toml", (linters_others.read_cargo,)),
    (r"(?:.*/)?\.?clippy\.toml", (linters_others.read_clippy,)),
    (r"(?:.*/)?src/(?:lib|main)\.rs", (linters_others.read_rust_root,)),
    (r"(?:.*/)?\.rubocop\.ya?ml", (linters_others.read_rubocop,)),
    (r"(?:.*/)?phpstan\.(?:dist\.)?neon(?:\.dist)?", (linters_others.read_phpstan,)),
    (r"(?:.*/)?psalm\.xml(?:\.dist)?", (linters_others.read_psalm,)),
    (r"(?:.*/)?detekt(?:-config)?\.ya?ml", (linters_others.read_detekt,)),
    (r"(?:.*/)?\.credo\.exs", (linters_others.read_credo,)),
    (r"(?:.*/)?(?:Directory\.Build\.props|[^/]+\.csproj)", (linters_others.read_dotnet,)),
    (r"(?:.*/)?\.editorconfig", (linters_others.read_editorconfig,)),
    (r"(?:.*/)?(?:build\.gradle(?:\.kts)?|pom\.xml)", (coverage.read_jvm_coverage,)),
    (r"(?:\.github/)?\.?codecov\.ya?ml", (coverage.read_codecov,)),
    (r"(?:.*/)?module-info\.java", (read_module_info,)),
    (r"(?:.*/)?[^/]*[Aa]rch[^/]*\.(?:java|kt)", (read_archunit,)),
    (r"\.pre-commit-config\.ya?ml", (hooks.read_pre_commit,)),
    (r"(?:\.github/|docs/|\.gitlab/)?CODEOWNERS", (hooks.read_codeowners,)),
    (r"\.hone-gates\.json", (hooks.read_foundry_gates,)),
)
_PATTERNS = tuple((re.compile(pattern), readers) for pattern, readers in _TABLE)


def readers_of(path: str) -> tuple[GateReader, ...]:
    """Return the readers of a file, in order; none for most files."""
    name = path.rsplit("/", 1)[-1]
    found = [reader for pattern, readers in _PATTERNS if pattern.fullmatch(path) for reader in readers]
    if name.lower() in linters_others.PLAIN_NAMES:
        found.append(linters_others.read_plain_linter)
    return tuple(found)
