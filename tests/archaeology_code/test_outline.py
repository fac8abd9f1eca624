"""What of a file is not parsed, and that nothing is lost by it."""

from __future__ import annotations

import time

import pytest

from archaeology.code import extract
from archaeology.code.extract import extract_names
from archaeology.code.outline import outline
from archaeology.facts import Definition, FileFacts
from fixtures.programs.go import GO
from fixtures.programs.python import PYTHON
from fixtures.programs.rust import RUST
from fixtures.programs.typescript import TYPESCRIPT

TABLE = "RATES = (\n" + '    ("a row of a table", 1.25, 3, None, True),\n' * 60 + ")\n"
LOOPS = 'while (get(join)) {\n  join("some text that is long enough to matter");\n}\n' * 20
SAMPLES = {"go": GO, "python": PYTHON + TABLE, "rust": RUST, "typescript": TYPESCRIPT + LOOPS}
DAMAGE = ["(] = {\n", "}\n", "{\n", '"\n', "`\n", "/*\n", "func (\n"]


def last_part(definition: Definition) -> str:
    return definition.name.rpartition(".")[2]


def between(spans: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    return list(zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), size], strict=True))


def parsed_as_a_whole(monkeypatch: pytest.MonkeyPatch, language: str, source: bytes) -> tuple[FileFacts, FileFacts]:
    """Return all facts and names as they are without an outline."""
    with monkeypatch.context() as patch:
        patch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
        return extract(language, source), extract_names(language, source)


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_facts_are_those_of_the_whole_file(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = SAMPLES[language].encode()
    facts, names = parsed_as_a_whole(monkeypatch, language, source)
    assert facts.error is None
    assert facts.calls
    assert names.definitions
    assert names.imports
    assert extract(language, source) == facts
    assert extract_names(language, source) == names


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_most_bodies_are_left_out_and_everything_keeps_its_place(language: str) -> None:
    source = SAMPLES[language].encode()
    for names_only in (False, True):
        found = outline(language, source, names_only=names_only)
        assert found is not None
        assert len(found.text) == len(found.code) == len(source)
        kept = found.spans
        left_out = found.skipped if kept is None else between(kept, len(source))
        assert len(left_out) > 2
        assert left_out == sorted(left_out)
        parsed = bytearray(b" " * len(source))
        for start, end in kept or [(0, len(source))]:
            parsed[start:end] = found.text[start:end]
        for start, end in left_out:
            assert set(parsed[start:end]) <= set(b" \nx;")
        assert len(parsed.split()) < len(source.split()) * 0.8


@pytest.mark.parametrize("language", ["go", "rust", "typescript"])
def test_only_what_stands_around_long_blanks_is_parsed(language: str) -> None:
    found = outline(language, SAMPLES[language].encode(), names_only=True)
    assert found is not None
    assert found.parts is not None
    assert len(found.parts) > 1
    head = found.parts[0][0] if found.imports else 0
    for start, end in between(found.parts, len(found.text)):
        assert end == head or not found.text[start:end].strip()
    assert sum(end - start for start, end in found.parts) < len(found.text) * 0.9


def test_a_long_comment_is_left_out_but_not_between_what_belongs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = "// Never read, " + "because it is long. " * 10 + "\n"
    source = f"{comment}#[cfg(test)]\n{comment}use a::b;\n#[cfg(test)]\nuse c::d;\n{comment}fn f() {{\n    Err({comment}No)\n}}\n".encode()
    found = outline("rust", source, names_only=False)
    assert found is not None
    assert found.parts is not None
    left_out = [source[start:end] for start, end in between(found.parts, len(source)) if start < end]
    assert left_out == [comment.rstrip("\n").encode()] * 2
    facts, names = parsed_as_a_whole(monkeypatch, "rust", source)
    assert [item.conditional for item in facts.imports] == [False, True]
    assert extract("rust", source) == facts
    assert extract_names("rust", source) == names


def test_an_error_beside_a_long_comment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"// {'because it is long ' * 10}\nuse a::b;\nfn f( {{\n".encode()
    assert extract("rust", source).error is not None
    assert extract("rust", source) == parsed_as_a_whole(monkeypatch, "rust", source)[0]


def test_a_file_with_very_many_bodies_is_parsed_from_few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = "".join(
        f"fn f{n}() {{\n    std::fs::read(a, b);\n{'    let money = 1;' * (n % 30)}\n}}\n" for n in range(900)
    )
    source = f"use std::fs;\n{bodies}".encode()
    found = outline("rust", source, names_only=False)
    assert found is not None
    assert found.parts is not None
    assert 200 < len(found.parts) < 300
    assert found.parts == sorted(found.parts)
    facts, names = parsed_as_a_whole(monkeypatch, "rust", source)
    assert len(facts.definitions) == 900
    assert extract("rust", source) == facts
    assert extract_names("rust", source) == names


@pytest.mark.parametrize("language", sorted(SAMPLES))
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_costs_no_more_than_where_all_is_parsed(
    language: str, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = SAMPLES[language].splitlines(keepends=True)
    for place in range(0, len(lines), 9):
        source = "".join([*lines[:place], damage, *lines[place:]]).encode()
        facts, names = parsed_as_a_whole(monkeypatch, language, source)
        found = extract(language, source)
        if found.error:
            assert found == facts
        else:  # the damage is in a body that was left out, or is none
            assert {last_part(item) for item in facts.definitions} <= {last_part(item) for item in found.definitions}
        names_found = extract_names(language, source)
        assert names_found == names or names_found.error is None


def test_an_error_in_a_body_that_holds_no_fact_hides_nothing() -> None:
    source = b'package p\n\nimport "fmt"\n\nfunc f() {\n\tx := := 3 // and more of what nobody can read\n\tfmt.Println(x)\n}\n'
    facts = extract("go", source)
    assert [call.target for call in facts.calls] == ["fmt.Println"]
    assert facts.error is None
    assert extract("go", source + b"func (\n").error is not None


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"package p",
        b"\nfunc f() {",
        b"\nfunc f() {\n}\n",
        b"\nfunc f() {\n" + b"{" * 99 + b"\n}\n",
        b"\nfunc \n}\n" * 50,
    ],
)
def test_odd_files_are_read(source: bytes) -> None:
    assert extract("go", source) is not None
    assert extract_names("go", source) is not None


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("typescript", b"a {\n" * 40_000),
        ("typescript", b"(/[" * 60_000),
        ("typescript", b"const a = " * 30_000),
        ("typescript", b"a(`${" * 40_000 + b"{\n" * 200),
        ("tsx", b"a(`${`}" * 40_000 + b"{\n" * 200),
        ("tsx", b"</" + b"'{" * 80_000 + b"{\n" * 200),
        ("javascript", b"  / " * 60_000 + b"{\n" * 200),
        ("go", b"\nfunc f() {\n" + b"return a,\n" * 30_000 + b"}\n"),
        ("go", b"/*" * 100_000),
        ("rust", b"fn " * 200_000),
        ("rust", b"fn a() {\n" * 50_000),
        ("rust", b'r#"' * 100_000),
        ("rust", b"'" * 200_000),
        ("rust", b"a!(\n" * 50_000),
        ("rust", b"\n".join(b" " * depth + b"a!(" for depth in range(1_500))),
        ("python", b"\n".join(b" " * depth + b"def f():" for depth in range(600))),
        ("python", b"def f():\n" + b"    raise (\n" * 30_000),
    ],
)
def test_hostile_files_take_no_longer_than_their_size_says(language: str, source: bytes) -> None:
    began = time.process_time()
    for names_only in (False, True):
        outline(language, source, names_only=names_only)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        b"    a!(" * 2_500,
        b"    a!(b::c());\n" * 1_000,
        b"    " + b"".join(b"A%d(" % number for number in range(3_000)),
        b"    " + b"a::" * 6_000 + b"b!()",
    ],
)
def test_hostile_bodies_of_rust_take_no_longer_than_their_size_says(body: bytes) -> None:
    used = b"use a::{%b};\n" % b", ".join(b"A%d" % number for number in range(3_000))
    began = time.process_time()
    assert extract("rust", used + b"fn x() {\n%b\n}\n" % body * 5) is not None
    assert time.process_time() - began < 5
