"""A boundary says of the code what is so: its own check holds, and what only a compiler enforces is no decision."""

from __future__ import annotations

import pytest

from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.study import study
from archaeology.boundaries.texts import sides
from archaeology.boundaries.wording import title
from archaeology.checks import evaluate
from archaeology.facts import Facts, FileFacts, Flag
from archaeology.model import End
from fixtures import FactsBuilder


def layered(ending: str, language: str, *, project: str | None = None, tree: str = "app/") -> FactsBuilder:
    builder = FactsBuilder()
    names = ("low", "middle", "high")
    for at, name in enumerate(names):
        if project is not None:
            builder.file(f"{tree}{name}/{project}", "<Project />")
        for number in range(4):
            path = f"{tree}{name}/m{number}.{ending}"
            builder.module(path, code=FileFacts(language=language, package=name))
            for below in names[:at]:
                for other in range(3):
                    builder.edge(path, f"{tree}{below}/m{other}.{ending}")
    return builder


def found(facts: Facts, *forms: Form) -> list[Statement]:
    return [one for one in study(facts)[1] if one.form in forms and not one.enforced]


def test_every_check_holds_where_it_was_mined_also_when_an_import_reaches_a_test() -> None:
    builder = layered("py", "python")
    builder.module("app/high/tests/test_m0.py", flags=(Flag.TEST,))
    builder.edge("app/low/m0.py", "app/high/tests/test_m0.py")
    facts = builder.build()
    assert all(evaluate(one.check, facts).holds for one in study(facts)[1])
    [ground] = [one for one in found(facts, Form.GROUND) if one.sources[0].path == "app/low/"]
    assert ground.observed == 1
    assert ground.broken == ("app/low/m0.py", "app/high/tests/test_m0.py")
    assert title(ground).endswith("but for 1 import today.")


@pytest.mark.parametrize(
    ("crossing", "ends"),
    [(False, "annotations apart."), (True, "annotations apart, but for 1 import today.")],
)
def test_what_the_check_leaves_out_the_title_leaves_out_too(crossing: bool, ends: str) -> None:
    builder = layered("ts", "typescript").edge("app/low/m1.ts", "app/high/m1.ts", type_checking=True)
    if crossing:
        builder.edge("app/low/m0.ts", "app/high/m0.ts")
    [ground] = [one for one in found(builder.build(), Form.GROUND) if one.sources[0].path == "app/low/"]
    assert ground.check.ignore_type_checking
    assert title(ground).endswith(f", {ends}")


def test_what_go_would_not_compile_is_no_boundary() -> None:
    order = (Form.STACK, Form.GROUND, Form.ROW, Form.TOP)
    assert [one for one in found(layered("py", "python").build(), *order) if one.container == "app/"]
    assert [one for one in found(layered("go", "go").build(), *order) if one.container == "app/"] == []


def test_projects_that_cannot_refer_to_each_other_in_a_circle_are_no_boundary() -> None:
    order = (Form.STACK, Form.GROUND, Form.ROW, Form.TOP)
    plain = layered("cs", "csharp").build()
    projects = layered("cs", "csharp", project="Part.csproj").build()
    assert [one for one in found(plain, *order) if one.container == "app/"]
    assert [one for one in found(projects, *order) if one.container == "app/"] == []


def _with_a_driver(outside: tuple[str, ...]) -> Facts:
    builder = FactsBuilder()
    for number in range(4):
        builder.module(f"lib/base/m{number}.py")
        builder.module(f"lib/engine/m{number}.py", imports=("lib/three/m0.py", "lib/three/m1.py", "lib/three/m2.py"))
        for name in ("one", "two", "three", "four", "five"):
            builder.module(f"lib/{name}/m{number}.py", imports=("lib/base/m0.py", "lib/base/m1.py"))
        builder.module(
            f"lib/driver/m{number}.py", imports=("lib/engine/m0.py", "lib/base/m0.py", "lib/one/m0.py", "lib/two/m1.py")
        )
    for folder in outside:
        builder.module(f"{folder}/main.py", imports=("lib/engine/m1.py",))
    return builder.build()


def test_importers_beside_the_container_are_among_those_that_may() -> None:
    def allowed(*outside: str) -> list[list[str | None]]:
        columns = found(_with_a_driver(outside), Form.COLUMN)
        return [[end.path for end in one.allowed] for one in columns if one.forbidden[0].path == "lib/engine/"]

    assert allowed() == [["lib/driver/"]]
    assert allowed("cmd") == [["lib/driver/", "cmd/"]]
    assert allowed("cmd", "jobs", "site") == []


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("The core must not import the web layer.", True),
        ("`core` is independent of `web`.", True),
        ("Keep app/core decoupled from app/web.", True),
        ("The core module never depends on web.", True),
        ("The core of the problem: a cycle of redirects on the web.", False),
        ("Separate the core functions, then look at the web.", False),
        ("`web` is independent of `core`.", False),
    ],
)
def test_everyday_words_are_names_only_where_they_are_marked_or_an_import_is_refused(text: str, speaks: bool) -> None:
    about = sides(
        Statement(
            form=Form.ROW,
            container="app/",
            sources=(End(module="app.core", path="app/core/"),),
            forbidden=(End(module="app.web", path="app/web/"),),
        )
    )
    assert about is not None
    assert about.both_in(text) is speaks
