from __future__ import annotations

import pytest

from archaeology.checks import evaluate
from archaeology.facts import Facts
from archaeology.model import BoundaryException, End, ImportBoundary
from fixtures import FactsBuilder


def package(name: str) -> End:
    return End(module=f"shop.{name}", path=f"src/shop/{name}/")


def module(name: str) -> End:
    return End(module=f"shop.{name.replace('/', '.')}", path=f"src/shop/{name}.py")


def shop() -> FactsBuilder:
    return (
        FactsBuilder()
        .module("src/shop/domain/order.py", imports=("src/shop/util/money.py",))
        .module("src/shop/util/money.py", imports=("src/shop/web/format.py",))
        .module("src/shop/web/format.py", imports=("flask",))
        .module("src/shop/web/app.py", imports=("src/shop/domain/order.py", "flask"))
    )


def test_a_direct_import_is_a_violation_with_its_line() -> None:
    facts = shop().edge("src/shop/domain/order.py", "src/shop/web/app.py", line=7).build()
    verdict = evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(package("web"),)), facts)
    assert verdict.holds is False
    [violation] = verdict.violations
    assert (violation.path, violation.line) == ("src/shop/domain/order.py", 7)
    assert violation.chain[-1].target == "src/shop/web/app.py"


def test_a_chain_counts_only_where_indirect_imports_are_banned() -> None:
    facts = shop().build()
    assert evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(package("web"),)), facts).holds is True
    verdict = evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(package("web"),), indirect=True), facts)
    assert verdict.holds is False
    assert [step.target for step in verdict.violations[0].chain] == ["src/shop/util/money.py", "src/shop/web/format.py"]


def test_an_exception_takes_the_import_out_of_chains_too() -> None:
    check = ImportBoundary(
        sources=(package("domain"),),
        forbidden=(package("web"),),
        except_=(BoundaryException(from_="shop.util.*", to="shop.web.format"),),
        indirect=True,
    )
    assert evaluate(check, shop().build()).holds is True


def test_the_shortest_chain_is_the_one_that_is_told() -> None:
    facts = shop().edge("src/shop/domain/order.py", "src/shop/web/format.py", line=9).build()
    verdict = evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(package("web"),), indirect=True), facts)
    assert [len(violation.chain) for violation in verdict.violations] == [1]


def test_external_packages_are_banned_by_name() -> None:
    check = ImportBoundary(
        sources=(End(module="shop", path="src/shop/"),),
        forbidden=(End(module="flask", external=True),),
        except_=(BoundaryException(from_="src/shop/web/", to="flask"),),
    )
    assert evaluate(check, shop().build()).holds is True
    broken = shop().edge("src/shop/domain/order.py", "flask", line=3).build()
    assert [v.detail for v in evaluate(check, broken).violations] == ["src/shop/domain/order.py imports flask"]


def test_type_checking_imports_can_be_let_through() -> None:
    facts = shop().edge("src/shop/domain/order.py", "src/shop/web/app.py", type_checking=True).build()
    strict = ImportBoundary(sources=(package("domain"),), forbidden=(package("web"),))
    assert evaluate(strict, facts).holds is False
    assert evaluate(strict.model_copy(update={"ignore_type_checking": True}), facts).holds is True


def test_siblings_are_judged_pair_by_pair_and_not_against_themselves() -> None:
    builder = (
        FactsBuilder()
        .module("src/shop/a/one.py", imports=("src/shop/a/two.py",))
        .module("src/shop/a/two.py")
        .module("src/shop/b/one.py")
    )
    check = ImportBoundary(sources=(package("a"), package("b")), forbidden=(package("a"), package("b")))
    assert evaluate(check, builder.build()).holds is True
    verdict = evaluate(check, builder.edge("src/shop/b/one.py", "src/shop/a/two.py").build())
    assert [violation.path for violation in verdict.violations] == ["src/shop/b/one.py"]


def test_what_is_gone_cannot_be_judged_and_that_is_said() -> None:
    verdict = evaluate(ImportBoundary(sources=(package("nowhere"),), forbidden=(package("web"),)), shop().build())
    assert verdict.holds is None
    assert "src/shop/nowhere/" in verdict.detail


def test_a_forbidden_end_that_is_gone_is_mentioned() -> None:
    verdict = evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(module("gone"),)), shop().build())
    assert verdict.holds is True
    assert "src/shop/gone.py" in verdict.detail


def test_cycles_end() -> None:
    facts = shop().edge("src/shop/web/format.py", "src/shop/util/money.py").build()
    verdict = evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(module("none"),), indirect=True), facts)
    assert verdict.holds is True


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_imports_does_not_matter(order: int) -> None:
    def facts() -> Facts:
        builder = FactsBuilder().module("src/shop/web/app.py").module("src/shop/web/z.py")
        for name in ("a", "b", "c")[::order]:
            builder.module(f"src/shop/domain/{name}.py", imports=("src/shop/web/z.py", "src/shop/web/app.py")[::order])
        return builder.build()

    verdict = evaluate(ImportBoundary(sources=(package("domain"),), forbidden=(package("web"),)), facts())
    assert sorted((v.path, v.chain[0].target) for v in verdict.violations) == [
        (f"src/shop/domain/{name}.py", f"src/shop/web/{file}.py") for name in "abc" for file in ("app", "z")
    ]
