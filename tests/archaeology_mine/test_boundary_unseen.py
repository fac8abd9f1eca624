"""What is used without an import: loaded by name, named by its full path, handed on by an index. No *never* is told of it."""

from __future__ import annotations

import time

import pytest

from archaeology.boundaries.by_name import loads
from archaeology.boundaries.from_facts import file_graph
from archaeology.boundaries.stakes import is_laid_out, is_root
from archaeology.boundaries.statement import Form, without_facades
from archaeology.boundaries.study import study
from archaeology.boundaries.wording import short
from archaeology.facts import Definition, Facts, FileFacts
from archaeology.model import End
from fixtures import FactsBuilder


def used(facts: Facts) -> list[tuple[str, str]]:
    graph = file_graph(facts)
    return [(graph.paths[source], graph.paths[target]) for source, target in graph.used.tolist()]


def tree(language: str, ending: str, text: str, *, separator: str = "", at: str = "app/core/loader") -> Facts:
    builder = FactsBuilder()
    builder.module(f"{at}.{ending}", text, code=FileFacts(language))
    for name in ("jobs", "plugins"):
        for number in range(2):
            path = f"app/{name}/m{number}.{ending}"
            package = separator.join(("app", name)) if separator else None
            builder.module(path, "", code=FileFacts(language, package=package))
            if separator:
                builder.named(path, separator.join(("app", name, f"m{number}")))
    return builder.build()


@pytest.mark.parametrize(
    "text",
    [
        "const job = require(`../jobs/${name}`)",
        "const job = require('../jobs/' + name)",
        "const job = await import(`../jobs/${name}.js`)",
        "const job = require(path.join(__dirname, '..', 'jobs', name))",
        "const dir = path.resolve(__dirname, '../jobs');\nconst job = require(dir)",
        "const jobs = import.meta.glob('../jobs/*.js')",
        "const jobs = require.context('../jobs', true, /\\.js$/)",
        "const jobs = require(path.join(ROOT, 'app/jobs', name))",
        "fs.readdirSync(path.join(__dirname, '../jobs')).forEach(file => require(file))",
    ],
)
def test_what_javascript_requires_by_name_is_used(text: str) -> None:
    assert used(tree("javascript", "js", text)) == [
        ("app/core/loader.js", "app/jobs/m0.js"),
        ("app/core/loader.js", "app/jobs/m1.js"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "const job = require('../jobs/m0')",  # an import like any other
        "fs.readdirSync(path.join(__dirname, '../jobs'))",  # listed, not loaded
        "// require(`../jobs/${name}`)",
        "const job = require(name)",  # nobody can tell
        "const other = require(`../nowhere/${name}`)",
    ],
)
def test_what_is_not_put_together_or_leads_nowhere_is_not(text: str) -> None:
    assert used(tree("javascript", "js", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        'import_module(f"app.jobs.{name}")',
        'importlib.import_module("app.jobs." + name)',
        "for found in pkgutil.iter_modules(jobs.__path__): load(found)",
        'JOBS = ["app.jobs.m0", "app.jobs.m1:run"]',
    ],
)
def test_what_python_names_in_a_text_is_used(text: str) -> None:
    found = used(tree("python", "py", text, separator="."))
    assert found == [("app/core/loader.py", "app/jobs/m0.py"), ("app/core/loader.py", "app/jobs/m1.py")]


def test_the_name_of_a_logger_is_no_use() -> None:
    assert used(tree("python", "py", 'log = getLogger("app.jobs.m0")', separator=".")) == []


@pytest.mark.parametrize(
    ("language", "ending", "separator", "text"),
    [
        ("java", "java", ".", "Object job = new app.jobs.M0();"),
        ("php", "php", "\\", "$class = 'App\\\\Jobs\\\\' . $name;"),
        ("elixir", "ex", ".", "children = [{App.Jobs.M0, []}, App.Jobs.M1]"),
        ("ruby", "rb", "", 'Dir[File.join(__dir__, "../jobs/*.rb")].each { |file| require file }'),
    ],
)
def test_other_languages_name_what_they_load(language: str, ending: str, separator: str, text: str) -> None:
    builder = FactsBuilder()
    builder.module(f"app/core/loader.{ending}", text, code=FileFacts(language))
    for number in range(2):
        path = f"app/jobs/m{number}.{ending}"
        builder.module(path, "", code=FileFacts(language))
        first, second = ("app", "jobs") if language == "java" else ("App", "Jobs")
        if separator:
            builder.named(path, separator.join((first, second, f"M{number}")))
    found = used(builder.build())
    assert (f"app/core/loader.{ending}", f"app/jobs/m0.{ending}") in found


def test_what_an_index_hands_on_is_used_by_who_takes_it_there() -> None:
    builder = FactsBuilder()
    builder.module("app/web/page.ts", "", code=FileFacts("typescript"))
    builder.module("app/index.ts", "", code=FileFacts("typescript"))
    for name, defined in (("store", "Store"), ("other", "Other")):
        code = FileFacts("typescript", definitions=(Definition(defined, "class", "public", 1, 2),))
        builder.module(f"app/{name}/main.ts", "", code=code)
        builder.edge("app/index.ts", f"app/{name}/main.ts", names=("*",), reexport=True)
    builder.edge("app/web/page.ts", "app/index.ts", names=("Store",))
    assert used(builder.build()) == [("app/web/page.ts", "app/store/main.ts")]


def _layers(text: str) -> Facts:
    builder = FactsBuilder()
    for number in range(4):
        builder.module(f"app/jobs/m{number}.js", "", code=FileFacts("javascript"))
        builder.module(f"app/core/m{number}.js", text, code=FileFacts("javascript"))
        builder.module(f"app/web/m{number}.js", "", code=FileFacts("javascript"))
        for other in range(3):
            builder.edge(f"app/jobs/m{number}.js", f"app/core/m{other}.js")
            builder.edge(f"app/web/m{number}.js", f"app/core/m{other}.js")
            builder.edge(f"app/web/m{number}.js", f"app/jobs/m{other}.js")
    return builder.build()


def _never(facts: Facts) -> set[tuple[str | None, str | None]]:
    forms = {Form.ROW, Form.GROUND, Form.STACK}
    return {
        (source.path, forbidden.path)
        for one in study(facts)[1]
        if one.form in forms and not is_laid_out(one)
        for source in one.sources
        for forbidden in one.forbidden
    }


def test_that_imports_are_missing_is_nobodys_decision_where_a_unit_is_loaded_by_name() -> None:
    assert ("app/core/", "app/jobs/") in _never(_layers(""))
    assert ("app/core/", "app/jobs/") not in _never(_layers("require(`../jobs/${name}`)"))
    assert ("app/core/", "app/web/") in _never(_layers("require(`../jobs/${name}`)"))


def test_what_settings_call_by_name_is_not_on_top() -> None:
    def tops(settings: str) -> list[str | None]:
        builder = FactsBuilder().file("services.yml", settings)
        for number in range(4):
            builder.module(f"src/base/m{number}.php", "", code=FileFacts("php"))
            builder.named(f"src/base/m{number}.php", f"App\\Base\\M{number}")
            for name in ("one", "two", "three"):
                path = f"src/{name}/m{number}.php"
                builder.module(path, "", code=FileFacts("php"))
                builder.named(path, f"App\\{name.title()}\\M{number}")
                builder.edge(path, "src/base/m0.php").edge(path, "src/base/m1.php")
            builder.edge(f"src/three/m{number}.php", "src/one/m0.php").edge(
                f"src/three/m{number}.php", "src/two/m0.php"
            )
        return [
            one.forbidden[0].path for one in study(builder.build())[1] if one.form is Form.TOP and not is_laid_out(one)
        ]

    assert "src/three/" in tops("")
    assert "src/three/" not in tops("services:\n  App\\Three\\M2: ~\n")


def test_a_package_that_lies_in_two_modules_is_imported_by_who_imports_either_part() -> None:
    def told(elsewhere: bool) -> bool:
        builder = FactsBuilder()
        for number in range(4):
            for name in ("base", "coverage", "mutation", "report"):
                path = f"entry/org/x/{name}/M{number}.java"
                builder.module(path, "", code=FileFacts("java", package=f"org.x.{name}"))
                builder.named(path, f"org.x.{name}.M{number}")
            for name in ("coverage", "mutation", "report"):
                for other in range(3):
                    builder.edge(f"entry/org/x/{name}/M{number}.java", f"entry/org/x/base/M{other}.java")
            for other in range(3):
                builder.edge(f"entry/org/x/mutation/M{number}.java", f"entry/org/x/coverage/M{other}.java")
                builder.edge(f"entry/org/x/report/M{number}.java", f"entry/org/x/mutation/M{other}.java")
        builder.module("api/org/x/mutation/Location.java", "", code=FileFacts("java", package="org.x.mutation"))
        builder.named("api/org/x/mutation/Location.java", "org.x.mutation.Location")
        if elsewhere:
            builder.edge("entry/org/x/coverage/M0.java", "api/org/x/mutation/Location.java")
        return ("entry/org/x/coverage/", "entry/org/x/mutation/") in _never(builder.build())

    assert (told(elsewhere=False), told(elsewhere=True)) == (True, False)


def test_folders_with_dots_in_their_names_are_folders_and_no_facades() -> None:
    ends = tuple(End(module=path, path=path) for path in ("src/A.Logs/", "src/A.Logs.Board/", "src/a/", "src/a.rs"))
    assert [end.path for end in without_facades(ends)] == ["src/A.Logs/", "src/A.Logs.Board/", "src/a/"]


def test_files_of_csharp_keep_the_dots_in_their_names_and_what_registers_says_nothing() -> None:
    registers = End(module="Cap", path="src/Cap/Cap.ServiceCollectionExtensions.cs")
    assert short(registers, "src/Cap/") == "Cap.ServiceCollectionExtensions"
    assert short(End(module="a", path="src/user.service.ts"), "src/") == "user"
    assert is_root(registers)
    assert is_root(End(module="p", path="app/ServiceProvider/"))
    assert not is_root(End(module="p", path="app/Services/"))


def test_a_path_is_followed_one_step_back_to_where_it_was_written_out() -> None:
    text = "const where = path.join(__dirname, 'jobs');\nfor (const name of names) require(path.join(where, name));\n"
    assert [(load.prefix, load.here) for load in loads("javascript", text)] == [("jobs", True)]


def test_many_names_that_are_put_together_cost_no_more_than_their_text() -> None:
    text = "".join(f"const a{number} = x + y;\nrequire(a{number} + b{number});\n" for number in range(20_000))
    before = time.process_time()
    assert not list(loads("javascript", text))
    assert time.process_time() - before < 20  # a quarter of a second; to look for each name anew takes ten minutes


@pytest.mark.parametrize("piece", ['load "x" ', '"a" ', '"a" + ', '"#{a}/b" '])
def test_a_line_of_a_million_characters_costs_no_more_than_its_text(piece: str) -> None:
    text = 'Dir["*"] ' + piece * (900_000 // len(piece))
    before = time.process_time()
    assert len(list(loads("ruby", text))) <= 1
    assert time.process_time() - before < 8  # half a second; to copy the rest for each part takes half a minute
