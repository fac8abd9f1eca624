"""Who calls a function is told only where it is plain: one definition, a telling name, a handful of callers outside of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.warned import called_by
from alloy_assist.operations.callers import callers_in, name_of
from alloy_assist.operations.evidence import Evidence
from alloy_assist.operations.interview_lookups import told_of_function
from archaeology.errors import ArchaeologyError
from archaeology.model import Category
from fixtures.builder import RepositoryBuilder

HOME = "shop/pay.py"
OWN = "def settle_order(order):\n    return order\n"


@pytest.mark.parametrize(
    ("texts", "callers"),
    [
        ({"shop/web.py": "x = settle_order(1)\n"}, ("shop/web.py",)),
        ({"shop/web.py": "x = pay.settle_order(1)\n", "shop/a.py": "settle_order (2)\n"}, ("shop/web.py",)),
        ({"shop/web.py": "# settle_order(1) was here\n"}, ()),
        ({"shop/web.py": "settle_orders(1)\nmy_settle_order(2)\n"}, ()),
        ({"tests/test_pay.py": "settle_order(1)\n", "spec/pay_spec.py": "settle_order(1)\n"}, ()),
        ({"shop/web.py": "settle_order(1)\n", "shop/other.py": "def settle_order(x):\n    pass\n"}, ()),
        ({"shop/web.rs": "let x = settle_order::<u8>(1);\n", "shop/b.rs": "settle_order<T>(1)\n"}, ("shop/b.rs",)),
        ({"A.java": "  public Order settle_order(int a) {\n"}, ()),
        ({"A.java": "  return settle_order(1);\n"}, ("A.java",)),
        ({"b.go": "func (s *Shop) settle_order(a int) error {\n"}, ()),
        ({f"m{number}.py": "settle_order(1)\n" for number in range(9)}, ()),
        ({"shop/web.py": "settle_order" * 20_000 + "(" * 20_000}, ()),
        ({}, ()),
    ],
)
def test_callers_are_those_that_nothing_else_could_mean(texts: dict[str, str], callers: tuple[str, ...]) -> None:
    assert callers_in(HOME, "Shop.settle_order", {HOME: OWN, **texts}) == callers


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("Manager.get_rules", "get_rules"),
        ("Pool<DB>::try_min_connections", "try_min_connections"),
        ("endBatch", "endBatch"),
        ("Bits.get", ""),
        ("Cert.validate", ""),
        ("", ""),
        ("a b\x1b", ""),
        ("operator==equals_to", ""),
    ],
)
def test_a_plain_name_is_not_looked_for(symbol: str, name: str) -> None:
    assert name_of(symbol) == name


def warned(symbol: str | None = "settle_order") -> m.Subject:
    comment = m.Seen(
        id="c",
        category=Category.TEXTUAL,
        summary="A comment says so",
        facts={"role": "comment", "path": HOME, "sentence": "so", **({"symbol": symbol} if symbol else {})},
        heard=m.Heard(harm="lost orders"),
    )
    return m.Subject(kind=m.SubjectKind.HYPOTHESIS, ref="hyp_1", family="scar_tissue", paths=(HOME,), seen=(comment,))


def test_callers_are_read_from_the_commit_and_told_with_the_promise(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.write(HOME, OWN)
    builder.write("shop/web.py", "from shop.pay import settle_order\n\nsettle_order(1)\n")
    builder.write("shop/desk/till.py", "import shop.pay\n\nshop.pay.settle_order(2)\n")
    builder.commit("Begin")
    about = told_of_function(Evidence(tmp_path / "shop", None), warned())

    assert about.seen[-1].summary == "`settle_order` is called in `shop/desk/till.py` and `shop/web.py`"
    assert called_by(about) == ("when `till.py` or `web.py` calls", "`settle_order`")


class Broken:
    """A repository that cannot be read."""

    def callers(self, path: str, symbol: str) -> tuple[str, ...]:
        raise ArchaeologyError(f"{path}: {symbol}")

    documentation = callers


def test_an_interview_begins_without_callers_too(tmp_path: Path) -> None:
    about = warned()
    assert told_of_function(Broken(), about) == about  # type: ignore[arg-type]
    assert told_of_function(Evidence(tmp_path, None), about) == about
    assert called_by(about) is None
    nowhere = warned(symbol=None)
    assert told_of_function(Evidence(tmp_path, None), nowhere) == nowhere
