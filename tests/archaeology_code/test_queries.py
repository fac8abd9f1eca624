"""What the query files promise beside their captures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archaeology.code
from archaeology.code import LANGUAGES, extract
from archaeology.code.languages import absent_patterns, query

QUERIES = Path(archaeology.code.__file__).parent / "queries"
GO = """\
package shop

func pay(err error) error {
	if errors.Is(err, ErrRefused) {
		panic("refused")
	}
	return nil
}
"""


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_pattern_is_left_out_only_where_its_own_predicates_would_fail(language: str) -> None:
    compiled = query(language)
    source = (QUERIES / f"{LANGUAGES[language].query}.scm").read_bytes()
    for index in range(compiled.pattern_count):
        words = compiled.pattern_settings(index).get("only-with")
        if words is not None:
            pattern = source[compiled.start_byte_for_pattern(index) : compiled.end_byte_for_pattern(index)].decode()
            literals = re.findall(r'#(?:eq|any-of)\? @\w+((?: "[^"]*")+)', pattern)
            assert [set(re.findall(r'"([^"]*)"', group)) for group in literals] == [set(words.split())]


def test_patterns_whose_words_are_missing_are_left_out() -> None:
    everything = absent_patterns("go", b"package shop\n")
    assert everything
    assert absent_patterns("go", GO.encode()) == frozenset()
    assert absent_patterns("go", b'panic("x")') < everything


def test_what_is_left_out_in_one_file_is_found_in_the_next() -> None:
    without = extract("go", GO.replace("errors.Is", "is").replace("panic", "log").encode())
    assert (without.raises, without.catches) == ((), ())
    facts = extract("go", GO.encode())
    assert [found.type for found in facts.raises] == ["panic"]
    assert [found.types for found in facts.catches] == [("ErrRefused",)]


def test_a_swift_operator_is_not_named_after_what_it_returns() -> None:
    source = (
        "struct A {\n static func == (a: A, b: A) -> Bool { true }\n func pay() -> Int { 1 }\n func <- (x: Int) {}\n}\n"
    )
    assert [found.name for found in extract("swift", source.encode()).definitions] == ["A", "A.pay", "A.<-"]
