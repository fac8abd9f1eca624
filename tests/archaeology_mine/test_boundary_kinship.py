"""What siblings have in common: a number of units that never meet is no group without it."""

from __future__ import annotations

import pytest

from archaeology.boundaries.kinship import Kinship
from archaeology.facts import Definition, FileFacts

NAMES = ("north", "south", "west", "east")


def holding(base: str, *, kind: str = "interface", abstract: bool = False) -> dict[str, FileFacts]:
    code = {
        "app/base.py": FileFacts("python", definitions=(Definition(base, kind, "public", 1, 2, abstract=abstract),))
    }
    for name in NAMES:
        found = Definition(name.title(), "class", "public", 1, 2, bases=(f"base.{base}",))
        code[f"app/{name}/run.py"] = FileFacts("python", definitions=(found,))
    return code


def units(*names: str, files: tuple[str, ...] = ("run.py",)) -> list[tuple[str, list[str]]]:
    return [(name, [f"app/{name}/{file}" for file in files]) for name in names]


@pytest.mark.parametrize(
    ("code", "role"),
    [
        (holding("Exporter"), "packages that each hold a `Exporter`"),
        (holding("Exporter", kind="class", abstract=True), "packages that each hold a `Exporter`"),
        (holding("Exporter", kind="class"), ""),  # a base is no contract
        (holding("Protocol"), ""),  # everybody's
        ({path: facts for path, facts in holding("Fragment").items() if path != "app/base.py"}, ""),  # a framework's
    ],
)
def test_an_interface_that_each_implements_is_a_role(code: dict[str, FileFacts], role: str) -> None:
    assert Kinship(code).role_of(units(*NAMES), "app/", whole=False) == role


@pytest.mark.parametrize(
    ("names", "container", "whole", "role"),
    [
        (NAMES, "app/plugins/", False, "`plugins`"),
        (NAMES, "app/tables/", True, "`tables`"),
        (NAMES, "app/tables/", False, ""),
        (NAMES, "app/packages/", True, ""),
        (NAMES, "app/access/", True, ""),
        (("cast_app", "genre_app", "video_app"), "app/", False, "`*app`"),
        (("Shop.Pay", "Shop.Ship", "Shop.Store"), "app/", False, ""),  # the product's name
        (("apps", "snaps", "maps"), "app/", False, ""),
    ],
)
def test_a_folder_or_an_ending_names_a_role(names: tuple[str, ...], container: str, role: str, *, whole: bool) -> None:
    assert Kinship({}).role_of(units(*names), container, whole=whole) == role


def test_packages_of_the_same_shape_have_a_role() -> None:
    assert Kinship({}).role_of(units(*NAMES, files=("models.py", "urls.py", "__init__.py")), "app/", whole=False) == (
        "packages that each have `models.py` and `urls.py`"
    )
    assert Kinship({}).role_of(units(*NAMES, files=("001.php", "002.php")), "app/", whole=False) == ""
    mixed = [*units("north", files=("models.py", "urls.py")), *units("south", "west", files=("a.py", "b.py"))]
    assert Kinship({}).role_of(mixed, "app/", whole=False) == ""


def test_others_with_the_same_role_are_told_apart() -> None:
    kinship = Kinship(holding("Exporter"))
    role = "packages that each hold a `Exporter`"
    assert kinship.has_role(("any", [path for path in holding("Exporter") if path != "app/base.py"][:1]), role)
    assert not kinship.has_role(("base", ["app/base.py"]), role)
    assert kinship.has_role(("JsonReader", []), "`*Reader`")
    assert not kinship.has_role(("Json", []), "`*Reader`")
    assert not kinship.has_role(("Json", []), "`plugins`")
