"""Looks from the few places where an expression can begin find what the expression finds by itself, in any text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archaeology.boundaries.by_name import Load, loads, names_in_settings
from archaeology.boundaries.looks import matches_at, matches_from, places, without_comments

_COMMENTS = re.compile(r"(?<![^\s(,{;])/\*.*?(?:\*/|\Z)|^[ \t]*(?://|\*)[^\n]*", re.DOTALL | re.MULTILINE)
_CALL = re.compile(r"(?<![\w.])(load|load_all|reload)\s*\(")
_QUOTED = re.compile(r"[\"'](?<!getLogger\([\"'])([a-zA-Z_]\w*(?:\.\w+)+)(?::\w+)?[\"']")


def made_of(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=14).map("".join)


@given(made_of("/", "*", "/*", "*/", "//", "\n", " ", "\t", "a", "(", ";", "é"))
def test_a_space_stands_for_each_comment(text: str) -> None:
    assert without_comments(text) == _COMMENTS.sub(" ", text)


@given(made_of("load", "_all", "re", "(", " (", ".", "x", "\n"))
def test_matches_are_those_of_the_expression(text: str) -> None:
    assert [found.span() for found in matches_from(("load", "reload"), _CALL, text)] == [
        found.span() for found in _CALL.finditer(text)
    ]


@given(made_of("'", '"', "a.b", "a", ".b", ":c", " ", "getLogger(", "1.2", "\n"))
def test_names_between_quotes_are_those_of_the_expression(text: str) -> None:
    assert list(loads("python", text)) == [Load(name) for name in _QUOTED.findall(text)]


@given(made_of("a", ".", "b1", "C", ":", " ", "é", '"', "a.b.", ".d:e", "_"))
def test_names_in_settings_are_those_of_the_expressions(text: str) -> None:
    classes = [found[1] for found in re.finditer(r"(?<![\w.])((?:[a-z_]\w*\.){2,}[A-Z]\w*)", text)]
    entries = [found[1] for found in re.finditer(r"(?<![\w.])([a-z_]\w*(?:\.\w+)+):[a-z_]\w*", text)]
    assert list(names_in_settings(text)) == [*classes, *entries]


def test_what_was_found_is_not_looked_at_again() -> None:
    assert [found[0] for found in matches_at((4, 0, 2, 2, 0), re.compile("aba"), "ababaaba")] == ["aba"]
    assert list(places("aa", "aaa")) == [0, 1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("handler: com.acme.app.Handler\n", ["com.acme.app.Handler"]),
        ("run: acme.cli:main\n", ["acme.cli"]),
        ("class: App\\Http\\Kernel\n", ["App\\Http\\Kernel"]),
        ("version: 1.2.3\nname: acme\n", []),
    ],
)
def test_settings_name_classes_and_entry_points(text: str, names: list[str]) -> None:
    assert list(names_in_settings(text)) == names


@pytest.mark.parametrize("piece", ["require", "a.readdir", "glob ", "import\n", "/*", "// import(\n"])
def test_repeated_words_cost_no_more_than_their_text(piece: str) -> None:
    before = time.process_time()
    assert not list(loads("javascript", piece * (600_000 // len(piece))))
    assert time.process_time() - before < 8  # a part of a second; to look through the rest for each takes an hour
