from __future__ import annotations

import pytest

from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.study import study
from archaeology.boundaries.wording import listed, title
from archaeology.facts import Facts, Flag
from archaeology.model import End
from fixtures import FactsBuilder


def said(facts: Facts, form: Form) -> list[Statement]:
    return [statement for statement in study(facts)[1] if statement.form is form]


def test_commands_beside_each_other_never_import_each_other() -> None:
    builder = FactsBuilder().module("app/core/a.py").module("app/core/b.py", imports=("app/core/a.py",))
    for name in ("add", "list", "move", "remove", "show", "sync"):
        builder.module(f"app/commands/{name}.py", imports=("app/core/a.py", "app/core/b.py", "app/commands/base.py"))
    builder.module("app/commands/base.py", imports=("app/core/a.py",))
    [statement] = said(builder.build(), Form.SIBLINGS)
    assert statement.container == "app/commands/"
    assert "base" not in {end.module.rsplit(".", 1)[-1] for end in statement.sources}
    assert title(statement) == "The 6 `commands` never import each other: `add`, `list`, `move`, `remove` and 2 others."


def test_private_modules_are_reached_through_the_facade() -> None:
    builder = FactsBuilder().module(
        "app/core/__init__.py", imports=("app/core/_a.py", "app/core/_b.py", "app/core/_c.py")
    )
    for name in ("_a", "_b", "_c"):
        builder.module(f"app/core/{name}.py")
    for name in ("north", "south"):
        for number in range(4):
            builder.module(f"app/{name}/m{number}.py", imports=("app/core/__init__.py",))
    [statement] = said(builder.build(), Form.PRIVATE)
    assert [end.path for end in statement.forbidden] == ["app/core/_a.py", "app/core/_b.py", "app/core/_c.py"]
    assert statement.observed == 0
    assert statement.reverse == 8


def test_tests_among_the_product_are_excepted() -> None:
    builder = FactsBuilder()
    for package, below in (("low", ()), ("mid", ("low",)), ("top", ("mid", "low"))):
        for number in range(4):
            imports = [f"app/{target}/m{other}.py" for target in below for other in range(3)]
            builder.module(f"app/{package}/m{number}.py", imports=imports)
    builder.module("app/low/tests/test_m0.py", imports=("app/top/m0.py",), flags=(Flag.TEST,))
    statement = next(one for one in said(builder.build(), Form.GROUND) if one.sources[0].path == "app/low/")
    assert statement.observed == 0
    assert ("**/tests/**", "**") in {(exception.from_, exception.to) for exception in statement.exceptions}


def test_few_may_import_what_many_could() -> None:
    builder = FactsBuilder()
    for number in range(3):
        builder.module(f"app/engine/m{number}.py", imports=("app/base/m0.py",))
        builder.module(f"app/driver/m{number}.py", imports=("app/engine/m0.py", "app/base/m0.py"))
        for name in ("base", "one", "two", "three", "four", "five"):
            builder.module(f"app/{name}/m{number}.py", imports=() if name == "base" else ("app/base/m0.py",))
    for number in range(3):
        builder.edge(f"app/driver/m{number}.py", f"app/engine/m{(number + 1) % 3}.py")
    columns = [one for one in said(builder.build(), Form.COLUMN) if one.forbidden[0].path == "app/engine/"]
    assert all([end.path for end in one.allowed] == ["app/driver/"] for one in columns)


def test_names_are_listed_as_people_do() -> None:
    ends = [End(module=name, path=f"app/{name}/") for name in "abcdefg"]
    assert listed(ends[:1], "app/") == "`a`"
    assert listed(ends[:3], "app/", joiner="or") == "`a`, `b` or `c`"
    assert listed(ends, "app/") == "`a`, `b`, `c`, `d` and 3 others"


def test_a_handful_of_files_says_nothing() -> None:
    facts = FactsBuilder().module("app/a.py", imports=("app/b.py",)).module("app/b.py").module("app/c.py").build()
    assert study(facts)[1] == ()


def _layered(names: tuple[str, ...]) -> FactsBuilder:
    """Packages from bottom to top, each of which imports all below it."""
    builder = FactsBuilder()
    for at, name in enumerate(names):
        for number in range(4):
            imports = [f"app/{below}/m{other}.py" for below in names[:at] for other in range(3)]
            builder.module(f"app/{name}/m{number}.py", imports=imports)
    return builder


def _ground(facts: Facts) -> Statement:
    return next(one for one in said(facts, Form.GROUND) if one.sources[0].path == "app/low/")


def test_of_many_above_only_those_with_a_role_are_named() -> None:
    facts = _layered(("low", "alpha", "beta", "gamma", "services", "cli")).build()
    assert [end.path for end in _ground(facts).forbidden] == ["app/cli/", "app/services/"]


def test_a_few_above_are_all_named_and_so_are_many_without_a_role() -> None:
    few = _layered(("low", "alpha", "services", "cli")).build()
    assert [end.path for end in _ground(few).forbidden] == ["app/alpha/", "app/cli/", "app/services/"]
    plain = _layered(("low", "alpha", "beta", "gamma", "delta", "epsilon")).build()
    assert len(_ground(plain).forbidden) == 5


def test_an_order_that_the_code_breaks_is_no_stack() -> None:
    builder = _layered(("low", "middle", "high"))
    assert len(said(builder.build(), Form.STACK)) == 1
    builder.edge("app/low/m3.py", "app/high/m0.py")
    facts = builder.build()
    assert said(facts, Form.STACK) == []
    assert _ground(facts).observed == 1


def test_three_that_happen_not_to_meet_are_no_group_among_many() -> None:
    def siblings(count: int) -> list[Statement]:
        builder = FactsBuilder()
        for number in range(4):
            for name in ("one", "two", "three", "four", "five", "six")[:count]:
                builder.module(f"app/{name}/m{number}.py", imports=[f"app/base/m{other}.py" for other in range(3)])
            builder.module(f"app/base/m{number}.py")
            for name in ("red", "green", "blue"):
                below = {"red": (), "green": ("red",), "blue": ("red", "green")}[name]
                builder.module(f"app/{name}/m{number}.py", imports=[f"app/{one}/m0.py" for one in below])
        return [one for one in said(builder.build(), Form.SIBLINGS) if one.container == "app/"]

    assert siblings(3) == []
    assert [[end.path for end in one.sources] for one in siblings(4)] == [
        ["app/four/", "app/one/", "app/three/", "app/two/"]
    ]


def test_a_type_in_pieces_beside_its_folder_is_one_sibling_and_no_group_of_two() -> None:
    def siblings(*names: str) -> list[Statement]:
        builder = FactsBuilder()
        for number in range(4):
            builder.module(f"app/base/m{number}.py")
        for name in names:
            builder.module(f"app/{name}.py", imports=[f"app/base/m{other}.py" for other in range(3)])
            for number in range(4):
                builder.module(f"app/{name}/m{number}.py", imports=[f"app/base/m{other}.py" for other in range(3)])
        return [one for one in said(builder.build(), Form.SIBLINGS) if one.container == "app/"]

    assert siblings("one", "two") == []
    assert len(siblings("one", "two", "three", "four")) == 1


@pytest.mark.parametrize(("ending", "groups"), [("go", 0), ("java", 0), ("kt", 0), ("cs", 0), ("php", 0), ("py", 1)])
def test_files_that_see_each_other_without_an_import_are_no_siblings(ending: str, groups: int) -> None:
    builder = FactsBuilder()
    for number in range(4):
        builder.module(f"app/base/m{number}.{ending}")
    for name in ("one", "two", "three", "four", "five"):
        builder.module(f"app/{name}.{ending}", imports=[f"app/base/m{other}.{ending}" for other in range(3)])
    assert len([one for one in said(builder.build(), Form.SIBLINGS) if one.container == "app/"]) == groups


def test_that_the_product_never_imports_its_tests_is_not_worth_a_word() -> None:
    builder = _layered(("low", "middle", "high"))
    for number in range(8):
        builder.module(f"tests/test_m{number}.py", imports=("app/low/m0.py",), flags=(Flag.TEST,))
    assert not any("tests" in (end.path or "") for one in study(builder.build())[1] for end in one.forbidden)
