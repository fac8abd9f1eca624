"""Boundary tools: each contract as the same kind of rule as our own checks, with modules and paths."""

from __future__ import annotations

import pytest

from archaeology.facts import Gate
from archaeology.gates import read_gates
from archaeology.model import ImportBoundary
from fixtures import FactsBuilder

Pairs = set[tuple[str, str]]

SHOP = [
    "src/shop/__init__.py",
    "src/shop/domain/__init__.py",
    "src/shop/domain/order.py",
    "src/shop/web/__init__.py",
    "src/shop/web/app.py",
    "src/shop/plugins/__init__.py",
    "src/shop/plugins/csv.py",
    "src/shop/plugins/xml.py",
    "src/shop/cli.py",
]
WEB = [
    "packages/core/src/a.ts",
    "packages/ui/src/b.ts",
    "apps/site/c.ts",
    "src/cli/d.ts",
    "src/main/e.ts",
    "src/report/f.ts",
]
MANIFESTS = {"packages/core/package.json": '{"name": "@shop/core"}', "packages/ui/package.json": '{"name": "@shop/ui"}'}


def gates_of(texts: dict[str, str], paths: list[str]) -> list[Gate]:
    builder = FactsBuilder()
    for path in paths:
        builder.file(path, "x\n")
    for path, text in texts.items():
        builder.file(path, text)
    facts = builder.build()
    gates, limits = read_gates(facts.files, facts.reader)
    assert limits == ()
    return [gate for gate in gates if gate.kind == "boundary"]


def pairs_of(gates: list[Gate]) -> Pairs:
    return {
        (source.module, target.module)
        for gate in gates
        for boundary in gate.boundaries
        for source in boundary.sources
        for target in boundary.forbidden
    }


def only(gates: list[Gate]) -> ImportBoundary:
    (gate,) = gates
    (boundary,) = gate.boundaries
    return boundary


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


CRUISER = """module.exports = {
  forbidden: [
    {
      name: 'no-apps', severity: 'error', comment: 'Packages know no apps.',
      from: { path: '^packages' },
      to: { path: '^apps' },
    },
    { name: 'cli', severity: 'error', from: { path: '(^src/cli/)' }, to: { pathNot: ['^src/main/', '$1'] } },
    { name: 'core', severity: 'error', from: { path: '^packages/core' }, to: { path: '^(?!packages/core)', dependencyTypesNot: ['type-only'] } },
    { name: 'ui', from: { path: '^src' }, to: { path: ['@shop/ui', 'react'] } },
    { name: 'cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'off', severity: 'ignore', from: { path: '^src' }, to: { path: '^apps' } },
  ],
};
"""


def test_dependency_cruiser_is_read_from_javascript() -> None:
    gates = gates_of({".dependency-cruiser.cjs": CRUISER} | MANIFESTS, WEB)
    found = {gate.id.rsplit(":", 1)[-1]: pairs_of([gate]) for gate in gates}
    assert found["no-apps"] == {("packages", "apps")}
    assert found["cli"] == {("src/cli", "src/report")}
    assert found["core"] == {("packages/core", "packages/ui")}
    assert found["ui"] == {("src", "packages/ui"), ("src", "react")}
    assert found["cycles"] == set()
    assert "off" not in found
    assert [gate.required for gate in gates[:4]] == [True, True, True, False]
    assert (gates[0].start_line, gates[0].end_line) == (3, 7)
    assert next(gate for gate in gates if gate.name == "core").boundaries[0].ignore_type_checking


def test_deptrac_is_read_with_namespaces() -> None:
    text = r"""deptrac:
  layers:
    - name: Domain
      collectors:
        - { type: directory, value: src/Domain/.* }
    - name: Web
      collectors:
        - { type: classNameRegex, value: '/^Shop\\Web\\.*$/' }
    - name: Doctrine
      collectors:
        - { type: className, regex: ^Doctrine\\* }
    - name: Odd
      collectors:
        - { type: classNameRegex, value: '/^Shop\\.*Model$/' }
  ruleset:
    Domain: ~
    Web: [+Domain, Doctrine]
  skip_violations:
    Shop\Domain\Order:
      - Shop\Web\Money
"""
    composer = '{"autoload": {"psr-4": {"Shop\\\\": "src/"}}}'
    gates = gates_of({"deptrac.yaml": text, "composer.json": composer}, ["src/Domain/Order.php", "src/Web/App.php"])
    assert pairs_of(gates) == {("Shop\\Domain", "Shop\\Web"), ("Shop\\Domain", "Doctrine")}
    boundary = gates[0].boundaries[0]
    assert [end.path for end in (*boundary.sources, *boundary.forbidden)] == ["src/Domain/", "src/Web/", None]
    assert [(pair.from_, pair.to) for pair in boundary.except_] == [("Shop\\Domain\\Order", "Shop\\Web\\Money")]


ARCHUNIT = """class ArchitectureTest {
  @ArchTest
  static final ArchRule domain = noClasses()
      .that().resideInAPackage("..domain..")
      .should().dependOnClassesThat().resideInAnyPackage("..web..", "org.springframework..");

  @ArchTest
  static final ArchRule layers = layeredArchitecture()
      .layer("Web").definedBy("..web..")
      .layer("Domain").definedBy("..domain..")
      .whereLayer("Web").mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule names = classes().that().resideInAPackage("..web..").should().haveSimpleNameEndingWith("Api");
}
"""
JAVA = ["app/src/main/java/com/shop/domain/Order.java", "app/src/main/java/com/shop/web/Api.java"]


def test_archunit_is_read_in_its_simple_forms() -> None:
    gates = gates_of({"app/src/test/java/com/shop/ArchitectureTest.java": ARCHUNIT}, JAVA)
    assert pairs_of(gates) == {("com.shop.domain", "com.shop.web"), ("com.shop.domain", "org.springframework")}
    assert gates[0].boundaries[0].sources[0].path == "app/src/main/java/com/shop/domain/"
    assert (gates[0].start_line, gates[0].end_line) == (3, 5)


def test_java_modules_close_what_they_do_not_export() -> None:
    texts = {
        "app/src/main/java/module-info.java": "module shop.app { // exports nothing\n  requires java.sql;\n  exports com.shop.web;\n}\n",
        "other/src/main/java/module-info.java": "module shop.other { requires shop.app; }\n",
    }
    gates = gates_of(texts, JAVA)
    assert pairs_of(gates) == {("other/src/main/java", "com.shop.domain")}
    assert gates[0].strictness == ("requires java.sql", "exports com.shop.web")


def test_go_keeps_internal_packages_and_components() -> None:
    text = """version: 3
components:
  domain: { in: domain/** }
  web: { in: web }
commonComponents: []
deps:
  domain: {}
  web:
    mayDependOn: [domain]
"""
    gates = gates_of({".go-arch-lint.yml": text}, ["domain/a.go", "web/b.go", "web/internal/c.go"])
    assert ("domain", "web") in pairs_of(gates)
    internal = next(gate for gate in gates if gate.id.startswith("boundary:go-internal"))
    assert internal.boundaries[0].forbidden[0].path == "web/internal/"
    assert internal.boundaries[0].except_[0].from_ == "web/**"


def test_depguard_bans_packages() -> None:
    text = "linters-settings:\n  depguard:\n    rules:\n      core:\n        files: ['**/domain/**']\n        deny:\n          - pkg: net/http$\n            desc: no web\n"
    gates = gates_of({".golangci.yml": text}, ["domain/a.go"])
    assert pairs_of(gates) == {("domain", "net/http")}


ESLINT = """export default [
  {
    settings: { 'boundaries/elements': [
      { type: 'core', pattern: 'packages/core/*' },
      { type: 'ui', pattern: 'packages/ui/*' },
    ] },
    rules: {
      'boundaries/element-types': ['error', { default: 'disallow', rules: [{ from: 'ui', allow: ['core'] }] }],
      'import/no-restricted-paths': ['error', { zones: [{ target: './src/main', from: './src/cli', message: 'main knows no cli' }] }],
      'no-restricted-imports': ['warn', { paths: ['moment', { name: 'lodash', message: 'use lodash-es' }] }],
    },
  },
];
"""


def test_eslints_boundaries_are_read() -> None:
    gates = gates_of({"eslint.config.js": ESLINT}, WEB)
    assert pairs_of(gates) == {
        ("packages/core", "packages/ui"),
        ("src/main", "src/cli"),
        (".", "moment"),
        (".", "lodash"),
    }
    assert next(gate for gate in gates if "lodash" in gate.name).required is False


def test_nx_tags_are_read() -> None:
    rule = """module.exports = { overrides: [{ files: ['*.ts'], rules: { '@nx/enforce-module-boundaries': ['error', { depConstraints: [
      { sourceTag: 'scope:core', onlyDependOnLibsWithTags: ['scope:core'] },
      { sourceTag: '*', onlyDependOnLibsWithTags: ['*'] },
    ] }] } }] };"""
    texts = {
        ".eslintrc.js": rule,
        "packages/core/project.json": '{"tags": ["scope:core"]}',
        "packages/ui/project.json": '{"tags": ["scope:ui"]}',
    }
    assert pairs_of(gates_of(texts, WEB)) == {("packages/core", "packages/ui")}
