from __future__ import annotations

from pathlib import Path

import pytest

from archaeology.model import Check, Command, End, Family, Hypothesis, ImportBoundary, PossibleIntent
from bench.evaluation.at_birth import belied, main
from fixtures import build_layered
from fixtures.facts import FactsBuilder

DOMAIN = End(module="shop.domain", path="shop/domain/")
WEB = End(module="shop.web", path="shop/web/")


def hypothesis(title: str, check: Check | None) -> Hypothesis:
    return Hypothesis(
        id=f"hyp_{title}",
        title=title,
        family=Family.LAYER_DIRECTION,
        confidence=0.8,
        rationale=(),
        possible_intent=PossibleIntent(),
        observations=(),
        check=check,
    )


def test_a_check_that_fails_where_it_was_mined_is_named_with_its_places() -> None:
    facts = (
        FactsBuilder()
        .module("shop/domain/order.py", "import shop.web.app", imports=("shop/web/app.py",))
        .module("shop/web/app.py", "", imports=())
        .build()
    )
    said = [
        hypothesis("true", ImportBoundary(sources=(WEB,), forbidden=(DOMAIN,))),
        hypothesis("without a check", None),
        hypothesis("a command is not run", Command(argv=("false",))),
        hypothesis("false", ImportBoundary(sources=(DOMAIN,), forbidden=(WEB,))),
    ]
    (found,) = belied(facts, said)
    assert (found.rank, found.title, found.violations) == (4, "false", 1)
    assert "shop/domain/order.py" in found.places[0]


def test_what_is_mined_from_a_layered_package_holds_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_layered(tmp_path / "layered")
    assert main(["--clones", str(tmp_path)]) == 0
    first, last = capsys.readouterr().out.strip().splitlines()
    assert first.startswith("layered: 0 of ")
    assert int(last.split(" of ")[1].split()[0]) > 0
