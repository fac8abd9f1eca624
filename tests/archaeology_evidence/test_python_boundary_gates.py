"""import-linter and Tach: each contract as the same kind of rule as our own checks, with modules and paths."""

from __future__ import annotations

import pytest

from fixtures.boundary_gates import SHOP, gates_of, only, pairs_of


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "pyproject.toml",
            '[tool.importlinter]\nroot_package = "shop"\n[[tool.importlinter.contracts]]\nname = "Layers"\ntype = "layers"\nlayers = ["shop.web | shop.cli", "shop.plugins", "shop.domain"]\n',
        ),
        (
            ".importlinter",
            "[importlinter]\nroot_package = shop\n[importlinter:contract:layers]\nname = Layers\ntype = layers\nlayers =\n    shop.web | shop.cli\n    # why\n    shop.plugins\n    shop.domain\n",
        ),
        (
            "setup.cfg",
            "[importlinter]\nroot_package = shop\n[importlinter:contract:layers]\nname = Layers\ntype = layers\ncontainers = shop\nlayers =\n    web | cli\n    (plugins)\n    domain\n",
        ),
    ],
)
def test_import_linter_is_read_from_all_three_files(path: str, text: str) -> None:
    gates = gates_of({path: text}, SHOP)
    assert pairs_of(gates) == {
        ("shop.plugins", "shop.web"),
        ("shop.plugins", "shop.cli"),
        ("shop.domain", "shop.web"),
        ("shop.domain", "shop.cli"),
        ("shop.domain", "shop.plugins"),
        ("shop.web", "shop.cli"),
        ("shop.cli", "shop.web"),
    }
    (gate,) = gates
    assert gate.name == "Layers"
    assert gate.command == "lint-imports"
    assert all(boundary.indirect for boundary in gate.boundaries)
    ends = {end.module: end.path for boundary in gate.boundaries for end in boundary.sources}
    assert ends["shop.domain"] == "src/shop/domain/"
    assert ends["shop.cli"] == "src/shop/cli.py"


def test_a_forbidden_contract_expands_wildcards_and_keeps_its_exceptions() -> None:
    text = """[tool.importlinter]
root_package = "shop"
include_external_packages = true
exclude_type_checking_imports = true

[[tool.importlinter.contracts]]
name = "Plugins are on their own"
type = "forbidden"
source_modules = ["shop.plugins.*"]
forbidden_modules = ["shop.web", "flask"]
allow_indirect_imports = true
ignore_imports = ["shop.plugins.csv -> shop.web.app"]
"""
    gates = gates_of({"pyproject.toml": text}, SHOP)
    boundary = only(gates)
    assert [end.module for end in boundary.sources] == ["shop.plugins.csv", "shop.plugins.xml"]
    assert [(end.module, end.path, end.external) for end in boundary.forbidden] == [
        ("shop.web", "src/shop/web/", False),
        ("flask", None, True),
    ]
    assert [(pair.from_, pair.to) for pair in boundary.except_] == [("shop.plugins.csv", "shop.web.app")]
    assert not boundary.indirect
    assert boundary.ignore_type_checking
    assert (gates[0].start_line, gates[0].end_line) == (6, 12)


def test_independence_and_protection() -> None:
    text = """[importlinter]
root_package = shop
[importlinter:contract:1]
name = Independent
type = independence
modules =
    shop.plugins.*
[importlinter:contract:2]
name = Protected
type = protected
protected_modules = shop.domain
allowed_importers =
    shop.web.app
    shop.plugins
[importlinter:contract:3]
name = Acyclic
type = acyclic_siblings
ancestors = shop
"""
    gates = gates_of({".importlinter": text}, SHOP)
    assert pairs_of(gates[:1]) == {("shop.plugins.csv", "shop.plugins.xml"), ("shop.plugins.xml", "shop.plugins.csv")}
    assert pairs_of(gates[1:2]) == {("shop.web", "shop.domain"), ("shop.cli", "shop.domain")}
    assert ("shop.web.app.**", "shop.domain") in {(pair.from_, pair.to) for pair in gates[1].boundaries[0].except_}
    assert gates[2].boundaries == ()


def test_tach_bans_what_is_not_declared() -> None:
    text = """source_roots = ["src"]
[[modules]]
path = "shop.domain"
depends_on = []
[[modules]]
path = "shop.plugins"
depends_on = [{ path = "shop.domain" }]
[[modules]]
paths = ["shop.web"]
depends_on = ["shop.domain", "shop.plugins"]
[[modules]]
path = "shop.cli"
utility = true
[[modules]]
path = "shop"
unchecked = true
depends_on = []
"""
    assert pairs_of(gates_of({"tach.toml": text}, SHOP)) == {
        ("shop.domain", "shop.plugins"),
        ("shop.domain", "shop.web"),
        ("shop.plugins", "shop.web"),
    }


def test_tach_layers_allow_what_is_below() -> None:
    text = """source_roots = ["src"]
layers = ["top", "bottom"]
[[modules]]
path = "shop.web"
layer = "top"
depends_on = []
[[modules]]
path = "shop.domain"
layer = "bottom"
depends_on = []
"""
    assert pairs_of(gates_of({"tach.toml": text}, SHOP)) == {("shop.domain", "shop.web")}
    explicit = "layers_explicit_depends_on = true\n" + text
    assert ("shop.web", "shop.domain") in pairs_of(gates_of({"tach.toml": explicit}, SHOP))
