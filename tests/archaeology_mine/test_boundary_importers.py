"""*Only X may import Y* names everybody who does, wherever they lie; *stays free* is said of who could do otherwise."""

from __future__ import annotations

import pytest

from archaeology.boundaries.questions import questions
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.study import study
from archaeology.boundaries.wording import observed_sentence, title
from archaeology.facts import Facts, FileFacts, Flag
from fixtures import FactsBuilder

LOW = ("one", "two", "three", "four", "five", "six")


def found(facts: Facts, form: Form, target: str) -> list[Statement]:
    return [
        one
        for one in study(facts)[1]
        if one.form is form and target in {one.forbidden[0].path, one.forbidden[0].module}
    ]


def program(**importers: int) -> FactsBuilder:
    """Six low units below an engine; each named folder or file imports the engine so many times."""
    builder = FactsBuilder()
    for number in range(4):
        builder.module(f"lib/base/m{number}.py")
        builder.module(f"lib/engine/m{number}.py", imports=tuple(f"lib/{name}/m{number}.py" for name in LOW))
        for name in LOW:
            builder.module(f"lib/{name}/m{number}.py", imports=("lib/base/m0.py", "lib/base/m1.py"))
        builder.module(f"lib/driver/m{number}.py", imports=("lib/engine/m0.py", "lib/engine/m1.py", "lib/base/m0.py"))
    for place, count in importers.items():
        for number in range(count):
            builder.module(f"{place}/x{number}.py", imports=("lib/engine/m0.py",))
    return builder


def allowed(facts: Facts) -> list[list[str | None]]:
    return [[end.path for end in one.allowed] for one in found(facts, Form.COLUMN, "lib/engine/")]


def test_all_importers_are_named_wherever_they_lie() -> None:
    assert allowed(program().build()) == [["lib/driver/"]]
    assert allowed(program(tools=2).build()) == [["lib/driver/", "tools/"]]
    assert allowed(program(tools=1, scripts=1, extra=1).build()) == []  # too many to be an only


def test_the_reader_sees_each_importing_file() -> None:
    [statement] = found(program(tools=1).build(), Form.COLUMN, "lib/engine/")
    files = [f"lib/driver/m{number}.py" for number in range(4)]
    assert statement.importers == (*files, "tools/x0.py")
    assert all(f"`{path}`" in observed_sentence(statement) for path in statement.importers)
    assert title(statement) == "Only `driver` and `tools` may import `engine`."


def test_what_the_folders_own_facade_hands_on_reaches_anybody() -> None:
    builder = program()
    builder.module("lib/__init__.py", imports=("lib/engine/m0.py",))
    assert allowed(builder.build()) == []


def test_tests_and_helpers_of_tests_are_no_importers() -> None:
    builder = program().module("tests/test_a.py", flags=(Flag.TEST,), imports=("lib/engine/m0.py",))
    assert allowed(builder.build()) == [["lib/driver/"]]


def test_one_import_against_the_stream_is_an_exception_and_as_many_as_the_others_are_a_place() -> None:
    slip = program().edge("lib/one/m0.py", "lib/engine/m0.py")
    [statement] = found(slip.build(), Form.COLUMN, "lib/engine/")
    assert title(statement) == "Only `driver` may import `engine`, but for 1 import today."
    assert "lib/one/m0.py" in statement.importers


def test_built_on_it_is_said_where_each_imports_it() -> None:
    builder = FactsBuilder()
    for number in range(4):
        builder.module(f"lib/low/m{number}.py", imports=("lib/ground/m0.py",))
        builder.module(f"lib/ground/m{number}.py")
        builder.module(f"lib/middle/m{number}.py", imports=("lib/low/m0.py", "lib/low/m1.py"))
        builder.module(f"lib/high/m{number}.py", imports=("lib/middle/m0.py", "lib/middle/m1.py"))
    [row] = [one for one in study(builder.build())[1] if one.form is Form.ROW and one.sources[0].path == "lib/low/"]
    assert title(row) == "`low` never imports `high` or `middle`."
    assert questions(row)[0].startswith("`middle` imports `low` 8 times and `low` never imports back: if a change made")
    assert "made `low` import `middle`" in questions(row)[0]
    builder.edge("lib/high/m0.py", "lib/low/m0.py")
    [row] = [one for one in study(builder.build())[1] if one.form is Form.ROW and one.sources[0].path == "lib/low/"]
    assert title(row) == "`low` never imports what is built on it: `high` or `middle`."
    assert questions(row)[0].startswith("`high` and `middle` import `low` 9 times and `low` never imports back")
    kept = row.model_copy(update={"builders": ()})
    assert questions(kept)[0].startswith("Some of `high` and `middle` import `low` 9 times")


def vendors(outside: int = 0) -> FactsBuilder:
    """A product in ``app/`` of four units; only its store knows the database's package, and others many packages."""
    builder = FactsBuilder()
    for number in range(6):
        builder.module(f"app/store/m{number}.py", imports=("psycoply", "richly"))
        for name in ("north", "south", "west"):
            builder.module(
                f"app/{name}/m{number}.py", imports=(f"app/store/m{number}.py", "richly", "yamly", "clickly")
            )
    for number in range(outside):
        builder.module(f"cmd{number}/mount.py", imports=("psycoply",))
    return builder


@pytest.mark.parametrize(("outside", "places"), [(0, [["app/store/"]]), (1, [["app/store/", "cmd0/"]]), (3, [])])
def test_a_package_is_in_one_place_only_if_nobody_outside_the_product_imports_it(
    outside: int, places: list[list[str]]
) -> None:
    statements = found(vendors(outside).build(), Form.VENDOR_ONLY, "psycoply")
    assert [[end.path for end in one.allowed] for one in statements] == places


def free(builder: FactsBuilder) -> list[tuple[list[str | None], list[str]]]:
    statements = [one for one in study(builder.build())[1] if one.form is Form.VENDOR_FREE]
    return [([end.path for end in one.sources], [end.module for end in one.forbidden]) for one in statements]


def test_a_leaf_that_imports_next_to_nothing_is_not_praised_for_it() -> None:
    builder = vendors()
    for number in range(8):
        builder.module(f"app/plain/m{number}.py", imports=("app/store/m0.py",) if number == 0 else ())
    assert not any("app/plain/" in sources for sources, _ in free(builder))
    builder = vendors()
    for number in range(8):
        builder.module(f"app/domain/m{number}.py", code=FileFacts("python"))
        builder.edge("app/store/m0.py", f"app/domain/m{number}.py")
    assert any("app/domain/" in sources for sources, _ in free(builder))  # its name says that it is meant


def test_units_that_do_without_the_same_package_are_one_statement() -> None:
    builder = vendors()
    for name in ("east", "far"):
        for number in range(9):
            path = f"app/{name}/m{number}.py"
            builder.module(path, imports=("app/store/m0.py", "app/store/m1.py", *(f"other{kind}" for kind in range(7))))
    [(sources, packages)] = free(builder)
    assert sources == ["app/east/", "app/far/"]
    assert packages == [
        "richly"
    ]  # the one that most others use; two that have nothing in common are not told in one breath


def test_a_crate_named_by_its_full_path_is_used() -> None:
    builder = FactsBuilder()
    for number in range(6):
        for name in ("store", "north", "south", "east", "west", "far", "near"):
            text = "fn f(x: &pgly::Row) {}" if (name, number) == ("north", 3) else "// pgly: not here\nself.pgly::x;"
            builder.module(
                f"src/{name}/m{number}.rs", text, code=FileFacts("rust"), imports=(f"src/store/m{number}.rs",)
            )
        builder.module(f"src/store/m{number}.rs", "use pgly::Row;", code=FileFacts("rust"), imports=("pgly",))
    [statement] = found(builder.build(), Form.VENDOR_ONLY, "pgly")
    assert [end.path for end in statement.allowed] == ["src/north/", "src/store/"]
