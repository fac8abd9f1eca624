"""Configuration that is malformed, hostile, somebody else's, or too much: passed over and named, and ids that stay."""

from __future__ import annotations

from archaeology.facts import Flag
from archaeology.gates import read_gates
from archaeology.model import Limit
from fixtures import FactsBuilder
from fixtures.configuration import facts_of, read

HOSTILE = {
    ".github/workflows/a.yml": "jobs: [",
    ".github/workflows/b.yml": "jobs:\n  x: 1\n  y: [1]\n  z: {steps: {run: 1}}\non: 7\n",
    ".gitlab-ci.yml": "x: &x {script: [pytest], extends: x}\nx2: {extends: x2}\n",
    "pyproject.toml": "[tool\n",
    "package.json": '{"scripts": {"test": ["a", {"b": 1}]}, "eslintConfig": 4}',
    "tsconfig.json": "null",
    "tox.ini": "[testenv\nx",
    "tach.toml": 'layers = 3\nmodules = "x"\n',
    ".importlinter": "[importlinter:contract:x]\ntype = layers\nlayers =\n  (a) | b : c\ncontainers = **\n",
    "deptrac.yaml": "deptrac: {layers: [{name: A, collectors: [{type: className, regex: '(a+)+$'}]}], ruleset: {A: [+A]}}",
    ".dependency-cruiser.json": '{"forbidden": [{"from": {"path": "(((((a"}, "to": {"path": ["[", 1]}}, 4]}',
    "eslint.config.js": "export default make();",
    ".golangci.yml": "- 1\n",
    "Cargo.toml": "lints = 1\n",
    "CODEOWNERS": "\x00\x01 @a\n[section] @b\n",
    "azure-pipelines.yml": "stages: {stages: {stages: []}}\n",
    "Makefile": "\t\t\n:::\n%: x\n" + "a" * 5_000 + ":\n",
    "noxfile.py": "@nox.session\n" * 500 + "def x(",
    ".hone-gates.json": '{"gates": {"a": 1}}',
}


def test_malformed_configuration_is_skipped_and_named() -> None:
    facts = facts_of(HOSTILE | {"Makefile.ok": "", "ruff.toml": "line-length = 100\n"})
    gates, limits = read_gates(facts.files, facts.reader)
    assert {limit.paths[0] for limit in limits} >= {".github/workflows/a.yml", "pyproject.toml", "tox.ini"}
    assert all(limit.kind == "gate_unread" and limit.detail for limit in limits)
    assert any(gate.id == "linter:ruff" for gate in gates)
    for gate in gates:
        assert 1 <= gate.start_line <= gate.end_line <= len((facts.reader.text(gate.path) or "").split("\n"))
        assert facts.reader.cite_gate(gate).kind == "gate"


def test_names_from_a_repository_cannot_act_on_a_terminal() -> None:
    gates = read(
        {
            ".github/workflows/x.yml": 'on: push\njobs:\n  "a\\e]52;c;x\\a\\u202e":\n    name: "\\e[31m"\n    steps:\n    - run: "pytest \\e[2J"\n'
        }
    )
    (gate,) = gates.values()
    assert not {"\x1b", "\x07", "\u202e"} & set(f"{gate.id}{gate.name}{gate.command}")


def test_configuration_of_others_is_left_out() -> None:
    builder = FactsBuilder()
    builder.file("vendor/x/pyproject.toml", "[tool.ruff]\n", flags=[Flag.VENDORED])
    builder.file("tests/fixtures/app/pyproject.toml", "[tool.ruff]\n")
    builder.file("examples/app/Makefile", "test:\n\tpytest\n")
    facts = builder.build()
    assert read_gates(facts.files, facts.reader) == ((), ())


def test_ids_are_unique_and_stable() -> None:
    texts = {f"packages/p{number}/pyproject.toml": "[tool.mypy]\nstrict = true\n" for number in range(3)}
    first, again = read(texts), read(texts)
    assert list(first) == list(again) == ["types:mypy", "types:mypy#2", "types:mypy#3"]


def test_too_much_configuration_is_capped_and_said() -> None:
    texts = {f"p{number}/Makefile": "test:\n\tpytest\n" for number in range(450)}
    facts = facts_of(texts)
    gates, limits = read_gates(facts.files, facts.reader)
    assert len(gates) == 400
    assert limits == (
        Limit(kind="gates_capped", detail="50 configuration files deep in the tree were not read", count=50),
    )
