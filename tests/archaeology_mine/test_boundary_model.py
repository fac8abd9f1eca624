from __future__ import annotations

import math

import numpy as np
import pytest

from archaeology.boundaries.chance import at_most, corrected, expected_imports, none_outside
from archaeology.boundaries.containers import containers
from archaeology.boundaries.from_facts import file_graph
from archaeology.boundaries.heights import heights, order
from archaeology.boundaries.product import main_folder
from archaeology.facts import Facts, Flag
from fixtures import FactsBuilder


def layered() -> Facts:
    """web > service > store, with two modules each, and helpers that all use."""
    builder = FactsBuilder()
    for name in ("web", "service", "store", "util"):
        builder.module(f"src/app/{name}/__init__.py").module(f"src/app/{name}/one.py").module(f"src/app/{name}/two.py")
    for source, target in (("web", "service"), ("service", "store"), ("web", "util"), ("store", "util")):
        for file in ("one", "two"):
            builder.edge(f"src/app/{source}/{file}.py", f"src/app/{target}/one.py")
    return builder.build()


def test_units_of_a_container_and_their_imports() -> None:
    graph = file_graph(layered())
    container = next(one for one in containers(graph) if one.path == "src/app/")
    assert container.names == ("service", "store", "util", "web")
    assert container.imports[3].tolist() == [2, 0, 2, 0]
    assert [unit.module for unit in container.units] == ["app.service", "app.store", "app.util", "app.web"]


def test_tests_and_vendored_files_are_no_units() -> None:
    facts = (
        FactsBuilder()
        .module("app/a.py", imports=("app/b.py",))
        .module("app/b.py")
        .module("app/vendor.py", flags=(Flag.VENDORED,))
        .module("app/tests/test_a.py", imports=("app/a.py",), flags=(Flag.TEST,))
        .build()
    )
    [container] = [one for one in containers(file_graph(facts)) if one.path == "app/"]
    assert container.names == ("a", "b")


def test_typing_imports_are_counted_apart() -> None:
    facts = (
        FactsBuilder().module("app/a.py").module("app/b.py").edge("app/a.py", "app/b.py", type_checking=True).build()
    )
    [container] = [one for one in containers(file_graph(facts)) if one.path == "app/"]
    assert container.imports.sum() == 0
    assert container.typing_imports.sum() == 1


def test_the_null_model_keeps_degrees() -> None:
    container = next(one for one in containers(file_graph(layered())) if one.path == "src/app/")
    expected = expected_imports(container)
    counts = container.imports + np.diag(container.inner)
    assert np.allclose(expected.sum(axis=1), counts.sum(axis=1))
    assert np.allclose(expected.sum(axis=0), counts.sum(axis=0))


def test_poisson_tail() -> None:
    assert at_most(0, 3.0) == pytest.approx(math.exp(-3.0))
    assert at_most(1, 3.0) == pytest.approx(4.0 * math.exp(-3.0))
    assert at_most(5, 0.0) == 1.0
    assert at_most(400, 300.0) == pytest.approx(1.0, abs=1e-6)


def test_all_in_one_place_by_chance() -> None:
    assert none_outside(2, 2, 4) == pytest.approx(1 / 6)
    assert none_outside(1, 2, 4) == 0.0
    assert none_outside(4, 2, 4) == pytest.approx(1.0)


def test_more_comparisons_make_a_find_less_surprising() -> None:
    assert corrected(0.01, 10) == pytest.approx(0.1)
    assert corrected(0.5, 10) == 1.0


def test_importers_stand_above_what_they_import() -> None:
    container = next(one for one in containers(file_graph(layered())) if one.path == "src/app/")
    standing = heights(container)
    view = order(container, standing)
    height = dict(zip(container.names, standing.tolist(), strict=True))
    assert height["web"] > height["service"] > height["store"] > height["util"]
    assert dict(zip(container.names, view.level.tolist(), strict=True)) == {
        "util": 0,
        "store": 1,
        "service": 2,
        "web": 3,
    }
    assert view.reaches[container.names.index("web"), container.names.index("store")]


def test_a_trickle_against_the_stream_is_an_exception_and_no_direction() -> None:
    builder = FactsBuilder().module("app/low/x.py").module("app/other/y.py")
    for number in range(6):
        builder.module(f"app/high/m{number}.py", imports=("app/low/x.py",))
    facts = builder.edge("app/low/x.py", "app/high/m0.py").build()
    container = next(one for one in containers(file_graph(facts)) if one.path == "app/")
    view = order(container, heights(container))
    low, high = container.names.index("low"), container.names.index("high")
    assert view.against[low, high]
    assert not view.against[high, low]


def test_the_main_folder_is_where_imports_are_and_not_where_files_are() -> None:
    builder = FactsBuilder()
    for number in range(30):
        builder.module(f"guide/snippet{number}.py")
    for number in range(5):
        builder.module(f"src/app/m{number}.py", imports=tuple(f"src/app/m{other}.py" for other in range(number)))
    assert main_folder(file_graph(builder.build())) == "src/app/"


def test_nothing_has_no_main_folder() -> None:
    assert main_folder(file_graph(FactsBuilder().build())) == ""
