"""The imports at the head of a TypeScript or JavaScript file are those of its tree, although they are not parsed."""

from __future__ import annotations

import time

import pytest

from archaeology.code import extract
from archaeology.code.extract import extract_names
from archaeology.code.head_script import script_head
from archaeology.code.outline import outline
from archaeology.facts import FileFacts, Import

STATEMENTS = {
    "import 'polyfill';": True,
    'import till from "./till";': True,
    "import * as tills from './tills';": True,
    "import till, { pay, refuse as no } from './tills';": True,
    "import till, * as tills from './tills';": True,
    "import {\n  pay,\n  refuse,\n} from './tills';": True,
    "import {} from './tills';": True,
    "import { $pay, _refuse } from './tills';": True,
    "import{pay}from'./tills';": True,
    "import { of, async, get } from './tills';": True,
    "export * from './tills';": True,
    "export * as tills from './tills';": True,
    "export { pay, refuse as no } from './tills';": True,
    "export {\n  pay,\n} from './tills';": True,
    "import { default as till, pay } from './till';": False,
    "export { default } from './till';": False,
    "export { default as till, pay } from './till';": False,
    "import type from './tills';": False,
    "import from from './tills';": False,
    "import { as, from, type } from './tills';": False,
    "import { 'a-b' as b } from './tills';": False,
    "import { pay /* all */, refuse } from './tills';": False,
    "import till from './till.json' with { type: 'json' };": False,
    "import till from './t\\u0069ll';": False,
    "import {pay, , refuse} from './tills';": False,
    "import till, from './till';": False,
    "import { pay } till from './till';": False,
    "import from './till';": False,
    "import { class as c } from './till';": False,
    "import '';": True,
    "export default 'till';": False,
    "export const till = 'till';": False,
    "import('./till');": False,
    "importFrom('./till');": False,
}
WITH_TYPES = {
    "import type Till from './tills';": True,
    "import type { Till } from './tills';": True,
    "import type * as tills from './tills';": True,
    "import { type Till, pay, type Money as Coins } from './tills';": True,
    "export type { Till } from './tills';": True,
    "export { type Till, pay } from './tills';": True,
    "export { default } from './till';": True,
    "export { default as till, pay } from './till';": True,
    "import { default as till, pay } from './till';": True,
    "import { type as kind } from './tills';": False,
    "import till = require('./till');": False,
    "export type * from './tills';": False,
}
CASES = [
    *(("typescript", statement, told) for statement, told in (STATEMENTS | WITH_TYPES).items()),
    *(("tsx", statement, told) for statement, told in (STATEMENTS | WITH_TYPES).items()),
    *(("javascript", statement, told) for statement, told in STATEMENTS.items()),
    *(("javascript", statement, False) for statement in WITH_TYPES),
]


def file_with(statement: str, ending: str = "\n") -> bytes:
    before = "// Never sell twice, because\n// tills do not forget.\nimport { sell } from 'corner';\n"
    after = "/* must stay */\nimport { get } from 'axios';\n\nexport const last = () => get(sell());\n"
    return (before + statement + "\n" + after).replace("\n", ending).encode()


def by_the_tree(monkeypatch: pytest.MonkeyPatch, language: str, source: bytes) -> tuple[FileFacts, FileFacts]:
    """Return all facts and names of the file where all of it is parsed."""
    with monkeypatch.context() as patch:
        patch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
        return extract(language, source), extract_names(language, source)


@pytest.mark.parametrize(("language", "statement", "is_told"), CASES)
def test_imports_at_the_head_are_those_of_the_tree(
    language: str, statement: str, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in ("\n", "\r\n"):
        source = file_with(statement, ending)
        place = source.index(statement.replace("\n", ending).encode())
        assert (script_head(language, source).end > place) == is_told
        assert (extract(language, source), extract_names(language, source)) == by_the_tree(
            monkeypatch, language, source
        )


@pytest.mark.parametrize("language", ["typescript", "tsx", "javascript"])
@pytest.mark.parametrize(
    "after",
    [
        "",
        "\n",
        "\nget(a);\n",
        "\n\n// because\nget(a);",
        " // needed by the till\nget(a);\n",
        "\n;[a].map(get);\n",
        "\n(a).map(get);\n",
        "\n[a].map(get);\n",
        "\nwith { type: 'json' }\n",
        "\n// a\nwith { type: 'json' }\nget(a);\n",
        "\nassert { type: 'json' }\n",
        "\n/a/.test(get);\n",
        "\n`a`;\n",
        "\n@get\nclass Till {}\n",
        "\n{ get(a); }\n",
        " get(a)\n",
    ],
)
def test_a_statement_without_a_semicolon_ends_where_the_tree_ends_it(
    language: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = b"import { get } from 'axios'" + after.encode()
    assert (extract(language, source), extract_names(language, source)) == by_the_tree(monkeypatch, language, source)


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfimport { get } from 'axios';\nget(a);\n",
        "// \u2028import { get } from 'axios';\nget(a);\n".encode(),
        "import { get } from 'caf\u00e9';\nimport { \u00e9t\u00e9 } from './tills';\nget(\u00e9t\u00e9);\n".encode(),
        b"import { get } from 'axios';\n/* never ends\nget(a);\n",
        b"import { get } from 'axios';\nget(a;\n",
        b"import { get } from 'axios';\nimport { send from 'axios';\nget(a);\n",
        b"#!/usr/bin/env node\nimport { get } from 'axios';\nget(a);\n",
        b"'use client';\nimport { get } from 'axios';\nget(a);\n",
        b"import { get } from 'axios'; import { send } from 'axios'; get(send);\n",
    ],
)
@pytest.mark.parametrize("language", ["typescript", "tsx", "javascript"])
def test_odd_heads_are_read_as_the_tree_reads_them(
    language: str, source: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (extract(language, source), extract_names(language, source)) == by_the_tree(monkeypatch, language, source)


def test_what_is_told_has_its_line_and_is_not_parsed() -> None:
    source = file_with("import till, { pay as give } from './tills';")
    head = script_head("typescript", source)
    assert head.imports == [
        Import("corner", 3, ("sell",)),
        Import("./tills", 4, ("default",), alias="till"),
        Import("./tills", 4, ("pay",), alias="give"),
        Import("axios", 6, ("get",)),
    ]
    assert [source[start:end] for start, end in head.comments] == [
        b"// Never sell twice, because",
        b"// tills do not forget.",
        b"/* must stay */",
    ]
    assert source[head.end :].startswith(b"export const last")
    plan = outline("typescript", source, names_only=False)
    assert plan is not None
    assert plan.spans == [(head.end, len(source))]


@pytest.mark.parametrize(
    "piece", [b"import {", b"import a,", b"export ", b"/*", b"// a\n", b"import a ", b" ", b"import '"]
)
def test_a_hostile_head_takes_no_time(piece: bytes) -> None:
    source = b"import 'a';\n" + piece * (300_000 // len(piece))
    begin = time.process_time()
    script_head("typescript", source)
    assert time.process_time() - begin < 1
