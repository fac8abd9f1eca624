"""What counts as the product where boundaries are looked for."""

from __future__ import annotations

import numpy as np
import pytest

from archaeology.boundaries.chance import expected_imports
from archaeology.boundaries.containers import Container, containers
from archaeology.boundaries.from_facts import file_graph
from archaeology.boundaries.statement import Form
from archaeology.boundaries.study import study
from archaeology.boundaries.tooling import is_tooling
from archaeology.checks.engine import evaluate
from archaeology.facts import Facts, FileFacts, Flag
from archaeology.model import ImportBoundary
from fixtures import FactsBuilder


def container_of(facts: Facts, path: str) -> Container:
    return next(one for one in containers(file_graph(facts)) if one.path == path)


def test_a_package_with_more_tests_than_sources_is_still_the_product() -> None:
    builder = FactsBuilder().module("core/id.go").module("core/name.go")
    for name in ("id", "name", "other", "more", "still", "last"):
        builder.module(f"core/{name}_test.go", flags=(Flag.TEST,), imports=("core/id.go",))
    builder.module("web/a.go", imports=("core/id.go",)).module("web/b.go", imports=("core/name.go",))
    found = container_of(builder.build(), "")
    assert found.names == ("core", "web")
    assert found.imports[1, 0] == 2


def test_helpers_among_tests_are_none() -> None:
    builder = FactsBuilder().module("app/a.py").module("app/b.py").module("app/c.py")
    for number in range(5):
        builder.module(f"checks/test_{number}.py", flags=(Flag.TEST,), imports=("app/a.py", "checks/tools.py"))
    builder.module("checks/tools.py", imports=("app/b.py",))
    facts = builder.build()
    assert not any("checks" in name for one in containers(file_graph(facts)) for name in one.names)


@pytest.mark.parametrize(("used_by_product", "is_unit"), [(False, False), (True, True)])
def test_a_folder_of_fixtures_is_for_tests_where_only_they_import_it(*, used_by_product: bool, is_unit: bool) -> None:
    builder = FactsBuilder().module("app/a.py").module("app/b.py", imports=("app/a.py",))
    builder.module("fixtures/build.py", imports=("app/a.py",)).module("fixtures/more.py")
    for number in range(3):
        builder.module(f"tests/test_{number}.py", flags=(Flag.TEST,), imports=("fixtures/build.py",))
    if used_by_product:
        builder.edge("app/b.py", "fixtures/more.py")
    names = {name for one in containers(file_graph(builder.build())) for name in one.names}
    assert ("fixtures" in names) is is_unit


def mixed() -> Facts:
    """A program in Go with a front end in TypeScript beside its packages."""
    builder = FactsBuilder()
    for name in ("api", "store", "plan", "log"):
        for number in range(5):
            builder.module(f"{name}/m{number}.go", code=FileFacts("go", package=name))
    for number in range(20):
        builder.module(f"ui/view{number}.ts", code=FileFacts("typescript"))
    for number in range(5):
        builder.edge(f"api/m{number}.go", f"plan/m{number}.go").edge(f"plan/m{number}.go", f"store/m{number}.go")
        builder.edge(f"api/m{number}.go", "log/m0.go")
        for other in range(1, 4):
            builder.edge(f"ui/view{number}.ts", f"ui/view{number + other}.ts")
    return builder.build()


def test_nothing_is_expected_between_languages_that_cannot_import_each_other() -> None:
    found = container_of(mixed(), "")
    ui = found.names.index("ui")
    expected = expected_imports(found)
    assert not expected[ui, [n for n in range(len(found.units)) if n != ui]].any()
    assert not expected[[n for n in range(len(found.units)) if n != ui], ui].any()
    # Each language is reckoned with its own imports only.
    go = [n for n in range(len(found.units)) if n != ui]
    assert np.isclose(expected[np.ix_(go, go)].sum(), found.imports[np.ix_(go, go)].sum())


def test_no_statement_sets_a_language_against_another() -> None:
    for statement in study(mixed())[1]:
        paths = {end.path for end in statement.ends}
        assert "ui/" not in paths or statement.form is Form.STACK, statement


def test_statements_about_tests_are_about_folders_of_tests_alone() -> None:
    builder = FactsBuilder().module("app/base.py")
    for name in ("one", "two", "three", "four", "five"):
        builder.module(f"app/{name}/code.py", imports=("app/base.py", "app/one/code.py"))
        for number in range(3):
            path = f"app/{name}/test_{number}.py"
            builder.module(path, flags=(Flag.TEST,), imports=(f"app/{name}/code.py", "app/base.py"))
    facts = builder.build()
    for statement in study(facts)[1]:
        check = ImportBoundary(
            sources=statement.sources, forbidden=statement.forbidden, except_=statement.exceptions, indirect=False
        )
        assert evaluate(check, facts).violations == (), statement


@pytest.mark.parametrize(
    "path",
    [
        "mix.exs", "config/runtime.exs", "apps/web/config/prod.exs", "vite.config.ts", "packages/a/eslint.config.mjs", ".eslintrc.cjs",
        "build.gradle.kts", "app/build.gradle", "build.rs", "jest.setup.ts", "setup.py", "webpack.prod.js", "gulpfile.js", "x.gemspec",
        "buildSrc/src/main/kotlin/Deps.kt",
    ],
)  # fmt: skip
def test_what_sets_up_a_tool_is_no_part_of_the_product(path: str) -> None:
    assert is_tooling(path)


@pytest.mark.parametrize(
    "path", ["lib/app/config.ex", "src/config/index.ts", "app/setup_wizard.py", "src/builder.rs", "config/loader.rb", "configure.ts"]
)  # fmt: skip
def test_what_is_only_named_alike_is(path: str) -> None:
    assert not is_tooling(path)
