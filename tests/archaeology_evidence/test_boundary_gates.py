"""Boundary tools outside of Python: each contract as the same kind of rule as our own checks, with modules and paths."""

from __future__ import annotations

from fixtures.boundary_gates import MANIFESTS, WEB, gates_of, pairs_of

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
