"""Failures told apart by type, and vendors behind a port."""

import pytest

from archaeology.detectors.doubles import mocked
from archaeology.detectors.ports_and_adapters import detect_ports_and_adapters
from archaeology.detectors.typed_errors import detect_typed_errors
from archaeology.facts import (
    Call,
    Catch,
    Definition,
    Fake,
    FileFacts,
    Import,
    Raise,
)
from archaeology.model import Family, Hypothesis
from fixtures import FactsBuilder
from fixtures.families import errors, ports, proposed, python


def test_never_is_said_of_a_vendors_errors_only_where_every_importer_translates_them() -> None:
    (hypothesis,) = proposed(errors(translated_in=2, importers=2).build(), Family.TYPED_ERRORS)
    assert hypothesis.title == "No error of `stripely` gets past its adapters: callers see kinds of `ShopError`."
    (hypothesis,) = proposed(errors(translated_in=1, importers=3).build(), Family.TYPED_ERRORS)
    assert (
        hypothesis.title
        == "In `pay0.py`, errors of `stripely` are turned into kinds of `ShopError` before callers see them."
    )
    assert any("2 files import the same and translate nothing" in item.summary for item in hypothesis.counter_evidence)


def test_a_call_that_is_not_guarded_is_named_with_the_guarded_ones() -> None:
    def said(*calls: Call) -> Hypothesis:
        builder = errors(translated_in=2, importers=2)
        code = python(
            imports=(Import("stripely", 1),),
            raises=tuple(Raise("Declined", line, "pay") for line in range(2, 8)),
            catches=(Catch(("stripely.CardError",), 3, "pay"),),
            calls=calls,
        )
        builder.module("src/shop/pay1.py", "import stripely\n" * 9, code=code, imports=("stripely",))
        (hypothesis,) = proposed(builder.build(), Family.TYPED_ERRORS)
        return hypothesis

    guarded = (
        Call("stripely.charge", 2, "pay"),
        Call("stripely.CardError", 4, "other"),
        Call("json.loads", 5, "other"),
    )
    assert said(*guarded).title.startswith("No error of `stripely` gets past")
    hypothesis = said(*guarded, Call("stripely.connect", 9, "Session.open"))
    assert hypothesis.title == (
        "`pay` turns errors of `stripely` into kinds of `ShopError`, but `Session.open` calls `stripely` unguarded."
    )
    assert hypothesis.questions[0].startswith("`Session.open` (src/shop/pay1.py:9) calls `stripely`")


def test_an_error_hierarchy_that_nothing_else_speaks_for_is_habit() -> None:
    facts = errors(translated_in=0, importers=2).build()
    assert not list(detect_typed_errors(facts))


def test_a_vendor_behind_a_port_with_a_fake_is_told_in_one_sentence() -> None:
    (hypothesis,) = proposed(ports().build(), Family.PORTS_AND_ADAPTERS)
    assert (
        hypothesis.title
        == "`stripely` stays behind `Gateway`: `StripelyGateway` in production, `FakeGateway` in tests."
    )
    assert hypothesis.check is not None
    assert hypothesis.check.kind == "import_boundary"
    assert hypothesis.possible_intent.tradeoff is None


def test_a_vendor_that_many_others_import_is_not_behind_the_port() -> None:
    (hypothesis,) = proposed(ports(others=3).build(), Family.PORTS_AND_ADAPTERS)
    assert "stays behind" not in hypothesis.title


def test_an_interface_without_a_fake_and_without_words_is_ceremony() -> None:
    assert not proposed(ports(fake=False).build(), Family.PORTS_AND_ADAPTERS)
    assert not list(detect_ports_and_adapters(ports(others=3, fake=False).build()))


@pytest.mark.parametrize(
    ("path", "is_double"),
    [
        ("benches/store.py", False),
        ("lib/Benchmark/store.py", False),
        ("Shop.Benchmarks/store.py", False),
        ("examples/shop/store.py", False),
        ("src/bench.rs", False),
        ("tests/workbench/store.py", True),
    ],
)
def test_a_double_of_a_benchmark_or_an_example_is_no_test_double(path: str, is_double: bool) -> None:
    code = python(Definition("FakeGateway", "class", "public", 1, 1, bases=("Gateway",)))
    builder = ports(others=3, fake=False).module(path, "class FakeGateway(Gateway): ...", code=code)
    facts = builder.fake(Fake("FakeGateway", path, 1, "fake", "Gateway")).build()
    assert bool(list(detect_ports_and_adapters(facts))) is is_double


def test_a_double_made_on_the_spot_is_no_class_that_somebody_keeps() -> None:
    builder = ports(others=3, fake=False).file("tests/fakes.py", "mock(Gateway)")
    assert not list(
        detect_ports_and_adapters(builder.fake(Fake("Mockito.mock", "tests/fakes.py", 1, "mock", "Gateway")).build())
    )


def test_only_the_implementations_that_let_the_vendor_in_are_named_for_it() -> None:
    builder = ports().module(
        "src/shop/adapters/paper.py",
        "class PaperGateway:\n" * 3,
        code=python(Definition("PaperGateway", "class", "public", 1, 3, bases=("Gateway",))),
        imports=("src/shop/ports/gateway.py",),
    )
    (hypothesis,) = proposed(builder.build(), Family.PORTS_AND_ADAPTERS)
    assert "PaperGateway" not in hypothesis.title
    assert "`StripelyGateway` in production" in hypothesis.title


def test_what_implements_an_interface_through_another_one_implements_it() -> None:
    builder = ports(others=3)
    for path, name, kind, base in (
        ("src/shop/ports/refunds.py", "RefundGateway", "protocol", "Gateway"),
        ("src/shop/adapters/refunds.py", "PlainRefundGateway", "class", "RefundGateway"),
    ):
        builder.module(path, f"class {name}:\n" * 3, code=python(Definition(name, kind, "public", 1, 3, bases=(base,))))
    (port,) = [item for item in detect_ports_and_adapters(builder.build()) if item.data.get("name") == "Gateway"]
    assert set(port.data["implementations"]) == {"StripelyGateway", "PlainRefundGateway"}


@pytest.mark.parametrize(
    ("name", "is_seam"),
    [("Ledger", True), ("LedgerAware", False), ("LedgerListener", False), ("PaymentCallback", False)],
)
def test_what_is_told_or_given_something_is_no_seam(name: str, *, is_seam: bool) -> None:
    builder = FactsBuilder()
    for path, own, bases in (
        ("src/shop/told.py", name, ()),
        ("src/shop/till.py", "Till", (name,)),
        ("tests/fakes.py", f"Fake{name}", (name,)),
    ):
        kind = "class" if bases else "protocol"
        builder.module(path, f"class {own}:\n" * 3, code=python(Definition(own, kind, "public", 1, 3, bases=bases)))
    builder.fake(Fake(f"Fake{name}", "tests/fakes.py", 1, "fake", name))
    assert bool(list(detect_ports_and_adapters(builder.build()))) is is_seam


def test_mocks_are_counted_beside_the_double_that_somebody_wrote() -> None:
    builder = ports(others=3)
    for number in range(12):
        path = f"tests/test_page{number}.py"
        builder.file(path, "mock(Gateway)").fake(Fake("create_autospec", path, 1, "mock", "gateway.Gateway"))
    builder.file("tests/test_other.py", "mock(Till)").fake(
        Fake("create_autospec", "tests/test_other.py", 1, "mock", "Till")
    )
    facts = builder.build()
    (hypothesis,) = proposed(facts, Family.PORTS_AND_ADAPTERS)
    assert hypothesis.title.endswith("`FakeGateway` stands in, and mocks in 12 test files.")
    assert hypothesis.confidence > proposed(ports(others=3).build(), Family.PORTS_AND_ADAPTERS)[0].confidence
    assert set(mocked(facts)) == {"Gateway", "Till"}


@pytest.mark.parametrize(
    ("names", "base", "is_ours"),
    [(("Gateway",), "Gateway", False), ((), "gatewaylib.Gateway", False), ((), "Gateway", True)],
)
def test_a_class_of_a_base_from_outside_does_not_implement_the_port_of_that_name(
    names: tuple[str, ...], base: str, is_ours: bool
) -> None:
    code = python(Definition("Plain", "class", "public", 1, 3, bases=(base,)))
    builder = ports(others=3).module("src/shop/web/plain.py", "class Plain:\n" * 3, code=code)
    builder.edge("src/shop/web/plain.py", "gatewaylib", names=names)
    found = [item.data.get("implementations", ()) for item in detect_ports_and_adapters(builder.build())]
    assert any("Plain" in names for names in found) is is_ours


def test_a_double_that_only_bears_the_name_stands_for_something_else() -> None:
    code = python(Definition("DummyGateway", "class", "public", 1, 1, bases=("list",)))
    builder = ports(others=3, fake=False).module("tests/fakes.py", "class DummyGateway(list): ...", code=code)
    assert not list(
        detect_ports_and_adapters(builder.fake(Fake("DummyGateway", "tests/fakes.py", 1, "fake", "Gateway")).build())
    )


def test_what_many_implement_is_a_point_to_extend_and_no_port() -> None:
    builder = ports()
    for number in range(6):
        code = python(Definition(f"Way{number}", "class", "public", 1, 1, bases=("Gateway",)))
        builder.module(f"src/shop/ways/way{number}.py", "class Way(Gateway): ...", code=code)
    assert not list(detect_ports_and_adapters(builder.build()))


def test_what_is_abstract_implements_nothing_and_what_builds_upon_it_does() -> None:
    between = Definition("Between", "class", "public", 1, 1, bases=("Gateway",), abstract=True)
    builder = ports().module("src/shop/ways/between.py", "class Between(Gateway): ...", code=python(between))
    last = Definition("Last", "class", "public", 1, 1, bases=("Between",))
    builder.module("src/shop/ways/last.py", "class Last(Between): ...", code=python(last))
    (found,) = [item for item in detect_ports_and_adapters(builder.build()) if "implementations" in item.data]
    assert found.data["implementations"] == ["StripelyGateway", "Last"]


def test_a_struct_of_go_that_carries_an_interface_is_no_implementation_of_it() -> None:
    builder = FactsBuilder()
    port = Definition("Storage", "interface", "public", 1, 3)
    adapter = Definition("wrappedStorage", "struct", "private", 1, 3, bases=("Storage",))
    for path, definition in (("storage/port.go", port), ("remote/wrapped.go", adapter)):
        builder.module(path, "package x", code=FileFacts("go", lines=3, definitions=(definition,)))
    builder.fake(Fake("FakeStorage", "remote/wrapped_test.go", 1, "fake", "Storage"))
    assert not list(detect_ports_and_adapters(builder.build()))


def test_an_own_error_raised_elsewhere_in_the_function_is_no_translation() -> None:
    builder = errors(translated_in=0, importers=1)
    builder.module(
        "src/shop/pay9.py",
        "import stripely\n" * 60,
        code=python(
            imports=(Import("stripely", 1),),
            raises=tuple(Raise("Declined", line, "pay") for line in range(2, 8)),
            catches=(Catch(("stripely.CardError",), 30, "pay"), Catch(("KeyError",), 1, "pay")),
        ),
        imports=("stripely",),
    )
    assert not any("vendors" in item.data for item in detect_typed_errors(builder.build()))


@pytest.mark.parametrize(
    ("imported", "raised", "is_translation"),
    [
        (Import("stripely.errors", 1, ("Declined",)), "Declined", False),
        (Import("stripely", 1), "stripely.Declined", False),
        (Import("stripely.errors", 1, ("Declined",), alias="Refused"), "Declined", True),
        (Import("shop.errors", 1, ("Declined",)), "Declined", True),
    ],
)
def test_an_error_of_the_vendors_that_bears_an_own_name_is_no_translation(
    imported: Import, raised: str, *, is_translation: bool
) -> None:
    builder = errors(translated_in=0, importers=1)
    kinds = tuple(Raise("Expired", line, "other") for line in range(20, 28))
    code = python(
        imports=(Import("stripely", 1), imported),
        raises=(*kinds, Raise(raised, 4, "pay")),
        catches=(Catch(("stripely.CardError",), 3, "pay"),),
    )
    builder.module("src/shop/pay9.py", "import stripely\n" * 60, code=code, imports=("stripely",))
    found = list(detect_typed_errors(builder.build()))
    assert found
    assert any("vendors" in item.data for item in found) is is_translation


def test_a_table_from_a_vendors_errors_to_own_ones_is_a_translation() -> None:
    lines = ("httpcorely.Timeout: Expired,", "httpcorely.Refused: Unreachable,", "httpcorely.Lost: Unreachable,")
    code = FileFacts("python", lines=9, catches=(Catch(("Exception",), 8, "send"),))

    def vendors(*table: str) -> set[str]:
        builder = errors(translated_in=1, importers=1)
        builder.module("src/shop/transport.py", "\n".join(table), imports=("httpcorely",), code=code)
        found = [item.data["vendors"] for item in detect_typed_errors(builder.build()) if "vendors" in item.data]
        return {vendor for names in found for vendor in names}

    assert vendors(*lines) == {"httpcorely", "stripely"}
    assert vendors(*lines[:2]) == {"stripely"}
    assert vendors(*(line.replace("Expired", "KeyError") for line in lines)) == {"stripely"}
