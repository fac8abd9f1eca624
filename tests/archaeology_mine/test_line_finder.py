"""Lines that an expression matches: what one search through the text finds is what looking at each line finds."""

from __future__ import annotations

import random

import pytest
import regex

from archaeology.checks.globs import matching_paths, path_matches
from archaeology.checks.lines import MAX_LINE, LineFinder
from archaeology.checks.literals import literal_in

TEXTS = (
    "",
    "\n",
    "raise Exception(x)\n",
    "a\n\n  raise Exception\nraise  BaseException(y)\n\traise\nException\n",
    "one two\nthree\r\nfoo bar\nfoo\nbar\n foo  bar",
    "x" * MAX_LINE + "foo\nfoo\n",
    "foo\n" + "x" * (MAX_LINE - 3) + "foo\nfoo",
    "\n".join(f"line {number} foo{number % 7}bar" for number in range(300)),
    "fo\u0131o FOO Foo\n\x0bfoo\x0cbar\x85foo\u2028foo\n",
)
PATTERNS = (
    r"^\s*raise\s+(Exception|BaseException)\b",
    r"foo\W+bar",
    r"(foo|xfoo)\s*(?:bar|bare)",
    r"(foo|xfoo)*b",
    r"(?:foo|xfoo){0}b",
    r"(?:foo|xfoo)+b",
    r"(?P<word>foo|xfoo)\d",
    r"(?!foo|xfoo)o",
    r"(?i)foo|bar$",
    r"\bfoo\b",
    r"foo$",
    r"^$",
    r"^",
    r"$",
    r"\Bo",
    r"(?<!\s)foo",
    r"foo(?!\s)",
    r"(?<=\n)foo",
    r"(?<=^)foo",
    r"foo(?=\s|$)",
    r"\Afoo",
    r"foo\Z",
    r"foo\\\Z",
    r"[^x]+foo",
    r"[^q]*+foo",
    r"(?>[^q]*)foo",
    r"foo[^q]*bar",
    r"(?s)foo.*bar",
    r"(?P<word>o)(?P=word)",
    r"(o)\1",
    r"x{3999}",
    r"(?:foo){e<=1}",
    r"\w+\s\w+$",
    r"\n",
    r"",
    r"\S",
    r"\p{Lu}oo",
)


def one_by_one(pattern: str, text: str) -> list[tuple[int, str]]:
    expression = regex.compile(pattern)
    return [(n, line) for n, line in enumerate(text.split("\n"), 1) if expression.search(line[:MAX_LINE])]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_looking_at_each_line_finds(pattern: str) -> None:
    finder = LineFinder(pattern)
    for text in TEXTS:
        assert list(finder.find(text)) == one_by_one(pattern, text)


@pytest.mark.parametrize("seed", range(40))
def test_random_expressions_over_random_texts(seed: int) -> None:
    chance = random.Random(seed)
    pieces = (
        "a",
        "b",
        r"\s",
        r"\W",
        r"\b",
        "^",
        "$",
        "(?:a|b)",
        ".",
        "[^a]",
        "a*",
        "b+?",
        r"\s*",
        "(?=b)",
        "(?<=a)",
        "(?!a)",
        "(?<!b)",
    )
    for _ in range(60):
        pattern = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 5)))
        try:
            regex.compile(pattern)
        except regex.error:
            continue
        text = "".join(chance.choice("ab \n\n\t") for _ in range(chance.randint(0, 60)))
        assert list(LineFinder(pattern).find(text)) == one_by_one(pattern, text), (pattern, text)


@pytest.mark.parametrize("seed", range(10))
def test_words_that_follow_each_other_in_random_texts(seed: int) -> None:
    chance = random.Random(seed)
    found = 0
    for _ in range(100):
        words = [chance.choice(("a", "ab", "b", "_b", "1a")) for _ in range(chance.randint(2, 4))]
        pattern = r"\W+".join(words)
        parts = ("a", "ab", "b", "_b", "1a", " ", " ", "-", "\n", "\u0300", "é", "’")
        text = "".join(chance.choice(parts) for _ in range(chance.randint(0, 60)))
        hits = one_by_one(pattern, text)
        found += len(hits)
        assert list(LineFinder(pattern).find(text)) == hits, (pattern, text)
    assert found


def test_words_that_follow_each_other_are_looked_for_without_an_expression() -> None:
    finder = LineFinder(r"foo\W+bar")
    assert [number for number, _ in finder.find("foo\nfoo, bar\nfoo  ->  barely\nfoo_bar\n")] == [2, 3]
    assert finder._of_line is None
    assert [number for number, _ in finder.find("café\nfoo\u0300 bar\nfoo\u2003bar\n")] == [3]


def test_one_search_a_text_and_not_one_a_line() -> None:
    class Counted:
        calls = 0

        def search(self, *arguments: object, **options: object) -> None:
            Counted.calls += 1

    finder = LineFinder("(?i)nowhere to be found")
    finder._of_text = finder._of_line = Counted()  # type: ignore[assignment]
    assert list(finder.find("a line\n" * 10_000)) == []
    assert Counted.calls == 1
    finder = LineFinder(r"nowhere\W+to be found")
    finder._of_text = finder._of_line = Counted()  # type: ignore[assignment]
    assert list(finder.find("a line\n" * 10_000 + "to be found")) == []
    assert Counted.calls == 2  # the one line that holds the word


def test_what_takes_long_over_a_text_is_looked_for_line_by_line() -> None:
    pattern = r"(?:a|aa|\s)+!$"
    text = "aaaaaa\n" * 40 + "!b\naa!\n"
    finder = LineFinder(pattern)
    assert list(finder.find(text)) == one_by_one(pattern, text) == [(42, "aa!")]
    assert list(finder.find(text)) == [(42, "aa!")]


def test_the_beginning_of_a_glob_leaves_nothing_out() -> None:
    paths = ["src", "src/a.py", "src/b/c.py", "srcs/a.py", "a.py", "src*/x", "docs/rfc/1.md", "docs/rfc"]
    globs = [
        "src/**",
        "src/*.py",
        "src/",
        "**",
        "**/*.py",
        "*",
        "src",
        "s*c/a.py",
        "src/**/c.py",
        "docs/rfc/",
        "docs/r?c",
        "src[*]",
    ]
    for one in globs:
        for other in ["", *globs]:
            chosen = (one, other) if other else (one,)
            assert matching_paths(paths, chosen) == [path for path in paths if path_matches(path, chosen)]


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (r"^\s*raise\s+(Exception|BaseException)\b", "Exception"),
        (r"raise (?P<kind>Exception|BaseException)+", "Exception"),
        (r"raise (Exception|BaseException)?", "raise "),
        (r"raise (?!Exception|BaseException)", "raise "),
        (r"raise (Exception|Error)", "raise "),
        (r"strict\-markers", "strict-markers"),
        (r"Do\W+not\W+remove", "remove"),
        (r"(?<![\w@/.-])github\.com/a/b(?![\w/-])(?!.*//\s*indirect)", "github.com/a/b"),
        (r"abc?de+f", "ab"),
        (r"abcd+e", "abcd"),
        (r"x(abcdef)y", ""),
        (r"(?i)generated", ""),
        (r"raise|throw", ""),
        (r"(?:raise|throw) it", " it"),
        (r"raise*+", ""),
        (r"(?:raise){e<=1}", ""),
        (r"raise{e<=1}", ""),
        (r"\Araise", ""),
        (r"[[:alpha:]]raise", ""),
        (r"(?x) rai se", ""),
        (r"raise)", ""),
        (r"ab", ""),
    ],
)
def test_the_word_that_every_match_holds_is_known_of_plain_expressions_only(pattern: str, word: str) -> None:
    assert literal_in(pattern) == (word if len(word) > 2 else "")
