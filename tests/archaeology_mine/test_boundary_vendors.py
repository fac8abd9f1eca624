"""What is said of external packages is said by imports enough, of a place that is not there for the package anyway."""

from __future__ import annotations

import pytest

from archaeology.boundaries.programs import is_of_programs, starts_a_program
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.study import study
from archaeology.boundaries.vendor_names import is_everybodys, is_web_habit, of_one_trade
from archaeology.boundaries.wording import title
from archaeology.facts import Facts, FileFacts, Flag
from archaeology.model import End
from fixtures import FactsBuilder

NAMES = ("north", "south", "west", "east", "far", "near")


def product(ending: str = "py", language: str = "python") -> FactsBuilder:
    builder = FactsBuilder()
    for number in range(6):
        for name in NAMES:
            path = f"app/{name}/m{number}.{ending}"
            builder.module(path, code=FileFacts(language))
            builder.edge(path, f"app/north/m{(number + 1) % 6}.{ending}")
    return builder


def only(facts: Facts, vendor: str) -> list[Statement]:
    return [one for one in study(facts)[1] if one.form is Form.VENDOR_ONLY and one.forbidden[0].module == vendor]


@pytest.mark.parametrize(("files", "told"), [(1, 0), (2, 0), (3, 1)])
def test_one_or_two_imports_of_a_package_are_no_fence(files: int, told: int) -> None:
    builder = product()
    for number in range(files):
        builder.edge(f"app/south/m{number}.py", "payly")
    assert len(only(builder.build(), "payly")) == told


@pytest.mark.parametrize(("files", "told"), [(2, 0), (3, 1)])
def test_two_places_need_more_imports_than_one(files: int, told: int) -> None:
    builder = product()
    for number in range(files):
        builder.edge(f"app/south/m{number}.py", "payly").edge(f"app/west/m{number}.py", "payly")
    assert len(only(builder.build(), "payly")) == told


def test_a_place_that_bears_the_packages_name_is_there_for_nothing_else() -> None:
    builder = product()
    for number in range(6):
        builder.module(f"app/payly_adapter/m{number}.py", imports=("payly", "app/north/m0.py"))
        builder.module(f"app/money/m{number}.py", imports=("goldly", "app/north/m0.py"))
    facts = builder.build()
    assert (len(only(facts, "payly")), len(only(facts, "goldly"))) == (0, 1)


def test_a_web_framework_at_the_doors_is_a_habit() -> None:
    assert is_web_habit("express", "src/routes/")
    assert is_web_habit("github.com/gin-gonic/gin", "internal/http/handlers/")
    assert not is_web_habit("express", "src/billing/")
    assert not is_web_habit("stripe", "src/routes/")


def test_examples_in_a_guide_import_nothing_for_the_product() -> None:
    builder = product()
    for number in range(4):
        builder.edge(f"app/south/m{number}.py", "payly")
    builder.module("guide/first/main.py", imports=("payly",))
    [statement] = only(builder.build(), "payly")
    assert [end.path for end in statement.allowed] == ["app/south/"]


def test_a_project_of_tests_is_no_product_whatever_its_files_are_called() -> None:
    builder = product("cs", "csharp")
    for number in range(4):
        builder.edge(f"app/south/m{number}.cs", "Payly")
    builder.file("checks/Checks.csproj", '<Project><PackageReference Include="Microsoft.NET.Test.Sdk" /></Project>')
    builder.module("checks/Support/Bed.cs", code=FileFacts("csharp"), imports=("Payly",))
    [statement] = only(builder.build(), "Payly")
    assert [end.path for end in statement.allowed] == ["app/south/"]
    assert statement.observed == 0


def test_names_that_a_star_brings_along_are_used() -> None:
    def places(text: str) -> list[list[str | None]]:
        builder = product("rs", "rust")
        for number in range(4):
            builder.edge(f"app/south/m{number}.rs", "payly", names=("Wallet",))
            builder.module(f"app/extra/n{number}.rs", text, code=FileFacts("rust"))
            builder.edge(f"app/extra/n{number}.rs", f"app/south/m{number}.rs", names=("*",))
        return [[end.path for end in one.allowed] for one in only(builder.build(), "payly")]

    assert places("fn f() {}") == [["app/south/"]]
    assert places("fn f(of: Wallet) {}") == [["app/extra/", "app/south/"]]


@pytest.mark.parametrize(
    ("ending", "language", "vendor", "text"),
    [
        ("java", "java", "org.payly", "class M { org.payly.Wallet w; }"),
        ("kt", "kotlin", "org.payly", "val w = org.payly.Wallet()"),
        ("cs", "csharp", "Payly", "var w = new Payly.Wallet();"),
        ("php", "php", "Payly", "$w = new \\Payly\\Wallet();"),
    ],
)
def test_a_package_named_by_its_full_path_is_used(ending: str, language: str, vendor: str, text: str) -> None:
    builder = product(ending, language)
    for number in range(4):
        builder.edge(f"app/south/m{number}.{ending}", vendor)
    for number in range(2):
        builder.module(f"app/extra/n{number}.{ending}", text, code=FileFacts(language))
    [statement] = only(builder.build(), vendor)
    assert [end.path for end in statement.allowed] == ["app/extra/", "app/south/"]


@pytest.mark.parametrize("vendor", ["h2", "payly"])
def test_crates_of_long_and_short_names_are_seen_side_by_side(vendor: str) -> None:
    def places(text: str) -> list[list[str | None]]:
        builder = product("rs", "rust")
        for number in range(4):
            for crate in ("h2", "payly"):
                builder.edge(f"app/south/m{number}.rs", crate)
            builder.module(f"app/extra/n{number}.rs", text, code=FileFacts("rust"))
        return [[end.path for end in one.allowed] for one in only(builder.build(), vendor)]

    assert places(f"fn f() {{ {vendor}::call() }}") == [["app/extra/", "app/south/"]]
    assert places(f"fn f() {{ my_{vendor}::call(); own::{vendor}::call() }}") == [["app/south/"]]
    assert places(f"// ééé 日本語 {'x' * 2_000_000}\n::{vendor}::call();") == [["app/extra/", "app/south/"]]
    assert places(f"::\n:::\n{vendor}") == [["app/south/"]]


def test_only_packages_of_one_house_are_named_in_one_breath() -> None:
    assert of_one_trade("@azure/storage", "@azure/identity")
    assert of_one_trade("androidx.compose.ui", "androidx.compose.runtime")
    assert of_one_trade("django", "rest_framework")
    assert of_one_trade("sqlalchemy", "psycopg2")
    assert not of_one_trade("net/http", "github.com/spf13/cobra")
    several = Statement(
        form=Form.VENDOR_FREE,
        container="app/",
        sources=(End(module="app.core", path="app/core/"),),
        forbidden=tuple(End(module=name, external=True) for name in ("a.x", "a.y", "a.z")),
    )
    assert title(several) == "`core` imports neither `a.x` nor `a.y` nor `a.z`."
    assert title(several.model_copy(update={"forbidden": several.forbidden[:1]})) == "`core` stays free of `a.x`."


def _free(flags: tuple[Flag, ...] = (), manifest: str | None = None, kinds: int = 7, name: str = "plain") -> bool:
    builder = product()
    for number in range(6):
        for user in NAMES[1:]:
            builder.edge(f"app/{user}/m{number}.py", "richly").edge(f"app/{user}/m{number}.py", "slf4j")
    for number in range(9):
        path = f"app/{name}/m{number}.py"
        builder.module(path, flags=flags, imports=("app/north/m0.py", *(f"other{kind}" for kind in range(kinds))))
    if manifest is not None:
        builder.file(f"app/{name}/Cargo.toml", manifest)
    told = [one for one in study(builder.build())[1] if one.form is Form.VENDOR_FREE]
    assert not any(end.module == "slf4j" for one in told for end in one.forbidden)  # everybody logs
    return any(end.path == f"app/{name}/" for one in told for end in one.sources)


def test_a_unit_is_only_free_of_what_it_would_use() -> None:
    assert _free()
    assert not _free(kinds=1)  # a leaf
    assert not _free(flags=(Flag.MIGRATION,))
    assert not _free(name="migrations")
    assert not _free(manifest="[dependencies]\nother = 1\n")  # the build keeps it out
    assert _free(manifest="[dependencies]\nrichly = 1\n")
    assert is_everybodys("github.com/spf13/cobra")


def test_what_only_one_manifest_asks_for_is_kept_by_the_build() -> None:
    def unlisted(west: str) -> bool:
        builder = product("rs", "rust")
        for number in range(4):
            builder.edge(f"app/south/m{number}.rs", "payly")
        builder.file("app/south/Cargo.toml", '[package]\nname = "south"\n[dependencies]\npayly = "1"\n')
        for name in NAMES:
            if name != "south":
                builder.file(f"app/{name}/Cargo.toml", f'[package]\nname = "{name}"\n[dependencies]\n{west}\n')
        [statement] = only(builder.build(), "payly")
        return statement.unlisted

    assert unlisted("")
    assert not unlisted('payly = "1"')
    [alone] = only(product_with("payly"), "payly")
    assert not alone.unlisted


def product_with(vendor: str) -> Facts:
    builder = product()
    for number in range(4):
        builder.edge(f"app/south/m{number}.py", vendor)
    return builder.build()


def test_what_is_for_the_other_side_of_the_wire_is_no_statement() -> None:
    assert stays_free("billing", ("client", "ui"), "m{}", "typescript", "ts")
    assert not stays_free("server", ("client", "ui"), "m{}", "typescript", "ts")


def test_what_programs_read_at_their_start_is_kept_in_no_place() -> None:
    def told(vendor: str, folder: str, name: str = "m{}") -> int:
        builder = product("go", "go")
        for number in range(6):
            path = f"{folder}{name.format(number)}.go"
            builder.module(path, code=FileFacts("go"), imports=("app/north/m0.go", vendor))
        return len(only(builder.build(), vendor))

    assert told("github.com/pay/payly", "app/money/") == 1
    assert told("github.com/pay/payly", "app/cmd/") == 0
    assert told("github.com/some/go-options", "app/config/") == 0
    assert told("github.com/some/go-options", "app/money/") == 1
    assert starts_a_program("apps/nsqd/main.go")
    assert starts_a_program("src/shop/__main__.py")
    assert not starts_a_program("apps/web/src/cart.ts")
    assert not is_of_programs([])


def test_a_program_stays_free_of_nothing() -> None:
    assert stays_free("billing", ("wire", "store"), "tool{}/start", "go", "go")
    assert not stays_free("apps", ("wire", "store"), "tool{}/start", "go", "go")
    assert not stays_free("cmd", ("wire", "store"), "tool{}/start", "go", "go")


def stays_free(name: str, users: tuple[str, str], file: str, language: str, ending: str) -> bool:
    """Whether it is told of a unit that it does without the two packages that its two users import; it imports others, and they it."""
    builder = FactsBuilder()
    for number in range(9):
        path = f"src/{name}/{file.format(number)}.{ending}"
        builder.module(path, code=FileFacts(language))
        for kind in range(7):
            builder.edge(path, f"other{kind}")
        for user in users:
            by = f"src/{user}/m{number}.{ending}"
            builder.module(by, code=FileFacts(language), imports=("viewly", "otherly"))
            builder.edge(by, path)
    statements = [one for one in study(builder.build())[1] if one.form is Form.VENDOR_FREE]
    return any(end.path == f"src/{name}/" for one in statements for end in one.sources)
