"""Packages, hotspots and co-change, for the reader of a report."""

from archaeology.detectors.overview import detect_overview, group_packages
from archaeology.history.model import CoChange, FileHistory
from fixtures import FactsBuilder


def test_the_largest_packages_are_divided() -> None:
    paths = [f"src/shop/{part}/m{number}.py" for part in ("web", "domain", "adapters") for number in range(4)]
    paths += [f"src/shop/web/pages/p{number}.py" for number in range(9)]
    assert set(group_packages(paths).values()) == {
        "src/shop/web/",
        "src/shop/domain/",
        "src/shop/adapters/",
        "src/shop/web/pages/",
    }


def test_a_flat_package_is_told_by_its_modules() -> None:
    paths = [f"flat/{name}.py" for name in ("api", "client", "models")]
    assert group_packages(paths) == {path: path for path in paths}


def test_there_are_never_too_many_packages() -> None:
    paths = [f"src/p{number}/q{part}/m.py" for number in range(40) for part in range(3)]
    assert len(set(group_packages(paths).values())) <= 40
    assert group_packages([]) == {}


def test_the_matrix_counts_imports_of_packages_and_of_fenced_vendors() -> None:
    builder = FactsBuilder()
    for part in ("web", "domain", "adapters", "jobs", "mail"):
        for number in range(5):
            builder.module(f"src/{part}/m{number}.py", "pass")
    builder.edge("src/web/m0.py", "src/domain/m1.py").edge("src/web/m1.py", "src/domain/m1.py")
    for number in range(3):
        builder.edge(f"src/adapters/m{number}.py", "stripely")
    (found,) = detect_overview(builder.build())
    matrix = found.data["matrix"]
    row = matrix["packages"].index("src/web/")
    assert matrix["counts"][row][matrix["packages"].index("src/domain/")] == 2
    assert matrix["externals"] == ["stripely"]


def test_hotspots_are_the_files_that_change_most() -> None:
    builder = FactsBuilder().module("a.py", "pass").module("b.py", "pass")
    builder.file_history(FileHistory("a.py", 20, 3, 9, 0, 1)).file_history(FileHistory("b.py", 6, 1, 0, 0, 1))
    builder.cochange(CoChange("a.py", "b.py", 6, 20, 6))
    (found,) = detect_overview(builder.build())
    assert [spot["path"] for spot in found.data["hotspots"]] == ["a.py", "b.py"]
    assert found.data["cochanges"][0]["share"] == 0.3


def test_a_handful_of_files_has_no_overview() -> None:
    assert not list(detect_overview(FactsBuilder().module("a.py").module("b.py").build()))
