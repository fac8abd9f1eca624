"""A module beside the folder of its name is the folder's facade: the two are one unit."""

from __future__ import annotations

import pytest

from archaeology.boundaries.containers import containers
from archaeology.boundaries.from_facts import file_graph
from archaeology.boundaries.statement import Form
from archaeology.boundaries.study import study
from archaeology.boundaries.wording import title
from archaeology.checks.engine import evaluate
from archaeology.facts import Facts, FileFacts
from archaeology.model import ImportBoundary
from fixtures import FactsBuilder


def layered(ending: str) -> Facts:
    """api > plan > store, each a folder with its facade beside it; both halves of a unit import each other."""
    builder = FactsBuilder()
    names = ("api", "plan", "store")
    for name in names:
        builder.module(f"src/{name}.{ending}")
        for file in ("one", "two", "three"):
            builder.module(f"src/{name}/{file}.{ending}")
            builder.edge(f"src/{name}.{ending}", f"src/{name}/{file}.{ending}")
            builder.edge(f"src/{name}/{file}.{ending}", f"src/{name}.{ending}")
    for upper, lower in (("api", "plan"), ("plan", "store"), ("api", "store")):
        for file in ("one", "two", "three"):
            builder.edge(f"src/{upper}/{file}.{ending}", f"src/{lower}.{ending}")
    return builder.build()


@pytest.mark.parametrize("ending", ["rs", "ex", "rb", "ts", "mjs"])
def test_a_facade_beside_its_folder_is_one_unit(ending: str) -> None:
    container = next(one for one in containers(file_graph(layered(ending))) if one.path == "src/")
    assert container.names == ("api", "plan", "store")
    assert [unit.beside for unit in container.units] == [f"src/{name}.{ending}" for name in ("api", "plan", "store")]
    assert [unit.files for unit in container.units] == [4, 4, 4]


@pytest.mark.parametrize("ending", ["py", "go"])
def test_elsewhere_a_file_beside_a_folder_is_something_else(ending: str) -> None:
    container = next(one for one in containers(file_graph(layered(ending))) if one.path == "src/")
    assert len(container.units) == 6
    assert not any(unit.beside for unit in container.units)


def test_both_halves_are_ends_and_told_once() -> None:
    facts = layered("ex")
    statement = next(one for one in study(facts)[1] if one.form is Form.GROUND and one.sources[0].path == "src/store/")
    assert [end.path for end in statement.sources] == ["src/store/", "src/store.ex"]
    assert title(statement) == "`store` stands on its own: it never imports `api` or `plan`."


def test_what_a_unit_imports_of_itself_breaks_nothing() -> None:
    facts = layered("rs")
    for statement in study(facts)[1]:
        check = ImportBoundary(
            sources=statement.sources, forbidden=statement.forbidden, except_=statement.exceptions, indirect=False
        )
        verdict = evaluate(check, facts)
        assert verdict.violations == (), title(statement)


def test_an_import_of_the_facade_from_below_breaks_the_boundary() -> None:
    builder_facts = layered("rb")
    statement = next(
        one for one in study(builder_facts)[1] if one.form is Form.GROUND and one.sources[0].path == "src/store/"
    )
    check = ImportBoundary(sources=statement.sources, forbidden=statement.forbidden, except_=statement.exceptions)
    broken = FactsBuilder().module("src/store.rb").module("src/api.rb").edge("src/store.rb", "src/api.rb").build()
    assert [violation.path for violation in evaluate(check, broken).violations] == ["src/store.rb"]


def test_what_the_language_lets_nobody_import_is_not_told_to_stay_on_top() -> None:
    def program(package: str) -> Facts:
        builder = FactsBuilder()
        for name in ("store", "plan", "web", "audit", "mail"):
            for number in range(4):
                builder.module(f"{name}/m{number}.go", code=FileFacts(language="go", package=name))
        for number in range(4):
            builder.module(f"cmd/m{number}.go", code=FileFacts(language="go", package=package))
        for upper, lower in (
            ("plan", "store"),
            ("web", "plan"),
            ("audit", "store"),
            ("mail", "store"),
            ("cmd", "web"),
            ("cmd", "store"),
        ):
            for number in range(4):
                builder.edge(f"{upper}/m{number}.go", f"{lower}/m0.go")
        return builder.build()

    def tops(facts: Facts) -> set[str]:
        return {end.path or "" for one in study(facts)[1] if one.form is Form.TOP for end in one.forbidden}

    assert "cmd/" not in tops(program("main"))
    assert "cmd/" in tops(program("cmd"))
