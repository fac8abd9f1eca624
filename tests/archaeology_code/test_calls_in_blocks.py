"""Blocks of TypeScript and JavaScript that are not parsed: nothing in them is lost, and nothing else is taken for it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from archaeology.code import extract
from archaeology.code.calls_script import begin_before
from archaeology.code.extract import extract_names, only_names
from archaeology.code.outline import outline
from archaeology.code.script_text import script_text
from archaeology.facts import FileFacts

IMPORTS = """\
import axios, { get, post as send } from "axios";
import * as path from "node:path";
import { of, from } from "rxjs";
import async from "async";
import { css, styled } from "./styles";
import { Till, Shop, run, check } from "./shop";
"""
# Each stands in a block of its own, and tells whether anything in it reaches what is imported.
CALLS = {
    "get(a, b);": True,
    "get (a, b);": True,
    "get\n      (a, b);": True,
    "path.join(a, b);": True,
    "path\n      .join(a)\n      .split(b);": True,
    "path.\n      join(a);": True,
    "path. join(a);": True,
    "path?.join(a);": True,
    "path!.join(a);": True,
    "path?.(a);": True,
    "path[a].join(b);": True,
    "path[get2(a)].join(b);": True,
    "a = [...get(a)];": True,
    "b = { ...get(a) };": True,
    "b = !get(a) ? get(b) : -send(c);": True,
    "b = a ?get(b) :c;": True,
    "get<Till>(a);": True,
    "get<Map<string, () => void>>(a);": True,
    "b = await axios.get(a);": True,
    "b = await axios.get<Till>(a);": False,
    "b = new Till(a);": True,
    "b = new Till;": True,
    "b = new Till<Shop>;": True,
    "b = new path.Till\n      ;": True,
    "b = renew Till;".replace("renew ", "renew + "): False,
    "b = css`color: red`;": True,
    "b = styled.div`color: red`;": True,
    "b = styled(a)`color: red`;": True,
    "b = (a) => get(a);": True,
    "b = async (a) => a;": False,
    "b = async(a, b);": True,
    "for (const c of (a)) d(c);": False,
    "b = of(a).pipe(from(c));": True,
    "b = fetch(a);": True,
    "b = a as (get) => void;": False,
    "b = a.get(c);": False,
    "b = a\n      .get(c);": False,
    "b = a?.get(c);": False,
    "b = this.#get(c);": False,
    "b = (get)(c);": False,
    "b = path[a](c);": False,
    "b = get!(c);": False,
    'b = "get(c)";': False,
    "b = `get(c)`;": False,
    "b = /get(c)/;": False,
    "b = c.match(\n      /get(c)/,\n    );": False,
    "// get(c)": False,
    "/* get(c) */ b = a;": False,
    "b = get; (c);": False,
    "b = get, d = (c);": False,
    "if (get) (c);": False,
    "b = a > (get), c > (d);": False,
    "switch (a) {\n      case get(c):\n        b();\n    }": True,
    "if (get < b && c > (d)) e();": False,
    "if (get<b && c>(d)) e();": False,
    "b = a ? get(c): d;": True,
}
ONLY_WITH_TYPES = {
    "path!.join(a);",
    "get<Map<string, () => void>>(a);",
    "b = new Till<Shop>;",
    "b = a as (get) => void;",
    "b = get!(c);",
}
FILLER = "    more(a, 'some text that is long enough to matter', b); // and more of it\n"


def file_with(statement: str, language: str = "typescript") -> bytes:
    """Return a file that is large enough to have blocks left out, with the statement in one of them."""
    blocks = f"  if (a) {{\n{FILLER}    {statement}\n  }}\n"
    rest = f"  while (a) {{\n{FILLER * 3}  }}\n" * 12
    markup = "  return <b>Don't {a} / {b}</b>;\n" if language == "tsx" else ""
    return f"{IMPORTS}\nexport function sell(a, b) {{\n{blocks}{rest}{markup}}}\n".encode()


def as_a_whole(monkeypatch: pytest.MonkeyPatch, language: str, source: bytes) -> FileFacts:
    with monkeypatch.context() as patch:
        patch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
        return extract(language, source)


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        *(("typescript", statement) for statement in CALLS),
        *(("tsx", statement) for statement in CALLS),
        *(("javascript", statement) for statement in CALLS if statement not in ONLY_WITH_TYPES),
    ],
)
def test_calls_in_blocks_that_were_not_parsed_are_those_of_the_tree(
    statement: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = file_with(statement, language)
    whole = as_a_whole(monkeypatch, language, source)
    assert whole.error is None
    plan = outline(language, source, names_only=False)
    assert plan is not None
    place = source.index(statement.encode())
    assert any(start <= place < end for start, end in plan.skipped)
    assert extract(language, source) == whole
    if language == "typescript":
        assert bool(whole.calls) == CALLS[statement]


@pytest.mark.parametrize(
    "statement",
    [
        'throw new Refused("because");',
        "try { a(); } catch (error) { b(); }",
        "const pay = (a) => get(a);",
        "function pay(a) { get(a); }",
        "class Corner { pay() { get(a); } }",
        "const all = { pay(a) { return get(a); } };",
        "const all = { [a](b) {\n get(b);\n } };",
        "const { get } = require('axios');",
        "const { get } = await import('axios');",
        "type Local = { get(a: string): void };",
        f"const all = {{\n      write (a) {{\n{FILLER}        get(a);\n      }},\n    }};",
        f"all({{\n      async write (a) {{\n{FILLER}        get(a);\n      }},\n    }});",
        f"all({{\n      * items (a) {{\n{FILLER}        get(a);\n      }},\n    }});",
        f"all({{\n      async *[a] (b) {{\n{FILLER}        get(b);\n      }},\n    }});",
        f"all(class\n    {{\n      pay()\n      {{\n{FILLER}        get(a);\n      }}\n    }});",
        "b = `${get(a)}`;",
        "b = `${a ? `${get(a)} in one` : css`x`}`;",
        "b = <Till onClick={() => get(a)}>get(a) and it's {send(b)}</Till>;",
    ],
)
@pytest.mark.parametrize("language", ["typescript", "tsx"])
def test_blocks_that_hold_more_than_calls_are_parsed(
    statement: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = file_with(statement, language)
    whole = as_a_whole(monkeypatch, language, source)
    assert extract(language, source) == whole
    assert extract_names(language, source) == only_names(whole)


@pytest.mark.parametrize("language", ["typescript", "tsx", "javascript"])
@pytest.mark.parametrize("damage", ["(] = {\n", "}\n", "{\n", '"\n', "`\n", "/*\n", "function (\n"])
def test_damage_is_told_unless_it_is_in_a_block_that_was_not_parsed(
    language: str, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = file_with("get(a);", language).decode().splitlines(keepends=True)
    for place in range(0, len(lines), 7):
        source = "".join([*lines[:place], damage, *lines[place:]]).encode()
        whole = as_a_whole(monkeypatch, language, source)
        found = extract(language, source)
        assert found == whole or (found.error is None and found.definitions == whole.definitions)


def test_comments_that_are_none_are_told_by_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    source = file_with("get(a);", "tsx").replace(b"<b>Don't", b"<b>never // must not 'be' a comment")
    assert outline("tsx", source, names_only=False) is not None
    assert extract("tsx", source) == as_a_whole(monkeypatch, "tsx", source)
    assert not any("must not" in comment.text for comment in extract("tsx", source).comments)


def test_of_very_many_blocks_the_longest_are_left_out_and_the_others_are_blank() -> None:
    blocks = b"".join(b"if (a) {\n" + FILLER.encode() * (1 + index % 3) + b"}\n" for index in range(700))
    plan = outline("typescript", IMPORTS.encode() + blocks, names_only=False)
    assert plan is not None
    assert len(plan.skipped) == 700
    spans = plan.spans
    assert spans is not None
    assert 2 < len(spans) < 300
    assert spans == sorted(spans)
    gaps = {(end, start) for (_, end), (start, _) in pairwise(spans)}
    assert gaps < set(plan.skipped)
    assert min(end - start for start, end in gaps) == max(end - start for start, end in plan.skipped)
    assert not any(plan.text[start:end].strip() for start, end in plan.skipped)


@pytest.mark.parametrize(
    ("source", "has_markup"),
    [
        (b"a = 'never ends;\n", False),
        (b"a = `{${b}`;\n", False),
        (b'a = b ^ /c"/;\n', False),
        (b"<p>It's {get('a')}</p>", True),
        (b"a\n  / b / c", False),
    ],
)
def test_where_literals_are_not_certain_nothing_is_left_out(source: bytes, has_markup: bool) -> None:
    assert script_text(source, has_markup=has_markup) is None


def test_what_bytes_are_keeps_its_place() -> None:
    source = b"a = 'b', /[/\"]c/.d; // e\nf`g`; h(`${i(`j`)}`); return /k'/; l(\n  /m\"/,\n) / 2 / n;\n"
    found = script_text(source, has_markup=False)
    assert found is not None
    assert found.comments == [(source.index(b"// e"), source.index(b"\nf"))]
    assert found.templates == [source.index(b"`g`")]
    assert [source[start:end] for start, end in found.formats] == [b"`${i(`j`)}`"]
    assert len(found.code) == len(source)
    for hidden in (b"'", b"`", b"c", b"e", b"g", b"i", b"j", b"k", b"m"):
        assert hidden not in found.code.replace(b"return", b"")


@pytest.mark.parametrize(
    ("before", "name"),
    [
        (b"a.b", b"a.b"),
        (b"(a.b", b"a.b"),
        (b"...a", b"a"),
        (b"a<b<c>, () => d>", b"a<b<c>, () => d>"),
        (b"a[b[0]].c", b"a[b[0]].c"),
        (b"a?.\n b", b"a?.\n b"),
        (b"a(b).c", None),
        (b"a[b]", None),
        (b"a =>", None),
        (b"a ?", None),
        (b"#a", None),
        (b"", None),
        (b"   ", None),
    ],
)
def test_where_begins_what_is_called(before: bytes, name: bytes | None) -> None:
    start = begin_before(before, len(before))
    assert (before[start:] if start >= 0 else None) == name
