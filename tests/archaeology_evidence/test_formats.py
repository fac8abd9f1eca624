"""The formats that configurations come in: values with their lines, and hostile input refused in time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from archaeology.gates.ini_format import entries, parse_ini
from archaeology.gates.literals import parse_exported, parse_json
from archaeology.gates.located import MISSING, MalformedConfigError, Node
from archaeology.gates.patterns import prefixes
from archaeology.gates.toml_format import parse_toml
from archaeology.gates.yaml_format import parse_yaml

PARSERS = [parse_yaml, parse_toml, parse_json, parse_ini]
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (parse_yaml, "a:\n  b: one\n  c:\n    - x\n    - y\nd: 2\n"),
        (parse_toml, "d = 2\n[a]\nb = 'one'\nc = [\n  'x',\n  'y',\n]\n"),
        (parse_json, '{"a": {"b": "one", // why\n  "c": ["x", "y",],},\n "d": 2}'),
    ],
)
def test_formats_give_the_same_tree(parse: Callable[[str], Node], text: str) -> None:
    document = parse(text)
    assert document.get("a", "b").text() == "one"
    assert document.get("a", "c").texts() == ("x", "y")
    assert document.get("d").text() == "2"
    assert document.get("a", "nothing", "below") is MISSING


def test_yaml_knows_its_lines() -> None:
    document = parse_yaml("jobs:\n  lint:\n    run: ruff\n    if: |\n      a\n      b\n\n  test:\n    run: pytest\n")
    lint, test = document.get("jobs", "lint"), document.get("jobs", "test")
    assert (lint.start_line, test.start_line, test.end_line) == (2, 8, 9)
    assert lint.end_line in {6, 7}


def test_toml_knows_the_lines_of_tables_and_of_their_keys() -> None:
    text = '[tool.x]\na = 1\n\n[[tool.x.rules]]\nname = "one"\nmodules = [\n  "a",\n]\n\n[[tool.x.rules]]\nname = """\ntwo\n"""\n'
    rules = list(parse_toml(text).get("tool", "x", "rules").each())
    assert [(rule.start_line, rule.end_line) for rule in rules] == [(4, 8), (10, 13)]
    assert (rules[0].get("modules").start_line, rules[0].get("modules").end_line) == (6, 8)


def test_yaml_keeps_words_and_follows_merges() -> None:
    document = parse_yaml("on: push\nyes: no\nbase: &base {a: 1}\nother:\n  <<: *base\n  b: 2\n")
    assert document.get("on").text() == "push"
    assert document.get("yes").text() == "no"
    assert document.get("other", "a").text() == "1"


def test_ini_knows_its_lines_and_entries() -> None:
    document = parse_ini(
        "[importlinter]\nroot_packages =\n    shop\n    # a comment\n    tests\n\n[other]\nkey: a, b # why\n"
    )
    assert entries(document.get("importlinter", "root_packages")) == ("shop", "tests")
    assert entries(document.get("other", "key")) == ("a", "b")
    assert (document.get("other").start_line, document.get("other", "key").start_line) == (7, 8)
    assert document.get("importlinter", "root_packages").end_line == 5


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 20_000,
        "{" * 20_000,
        "- " * 5_000,
        "&a [*a]",
        '!!python/object/apply:os.system ["true"]',
        "a: b: c",
        "\t- x",
        "%YAML 9\n---\n",
        "\x00\x01",
        "\ud800",
        '{"a": ' * 5_000,
        "[a\n" * 10,
        "a = [" * 3_000,
        "x" * 3_000_000,
        "/*" * 100_000,
        "/[" * 100_000,
        "'" * 100_001,
    ],
)
def test_hostile_input_is_read_or_refused_in_time(parse: Callable[[str], Node], text: str) -> None:
    begin = time.process_time()
    with contextlib.suppress(MalformedConfigError):
        assert isinstance(parse(text), Node)
    assert time.process_time() - begin < 5


def test_yaml_tags_make_no_objects() -> None:
    assert parse_yaml("a: !!python/object/apply:os.getcwd []\n").get("a").texts() == ()


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("module.exports = {a: 'x', b: [1, true, null]};", 0),
        ("import d from 'd';\nexport default {\n  a: `x`,\n  ...d.all,\n  c: d.join('a', {b: 1}),\n};", 2),
        ("export default defineConfig({ a: 'x' as const, go() { return {}; } })", 1),
        ("const config = {'a': 'x', e: process.env.E ?? 'f'};\nmodule.exports = config;", 1),
        ("/** a: {{{ */\nmodule.exports = { // b: '\n a: 'x', f: (y) => { return y; }, r: /[/]x'/ }", 1),
    ],
)
def test_javascript_is_read_as_far_as_it_is_literal(text: str, computed: int) -> None:
    document, unknown = parse_exported(text)
    assert document.get("a").text() == "x"
    assert unknown == computed


@pytest.mark.parametrize(
    "text", ["", "export default make()", "module.exports = require('x')", "module.exports = {", "exports.x = 1"]
)
def test_javascript_without_a_literal_is_refused(text: str) -> None:
    with pytest.raises(MalformedConfigError):
        parse_exported(text)


def test_javascript_knows_its_lines() -> None:
    document, _ = parse_exported(
        "module.exports = {\n  rules: [\n    {\n      name: 'a',\n    },\n    { name: 'b' },\n  ],\n}\n"
    )
    assert [(rule.start_line, rule.end_line) for rule in document.get("rules").each()] == [(3, 5), (6, 6)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("^src/cli/", [("src/cli/", True, False, False)]),
        ("(^src/cli/)", [("src/cli/", True, False, False)]),
        ("^src/(main|utl)/", [("src/main/", True, False, False), ("src/utl/", True, False, False)]),
        ("^src/wrap[.]mjs$", [("src/wrap.mjs", True, True, False)]),
        (r"^src/a\.js$", [("src/a.js", True, True, False)]),
        ("react", [("react", False, False, False)]),
        ("^packages/[^/]+/src", [("packages/", True, False, True)]),
        ("^src/.*", [("src/", True, False, False)]),
        ("^a|^b", [("a", True, False, False), ("b", True, False, False)]),
        (".*", []),
        ("(a+)+$", []),
        ("", []),
        ("(", []),
    ],
)
def test_expressions_are_read_and_never_run(expression: str, expected: list[tuple[str, bool, bool, bool]]) -> None:
    found = prefixes(expression)
    assert [(item.text, item.anchored, item.whole, item.loose) for item in found.items] == expected
    assert not found.negated


def test_everything_but_a_place_is_told() -> None:
    found = prefixes("^(?!packages/models)")
    assert found.negated
    assert [item.text for item in found.items] == ["packages/models"]


def test_an_expression_cannot_multiply_without_end() -> None:
    assert len(prefixes("(a|b|c|d|e|f|g|h|i|j)" * 12).items) <= 200
