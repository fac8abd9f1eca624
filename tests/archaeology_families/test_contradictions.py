"""Sources that contradict each other, and interfaces with one implementation."""

from typing import Any

import pytest

from archaeology.detectors.contradictions import detect_contradictions
from archaeology.facts import (
    Definition,
    Facts,
    Fake,
    FileFacts,
    Import,
    Rule,
)
from archaeology.history.model import FileHistory
from archaeology.model import Family
from fixtures import FactsBuilder
from fixtures.families import DAY, NOW, proposed, python


def contradicted(text: str) -> Facts:
    rule = Rule(text, "CONTRIBUTING.md", 1, 1, "must_not", document="contributing")
    return (
        FactsBuilder()
        .file("CONTRIBUTING.md", text)
        .rule(rule)
        .module(
            "src/shop/cart.py",
            "import requestly",
            code=python(imports=(Import("requestly", 1),)),
            imports=("requestly",),
        )
        .build()
    )


def test_a_document_that_says_never_and_code_that_does() -> None:
    (hypothesis,) = proposed(contradicted("Never import `requestly` directly."), Family.CONTRADICTION)
    assert hypothesis.title.startswith(
        "CONTRIBUTING.md says “Never import `requestly` directly.”, yet one place uses `requestly`"
    )
    assert hypothesis.stated_by
    assert hypothesis.questions[0].endswith("?")


@pytest.mark.parametrize(
    "text",
    [
        "Never import `requestly` in tests.",
        "Never import `other`.",
        "Do not use `requestly` to create carts.",
        "Requests must not be slow.",
    ],
)
def test_rules_about_something_else_are_not_contradicted(text: str) -> None:
    assert not list(detect_contradictions(contradicted(text)))


@pytest.mark.parametrize("marks", [{"abstract": True}, {"visibility": "internal"}, {"name": "IPricing.None"}])
def test_an_interface_in_front_of_something_hidden_abstract_or_nested_needs_no_second_side(
    marks: dict[str, Any],
) -> None:
    interface = Definition("IPricing", "interface", "public", 1, 5)
    methods = tuple(Definition(f"IPricing.m{number}", "method", "public", 2, 2) for number in range(3))
    only = Definition("Pricing", "class", "public", 1, 9, bases=("IPricing",))._replace(**marks)
    builder = FactsBuilder().module("src/IPricing.cs", "x\n" * 9, code=python(interface, *methods))
    builder.module("src/Pricing.cs", "x\n" * 9, code=python(only)).commit("Newest", time=NOW)
    builder.commit("Write", time=NOW - 1500 * DAY)
    builder.file_history(FileHistory("src/IPricing.cs", 3, 1, 0, NOW - 1500 * DAY, NOW))
    assert not list(detect_contradictions(builder.build()))


def lonely(kind: str = "class") -> FactsBuilder:
    interface = Definition("IPricing", "interface", "public", 1, 5)
    methods = tuple(Definition(f"IPricing.m{number}", "method", "public", 2, 2) for number in range(3))
    only = Definition("Pricing", kind, "public", 1, 9, bases=("IPricing",))
    return (
        FactsBuilder()
        .module(
            "src/IPricing.cs",
            "interface IPricing {}\n" * 5,
            code=FileFacts("csharp", definitions=(interface, *methods)),
        )
        .module("src/impl/Pricing.cs", "class Pricing {}", code=FileFacts("csharp", definitions=(only,)))
        .file_history(FileHistory("src/IPricing.cs", 3, 1, 0, NOW - 4 * 366 * DAY, NOW))
        .commit("Newest", time=NOW)
        .commit("Add pricing", time=NOW - 4 * 366 * DAY)
    )


def test_an_interface_that_has_been_alone_for_years_is_a_question() -> None:
    builder = lonely()
    (hypothesis,) = proposed(builder.build(), Family.CONTRADICTION)
    assert (
        hypothesis.title
        == "`IPricing` has had `Pricing` as its only implementation for 4 years, and no test replaces it: what is it for?"
    )
    builder.fake(Fake("FakePricing", "tests/fakes.cs", 1, "fake", "IPricing"))
    assert not proposed(builder.build(), Family.CONTRADICTION)


def test_an_interface_that_another_one_extends_is_not_implemented_by_it() -> None:
    assert not proposed(lonely("interface").build(), Family.CONTRADICTION)


@pytest.mark.parametrize(("others", "is_told"), [(3, True), (12, False)])
def test_where_every_interface_has_one_implementation_none_is_a_question(others: int, is_told: bool) -> None:
    builder = lonely()
    for number in range(others):
        name = f"Ordering{'abcdefghijkl'[number]}"
        port = Definition(f"I{name}", "interface", "public", 1, 9)
        methods = tuple(Definition(f"I{name}.Do{which}", "method", "public", which, which) for which in range(2, 8))
        only = Definition(name, "class", "public", 1, 1, bases=(f"I{name}",))
        builder.module(
            f"src/I{name}.cs", f"interface I{name} {{}}", code=FileFacts("csharp", definitions=(port, *methods))
        )
        builder.module(f"src/impl/{name}.cs", f"class {name} {{}}", code=FileFacts("csharp", definitions=(only,)))
        builder.file_history(FileHistory(f"src/I{name}.cs", 3, 1, 0, NOW - 4 * 366 * DAY, NOW))
    assert bool(proposed(builder.build(), Family.CONTRADICTION)) is is_told


@pytest.mark.parametrize("folder", ["src/gms", "examples/shop"])
def test_what_builds_upon_the_only_implementation_is_another_one(folder: str) -> None:
    flavour = Definition("ShopPricing", "class", "public", 1, 1, bases=("Pricing",))
    builder = lonely().module(
        f"{folder}/ShopPricing.cs", "class ShopPricing {}", code=FileFacts("csharp", definitions=(flavour,))
    )
    assert not proposed(builder.build(), Family.CONTRADICTION)
