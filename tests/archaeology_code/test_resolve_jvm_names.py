"""Java and Kotlin: classes in packages of several folders, facades that Kotlin makes, and whose a package from outside is."""

from __future__ import annotations

import pytest

from archaeology.facts import Definition, File, FileFacts, Flag, Import, ImportEdge
from archaeology.imports import resolve_imports
from archaeology.imports.jvm_owners import is_platform, owner


def resolved(
    *files: tuple[str, str, str, tuple[Import, ...]],
    manifest: str = "",
    tests: tuple[str, ...] = (),
    projects: tuple[str, ...] = (),
) -> list[ImportEdge]:
    """The edges of files, each a path, a text, the names that it defines, and its imports; the package follows from the path."""
    known, texts, code = {}, {"build.gradle": manifest, **{f"{folder}/build.gradle.kts": "" for folder in projects}}, {}
    for path, text, defined, imports in files:
        texts[path] = text
        code[path] = FileFacts(
            "kotlin" if path.endswith(".kt") else "java",
            lines=text.count("\n") + 1,
            package=path.rpartition("/")[0].partition("/src/")[2].replace("/", "."),
            definitions=tuple(
                Definition(name, "class" if name[0].isupper() else "function", "public", 1, 1)
                for name in defined.split()
            ),
            imports=imports,
        )
    for path, text in texts.items():
        flags = frozenset({Flag.TEST}) if path in tests else frozenset()
        known[path] = File(path, path, len(text), None, flags)
    return list(resolve_imports(known, code, texts.get).edges)


def reached(edges: list[ImportEdge]) -> list[tuple[str, str | None]]:
    return [(edge.source, edge.target or edge.external) for edge in edges]


def test_a_class_of_the_same_package_in_another_module_needs_no_import() -> None:
    edges = resolved(
        ("api/src/org/shop/Cart.java", "class Cart {}", "Cart", ()),
        ("app/src/org/shop/Till.java", "// Cart\nclass Till {\n  Cart cart;\n}", "Till", ()),
        ("app/src/org/shop/Other.java", 'class Other { String s = "Cart"; }', "Other", ()),
        ("app/src/org/shop/Own.java", "class Own { Till till; }", "Own", ()),
    )
    assert [(edge.source, edge.target, edge.line) for edge in edges] == [
        ("app/src/org/shop/Till.java", "api/src/org/shop/Cart.java", 3)
    ]


@pytest.mark.parametrize(
    ("projects", "told"),
    [((), True), (("api", "app"), False), (("shop",), True)],
)
def test_a_name_that_somebodys_wildcard_may_bring_is_not_looked_for_in_another_project(
    projects: tuple[str, ...], *, told: bool
) -> None:
    wildcard = (Import("com.wire.json", 2, names=("*",)),)
    edges = resolved(
        ("api/src/org/shop/Primitive.kt", "enum class Primitive", "Primitive", ()),
        ("app/src/org/shop/Till.kt", "\n\nfun isText(e: Any) = e is Primitive", "isText", wildcard),
        projects=projects,
        manifest="dependencies { implementation 'com.wire:json:1' }",
    )
    assert (("app/src/org/shop/Till.kt", "api/src/org/shop/Primitive.kt") in reached(edges)) is told


def test_the_product_does_not_use_a_tests_class_by_its_name() -> None:
    files = (
        ("api/src/org/shop/Cart.java", "class Cart { Helper h; }", "Cart", ()),
        ("tests/src/org/shop/Helper.java", "class Helper { Cart c; }", "Helper", ()),
    )
    found = reached(resolved(*files, tests=("tests/src/org/shop/Helper.java",)))
    assert found == [("tests/src/org/shop/Helper.java", "api/src/org/shop/Cart.java")]


@pytest.mark.parametrize(
    "found",
    [
        Import("org.shop.ktx.priced", 1),
        Import("org.shop.ktx.MoneyKt", 1, ("priced",)),
        Import("org.shop.ktx.Money", 1, ("priced",)),
        Import("org.shop.ktx.Named", 1, ("priced",)),  # a name that only an annotation gives
    ],
)
def test_what_kotlin_has_outside_classes_is_found_from_java(found: Import) -> None:
    edges = resolved(
        ("lib/src/org/shop/ktx/Money.kt", "fun priced() = 1", "priced", ()),
        ("app/src/org/till/Till.java", "class Till {}", "Till", (found,)),
    )
    assert reached(edges) == [("app/src/org/till/Till.java", "lib/src/org/shop/ktx/Money.kt")]


@pytest.mark.parametrize(
    ("module", "whose"),
    [
        ("com.github.ben.caffeine.cache.Cache", "com.github.ben.caffeine"),
        ("io.github.owner.tool.x.Y", "io.github.owner.tool"),
        ("org.apache.commons.lang3.StringUtils", "org.apache.commons.lang3"),
        ("org.apache.kafka.clients.Producer", "org.apache.kafka"),
        ("net.sourceforge.argparse4j.inf.Namespace", "net.sourceforge.argparse4j"),
        ("org.springframework.boot.Application", "org.springframework"),
        ("com.google", "com.google"),  # nothing more is known
        ("okio.Buffer", "okio"),
        ("de.danoeh.feed.Feed", "de.danoeh"),
    ],
)
def test_a_package_is_its_owners_not_its_hosts(module: str, whose: str) -> None:
    assert owner(module) == whose


def test_libraries_below_the_platforms_names_are_no_platform() -> None:
    assert is_platform("com.sun.net.httpserver.HttpServer")
    assert not is_platform("com.sun.jna.Native")


def _outside(module: str, manifest: str = "") -> list[tuple[str, str | None]]:
    own = [(f"app/src/org/shop/till/M{at}.java", "", f"M{at}", ()) for at in range(3)]
    return reached(resolved(*own, ("app/src/org/shop/Main.java", "", "Main", (Import(module, 1),)), manifest=manifest))


@pytest.mark.parametrize(
    "module", ["org.shop.R", "org.shop.databinding.MainBinding", "org.shop.till.BuildConfig", "org.shop.made.Thing"]
)
def test_what_a_build_makes_in_our_packages_is_nobody_elses(module: str) -> None:
    assert not any(target and not target.endswith(".java") for _, target in _outside(module))


def test_a_library_of_the_same_owner_is_one_that_the_manifest_asks_for() -> None:
    found = _outside("org.shop.extractor.stream.Info", 'implementation("com.github.Shop:Extractor:1")')
    assert found == [("app/src/org/shop/Main.java", "org.shop.extractor")]


def test_a_helper_in_somebody_elses_package_does_not_make_it_ours() -> None:
    own = [(f"app/src/org/shop/M{at}.java", "", f"M{at}", (Import("assertk.assertThat", 1),)) for at in range(40)]
    found = reached(resolved(*own, ("app/src/assertk/Extra.java", "", "Extra", ())))
    assert {target for _, target in found} == {"assertk"}
